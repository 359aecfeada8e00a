import { z, type OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { principalOf, type GateEnv } from '../../../gate/env.js';
import { guardedRoutes, newRouter, problemResponses } from '../../../gate/openapi.js';
import type { TraceOf } from '../../../gate/trace.js';
import type { OutboxService } from './outbox.js';
import type { Trials } from './trial.js';

/** Items on a page. */
const PAGE = { default: 50, max: 200 } as const;
const STATES = ['waiting', 'sent', 'dead'] as const;

const ItemSchema = z.object({
  id: z.string(),
  notifier: z.string(),
  user: z.string().optional().openapi({ description: 'Whose own address it goes to.' }),
  state: z.enum(STATES).openapi({ description: '`dead`: not tried any more by itself.' }),
  status: z.enum(['firing', 'resolved', 'test', 'silence-ended']),
  reason: z.string().optional(),
  alerts: z.number().int().openapi({ description: 'How many it tells of.' }),
  title: z.string().optional().openapi({ description: 'What it tells of first.' }),
  attempts: z.number().int(),
  createdAt: z.string(),
  sentAt: z.string().optional(),
  nextAt: z.string().optional().openapi({ description: 'When it is tried next.' }),
  fault: z.string().optional().openapi({ description: 'Why the last try failed.' }),
}).openapi('AlertMessage');

const NotifierSchema = z.object({ name: z.string(), type: z.enum(['email', 'sms', 'webhook', 'alertmanager', 'slack', 'teams', 'push']) }).openapi('Notifier');

const guarded = guardedRoutes('alerts');

/** What was told, what could not be, and whether notifiers work. Needs `alerts.manage`. */
export function dispatchRoutes({ outbox, trials, traceOf }: { outbox: OutboxService; trials: Trials; traceOf?: TraceOf }): OpenAPIHono<GateEnv> {
  const router = newRouter();
  /** Before the rest is read: who may not learns nothing about what they sent. */
  const middleware: MiddlewareHandler<GateEnv> = async function requireRight(c, next) {
    trials.requireRight(principalOf(c));
    await next();
  };

  router.openapi(guarded({
    method: 'get', path: '/alerts/outbox', summary: 'Messages about alerts, newest first', middleware,
    request: {
      query: z.strictObject({
        state: z.enum(STATES).optional(),
        cursor: z.string().max(200).optional(),
        limit: z.coerce.number().int().min(1).max(PAGE.max).default(PAGE.default),
      }),
    },
  }, {
    200: { description: 'The messages', content: { 'application/json': { schema: z.object({ items: z.array(ItemSchema), cursor: z.string().optional() }) } } },
    ...problemResponses('unauthenticated', 'forbidden', 'bad_request'),
  }), (c) => c.json(outbox.list(principalOf(c), c.req.valid('query')), 200, { 'Cache-Control': 'no-store' }));

  router.openapi(guarded({
    method: 'post', path: '/alerts/outbox/{id}/resend', summary: 'Try a message again that was given up', middleware,
    request: { params: z.object({ id: z.string().max(100) }) },
  }, {
    200: { description: 'It waits for its turn, with the same id', content: { 'application/json': { schema: ItemSchema } } },
    ...problemResponses('unauthenticated', 'forbidden', 'bad_request', 'not_found', 'conflict'),
  }), (c) => c.json(outbox.resend(principalOf(c), c.req.valid('param').id, traceOf?.(c)), 200));

  router.openapi(guarded({ method: 'get', path: '/alerts/notifiers', summary: 'Who sends alerts for the tenant', middleware }, {
    200: { description: 'Names and types; addresses and secrets stay in the settings', content: { 'application/json': { schema: z.object({ items: z.array(NotifierSchema) }) } } },
    ...problemResponses('unauthenticated', 'forbidden'),
  }), (c) => c.json({ items: trials.list(principalOf(c)) }, 200, { 'Cache-Control': 'no-store' }));

  router.openapi(guarded({
    method: 'post', path: '/alerts/notifiers/{name}/test', summary: 'Send a test message', middleware,
    description: 'Sent at once. What the receiver makes of it is the result.',
    request: { params: z.object({ name: z.string().max(100) }) },
  }, {
    200: { description: 'How it went', content: { 'application/json': { schema: z.object({ ok: z.boolean(), detail: z.string().optional() }) } } },
    ...problemResponses('unauthenticated', 'forbidden', 'bad_request', 'not_found', 'rate_limited'),
  }), async (c) => c.json(await trials.run(principalOf(c), c.req.valid('param').name, traceOf?.(c)), 200, { 'Cache-Control': 'no-store' }));

  return router;
}
