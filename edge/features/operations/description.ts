import type { OpenAPIHono } from '@hono/zod-openapi';
import type { GateEnv } from '../../gate/env.js';

const PUSH = `
## Push

A WebSocket at \`/api/ws/dashboard\` (also \`/ws/dashboard\`; \`/ws/widgets/:id\` is the same, subscribed to one widget).
It is authenticated by a first message \`{"action":"auth","token":"…"}\` within 5 s, by \`?ticket=\` (\`POST /api/v1/stream/tickets\`),
or by \`?token=\` where the edge allows it. Text frames of JSON, at most 64 KiB in. The same frames leave \`GET /api/v1/stream\` as
server-sent events.

To the edge:

- \`{"action":"subscribe","widgets":["id", {"id","ref?","params?","cursor?"}],"mode?":"full"|"patch"}\`
- \`{"action":"unsubscribe","widgets":[…]}\`, \`{"action":"refresh","widgets":[…]}\`
- \`{"action":"auth","token":"…"}\` (on a live connection: renews it), \`{"action":"ping"}\`

From the edge:

- \`{"action":"subscribed","widgets":[…],"refused":[{"id","code"}]}\`, then a first answer for each
- \`{"widget_id","data","timestamp","cursor","ref?"}\`: the whole answer, when it changed
- \`{"widget_id","state":"fresh","timestamp","cursor"}\`: fetched again and the same
- \`{"widget_id","state":"stale"|"failed"|"refused","error":{"code","detail"}}\`: the last data stays
- \`{"action":"changed","widgets"|"layouts":[…]}\`, \`{"action":"pong"|"token_expiring"|"going_away"}\`

Close codes: 4401 not authenticated, 4408 no auth in time, 4409 token expired, 4413 message too large, 4429 too many,
4008 too slow, 1012 restarting.
`;

const SECURITY = {
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Claims: `sub`, `tenant`, `roles`, `permissions`, `exp`.' },
} as const;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Of each route, beside what it declares itself. */
const OTHERWISE = {
  description: 'Any other problem: a body that is no JSON, too large or of another type, too many requests, an edge that is stopping or at fault.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** The OpenAPI 3.1 document of all routes that are declared by now. */
export function describeInterface(app: OpenAPIHono<GateEnv>, version: string): object {
  for (const [name, scheme] of Object.entries(SECURITY)) {
    app.openAPIRegistry.registerComponent('securitySchemes', name, scheme);
  }
  const description = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'CCM edge',
      version,
      description: `Definitions, answers and layouts of monitoring widgets. Every error is an RFC 9457 problem.\n${PUSH}`,
    },
  });
  for (const path of Object.values(description.paths ?? {})) {
    for (const method of METHODS) {
      const responses = path[method]?.responses;
      if (responses !== undefined) responses.default ??= OTHERWISE;
    }
  }
  return description;
}
