import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { WebSocket, type ClientOptions } from 'ws';
import { createAccess } from '../../../gate/access.js';
import { authenticate } from '../../../gate/authenticate.js';
import { newRouter } from '../../../gate/openapi.js';
import { createOriginCheck } from '../../../gate/origin.js';
import { onProblem } from '../../../gate/problem.js';
import { unauthenticated } from '../../../gate/token.js';
import { createActivity } from '../../../kernel/activity.js';
import { CHANGES } from '../../../kernel/bus.js';
import type { CatalogueEntry } from '../../../kernel/catalogue.js';
import { createLog } from '../../../kernel/log.js';
import type { Principal } from '../../../kernel/principal.js';
import { createGapBus } from '../../../drivers/test/gap-bus.js';
import type { Specs } from '../../../feeds/specs.js';
import { feedsRig, principal, type Reply, type Rig } from '../../../feeds/test/fixture.js';
import { createPush, type Push } from '../push.js';

export interface PushRig extends Rig {
  readonly push: Push;
  readonly url: string;
  readonly server: Server;
  /** Who each token stands for; a test may add some. */
  readonly tokens: Map<string, Principal>;
  /** Puts definitions into a tenant's catalogue and tells of it, as the catalogue does. */
  define(tenant: string, ...entries: CatalogueEntry[]): void;
  /** Puts one in as another edge does whose word is lost on the way. */
  loseChange(tenant: string, entry: CatalogueEntry): void;
  /** Says that messages of the bus may have been lost. */
  gap(): void;
  /** Widgets of which an alert fires, by whom it concerns. */
  readonly firing: Map<string, string[]>;
  /** Takes one out. */
  drop(tenant: string, id: string): void;
  /** Revokes what this says, and tells of it. */
  revoke(isRevoked: (principal: Principal) => boolean): void;
  close(): Promise<void>;
}

export const ORIGIN = 'https://erp.example';

/** The push on a real server, behind the gate's own authentication, over sources that the test answers for. */
export async function pushRig(entries: CatalogueEntry[], reply?: Reply, queryToken = true, specs?: Specs): Promise<PushRig> {
  const bus = createGapBus();
  const rig = feedsRig(reply, undefined, { bus });
  const { feeds, clock } = rig;
  const log = createLog({ level: 'silent' });
  const tokens = new Map([['ann', principal()], ['bob', principal('acme', 'bob')], ['gus', principal('globex', 'gus')]]);
  const catalogues = new Map(['acme', 'globex'].map((tenant) => [tenant, new Map(entries.map((entry) => [entry.widget.id, entry]))]));
  const verifier = {
    verify(token: string): Principal | Promise<Principal> {
      const found = tokens.get(token);
      if (found === undefined) throw unauthenticated();
      return Promise.resolve(found);
    },
  };
  let isRevoked: (principal: Principal) => boolean = () => false;
  const toldOfRevocations = new Set<() => void>();
  const firing = new Map<string, string[]>();
  const push = await createPush({
    firing: ({ subject }, ids) => ids.filter((id) => firing.get(subject)?.includes(id)),
    revocations: {
      isRevoked: (asked) => isRevoked(asked),
      onChange(listener) {
        toldOfRevocations.add(listener);
        return () => void toldOfRevocations.delete(listener);
      },
    },
    feeds, clock, bus, log, verifier, queryToken, ...(specs && { specs }),
    tenants: new Map(['acme', 'globex'].map((id) => [id, { id, name: id, timeZone: 'UTC', currency: 'EUR' }])),
    catalogue: { of: (tenant) => Promise.resolve(catalogues.get(tenant) ?? new Map<string, CatalogueEntry>()) },
    access: createAccess(),
    metrics: { connections: () => ({ inc: () => undefined, dec: () => undefined }), framesSent: () => undefined },
    isAllowedOrigin: createOriginCheck([ORIGIN]),
  });
  const app = newRouter();
  app.onError(onProblem(log, createActivity(clock)));
  app.use('/api/*', authenticate(verifier, (_method, pattern) => pattern === '/api/v1/stream'));
  app.route('/api/v1', push.routes);
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  push.attach(server);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const change = (tenant: string, ids: string[], set: (catalogue: Map<string, CatalogueEntry>) => void, told = true): void => {
    const next = new Map(catalogues.get(tenant));
    set(next);
    catalogues.set(tenant, next);
    if (told) bus.publish(CHANGES, { tenant, widgets: ids });
  };

  return {
    ...rig, push, server, tokens, firing,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    define: (tenant, ...changed) => change(tenant, changed.map(({ widget }) => widget.id), (catalogue) => {
      for (const entry of changed) catalogue.set(entry.widget.id, entry);
    }),
    loseChange(tenant, entry) {
      change(tenant, [entry.widget.id], (catalogue) => catalogue.set(entry.widget.id, entry), false);
    },
    gap: bus.gap,
    revoke(next) {
      isRevoked = next;
      for (const listener of toldOfRevocations) listener();
    },
    drop: (tenant, id) => change(tenant, [id], (catalogue) => catalogue.delete(id)),
    async close() {
      push.close();
      feeds.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Polls until it holds; fails saying what was waited for. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const end = Date.now() + 5_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export type Received = Record<string, unknown>;

export interface Page {
  readonly socket: WebSocket;
  readonly frames: Received[];
  send(message: unknown): void;
  /** The frames so far, once there are that many. */
  got(count: number): Promise<Received[]>;
  /** The first frame that holds, waiting for it. */
  frame(what: string, holds: (frame: Received) => boolean): Promise<Received>;
  /** The close code, once it is closed. */
  closed(): Promise<number>;
}

/** A page's WebSocket, opened; `token` leaves as first message. */
export async function openPage(rig: Pick<PushRig, 'url'>, token?: string, path = '/api/ws/dashboard', options: ClientOptions = {}): Promise<Page> {
  const socket = new WebSocket(rig.url.replace('http', 'ws') + path, options);
  const frames: Received[] = [];
  let code: number | undefined;
  socket.on('message', (data) => frames.push(JSON.parse(String(data as Buffer)) as Received));
  socket.on('close', (closeCode) => (code = closeCode));
  socket.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const send = (message: unknown): void => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  if (token !== undefined) send({ action: 'auth', token });
  return {
    socket,
    frames,
    send,
    async got(count) {
      await until(`${count} frames, got ${JSON.stringify(frames)}`, () => frames.length >= count);
      return frames;
    },
    async frame(what, holds) {
      await until(what, () => frames.some(holds));
      return frames.find(holds) as Received;
    },
    async closed() {
      await until('the close', () => code !== undefined);
      return code as number;
    },
  };
}

/** Status of a refused upgrade; 101 where it was taken. */
export function upgradeStatus(rig: Pick<PushRig, 'url'>, path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(rig.url.replace('http', 'ws') + path, { headers });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('error', () => undefined);
  });
}
