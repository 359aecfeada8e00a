import type { Server } from 'node:http';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { GateEnv } from '../../gate/env.js';
import type { OriginCheck } from '../../gate/origin.js';
import type { TokenVerifier } from '../../gate/token.js';
import type { Settings } from '../../kernel/settings.js';
import { createHub, type Hub, type HubDeps } from './hub.js';
import { pushRoutes } from './routes.js';
import type { SharedTickets } from './ticket-office.js';
import { createTickets } from './tickets.js';
import { createWebSockets } from './websocket.js';

export interface PushDeps extends HubDeps {
  verifier: TokenVerifier;
  tenants: Settings['tenants'];
  isAllowedOrigin: OriginCheck;
  /** Whether a WebSocket may carry `?token=`. */
  queryToken: boolean;
  /** What other edges have too; none where there are none. */
  shared?: SharedTickets;
}

/** Live answers to open pages: one hub, two carriers. */
export interface Push {
  /** Tickets and the event stream, below `/api/v1`. */
  readonly routes: OpenAPIHono<GateEnv>;
  /** Takes the WebSocket upgrades of the server. */
  attach(server: Server): void;
  /** Says `going_away` to each page and closes its connection. */
  drain(): void;
  counts: Hub['counts'];
  watchers: Hub['watchers'];
  close(): void;
}

/** Throws where `ws` is not installed. */
export async function createPush(deps: PushDeps): Promise<Push> {
  const hub = createHub(deps);
  const tickets = createTickets(deps.clock, deps.shared);
  const sockets = await createWebSockets({ ...deps, hub, tickets });
  return {
    routes: pushRoutes({ hub, tickets, clock: deps.clock }),
    attach: (server) => sockets.attach(server),
    drain() {
      hub.drain();
      sockets.drain();
    },
    counts: () => hub.counts(),
    watchers: (key) => hub.watchers(key),
    close: () => hub.close(),
  };
}
