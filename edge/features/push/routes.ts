import type { HttpBindings } from '@hono/node-server';
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { CLOSE_CODES } from '../../../sdk/contract/frames.js';
import { checkRequest, type CheckedRequest } from '../../feeds/widget-request.js';
import { principalOf, type GateEnv } from '../../gate/env.js';
import { bearerAuth, newRouter, problemResponses } from '../../gate/openapi.js';
import type { Clock } from '../../kernel/clock.js';
import { ProblemError, tooMany } from '../../kernel/problems.js';
import { createEventStream } from './event-stream.js';
import type { Hub } from './hub.js';
import { LIMITS } from './limits.js';
import type { Tickets } from './tickets.js';

export interface PushRoutesDeps {
  hub: Hub;
  tickets: Tickets;
  clock: Clock;
}

const tags = ['push'];

const issue = createRoute({
  method: 'post', path: '/stream/tickets', tags, security: bearerAuth, summary: 'A one-use ticket, good for 30 s, that opens a stream',
  responses: {
    201: { description: 'The ticket', content: { 'application/json': { schema: z.object({ ticket: z.string(), expiresAt: z.iso.datetime() }) } } },
    ...problemResponses('unauthenticated'),
  },
});

const stream = createRoute({
  method: 'get', path: '/stream', tags, security: [{ ticket: [] }], summary: 'The push frames as server-sent events',
  request: {
    query: z.object({
      widgets: z.string().optional().openapi({
        description: 'Ids with commas between, or a JSON list of ids and of `WidgetRequest`s. Without it the stream brings what is of no widget: alerts, and what changed.', example: 'a,b',
      }),
      ticket: z.string(),
    }),
  },
  responses: {
    200: { description: 'Each event\'s data is one frame', content: { 'text/event-stream': { schema: z.string() } } },
    ...problemResponses('unauthenticated', 'bad_request', 'rate_limited', 'going_away'),
  },
});

const HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
  // When the edge stops, a kept-alive connection would hold it up.
  Connection: 'close',
};

/** The second carrier of the push, for pages that no WebSocket reaches. */
export function pushRoutes({ hub, tickets, clock }: PushRoutesDeps): OpenAPIHono<GateEnv> {
  const router = newRouter();
  router.openAPIRegistry.registerComponent('securitySchemes', 'ticket', { type: 'apiKey', in: 'query', name: 'ticket' });

  router.openapi(issue, async (c) => c.json(await tickets.issue(principalOf(c)), 201, { 'Cache-Control': 'no-store' }));

  router.openapi(stream, async (c) => {
    // Hono answers HEAD with the handler of GET and drops the body: nobody would read the stream, nor ever close it.
    if (c.req.method === 'HEAD') {
      c.header('Allow', 'GET');
      throw new ProblemError('method_not_allowed', 'HEAD is not possible here; GET is.');
    }
    const { widgets, ticket } = c.req.valid('query');
    // Before the ticket: a slip in the list should not cost it.
    const requests = widgets === undefined ? [] : requestsIn(widgets);
    const principal = await tickets.take(ticket);
    if (principal === undefined) throw new ProblemError('unauthenticated', 'The ticket is used, too old or none of ours.');
    c.set('principal', principal);
    if (!hub.mayAsk(principal, requests.length)) throw tooMany('You ask for too many widgets at once.', 5);
    const events = createEventStream(clock, outgoingOf(c));
    try {
      const connection = hub.open(principal, events.carrier);
      events.onGone(() => connection.gone());
      if (requests.length > 0) await connection.subscribe(requests);
    } catch (error) {
      events.carrier.close(CLOSE_CODES.tooMany, 'not opened');
      throw error;
    }
    return c.body(events.body, 200, HEADERS);
  });

  return router;
}

/** Throws `bad_request` for what is no list; what is wrong with one entry is told on the stream. */
function requestsIn(widgets: string): CheckedRequest[] {
  const values = widgets.startsWith('[') ? listIn(widgets) : widgets.split(',').filter(Boolean);
  if (values === undefined || values.length === 0 || values.length > LIMITS.subscriptions) {
    const message = `must be a list of 1 to ${LIMITS.subscriptions} widgets`;
    throw new ProblemError('bad_request', `widgets ${message}.`, { errors: [{ path: 'widgets', message }] });
  }
  return values.map((value, index) => checkRequest(value, `widgets.${index}`));
}

function listIn(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Node's own response; none under `app.request`. */
function outgoingOf(c: Context<GateEnv>): HttpBindings['outgoing'] | undefined {
  return (c.env as Partial<HttpBindings> | undefined)?.outgoing;
}
