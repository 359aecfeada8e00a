import type { Severity } from '../../../../sdk/contract/alert.js';
import { expandRoles } from '../../../../sdk/contract/access.js';
import type { NotificationSettings } from '../../../../sdk/contract/notification.js';
import type { TimeInterval } from '../../../../sdk/contract/time-interval.js';
import type { Access } from '../../../gate/access.js';
import { maySeeAlert } from '../../../gate/alert-access.js';
import type { AlertInstance } from '../../../kernel/alerts.js';
import { CHANGES, topic, type Bus } from '../../../kernel/bus.js';
import type { Catalogue, CatalogueEntry } from '../../../kernel/catalogue.js';
import type { Clock } from '../../../kernel/clock.js';
import type { Log } from '../../../kernel/log.js';
import type { Principal } from '../../../kernel/principal.js';
import type { Revocations } from '../../../kernel/revocations.js';
import type { Settings } from '../../../kernel/settings.js';
import type { PeopleStore, StoredPerson, StoredRights } from './store.js';

/** Where one user is told of an alert. */
export interface PersonalAddress {
  readonly user: string;
  readonly type: 'email' | 'sms' | 'push';
  /** An email address, a phone number, a push subscription as JSON. */
  readonly to: string;
  /** Nothing but what is critical is told then. */
  readonly quietHours?: readonly TimeInterval[];
}

/** What decides who is told of an alert. */
export type Told = Pick<AlertInstance, 'tenant' | 'user' | 'widgetId' | 'severity'>;

/** Users who want to be told of alerts themselves. */
export interface People {
  /** Those who may see it, by the rights of their last token, and want to hear of its severity. Never waits: it is asked within a write. */
  of(instance: Told): readonly PersonalAddress[];
  /** Whether that user is still to be told of it at that address. */
  hears(user: string, to: string, instance: Told): boolean;
  /** A browser that takes no messages any more. */
  forget(tenant: string, endpoint: string): void;
}

export interface PeopleDeps {
  rows: PeopleStore;
  catalogue: Catalogue;
  access: Access;
  revocations: Revocations;
  /** Role to what it inherits, as the settings have it. */
  roles: Settings['roles'];
  bus: Bus;
  clock: Clock;
  log: Log;
}

export interface PeopleRegister extends People {
  /** What users of the tenant want was changed here: this edge and the others read it again. Resolves once `of` knows. */
  changed(tenant: string): Promise<void>;
  /** A user is here with a token: who is remembered is, from now on, told by its rights. Never throws. */
  meet(principal: Principal): void;
  /** From now on the rights of this user are remembered, also where they want to be told nowhere: a rule of theirs goes by them. Never throws. */
  remember(principal: Principal): void;
  /** By the rights of their last token; `null` where all their tokens were revoked, undefined where nobody remembers. */
  find(tenant: string, subject: string): Principal | null | undefined;
  /** Told of tenants of whose users one may see more or less now. Returns the unsubscribe. */
  onChange(listener: (tenant: string) => void): () => void;
  close(): void;
}

/** Those of a tenant changed what they want. */
const PEOPLE_CHANGES = topic<{ tenant: string }>('people', (message) => typeof (message as { tenant?: unknown } | null)?.tenant === 'string');
/** Milliseconds after which all is read again: the bus tells at most once. */
const REREAD = 60_000;
const RANKS: Readonly<Record<Severity, number>> = { info: 0, warning: 1, critical: 2 };

interface Person {
  /** None where all their tokens were revoked. */
  readonly principal: Principal | null;
  readonly settings: NotificationSettings;
  /** As JSON. */
  readonly browsers: readonly string[];
}

interface OfTenant {
  /** By subject. */
  readonly people: Map<string, Person>;
  readonly entries: ReadonlyMap<string, CatalogueEntry>;
}

/** Reads what stands in the store before it resolves: an alert that fires at once has all whom it concerns. */
export async function createPeople({ rows, catalogue, access, revocations, roles, bus, clock, log }: PeopleDeps): Promise<PeopleRegister> {
  const tenants = new Map<string, OfTenant>();
  /** Tokens whose rights are those that are kept. */
  const met = new WeakSet<Principal>();
  const listeners = new Set<(tenant: string) => void>();
  let closed = false;
  let cancel: () => void = () => undefined;

  const read = async (tenant: string): Promise<void> => {
    const entries = await catalogue.of(tenant);
    if (closed) return;
    // After the wait, in one go: what was read before it could be older than what another read put here meanwhile.
    const people = peopleIn(tenant);
    if (people.size > 0) tenants.set(tenant, { people, entries });
    else tenants.delete(tenant);
  };

  const peopleIn = (tenant: string): Map<string, Person> => {
    const browsers = new Map<string, string[]>();
    for (const { user, ...subscription } of rows.subscriptions(tenant)) browsers.set(user, [...(browsers.get(user) ?? []), JSON.stringify(subscription)]);
    return new Map(rows.list(tenant).map(({ user, settings, rights }) =>
      [user, { principal: rights === undefined ? null : principalOf(tenant, user, rights, roles), settings, browsers: browsers.get(user) ?? [] }]));
  };

  const tellChange = (tenant: string): void => {
    for (const listener of listeners) listener(tenant);
  };
  const readChanged = (tenant: string): Promise<void> => readOrTell(tenant).then(() => tellChange(tenant));
  const readOrTell = (tenant: string): Promise<void> => read(tenant).catch((error: unknown) => {
    log.error({ err: error, tenant }, 'who wants to be told of alerts could not be read; what was known goes on to count');
  });
  const readAll = async (): Promise<void> => {
    for (const tenant of new Set([...rows.tenants(), ...tenants.keys()])) await readOrTell(tenant);
  };
  const again = (): void => {
    cancel = clock.after(REREAD, () => {
      void readAll().catch((error: unknown) => log.error({ err: error }, 'who wants to be told of alerts could not be read')).then(() => closed || again());
    });
  };

  const keep = ({ tenant, user, settings }: StoredPerson, rights: StoredRights | undefined): void => rows.write(() => {
    // As it stands now: what they want may have been changed meanwhile.
    const standing = rows.get(tenant, user)?.settings ?? settings;
    rows.save({ tenant, user, settings: standing, ...(rights && { rights }) }, clock.now());
  });

  /** A revocation is forgotten after a while, and what is kept here is not: so it is written down that these rights count no more. */
  const forgetRevoked = (): void => {
    for (const [tenant, { people }] of tenants) {
      const revoked = [...people].filter(([, { principal }]) => principal !== null && revocations.isRevoked(principal));
      if (revoked.length === 0) continue;
      try {
        for (const [user] of revoked) {
          // They may have a newer token, which another edge has met.
          const stored = rows.get(tenant, user);
          if (stored?.rights && revocations.isRevoked(principalOf(tenant, user, stored.rights, roles))) keep(stored, undefined);
        }
      } catch (error) {
        log.error({ err: error, tenant }, 'that the rights of a user were revoked could not be written; it counts for as long as the revocation is known');
      }
      void readChanged(tenant);
    }
  };

  const undo = [
    bus.subscribe(PEOPLE_CHANGES, ({ tenant }) => void readChanged(tenant)),
    bus.subscribe(CHANGES, ({ tenant, widgets }) => {
      if (widgets !== undefined && tenants.has(tenant)) void readOrTell(tenant);
    }),
    bus.onGap(() => void readAll().catch((error: unknown) => log.error({ err: error }, 'who wants to be told of alerts could not be read'))),
    revocations.onChange(forgetRevoked),
  ];
  await readAll();
  forgetRevoked();
  again();

  const changed = async (tenant: string): Promise<void> => {
    bus.publish(PEOPLE_CHANGES, { tenant });
    await read(tenant);
    tellChange(tenant);
  };

  const addressesOf = ({ principal, settings, browsers }: Person, instance: Told, entries: OfTenant['entries']): PersonalAddress[] => {
    if (principal === null || !maySeeAlert(access, principal, instance, entries) || revocations.isRevoked(principal)) return [];
    const { addresses, push, quietHours } = settings;
    const severity = RANKS[instance.severity];
    const more = { user: principal.subject, ...(quietHours && quietHours.length > 0 && { quietHours }) };
    return [
      ...addresses.filter(({ from = 'warning' }) => severity >= RANKS[from]).map(({ type, to }) => ({ ...more, type, to })),
      ...(push !== undefined && severity >= RANKS[push] ? browsers.map((to) => ({ ...more, type: 'push' as const, to })) : []),
    ];
  };

  const learn = (principal: Principal, known: StoredPerson): void => {
    const { tenant, subject } = principal;
    const rights = rightsOf(principal);
    // An older token than the one that is known says nothing new.
    if ((known.rights?.issuedAt ?? 0) > (rights.issuedAt ?? Number.POSITIVE_INFINITY)) return;
    if (JSON.stringify(known.rights) === JSON.stringify(rights)) return;
    keep(known, rights);
    if (!isRenewed(tenant, subject, known, rights)) void changed(tenant).catch((error: unknown) => log.error({ err: error, tenant }, 'the rights of a user could not be read again'));
  };
  /** The next token with the same rights, as one comes every few minutes of each user: of that nobody else needs to hear. */
  const isRenewed = (tenant: string, subject: string, { rights: before }: StoredPerson, rights: StoredRights): boolean => {
    const people = tenants.get(tenant)?.people;
    const person = people?.get(subject);
    if (person === undefined || before === undefined || JSON.stringify([before.roles, before.permissions]) !== JSON.stringify([rights.roles, rights.permissions])) return false;
    people?.set(subject, { ...person, principal: principalOf(tenant, subject, rights, roles) });
    return true;
  };
  const orTell = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      log.error({ err: error }, 'the rights of a user could not be kept');
    }
  };

  return {
    of(instance) {
      const known = tenants.get(instance.tenant);
      return known === undefined ? [] : [...known.people.values()].flatMap((person) => addressesOf(person, instance, known.entries));
    },
    hears(user, to, instance) {
      const known = tenants.get(instance.tenant);
      const person = known?.people.get(user);
      return known !== undefined && person !== undefined && addressesOf(person, instance, known.entries).some((address) => address.to === to);
    },
    find(tenant, subject) {
      const principal = tenants.get(tenant)?.people.get(subject)?.principal;
      return principal && revocations.isRevoked(principal) ? null : principal;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    forget(tenant, endpoint) {
      if (rows.forget(tenant, endpoint)) void changed(tenant).catch((error: unknown) => log.error({ err: error, tenant }, 'a browser that is gone could not be forgotten'));
    },
    changed,
    meet(principal) {
      if (met.has(principal)) return;
      orTell(() => {
        met.add(principal);
        const known = rows.get(principal.tenant, principal.subject);
        if (known !== undefined) learn(principal, known);
      });
    },
    remember(principal) {
      const { tenant, subject } = principal;
      orTell(() => learn(principal, rows.get(tenant, subject) ?? { tenant, user: subject, settings: { addresses: [] } }));
    },
    close() {
      closed = true;
      cancel();
      listeners.clear();
      for (const off of undo) off();
    },
  };
}

/** What is kept of a token. */
export function rightsOf({ directRoles, permissions, issuedAt }: Principal): StoredRights {
  return { roles: directRoles, permissions, ...(issuedAt !== undefined && { issuedAt }) };
}

/** Made once and kept: access remembers by it what it decided. It is none of a token's, and outlives no revocation of one: see `forgetRevoked`. */
function principalOf(tenant: string, subject: string, { roles, permissions, issuedAt }: StoredRights, inherits: Settings['roles']): Principal {
  return { tenant, subject, directRoles: roles, roles: expandRoles(roles, inherits), permissions, expiresAt: 0, ...(issuedAt !== undefined && { issuedAt }) };
}
