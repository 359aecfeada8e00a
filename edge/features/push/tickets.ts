import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../kernel/clock.js';
import type { Principal } from '../../kernel/principal.js';
import { LIMITS } from './limits.js';
import { createTicketOffice, type SharedTickets } from './ticket-office.js';

export interface Ticket {
  readonly ticket: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** One-use, short-lived stand-ins for a token, for carriers that can send no header. Good at every edge. */
export interface Tickets {
  issue(principal: Principal): Promise<Ticket>;
  /** Who it stands for, once; undefined where it is used, too old or made up. Never rejects. */
  take(ticket: string): Promise<Principal | undefined>;
}

export function createTickets(clock: Clock, shared?: SharedTickets): Tickets {
  const issued = new LRUCache<string, { principal: Principal; until: number }>({ max: LIMITS.tickets });
  // A user who asks for ever more loses their own oldest, not those of others.
  const byUser = new LRUCache<string, string[]>({ max: LIMITS.tickets });
  const office = shared && createTicketOffice(shared, LIMITS.ticketLife);

  return {
    async issue(principal) {
      const ticket = randomBytes(24).toString('base64url');
      const user = JSON.stringify([principal.tenant, principal.subject]);
      const own = (byUser.get(user) ?? []).filter((name) => issued.has(name));
      for (const oldest of own.splice(0, Math.max(0, own.length + 1 - LIMITS.ticketsPerUser))) {
        issued.delete(oldest);
        void office?.withdraw(oldest);
      }
      byUser.set(user, [...own, ticket]);
      issued.set(ticket, { principal, until: clock.monotonic() + LIMITS.ticketLife });
      await office?.lodge(ticket, principal);
      return { ticket, expiresAt: new Date(clock.now() + LIMITS.ticketLife).toISOString() };
    },
    async take(ticket) {
      const found = issued.get(ticket);
      issued.delete(ticket);
      const here = found !== undefined && clock.monotonic() < found.until ? found.principal : undefined;
      return office === undefined ? here : office.redeem(ticket, here);
    },
  };
}
