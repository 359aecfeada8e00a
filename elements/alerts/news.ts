import type { CcmClient } from '../../sdk/client/client.js';
import type { Alert } from '../../sdk/contract/alert.js';
import { isFiring, isQuiet } from './severity.js';

/** What is different from when one looked last. */
export interface News {
  /** What fires now and has to be told, the worst first. */
  started: Alert[];
  /** What was told and fires no more. */
  ended: Alert[];
  /** Nobody looked before: what fires is no news. */
  isFirst: boolean;
}

/** How many that were told are remembered. */
const MOST = 5000;

/** One firing of an alert. When it fires again, it is another. */
export function firingKey({ id, firedAt }: Alert): string {
  return `${id}|${firedAt ?? ''}`;
}

/**
 * Finds what is new in a list. What is silenced, said by a graver one or acknowledged is no news; when a silence ends while it still
 * fires, it is. A list that was read again after a gap has as news only what was not there before.
 */
export class NewsWatch {
  #known: Map<string, Alert> | undefined;

  look(alerts: readonly Alert[], isCut: boolean): News {
    const before = this.#known;
    const told = alerts.filter((alert) => isFiring(alert) && !isQuiet(alert));
    const now = new Map(told.map((alert) => [firingKey(alert), alert]));
    const firing = new Set(alerts.filter(isFiring).map(firingKey));
    // Where not all are kept, one that is missing may only have made room.
    const ended = isCut ? [] : [...(before ?? [])].filter(([key]) => !firing.has(key)).map(([, alert]) => alert);
    const started = before === undefined ? [] : told.filter((alert) => !alert.ack && !before.has(firingKey(alert)));
    if (isCut) for (const [key, alert] of before ?? []) if (!firing.has(key) && now.size < MOST) now.set(key, alert);
    this.#known = now;
    return { started, ended, isFirst: before === undefined };
  }

  /** Another viewer. */
  reset(): void {
    this.#known = undefined;
  }
}

const claimed = new WeakMap<CcmClient, Set<string>>();

/** Several elements of a page hear the same news: only the first that claims it tells it. */
export function claim(client: CcmClient, what: string): boolean {
  let claims = claimed.get(client);
  if (claims === undefined) claimed.set(client, (claims = new Set()));
  if (claims.has(what)) return false;
  claims.add(what);
  if (claims.size > MOST) {
    for (const old of claims) {
      claims.delete(old);
      break;
    }
  }
  return true;
}
