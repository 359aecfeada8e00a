import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { principalOf, type GateEnv } from '../../gate/env.js';
import { bearerAuth, newRouter, problemResponses } from '../../gate/openapi.js';
import type { AuditService } from './service.js';

/** Items on a page. */
const PAGE = { default: 50, max: 200 } as const;

const AuditItemSchema = z.object({
  seq: z.number().int().openapi({ description: 'The row in the chain of all tenants of this edge.' }),
  time: z.string(),
  user: z.string().optional(),
  action: z.string().openapi({ example: 'external.call' }),
  target: z.string().openapi({ example: 'stripe /v1/charges' }),
  outcome: z.string().openapi({ example: 'ok' }),
  code: z.string().optional(),
  milliseconds: z.number().optional(),
  bytes: z.number().optional(),
  network: z.string().optional().openapi({ example: '203.0.113.0/24' }),
  requestId: z.string().optional(),
  detail: z.string().optional(),
}).openapi('AuditItem');

const time = z.iso.datetime({ offset: true, error: 'must be a time such as 2026-01-31T08:00:00Z' }).transform((text) => Date.parse(text));

const list = createRoute({
  method: 'get', path: '/audit', tags: ['audit'], security: bearerAuth, summary: 'What was done in the caller\'s tenant, newest first',
  description: 'Needs `audit.view`. A page may have fewer items than `limit`, also none: where there is a `cursor`, the list goes on.',
  request: {
    query: z.strictObject({
      from: time.optional(),
      to: time.optional(),
      user: z.string().max(500).optional(),
      action: z.string().max(100).optional(),
      outcome: z.enum(['ok', 'refused', 'failed']).optional(),
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(PAGE.max).default(PAGE.default),
    }),
  },
  responses: {
    200: { description: 'The rows', content: { 'application/json': { schema: z.object({ items: z.array(AuditItemSchema), cursor: z.string().optional() }) } } },
    ...problemResponses('unauthenticated', 'forbidden', 'bad_request'),
  },
});

export function auditRoutes({ audit }: { audit: AuditService }): OpenAPIHono<GateEnv> {
  const router = newRouter();
  router.openapi(list, (c) => c.json(audit.list(principalOf(c), c.req.valid('query')), 200, { 'Cache-Control': 'no-store' }));
  return router;
}
