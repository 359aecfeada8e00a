import { LRUCache } from 'lru-cache';
import type { AuditEvent } from '../../kernel/audit.js';
import type { AuditContent } from './row.js';

export interface Anomalies {
  /** Looks at a row that was written; gives back what is unusual about it, as events for the trail. */
  observe(row: AuditContent): AuditEvent[];
}

/** Users that are watched. Of the one unseen for longest everything is forgotten; its networks are read from the trail again. */
const USERS = 10_000;
/** Networks that are remembered of a user, the latest ones. */
const NETWORKS = 16;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Events in a minute that are never unusual. */
const QUIET = 60;
/** How much more than usual is unusual. */
const FACTOR = 5;
/** Weight of the newest minute in the mean, whose memory is thereby an hour. */
const WEIGHT = 1 - Math.exp(-MINUTE / HOUR);
/** So many rows that failed or were refused within a minute are a burst. */
const BURST = 10;

type Kind = 'volume' | 'network' | 'errors';

interface Watched {
  /** Start of the minute that is counted, epoch milliseconds. */
  minute: number;
  count: number;
  /** Mean events a minute over the last hour. */
  usual: number;
  /** Latest last. */
  networks: Set<string>;
  /** When the last rows that failed or were refused came, oldest first. */
  errors: number[];
  /** When a kind was last told. */
  told: Partial<Record<Kind, number>>;
}

/** @param networksOf those that the trail knows of a user from before that time, latest first: asked once a user, so that a restart makes no network a new one */
export function createAnomalies(networksOf: (tenant: string, user: string, before: number) => readonly string[]): Anomalies {
  const users = new LRUCache<string, Watched>({ max: USERS });

  const watchedOf = (tenant: string, user: string, time: number): Watched => {
    const key = `${tenant.length}:${tenant}:${user}`;
    let watched = users.get(key);
    if (watched === undefined) {
      const networks = new Set(networksOf(tenant, user, time).slice(0, NETWORKS).reverse());
      users.set(key, (watched = { minute: time, count: 0, usual: 0, networks, errors: [], told: {} }));
    }
    return watched;
  };

  return {
    observe(row) {
      const { tenant, user, time, network, action, outcome } = row;
      if (user === null || action === 'anomaly') return [];
      const watched = watchedOf(tenant, user, time);
      const found: AuditEvent[] = [];
      const tell = (kind: Kind, detail: string): void => {
        if (time - (watched.told[kind] ?? -Infinity) < HOUR) return;
        watched.told[kind] = time;
        found.push({ tenant, user, action: 'anomaly', target: kind, outcome: 'ok', detail, ...(network !== null && { network }) });
      };

      countMinute(watched, time);
      if (watched.count > Math.max(QUIET, FACTOR * watched.usual)) {
        tell('volume', `${watched.count} rows within a minute; the mean of the last hour is ${watched.usual.toFixed(1)}`);
      }
      if (network !== null && isNew(watched.networks, network)) tell('network', `first seen from ${network}`);
      if (outcome !== 'ok') {
        watched.errors.push(time);
        if (watched.errors.length > BURST) watched.errors.shift();
        const [first = time] = watched.errors;
        if (watched.errors.length === BURST && time - first <= MINUTE) tell('errors', `${BURST} rows that failed or were refused within a minute`);
      }
      return found;
    },
  };
}

/** A minute that is over goes into the mean, and so do the empty ones after it. */
function countMinute(watched: Watched, time: number): void {
  const over = Math.floor((time - watched.minute) / MINUTE);
  if (over > 0) {
    watched.usual += WEIGHT * (watched.count - watched.usual);
    watched.usual *= (1 - WEIGHT) ** (over - 1);
    watched.minute += over * MINUTE;
    watched.count = 0;
  }
  watched.count += 1;
}

/** Remembers it. The first of all networks is no new one: there is nothing that it differs from. */
function isNew(networks: Set<string>, network: string): boolean {
  const known = networks.delete(network) || networks.size === 0;
  networks.add(network);
  const [oldest] = networks;
  if (networks.size > NETWORKS && oldest !== undefined) networks.delete(oldest);
  return !known;
}
