import { createRoute, z, type OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import { DashboardLayoutSchema } from '../../../sdk/contract/layout.schema.js';
import { DashboardPresetSchema } from '../../../sdk/contract/preset.schema.js';
import { principalOf, type GateEnv } from '../../gate/env.js';
import { jsonAnswer } from '../../gate/json.js';
import { bearerAuth, newRouter, problemResponses } from '../../gate/openapi.js';
import type { PresetService } from './service.js';

const all = { 'application/json': { schema: z.object({ items: z.array(DashboardPresetSchema) }) } };
const layout = { 'application/json': { schema: DashboardLayoutSchema } };

const listResponses: RouteConfig['responses'] = {
  200: { description: 'The presets', content: all },
  ...problemResponses('unauthenticated'),
};
const list = createRoute({
  method: 'get', path: '/dashboards/presets', summary: 'The presets of the caller\'s roles, the best match first',
  tags: ['presets'], security: bearerAuth, responses: listResponses,
});

const applyResponses: RouteConfig['responses'] = {
  201: { description: 'The caller\'s default layout, made from the preset', content: layout },
  ...problemResponses('unauthenticated', 'not_found', 'conflict'),
};
const apply = createRoute({
  method: 'post', path: '/dashboards/presets/{role}/apply',
  summary: 'Make the caller\'s default layout from a preset, in the place of what is in it',
  tags: ['presets'], security: bearerAuth, request: { params: z.object({ role: z.string() }) }, responses: applyResponses,
});

/** What a role's dashboard starts with. */
export function presetRoutes({ presets }: { presets: PresetService }): OpenAPIHono<GateEnv> {
  const router = newRouter();
  router.openapi(list, (c) => jsonAnswer(c, JSON.stringify({ items: presets.list(principalOf(c)) })));
  router.openapi(apply, (c) => {
    const { id, json, etag } = presets.apply(principalOf(c), c.req.valid('param').role);
    return jsonAnswer(c, json, { status: 201, etag, location: `/api/v1/dashboards/layouts/${id}` });
  });
  return router;
}
