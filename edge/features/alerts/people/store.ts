import { and, asc, eq, sql } from 'drizzle-orm';
import type { NotificationSettings, PushSubscriptionInput } from '../../../../sdk/contract/notification.js';
import type { Store } from '../../../drivers/store/open-store.js';
import { notificationSettings, pushSubscriptions } from '../../../drivers/store/tables/alerts.js';

/** What a user's last token allowed. */
export interface StoredRights {
  /** As the token names them, without what they inherit. */
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  /** Epoch milliseconds; absent where the token did not say. */
  readonly issuedAt?: number;
}

export interface StoredPerson {
  readonly tenant: string;
  readonly user: string;
  readonly settings: NotificationSettings;
  /** None where all their tokens were revoked since. */
  readonly rights?: StoredRights;
}

export interface StoredSubscription extends PushSubscriptionInput {
  readonly user: string;
}

/** Where users want to be told. Each statement names the tenant, but for those that look for one browser. */
export interface PeopleStore {
  /** Tenants of whose users something is kept. */
  tenants(): string[];
  list(tenant: string): StoredPerson[];
  get(tenant: string, user: string): StoredPerson | undefined;
  save(person: StoredPerson, at: number): void;
  /** Those of a tenant, the oldest of each user first. */
  subscriptions(tenant: string): StoredSubscription[];
  /** One browser is one user's: it is taken from all others, of any tenant. Returns the tenants from which it was taken. */
  subscribe(tenant: string, subscription: StoredSubscription, at: number): string[];
  /** Whether it was there. */
  unsubscribe(tenant: string, user: string, endpoint: string): boolean;
  /** Takes it from all users of the tenant; returns whether it was there. */
  forget(tenant: string, endpoint: string): boolean;
  write<T>(work: () => T): T;
}

type Row = typeof notificationSettings.$inferSelect;

export function createPeopleStore({ db, write }: Pick<Store, 'db' | 'write'>): PeopleStore {
  const at = (name: string) => sql.placeholder(name);
  const person = and(eq(notificationSettings.tenant, at('tenant')), eq(notificationSettings.user, at('user')));
  const tenants = db.selectDistinct({ tenant: notificationSettings.tenant }).from(notificationSettings).prepare();
  const all = db.select().from(notificationSettings).where(eq(notificationSettings.tenant, at('tenant'))).prepare();
  const one = db.select().from(notificationSettings).where(person).prepare();
  const upsert = db.insert(notificationSettings).values({
    tenant: at('tenant'), user: at('user'), body: at('body'), rights: at('rights'), updatedAt: at('updatedAt'),
  }).onConflictDoUpdate({
    target: [notificationSettings.tenant, notificationSettings.user],
    set: { body: sql`excluded.body`, rights: sql`excluded.rights`, updatedAt: sql`excluded.updated_at` },
  }).prepare();
  const browsers = db.select().from(pushSubscriptions).where(eq(pushSubscriptions.tenant, at('tenant')))
    .orderBy(asc(pushSubscriptions.createdAt), asc(pushSubscriptions.endpoint)).prepare();
  // Browsers change hands seldom: a look at all of them is cheaper than an index that every one of them pays for.
  const takeFromAll = db.delete(pushSubscriptions).where(eq(pushSubscriptions.endpoint, at('endpoint'))).returning({ tenant: pushSubscriptions.tenant }).prepare();
  const add = db.insert(pushSubscriptions).values({
    tenant: at('tenant'), user: at('user'), endpoint: at('endpoint'), keys: at('keys'), createdAt: at('createdAt'),
  }).prepare();
  const endpoint = eq(pushSubscriptions.endpoint, at('endpoint'));
  const dropOne = db.delete(pushSubscriptions).where(and(eq(pushSubscriptions.tenant, at('tenant')), eq(pushSubscriptions.user, at('user')), endpoint)).prepare();
  const dropOfTenant = db.delete(pushSubscriptions).where(and(eq(pushSubscriptions.tenant, at('tenant')), endpoint)).prepare();

  return {
    tenants: () => tenants.all().map(({ tenant }) => tenant),
    list: (tenant) => all.all({ tenant }).map(personOf),
    get(tenant, user) {
      const row = one.get({ tenant, user });
      return row && personOf(row);
    },
    save: ({ tenant, user, settings, rights }, updatedAt) =>
      void upsert.run({ tenant, user, body: JSON.stringify(settings), rights: JSON.stringify(rights ?? null), updatedAt }),
    subscriptions: (tenant) => browsers.all({ tenant }).map(({ user, endpoint: url, keys }) => ({ user, endpoint: url, keys: JSON.parse(keys) as PushSubscriptionInput['keys'] })),
    subscribe(tenant, { user, endpoint: url, keys }, createdAt) {
      const from = takeFromAll.all({ endpoint: url }).map((taken) => taken.tenant);
      add.run({ tenant, user, endpoint: url, keys: JSON.stringify(keys), createdAt });
      return [...new Set(from)].filter((other) => other !== tenant);
    },
    unsubscribe: (tenant, user, url) => dropOne.run({ tenant, user, endpoint: url }).changes > 0,
    forget: (tenant, url) => dropOfTenant.run({ tenant, endpoint: url }).changes > 0,
    write,
  };
}

function personOf({ tenant, user, body, rights }: Row): StoredPerson {
  const allowed = JSON.parse(rights) as StoredRights | null;
  return { tenant, user, settings: JSON.parse(body) as NotificationSettings, ...(allowed && { rights: allowed }) };
}
