import { LRUCache } from 'lru-cache';
import { CLOSE_CODES } from '../../../sdk/contract/frames.js';
import { createSpecs, type Specs } from '../../feeds/specs.js';
import type { Access } from '../../gate/access.js';
import { maySeeAlert } from '../../gate/alert-access.js';
import { unauthenticated } from '../../gate/token.js';
import { ALERTS, type AlertNews } from '../../kernel/alerts.js';
import { CHANGES, type Bus, type Change } from '../../kernel/bus.js';
import type { Catalogue, CatalogueEntry } from '../../kernel/catalogue.js';
import type { Clock } from '../../kernel/clock.js';
import type { Feeds } from '../../kernel/feed.js';
import type { Log } from '../../kernel/log.js';
import type { Metrics } from '../../kernel/metrics.js';
import type { Principal } from '../../kernel/principal.js';
import { ProblemError, tooMany } from '../../kernel/problems.js';
import type { Revocations } from '../../kernel/revocations.js';
import { createChannels } from './channels.js';
import { Connection, type Carrier, type ConnectionPort } from './connection.js';
import { frameOf, type Frame } from './frame.js';
import { createBucket, LIMITS, type Bucket } from './limits.js';
import { createOwnFeeds } from './own-feeds.js';
import { userOf } from './user.js';

export interface HubDeps {
  feeds: Feeds;
  catalogue: Catalogue;
  access: Access;
  /** Default: every API is asked with its connector's own secret. */
  specs?: Specs;
  revocations: Revocations;
  /** Default: there are no alerts. */
  firing?: ConnectionPort['firing'];
  bus: Bus;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'connections' | 'framesSent'>;
}

/** All pages that listen. */
export interface Hub {
  /** Throws `rate_limited` for a user with too many, `going_away` while the edge stops, `unauthenticated` for a token that was revoked. */
  open(principal: Principal, carrier: Carrier): Connection;
  /** Counts so many entries of the user's messages; false where that is more than they may ask for now. */
  mayAsk(principal: Principal, entries: number): boolean;
  /** Connections, their subscriptions, and the feeds that these watch. */
  counts(): { connections: number; subscriptions: number; feeds: number };
  /** Connections that watch the feed with that key. */
  watchers(key: string): number;
  /** Says `going_away` to everybody and closes; takes nobody more. */
  drain(): void;
  /** True once it drains. */
  readonly draining: boolean;
  close(): void;
}

type Entries = ReadonlyMap<string, CatalogueEntry>;

export function createHub({ feeds, catalogue, access, specs = createSpecs(), firing = () => [], revocations, bus, clock, log, metrics }: HubDeps): Hub {
  const byTenant = new Map<string, Set<Connection>>();
  const byUser = new Map<string, number>();
  /** The definitions as a tenant's pages know them: says who could see one that is gone. */
  const known = new Map<string, Entries>();
  /** Kept when a user's last connection ends: else a new one would be a full bucket. */
  const asked = new LRUCache<string, Bucket>({ max: LIMITS.countedUsers });
  let waiting: Connection[] = [];
  let draining = false;

  const flush = (): void => {
    const dirty = waiting;
    waiting = [];
    for (const connection of dirty) connection.flush();
  };

  const port: ConnectionPort = {
    feeds,
    access,
    specs,
    firing,
    clock,
    channels: createChannels(feeds),
    ownFeeds: createOwnFeeds(),
    async entries(tenant) {
      const entries = await catalogue.of(tenant);
      if (byTenant.has(tenant)) known.set(tenant, entries);
      return entries;
    },
    dirty(connection) {
      // One write for all that comes up in this turn, whichever feed it is from.
      if (waiting.push(connection) === 1) setImmediate(flush);
    },
    left(connection) {
      const { tenant } = connection.principal;
      const user = userOf(connection.principal);
      const left = (byUser.get(user) ?? 1) - 1;
      if (left > 0) byUser.set(user, left);
      else byUser.delete(user);
      const connections = byTenant.get(tenant);
      connections?.delete(connection);
      if (connections?.size === 0) {
        byTenant.delete(tenant);
        known.delete(tenant);
      }
      metrics.connections(connection.kind).dec();
    },
    wrote: (kind, frames) => metrics.framesSent(kind, frames),
  };

  const tellChange = async ({ tenant, user, widgets = [], layouts = [] }: Change): Promise<void> => {
    const before = known.get(tenant);
    const entries = widgets.length > 0 ? await port.entries(tenant) : undefined;
    const changed = new Set(widgets);
    for (const connection of [...(byTenant.get(tenant) ?? [])]) {
      const { principal } = connection;
      if (user !== undefined && principal.subject !== user) continue;
      const sees = (entry: CatalogueEntry | undefined): boolean => entry !== undefined && access.maySee(principal, entry);
      // The id alone of what somebody may not see says that it exists.
      const visible = widgets.filter((id) => connection.watches(id) || sees(entries?.get(id)) || sees(before?.get(id)));
      if (visible.length > 0 || layouts.length > 0) {
        connection.send(frameOf({ action: 'changed', ...(visible.length > 0 && { widgets: visible }), ...(layouts.length > 0 && { layouts }) }));
      }
      if (entries !== undefined) connection.recheck(entries, (id) => changed.has(id));
    }
  };

  /** To each page whose user may see it, whatever the page watches; what one loses it asks for when it comes back. */
  const tellAlert = async ({ tenant, user = '', alert }: AlertNews): Promise<void> => {
    const entries = await port.entries(tenant);
    const place = { tenant, user, widgetId: alert.widgetId ?? '' };
    let frame: Frame | undefined;
    for (const connection of byTenant.get(tenant) ?? []) {
      if (maySeeAlert(access, connection.principal, place, entries)) connection.send((frame ??= frameOf({ alert })));
    }
  };

  const failed = (tenant: string) => (error: unknown): void => log.error({ err: error, tenant }, 'news could not be told');
  const unsubscribe = bus.subscribe(CHANGES, (change) => {
    if (byTenant.has(change.tenant)) tellChange(change).catch(failed(change.tenant));
  });
  const unsubscribeAlerts = bus.subscribe(ALERTS, (news) => {
    if (byTenant.has(news.tenant)) tellAlert(news).catch(failed(news.tenant));
  });
  /**
   * What was told elsewhere may not have come here: the definitions that pages know are held against those that are, and each page's
   * feeds against those that it would get now: a credential may be another one.
   */
  const catchUp = async (tenant: string): Promise<void> => {
    const entries = await catalogue.of(tenant);
    const before = known.get(tenant) ?? entries;
    const widgets = [...new Set([...before.keys(), ...entries.keys()])].filter((id) => before.get(id) !== entries.get(id));
    if (widgets.length > 0) await tellChange({ tenant, widgets });
    for (const connection of [...(byTenant.get(tenant) ?? [])]) connection.recheck(entries);
  };
  const unsubscribeGap = bus.onGap(() => {
    for (const tenant of byTenant.keys()) catchUp(tenant).catch(failed(tenant));
  });

  const all = (): Connection[] => [...byTenant.values()].flatMap((connections) => [...connections]);

  const endRevoked = revocations.onChange(() => {
    for (const connection of all()) if (revocations.isRevoked(connection.principal)) connection.revoke();
  });

  return {
    get draining() {
      return draining;
    },
    open(principal, carrier) {
      if (draining) throw new ProblemError('going_away', 'The edge is stopping.');
      // A ticket, or a token whose check was under way, may be older than the revocation.
      if (revocations.isRevoked(principal)) throw unauthenticated();
      const user = userOf(principal);
      const count = byUser.get(user) ?? 0;
      if (count >= LIMITS.connectionsPerUser) {
        throw tooMany(`A user may have at most ${LIMITS.connectionsPerUser} live connections.`, 30);
      }
      byUser.set(user, count + 1);
      const connection = new Connection(principal, carrier, port);
      const connections = byTenant.get(principal.tenant) ?? new Set();
      byTenant.set(principal.tenant, connections.add(connection));
      metrics.connections(carrier.kind).inc();
      return connection;
    },
    mayAsk(principal, entries) {
      const user = userOf(principal);
      let bucket = asked.get(user);
      if (bucket === undefined) asked.set(user, (bucket = createBucket(LIMITS.entryBurst, LIMITS.entriesPerSecond, () => clock.monotonic())));
      return bucket.take(entries);
    },
    watchers: (key) => port.channels.watchers(key),
    counts() {
      const connections = all();
      return {
        connections: connections.length,
        subscriptions: connections.reduce((sum, { subscriptions }) => sum + subscriptions, 0),
        feeds: port.channels.size,
      };
    },
    drain() {
      draining = true;
      for (const connection of all()) {
        connection.send(frameOf({ action: 'going_away' }));
        connection.end(CLOSE_CODES.restarting, 'restarting');
      }
    },
    close() {
      unsubscribe();
      unsubscribeAlerts();
      unsubscribeGap();
      endRevoked();
    },
  };
}
