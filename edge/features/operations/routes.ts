import { createRoute, z, type RouteConfig } from '@hono/zod-openapi';
import { newRouter } from '../../gate/openapi.js';
import { docsRoutes } from './docs.js';
import { probeRoutes, type ProbeDeps } from './probes.js';
import { scriptRoutes } from './script.js';

export interface OperationsDeps extends ProbeDeps {
  /** The OpenAPI document; asked once, when somebody first wants it. */
  describe(): object;
  /** What `npm run build` wrote for script tags. */
  browserFolder: string;
}

const responses: RouteConfig['responses'] = {
  200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: z.looseObject({ openapi: z.string() }) } } },
};
const documentRoute = createRoute({
  method: 'get', path: '/openapi.json', tags: ['operations'], security: [], summary: 'This description', responses,
});

/** What stands outside `/api/v1` and needs no token: probes, figures, the description, the browser's files. */
export function operationsRoutes({ describe, browserFolder, ...probes }: OperationsDeps) {
  let text: string | undefined;
  const router = newRouter();
  router.openapi(documentRoute, (c) => {
    text ??= JSON.stringify(describe());
    return c.body(text, 200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' });
  });
  router.route('/', probeRoutes(probes));
  router.route('/', docsRoutes());
  router.route('/', scriptRoutes(browserFolder));
  return router;
}
