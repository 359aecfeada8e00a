import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { SeveritySchema } from '../../../sdk/contract/alert.schema.js';
import { principalOf, type GateEnv } from '../../gate/env.js';
import { guardedRoutes, newRouter, problemResponses } from '../../gate/openapi.js';
import type { TraceOf } from '../../gate/trace.js';
import type { AlertService } from './service.js';

/** Items on a page. */
const PAGE = { default: 50, max: 200 } as const;
/** Characters of what somebody writes. */
const LONGEST = 2_000;
const STATES = ['inactive', 'pending', 'firing', 'recovering', 'resolved', 'noData', 'error'] as const;
const EVENTS = [
  'pending', 'fired', 'recovering', 'resolved', 'noData', 'error', 'acked', 'assigned', 'commented', 'silenced', 'silenceEnded', 'escalated', 'notNotified',
] as const;

const AckSchema = z.object({ by: z.string(), at: z.iso.datetime(), comment: z.string().optional() });

const AlertSchema = z.object({
  id: z.string(),
  widgetId: z.string().optional().openapi({ description: 'Absent for what came from outside.' }),
  rule: z.string(),
  ruleId: z.string(),
  key: z.string().openapi({ description: 'Which row; empty for the whole answer.' }),
  name: z.string(),
  state: z.enum(STATES),
  severity: SeveritySchema,
  value: z.unknown(),
  operator: z.string().optional(),
  threshold: z.unknown(),
  since: z.iso.datetime(),
  firedAt: z.iso.datetime().optional(),
  resolvedAt: z.iso.datetime().optional(),
  reason: z.enum(['noData', 'error', 'gone', 'ruleGone', 'tooMany']).optional(),
  title: z.string(),
  text: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  runbook: z.string().optional(),
  ack: AckSchema.optional(),
  assignee: z.string().optional(),
  silencedBy: z.string().optional(),
  inhibitedBy: z.string().optional(),
  comments: z.number().int().optional(),
}).openapi('Alert');

const AlertEventSchema = z.object({
  id: z.string(),
  alertId: z.string(),
  widgetId: z.string().optional(),
  rule: z.string(),
  key: z.string(),
  name: z.string(),
  severity: SeveritySchema,
  at: z.iso.datetime(),
  what: z.enum(EVENTS),
  by: z.string().optional(),
  value: z.unknown().optional(),
  text: z.string().optional(),
}).openapi('AlertEvent');

const time = z.iso.datetime({ offset: true, error: 'must be a time such as 2026-01-31T08:00:00Z' }).transform((text) => Date.parse(text));
const name = z.string().min(1).max(200);
const paging = { cursor: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(PAGE.max).default(PAGE.default) };

/** What somebody writes: lines of text, and nothing that would be something else in a log, a mail or a terminal. */
const written = z.string().min(1).max(LONGEST)
  .refine((text) => !/[^\P{Cc}\n\r\t]|\p{Surrogate}/u.test(text), 'must not have control characters or half characters');
const subject = z.string().min(1).max(256).refine((text) => !/\p{Cc}|\p{Surrogate}/u.test(text), 'must not have control characters or half characters');

const guarded = guardedRoutes('alerts');
const params = z.object({ id: z.string().min(1).max(200) });
const body = <Schema extends z.ZodType>(schema: Schema, required = true) => ({ required, content: { 'application/json': { schema } } });
const oneAlert = {
  200: { description: 'The alert as it is now', content: { 'application/json': { schema: AlertSchema } } },
  ...problemResponses('unauthenticated', 'not_found', 'conflict', 'invalid', 'too_large', 'bad_request'),
};

/** Alerts, their history, and what people do with them. */
export function alertRoutes({ alerts, traceOf }: { alerts: AlertService; traceOf?: TraceOf }): OpenAPIHono<GateEnv> {
  const router = newRouter();
  const fresh = { 'Cache-Control': 'no-store' };

  router.openapi(guarded({
    method: 'get', path: '/alerts', summary: 'The alerts of widgets that the caller may see, the worst and newest first',
    description: 'Without `state`: all that is not in order, and what was until a quarter of an hour ago. Those of no widget need `alerts.view`. '
      + 'A page may have fewer items than `limit`, also none: where there is a `cursor`, the list goes on.',
    request: { query: z.strictObject({ state: z.enum(STATES).optional(), severity: SeveritySchema.optional(), widget: name.optional(), ...paging }) },
  }, {
    200: {
      description: 'The alerts; `me` is the caller\'s subject, `mayManage` says whether they may silence, `tenant` how times and numbers are written',
      content: { 'application/json': { schema: z.object({ items: z.array(AlertSchema), cursor: z.string().optional(), me: z.string(), mayManage: z.boolean(), tenant: z.looseObject({ timeZone: z.string() }).optional() }) } },
    },
    ...problemResponses('unauthenticated', 'bad_request'),
  }), async (c) => c.json(await alerts.list(principalOf(c), c.req.valid('query')), 200, fresh));

  router.openapi(guarded({
    method: 'get', path: '/alerts/history', summary: 'What happened to alerts, newest first',
    request: {
      query: z.strictObject({ alert: name.optional(), widget: name.optional(), severity: SeveritySchema.optional(), from: time.optional(), to: time.optional(), ...paging }),
    },
  }, {
    200: { description: 'The events', content: { 'application/json': { schema: z.object({ items: z.array(AlertEventSchema), cursor: z.string().optional() }) } } },
    ...problemResponses('unauthenticated', 'bad_request'),
  }), async (c) => c.json(await alerts.history(principalOf(c), c.req.valid('query')), 200, fresh));

  router.openapi(guarded({
    method: 'post', path: '/alerts/{id}/ack', summary: 'Acknowledge an alert: nobody else is called', request: { params, body: body(z.strictObject({ comment: written.optional() }), false) },
  }, oneAlert), async (c) => {
    const { comment } = c.req.valid('json');
    return c.json(await alerts.ack(principalOf(c), c.req.valid('param').id, comment, traceOf?.(c)), 200, fresh);
  });

  router.openapi(guarded({
    method: 'post', path: '/alerts/{id}/assign', summary: 'Give an alert to somebody, or to nobody', request: { params, body: body(z.strictObject({ assignee: subject.nullable() })) },
  }, oneAlert), async (c) => c.json(await alerts.assign(principalOf(c), c.req.valid('param').id, c.req.valid('json').assignee, traceOf?.(c)), 200, fresh));

  router.openapi(guarded({
    method: 'post', path: '/alerts/{id}/comment', summary: 'Write something to an alert', request: { params, body: body(z.strictObject({ text: written })) },
  }, oneAlert), async (c) => c.json(await alerts.comment(principalOf(c), c.req.valid('param').id, c.req.valid('json').text, traceOf?.(c)), 200, fresh));

  return router;
}
