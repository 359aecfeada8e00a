import { WebSocket } from 'ws';
import { afterEach } from 'vitest';
import type { CcmClient, ClientOptions } from '../../client/client.js';
import { createClient } from '../../client/create-client.js';
import type { Pace } from '../../client/pace.js';
import type { Snapshot } from '../../store/snapshot.js';
import { StandInEdge, tokenOf } from './stand-in-edge.js';

const QUICK: Partial<Pace> = { backoff: 40, backoffMax: 200, retry: 10, settle: 5, idle: 40, open: 4_000, upgrade: 60_000, poll: 50 };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

export async function startEdge(): Promise<StandInEdge> {
  const edge = await new StandInEdge().start();
  closing.push(() => edge.stop());
  return edge;
}

/** A client as a page has it; closed after the test. */
export function clientOf(edge: StandInEdge, options: Partial<ClientOptions> = {}, pace: Partial<Pace> = {}): CcmClient {
  const given = options.token ?? options.getToken ?? options.tokenEndpoint;
  const client = createClient({ edge: edge.url, WebSocket, ...(given === undefined && { token: tokenOf({ sub: 'u1' }) }), ...options }, { ...QUICK, ...pace });
  closing.push(() => client.close());
  return client;
}

/** A subscription that remembers all it was told. */
export function look(client: CcmClient, id: string, options: Parameters<CcmClient['subscribe']>[2] = {}) {
  const seen: Snapshot[] = [];
  const off = client.subscribe(id, (snapshot) => seen.push(snapshot), options);
  return { seen, off, now: () => client.snapshot(id, options), data: () => client.snapshot(id, options).data };
}
