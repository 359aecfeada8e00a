import type { Context } from 'hono';
import type { Trace } from '../kernel/audit.js';
import { networkList, networkOf, plainAddress } from '../kernel/networks.js';
import type { GateEnv } from './env.js';
import { requestIdOf } from './request-id.js';

/** Where a request came from, for the audit trail. Read when it is asked for: most requests leave no row. */
export type TraceOf = (c: Context<GateEnv>) => Trace;

/** The part of node-server's bindings that is read; there is none where the app is asked without a port. */
interface Bindings {
  incoming?: { socket?: { remoteAddress?: string } };
}

/** Addresses of `X-Forwarded-For` that are looked at. */
const MOST_HOPS = 20;

/** @param trustedProxies addresses and CIDRs whose `X-Forwarded-For` is believed (`CCM_TRUST_PROXY`) */
export function createTraceOf(trustedProxies: readonly string[]): TraceOf {
  const trusted = networkList(trustedProxies);

  return function traceOf(c) {
    const socket = (c.env as Bindings | undefined)?.incoming?.socket?.remoteAddress;
    const address = socket !== undefined && trusted.has(socket) ? clientOf(c.req.header('x-forwarded-for') ?? '', socket) : socket;
    const network = address === undefined ? undefined : networkOf(address);
    return { requestId: requestIdOf(c), ...(network !== undefined && { network }) };
  };

  /** Each proxy adds whom it heard at the end: from there on, the first that is no proxy of ours. What stands before it is anybody's word. */
  function clientOf(forwarded: string, proxy: string): string {
    for (const hop of forwarded.split(',').slice(-MOST_HOPS).reverse().map(plainAddress)) {
      if (!trusted.has(hop)) return networkOf(hop) === undefined ? proxy : hop;
    }
    return proxy;
  }
}
