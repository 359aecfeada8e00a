import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { DashboardLayoutSchema, LayoutInputSchema, LayoutPatchSchema } from '../../../sdk/contract/layout.schema.js';
import { principalOf, type GateEnv } from '../../gate/env.js';
import { jsonAnswer } from '../../gate/json.js';
import { guardedRoutes, newRouter, problemResponses } from '../../gate/openapi.js';
import type { TraceOf } from '../../gate/trace.js';
import type { LayoutService } from './service.js';

const PATH = '/dashboards/layouts';
const params = z.object({ id: z.string().openapi({ description: 'A layout of the caller, or `default`.' }) });
const ifMatch = z.object({
  'if-match': z.string().optional().openapi({ description: 'The ETag that was read. Without it the write stands.' }),
});
const all = { 'application/json': { schema: z.object({ items: z.array(DashboardLayoutSchema) }) } };
const layout = { 'application/json': { schema: DashboardLayoutSchema } };
const etag = { ETag: { schema: { type: 'string' as const }, description: 'For If-Match and If-None-Match.' } };
const withLocation = { ...etag, Location: { schema: { type: 'string' as const } } };

const guarded = guardedRoutes('layouts');

const list = guarded({ method: 'get', path: PATH, summary: 'The caller\'s own layouts, oldest first' }, {
  200: { description: 'The layouts', content: all },
  ...problemResponses('unauthenticated'),
});

const create = guarded({
  method: 'post', path: PATH, summary: 'Make a layout',
  request: { body: { required: true, content: { 'application/json': { schema: LayoutInputSchema } } } },
}, {
  201: { description: 'The layout', headers: withLocation, content: layout },
  ...problemResponses('unauthenticated', 'invalid', 'conflict', 'too_large'),
});

const read = guarded({
  method: 'get', path: `${PATH}/{id}`, request: { params },
  summary: 'One layout; `default` is the caller\'s default or their role\'s preset',
}, {
  200: { description: 'The layout', headers: etag, content: layout },
  304: { description: 'The caller has it already' },
  ...problemResponses('unauthenticated', 'not_found'),
});

const update = guarded({
  method: 'patch', path: `${PATH}/{id}`, summary: 'Change the fields that are given',
  request: { params, headers: ifMatch, body: { required: true, content: { 'application/json': { schema: LayoutPatchSchema } } } },
}, {
  200: { description: 'The layout as it stands now', headers: etag, content: layout },
  201: { description: 'The caller had none: their copy of the preset was made', headers: withLocation, content: layout },
  ...problemResponses('unauthenticated', 'not_found', 'stale_etag', 'invalid', 'conflict', 'too_large'),
});

const remove = guarded({
  method: 'delete', path: `${PATH}/{id}`, summary: 'Delete a layout, but never the default', request: { params, headers: ifMatch },
}, {
  204: { description: 'It is gone' },
  ...problemResponses('unauthenticated', 'not_found', 'stale_etag', 'conflict'),
});

const duplicate = guarded({
  method: 'post', path: `${PATH}/{id}/duplicate`, summary: 'Make a copy of a layout', request: { params },
}, {
  201: { description: 'The copy', headers: withLocation, content: layout },
  ...problemResponses('unauthenticated', 'not_found', 'conflict'),
});

/** The six endpoints of a user's dashboards. */
export function layoutRoutes({ layouts, traceOf }: { layouts: LayoutService; traceOf?: TraceOf }): OpenAPIHono<GateEnv> {
  const router = newRouter();
  const locationOf = (id: string) => `/api/v1${PATH}/${id}`;

  router.openapi(list, (c) => jsonAnswer(c, layouts.list(principalOf(c))));
  router.openapi(create, (c) => {
    const { id, json, etag: tag } = layouts.create(principalOf(c), c.req.valid('json'), traceOf?.(c));
    return jsonAnswer(c, json, { status: 201, etag: tag, location: locationOf(id) });
  });
  router.openapi(read, (c) => {
    const { json, etag: tag } = layouts.read(principalOf(c), c.req.valid('param').id);
    return jsonAnswer(c, json, { etag: tag });
  });
  router.openapi(update, (c) => {
    const { id } = c.req.valid('param');
    const { answer, created } = layouts.update(principalOf(c), id, c.req.valid('json'), c.req.header('if-match'), traceOf?.(c));
    return jsonAnswer(c, answer.json, { etag: answer.etag, ...(created && { status: 201, location: locationOf(answer.id) }) });
  });
  router.openapi(remove, (c) => {
    layouts.remove(principalOf(c), c.req.valid('param').id, c.req.header('if-match'), traceOf?.(c));
    return c.body(null, 204);
  });
  router.openapi(duplicate, (c) => {
    const { id, json, etag: tag } = layouts.duplicate(principalOf(c), c.req.valid('param').id, traceOf?.(c));
    return jsonAnswer(c, json, { status: 201, etag: tag, location: locationOf(id) });
  });
  return router;
}
