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

/** Users who want to be told of alerts themselves. */
export interface People {
  /** Those who may see it, by the rights of their last token, and want to hear of its severity. Never waits: it is asked within a write. */
  of(instance: AlertInstance): readonly PersonalAddress[];
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
  /** A user is here with a token: who wants to be told is, from now on, told by its rights. Never throws. */
  meet(principal: Principal): void;
  close(): void;
}

/** Those of a tenant changed what they want. */
const PEOPLE_CHANGES = topic<{ tenant: string }>('people', (message) => typeof (message as { tenant?: unknown } | null)?.tenant === 'string');
/** Milliseconds after which all is read again: the bus tells at most once. */
const REREAD = 60_000;
const RANKS: Readonly<Record<Severity, number>> = { info: 0, warning: 1, critical: 2 };

interface Person {
  readonly principal: Principal;
  readonly settings: NotificationSettings;
  /** As JSON. */
  readonly browsers: readonly string[];
}

interface OfTenant {
  readonly people: readonly Person[];
  readonly entries: ReadonlyMap<string, CatalogueEntry>;
}

/** Reads what stands in the store before it resolves: an alert that fires at once has all whom it concerns. */
export async function createPeople({ rows, catalogue, access, revocations, roles, bus, clock, log }: PeopleDeps): Promise<PeopleRegister> {
  const tenants = new Map<string, OfTenant>();
  /** Tokens whose rights are those that are kept. */
  const met = new WeakSet<Principal>();
  let closed = false;
  let cancel: () => void = () => undefined;

  const read = async (tenant: string): Promise<void> => {
    const entries = await catalogue.of(tenant);
    if (closed) return;
    // After the wait, in one go: what was read before it could be older than what another read put here meanwhile.
    const people = peopleIn(tenant);
    if (people.length > 0) tenants.set(tenant, { people, entries });
    else tenants.delete(tenant);
  };

  const peopleIn = (tenant: string): Person[] => {
    const browsers = new Map<string, string[]>();
    for (const { user, ...subscription } of rows.subscriptions(tenant)) browsers.set(user, [...(browsers.get(user) ?? []), JSON.stringify(subscription)]);
    return rows.list(tenant).flatMap(({ user, settings, rights }) =>
      (rights === undefined ? [] : [{ principal: principalOf(tenant, user, rights, roles), settings, browsers: browsers.get(user) ?? [] }]));
  };

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

  const keep = ({ tenant, user }: StoredPerson, rights: StoredRights | undefined): void => rows.write(() => {
    // As it stands now: what they want may have been changed meanwhile.
    const person = rows.get(tenant, user);
    if (person !== undefined) rows.save({ tenant, user, settings: person.settings, ...(rights && { rights }) }, clock.now());
  });

  /** A revocation is forgotten after a while, and what is kept here is not: so it is written down that these rights count no more. */
  const forgetRevoked = (): void => {
    for (const [tenant, { people }] of tenants) {
      const revoked = people.filter(({ principal }) => revocations.isRevoked(principal));
      if (revoked.length === 0) continue;
      try {
        for (const { principal, settings } of revoked) keep({ tenant, user: principal.subject, settings }, undefined);
      } catch (error) {
        log.error({ err: error, tenant }, 'that the rights of a user were revoked could not be written; it counts for as long as the revocation is known');
      }
      void readOrTell(tenant);
    }
  };

  const undo = [
    bus.subscribe(PEOPLE_CHANGES, ({ tenant }) => void readOrTell(tenant)),
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
  };

  return {
    of(instance) {
      const known = tenants.get(instance.tenant);
      if (known === undefined) return [];
      const severity = RANKS[instance.severity];
      return known.people.flatMap(({ principal, settings, browsers }) => {
        if (!maySeeAlert(access, principal, instance, known.entries) || revocations.isRevoked(principal)) return [];
        const { addresses, push, quietHours } = settings;
        const more = { user: principal.subject, ...(quietHours && quietHours.length > 0 && { quietHours }) };
        return [
          ...addresses.filter(({ from = 'warning' }) => severity >= RANKS[from]).map(({ type, to }) => ({ ...more, type, to })),
          ...(push !== undefined && severity >= RANKS[push] ? browsers.map((to) => ({ ...more, type: 'push' as const, to })) : []),
        ];
      });
    },
    forget(tenant, endpoint) {
      if (rows.forget(tenant, endpoint)) void changed(tenant).catch((error: unknown) => log.error({ err: error, tenant }, 'a browser that is gone could not be forgotten'));
    },
    changed,
    meet(principal) {
      if (met.has(principal)) return;
      try {
        met.add(principal);
        const { tenant, subject } = principal;
        const person = rows.get(tenant, subject);
        const rights = rightsOf(principal);
        // An older token than the one that is known says nothing new.
        if (person === undefined || (person.rights?.issuedAt ?? 0) > (rights.issuedAt ?? Number.POSITIVE_INFINITY)) return;
        if (JSON.stringify(person.rights) === JSON.stringify(rights)) return;
        keep(person, rights);
        void changed(tenant).catch((error: unknown) => log.error({ err: error, tenant }, 'the rights of a user could not be read again'));
      } catch (error) {
        log.error({ err: error }, 'the rights of a user could not be kept');
      }
    },
    close() {
      closed = true;
      cancel();
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
