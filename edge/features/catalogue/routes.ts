import { z, type OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { CCMWidgetSchema } from '../../../sdk/contract/widget.schema.js';
import { WIDGET_SIZES, WIDGET_TYPES } from '../../../sdk/contract/widget.js';
import { principalOf, type GateEnv } from '../../gate/env.js';
import { jsonAnswer } from '../../gate/json.js';
import { guardedRoutes, newRouter, problemResponses } from '../../gate/openapi.js';
import type { TraceOf } from '../../gate/trace.js';
import type { CatalogueService, WidgetAnswer } from './service.js';

/** Items on a page of the list. */
const PAGE = { default: 50, max: 200 } as const;

const WidgetListingSchema = z.looseObject({
  id: z.string(),
  title: z.string(),
  type: z.enum(WIDGET_TYPES),
  size: z.enum(WIDGET_SIZES),
  dataSource: z.looseObject({ type: z.string() }),
  requires: z.object({ connector: z.string().optional(), credential: z.string().optional(), met: z.boolean() }).optional(),
  origin: z.enum(['settings', 'tenant', 'module']).optional(),
  module: z.string().optional(),
}).openapi('WidgetListing', {
  description: 'A CCMWidget as the caller gets it: its dataSource is reduced to the type, and permissions, roles, transform and alerts '
    + 'are left out, unless the caller holds widgets.manage; `origin` only then.',
});

const params = z.object({ id: z.string() });
const ifMatch = z.object({
  'if-match': z.string().optional().openapi({ description: 'The ETag that was read. Without it the write stands.' }),
});
const widget = { 'application/json': { schema: WidgetListingSchema } };
const definition = { required: true, content: { 'application/json': { schema: CCMWidgetSchema } } };
const mergePatch = z.record(z.string(), z.unknown());
const etag = { ETag: { schema: { type: 'string' as const }, description: 'For If-Match and If-None-Match.' } };
const page = { 'application/json': { schema: z.object({ items: z.array(WidgetListingSchema), cursor: z.string().optional() }) } };
const writeProblems = problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict', 'stale_etag', 'invalid', 'too_large');

const guarded = guardedRoutes('widgets');

const list = guarded({
  method: 'get', path: '/widgets', summary: 'The definitions that the caller may see, by title',
  request: {
    query: z.object({
      ids: z.string().max(8000).optional().openapi({ description: 'Only these, with commas between; unknown ones are left out.' }),
      query: z.string().max(200).optional().openapi({ description: 'Words that all occur in id, title, description, category or tags.' }),
      category: z.string().optional(),
      tag: z.string().optional(),
      type: z.enum(WIDGET_TYPES).optional(),
      cursor: z.string().max(1000).optional().openapi({ description: 'Of the page before.' }),
      limit: z.coerce.number().int().min(1).max(PAGE.max).default(PAGE.default),
    }),
  },
}, {
  200: { description: 'A page', content: page },
  ...problemResponses('unauthenticated', 'bad_request'),
});

const read = guarded({ method: 'get', path: '/widgets/{id}', summary: 'One definition', request: { params } }, {
  200: { description: 'The definition', headers: etag, content: widget },
  304: { description: 'The caller has it already' },
  ...problemResponses('unauthenticated', 'not_found'),
});

/** The gate's rights before the body is read: who may not write learns nothing about what they sent. */
function writers(catalogue: CatalogueService): MiddlewareHandler<GateEnv, '/widgets/:id' | '/widgets'> {
  return async function requireWriter(c, next) {
    catalogue.requireWritable(principalOf(c), c.req.param('id'));
    await next();
  };
}

/** The tenant's catalogue of widgets. */
export function catalogueRoutes({ catalogue, traceOf }: { catalogue: CatalogueService; traceOf?: TraceOf }): OpenAPIHono<GateEnv> {
  const router = newRouter();
  const middleware = writers(catalogue);
  const json = ({ listing }: WidgetAnswer) => JSON.stringify(listing);

  router.openapi(list, (c) => jsonAnswer(c, JSON.stringify(catalogue.list(principalOf(c), c.req.valid('query')))));

  router.openapi(read, (c) => {
    const answer = catalogue.read(principalOf(c), c.req.valid('param').id);
    return jsonAnswer(c, json(answer), { etag: answer.etag });
  });

  router.openapi(guarded({ method: 'post', path: '/widgets', summary: 'Add a definition', middleware, request: { body: definition } }, {
    201: { description: 'The definition', headers: etag, content: widget }, ...writeProblems,
  }), (c) => {
    const answer = catalogue.create(principalOf(c), c.req.valid('json'), traceOf?.(c));
    return jsonAnswer(c, json(answer), { status: 201, etag: answer.etag, location: `/api/v1/widgets/${answer.listing.id}` });
  });

  router.openapi(guarded({
    method: 'put', path: '/widgets/{id}', summary: 'Replace a definition', middleware,
    request: { params, headers: ifMatch, body: definition },
  }, { 200: { description: 'The definition', headers: etag, content: widget }, ...writeProblems }), (c) => {
    const answer = catalogue.replace(principalOf(c), c.req.valid('param').id, c.req.valid('json'), c.req.header('if-match'), traceOf?.(c));
    return jsonAnswer(c, json(answer), { etag: answer.etag });
  });

  router.openapi(guarded({
    method: 'patch', path: '/widgets/{id}', summary: 'Change a definition by a JSON Merge Patch (RFC 7396)', middleware,
    request: { params, headers: ifMatch, body: { required: true, content: { 'application/merge-patch+json': { schema: mergePatch } } } },
  }, { 200: { description: 'The definition', headers: etag, content: widget }, ...writeProblems }), async (c) => {
    const answer = catalogue.patch(principalOf(c), c.req.valid('param').id, await c.req.json(), c.req.header('if-match'), traceOf?.(c));
    return jsonAnswer(c, json(answer), { etag: answer.etag });
  });

  router.openapi(guarded({
    method: 'delete', path: '/widgets/{id}', summary: 'Remove a definition', middleware, request: { params, headers: ifMatch },
  }, { 204: { description: 'It is gone' }, ...writeProblems }), (c) => {
    catalogue.remove(principalOf(c), c.req.valid('param').id, c.req.header('if-match'), traceOf?.(c));
    return c.body(null, 204);
  });
  return router;
}
