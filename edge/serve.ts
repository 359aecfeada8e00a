import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { GateEnv } from './gate/env.js';
import type { Log } from './kernel/log.js';

/** Live connections that hang on the server: a server with open ones never ends by itself. */
export interface LiveConnections {
  /** Takes the upgrades of the server. */
  attach(server: Server): void;
  /** Says `going_away` to each connection and closes it. */
  drain(): void;
}

export interface ListenOptions {
  /** 0 takes a free one. */
  port: number;
  host: string;
  /** Answers in the place of the edge's app: an app of your own around it. */
  fetch?: Hono<GateEnv>['fetch'];
}

export interface Listening {
  /** Where it is reached: `http://127.0.0.1:8787`. */
  readonly url: string;
  readonly port: number;
  /** Takes no more, tells the live ones, lets the others finish. Resolves when the last is gone. */
  close(): Promise<void>;
}

/** Milliseconds for requests under way at the end. */
const GRACE = 10_000;
/** Milliseconds between two looks for connections that have become idle meanwhile. */
const SWEEP = 50;
/** Milliseconds in which a proxy may still send on a connection that it holds open: cut at once, what is on its way would be lost. */
const LAST_WORDS = 300;
/** Longer than the 60 s of common load balancers: they, not we, should close an idle connection. */
const KEEP_ALIVE = 65_000;
/** Milliseconds in which a request must have come in whole. */
const REQUEST_TIMEOUT = 60_000;

/** Opens the port. Rejects with words where it cannot. */
export async function listen(app: Hono<GateEnv>, live: LiveConnections, log: Log, { port, host, fetch = app.fetch }: ListenOptions): Promise<Listening> {
  const server = createAdaptorServer({ fetch, hostname: host }) as Server;
  server.keepAliveTimeout = KEEP_ALIVE;
  server.headersTimeout = REQUEST_TIMEOUT;
  server.requestTimeout = REQUEST_TIMEOUT;
  live.attach(server);

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(why(error, port, host), { cause: error })));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;

  let closing: Promise<void> | undefined;
  return {
    url: `http://${shown.includes(':') ? `[${shown}]` : shown}:${bound}`,
    port: bound,
    close: () => (closing ??= drain(server, live, log)),
  };
}

function drain(server: Server, live: LiveConnections, log: Log): Promise<void> {
  return new Promise((resolve) => {
    const hurry = setTimeout(() => {
      log.warn('requests under way did not end in time; their connections are closed');
      server.closeAllConnections();
    }, GRACE);
    // What still comes on an open connection is answered, and is the last that it carries.
    server.prependListener('request', (_request, response: ServerResponse) => void response.setHeader('Connection', 'close'));
    const began = performance.now();
    const sweep = setInterval(() => {
      if (performance.now() - began > LAST_WORDS) server.closeIdleConnections();
    }, SWEEP);
    // Of a server of HTTP `close` cuts idle connections at once; this one only takes no new ones.
    NetServer.prototype.close.call(server, () => {
      clearTimeout(hurry);
      clearInterval(sweep);
      // Ends the timer by which it looks after its connections.
      server.close();
      resolve();
    });
    live.drain();
  });
}

function why(error: Error, port: number, host: string): string {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `CCM_PORT: ${port} is taken on ${host}; choose another one, or 0 for any that is free.`;
  if (code === 'EACCES') return `CCM_PORT: this user may not open ${port}; choose one above 1023.`;
  if (code === 'EADDRNOTAVAIL') return `CCM_HOST: this machine has no address ${host}.`;
  return `The edge cannot listen on ${host}:${port}: ${error.message}`;
}
