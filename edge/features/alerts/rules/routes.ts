import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { AlertRuleInputSchema, AlertRuleTrialSchema } from '../../../../sdk/contract/alert.schema.js';
import { principalOf, type GateEnv } from '../../../gate/env.js';
import { guardedRoutes, newRouter, problemResponses } from '../../../gate/openapi.js';
import type { TraceOf } from '../../../gate/trace.js';
import { PAGE, type RuleService } from './service.js';

const PATH = '/alerts/rules';
/** Hours of the history that is kept. */
const MOST_HOURS = 24;

const AlertRuleSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  widgetId: z.string(),
  enabled: z.boolean(),
  origin: z.enum(['widget', 'settings', 'user']).openapi({ description: 'Only those of users can be changed here.' }),
  owner: z.string().optional(),
  updatedAt: z.iso.datetime().optional(),
}).openapi('AlertRule', { description: 'An AlertRuleInput with what the edge knows of it.' });

const BacktestSchema = z.object({
  points: z.array(z.tuple([z.number(), z.number()])).openapi({ description: 'Epoch milliseconds and value, oldest first.' }),
  firings: z.array(z.object({ from: z.number(), until: z.number().optional(), value: z.number() })),
  note: z.string().optional().openapi({ description: 'Why there is less to see than was asked for.' }),
}).openapi('BacktestResult');

const params = z.object({ id: z.string().max(300) });
const body = <S extends z.ZodType>(schema: S) => ({ required: true, content: { 'application/json': { schema } } });
const rule = { 'application/json': { schema: AlertRuleSchema } };
const page = { 'application/json': { schema: z.object({ items: z.array(AlertRuleSchema), cursor: z.string().optional() }) } };
const patch = z.record(z.string(), z.unknown());
const noStore = { 'Cache-Control': 'no-store' };

const guarded = guardedRoutes('alerts');

const list = guarded({
  method: 'get', path: PATH, summary: 'The rules of definitions and settings on widgets that the caller may see, and the caller\'s own; with alerts.manage those of all users',
  request: {
    query: z.object({
      widget: z.string().max(200).optional().openapi({ description: 'Id: of this widget alone.' }),
      cursor: z.string().max(300).optional().openapi({ description: 'Of the page before.' }),
      limit: z.coerce.number().int().min(1).max(PAGE.max).default(PAGE.default),
    }),
  },
}, {
  200: { description: 'A page', content: page },
  ...problemResponses('unauthenticated', 'bad_request'),
});

const create = guarded({
  method: 'post', path: PATH, summary: 'Make a rule on a widget', request: { body: body(AlertRuleInputSchema) },
  description: 'Of who holds alerts.manage it is for all who may see the widget; else it is the caller\'s alone.',
}, {
  201: { description: 'The rule', headers: { Location: { schema: { type: 'string' } } }, content: rule },
  ...problemResponses('unauthenticated', 'not_found', 'invalid', 'conflict', 'too_large'),
});

const update = guarded({
  method: 'patch', path: `${PATH}/{id}`, summary: 'Change a rule by a JSON Merge Patch (RFC 7396)',
  request: { params, body: { required: true, content: { 'application/json': { schema: patch }, 'application/merge-patch+json': { schema: patch } } } },
}, {
  200: { description: 'The rule as it stands now', content: rule },
  ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid', 'conflict', 'too_large'),
});

const remove = guarded({ method: 'delete', path: `${PATH}/{id}`, summary: 'Remove a rule; what it fires is over', request: { params } }, {
  204: { description: 'It is gone' },
  ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict'),
});

const test = guarded({
  method: 'post', path: `${PATH}/backtest`, summary: 'What a rule would have done, over the stored samples of its field; it is not saved',
  description: 'One after the other: of one caller\'s that wait only the last is done.',
  request: { body: body(z.strictObject({ rule: AlertRuleTrialSchema, hours: z.int().min(1).max(MOST_HOURS).default(MOST_HOURS) })) },
}, {
  200: { description: 'The samples, and when it would have fired', content: { 'application/json': { schema: BacktestSchema } } },
  ...problemResponses('unauthenticated', 'not_found', 'invalid', 'too_large', 'rate_limited'),
});

/** The rules of alerts: those that users make, and those of definitions and settings to read. */
export function alertRuleRoutes({ rules, traceOf }: { rules: RuleService; traceOf?: TraceOf }): OpenAPIHono<GateEnv> {
  const router = newRouter();
  router.openapi(list, async (c) => c.json(await rules.list(principalOf(c), c.req.valid('query')), 200, noStore));
  router.openapi(create, async (c) => {
    const made = await rules.create(principalOf(c), c.req.valid('json'), traceOf?.(c));
    return c.json(made, 201, { ...noStore, Location: `/api/v1${PATH}/${encodeURIComponent(made.id)}` });
  });
  router.openapi(update, async (c) =>
    c.json(await rules.patch(principalOf(c), c.req.valid('param').id, await c.req.json(), traceOf?.(c)), 200, noStore));
  router.openapi(remove, async (c) => {
    await rules.remove(principalOf(c), c.req.valid('param').id, traceOf?.(c));
    return c.body(null, 204);
  });
  router.openapi(test, async (c) => {
    const { rule: input, hours } = c.req.valid('json');
    return c.json(await rules.backtest(principalOf(c), { notifications: [], ...input }, hours), 200, noStore);
  });
  return router;
}
