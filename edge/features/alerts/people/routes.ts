import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { NotificationSettingsSchema, PushSubscriptionSchema } from '../../../../sdk/contract/notification.schema.js';
import { principalOf, type GateEnv } from '../../../gate/env.js';
import { guardedRoutes, newRouter, problemResponses } from '../../../gate/openapi.js';
import type { TraceOf } from '../../../gate/trace.js';
import { MOST_BROWSERS, type PeopleService } from './service.js';

const settings = { 'application/json': { schema: NotificationSettingsSchema } };
const PushKeySchema = z.object({
  publicKey: z.string().nullable().openapi({ description: 'VAPID, base64url: the `applicationServerKey` of `PushManager.subscribe`. Null: browsers are not told here.' }),
});
const guarded = guardedRoutes('alerts');

/** Where the caller wants to be told of alerts. */
export function peopleRoutes({ people, traceOf }: { people: PeopleService; traceOf?: TraceOf }): OpenAPIHono<GateEnv> {
  const router = newRouter();
  const fresh = { 'Cache-Control': 'no-store' };

  router.openapi(guarded({ method: 'get', path: '/me/notifications', summary: 'Where the caller wants to be told of alerts, and when not' }, {
    200: { description: 'The settings', content: settings },
    ...problemResponses('unauthenticated'),
  }), (c) => c.json(people.settings(principalOf(c)), 200, fresh));

  router.openapi(guarded({
    method: 'put', path: '/me/notifications', summary: 'Say where, and when not',
    description: 'Told of the alerts that the token\'s roles and permissions show; a later token of the same user takes its place when it is used here.',
    request: { body: { required: true, content: settings } },
  }, {
    200: { description: 'The settings', content: settings },
    ...problemResponses('unauthenticated', 'invalid', 'too_large'),
  }), async (c) => c.json(await people.set(principalOf(c), c.req.valid('json'), traceOf?.(c)), 200, fresh));

  router.openapi(guarded({
    method: 'post', path: '/me/push-subscriptions', summary: 'Be told by this browser too',
    description: `As \`PushManager.subscribe\` gives it. From which severity on says \`push\` of the settings. At most ${MOST_BROWSERS} browsers a user, of more the oldest goes; a browser is one user's.`,
    request: { body: { required: true, content: { 'application/json': { schema: PushSubscriptionSchema } } } },
  }, {
    204: { description: 'It is kept' },
    ...problemResponses('unauthenticated', 'invalid', 'too_large'),
  }), async (c) => {
    await people.subscribe(principalOf(c), c.req.valid('json'), traceOf?.(c));
    return c.body(null, 204);
  });

  router.openapi(guarded({
    method: 'delete', path: '/me/push-subscriptions', summary: 'Be told by a browser no more',
    request: { query: z.strictObject({ endpoint: z.string().min(1).max(2_000) }) },
  }, {
    204: { description: 'It is gone' },
    ...problemResponses('unauthenticated', 'bad_request', 'not_found'),
  }), async (c) => {
    await people.unsubscribe(principalOf(c), c.req.valid('query').endpoint, traceOf?.(c));
    return c.body(null, 204);
  });

  router.openapi(guarded({ method: 'get', path: '/me/push-key', summary: 'The key that a browser subscribes with' }, {
    200: { description: 'The key', content: { 'application/json': { schema: PushKeySchema } } },
    ...problemResponses('unauthenticated'),
  }), (c) => c.json({ publicKey: people.pushKey(principalOf(c)) ?? null }, 200, fresh));

  return router;
}
