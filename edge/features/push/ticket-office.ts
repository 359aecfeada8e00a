import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Cache } from '../../kernel/cache.js';
import type { Lock } from '../../kernel/lock.js';
import type { Principal } from '../../kernel/principal.js';

/** What edges have in common. */
export interface SharedTickets {
  cache: Cache;
  lock: Lock;
}

/** Tickets that one edge issues and another one takes. While the edges cannot agree, each takes those of its own. */
export interface TicketOffice {
  lodge(ticket: string, principal: Principal): Promise<void>;
  withdraw(ticket: string): Promise<void>;
  /** Who it stands for, once for all edges. `here`: who it stands for by this edge's own list. */
  redeem(ticket: string, here: Principal | undefined): Promise<Principal | undefined>;
}

const names = z.array(z.string());
const Lodged = z.object({
  subject: z.string(), tenant: z.string(), roles: names, directRoles: names, permissions: names, expiresAt: z.number(),
  tokenId: z.string().optional(), issuedAt: z.number().optional(),
});

/** @param life milliseconds that a ticket is good */
export function createTicketOffice({ cache, lock }: SharedTickets, life: number): TicketOffice {
  return {
    lodge: (ticket, principal) => cache.set(nameOf(ticket), Buffer.from(JSON.stringify({ ...principal, roles: [...principal.roles] })), life),
    withdraw: (ticket) => cache.delete(nameOf(ticket)),
    async redeem(ticket, here) {
      const name = nameOf(ticket);
      const principal = here ?? read(await cache.get(name));
      // Never given back: whoever has it has used the ticket. Longer than its life, so that it ends after it.
      if (principal === undefined || (await lock.take(name, 2 * life)) === undefined) return undefined;
      void cache.delete(name);
      return principal;
    },
  };
}

/** A ticket opens a stream: Redis holds its hash. */
function nameOf(ticket: string): string {
  return `ticket:${createHash('sha256').update(ticket).digest('base64url')}`;
}

function read(bytes: Uint8Array | undefined): Principal | undefined {
  if (bytes === undefined) return undefined;
  try {
    const { roles, ...rest } = Lodged.parse(JSON.parse(Buffer.from(bytes).toString()));
    return { ...rest, roles: new Set(roles) };
  } catch {
    return undefined;
  }
}
