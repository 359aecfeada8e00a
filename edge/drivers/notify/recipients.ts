import { NotifyFault } from '../../kernel/alerts.js';
import { faultOfAll } from './faults.js';

/** Messages whose takers are remembered. */
const MOST_REMEMBERED = 500;
/** Calls at once. */
const AT_ONCE = 8;

/**
 * Remembers which addresses took a message, so that another try goes to the others alone. It forgets with the process: after a
 * restart all of them get it once more, as with any message that was sent and not yet marked.
 */
export interface Taken {
  missing(id: string, addresses: readonly string[]): string[];
  add(id: string, address: string): void;
}

export function createTaken(): Taken {
  const byId = new Map<string, Set<string>>();
  return {
    missing: (id, addresses) => [...new Set(addresses)].filter((address) => byId.get(id)?.has(address) !== true),
    add(id, address) {
      const takers = byId.get(id) ?? new Set();
      byId.delete(id);
      byId.set(id, takers.add(address));
      for (const oldest of byId.keys()) {
        if (byId.size <= MOST_REMEMBERED) break;
        byId.delete(oldest);
      }
    },
  };
}

/** Sends one message an address, to all that did not take it before. @throws NotifyFault when some are left */
export async function sendToEach(taken: Taken, id: string, addresses: readonly string[], send: (address: string) => Promise<void>): Promise<void> {
  const waiting = taken.missing(id, addresses);
  const faults: NotifyFault[] = [];
  const work = async (): Promise<void> => {
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
      try {
        await send(address);
        taken.add(id, address);
      } catch (error) {
        faults.push(error instanceof NotifyFault ? error : new NotifyFault('The message could not be made.', { retry: false, cause: error }));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, work));
  if (faults.length > 0) throw faultOfAll(faults, new Set(addresses).size);
}

/** Who is told: one user's own address, else those of the settings. @throws NotifyFault where that is nobody */
export function addressesOf({ to }: { to?: string }, settings: readonly string[], form: RegExp): string[] {
  const addresses = to === undefined ? [...new Set(settings)] : [to];
  if (addresses.length === 0) throw new NotifyFault('The notifier has no addresses of its own; it tells only users who gave theirs.', { retry: false });
  if (!addresses.every((address) => form.test(address))) throw new NotifyFault('The address is none that can be sent to.', { retry: false, gone: to !== undefined });
  return addresses;
}
