import type { NotificationSettings, PushSubscriptionInput } from '../../../../sdk/contract/notification.js';
import type { NotifierSettings } from '../../../kernel/alert-settings.js';
import type { ChangeAudit, Trace } from '../../../kernel/audit.js';
import type { Clock } from '../../../kernel/clock.js';
import type { Principal } from '../../../kernel/principal.js';
import { notFound } from '../../../kernel/problems.js';
import { rightsOf, type PeopleRegister } from './people.js';
import type { PeopleStore } from './store.js';

/** Browsers of one user; of more the oldest goes. */
export const MOST_BROWSERS = 20;

export interface PeopleServiceDeps {
  rows: PeopleStore;
  people: PeopleRegister;
  /** Of the settings. */
  notifiers: readonly NotifierSettings[];
  audit: ChangeAudit;
  clock: Clock;
}

/** What a user wants to be told of, and where. Each sees and sets their own alone. */
export interface PeopleService {
  settings(principal: Principal): NotificationSettings;
  set(principal: Principal, settings: NotificationSettings, trace?: Trace): Promise<NotificationSettings>;
  /** This browser is the user's from now on, and no other's. */
  subscribe(principal: Principal, subscription: PushSubscriptionInput, trace?: Trace): Promise<void>;
  /** Throws `not_found`. */
  unsubscribe(principal: Principal, endpoint: string, trace?: Trace): Promise<void>;
  /** The key that a browser subscribes with; none where nothing sends to browsers. */
  pushKey(principal: Principal): string | undefined;
}

const NOTHING: NotificationSettings = { addresses: [] };

export function createPeopleService({ rows, people, notifiers, audit, clock }: PeopleServiceDeps): PeopleService {
  /** Written with its row of the trail, and known before the caller hears that it is. */
  const change = async <T>({ tenant, subject }: Principal, detail: string, trace: Trace | undefined, work: () => T): Promise<T> => {
    const result = rows.write(() => {
      const done = work();
      audit.within({ tenant, user: subject, action: 'notifications.set', target: 'own notifications', outcome: 'ok', detail, ...trace });
      return done;
    });
    await people.changed(tenant);
    return result;
  };

  const save = (principal: Principal, settings: NotificationSettings): void =>
    rows.save({ tenant: principal.tenant, user: principal.subject, settings, rights: rightsOf(principal) }, clock.now());
  const standing = ({ tenant, subject }: Principal): NotificationSettings => rows.get(tenant, subject)?.settings ?? NOTHING;

  return {
    settings(principal) {
      people.meet(principal);
      return standing(principal);
    },
    async set(principal, settings, trace) {
      // Where somebody is told is nobody else's business: the trail has how many addresses, not which.
      await change(principal, `${settings.addresses.length} addresses`, trace, () => save(principal, settings));
      return settings;
    },
    async subscribe(principal, subscription, trace) {
      const { tenant, subject } = principal;
      const others = await change(principal, `browser by ${new URL(subscription.endpoint).host}`, trace, () => {
        // Its rights are kept with the settings: whoever has none yet, has them now.
        save(principal, standing(principal));
        const taken = rows.subscribe(tenant, { user: subject, ...subscription }, clock.now());
        const own = rows.subscriptions(tenant).filter(({ user }) => user === subject);
        for (const { endpoint } of own.filter((one) => one.endpoint !== subscription.endpoint).slice(0, Math.max(0, own.length - MOST_BROWSERS))) {
          rows.unsubscribe(tenant, subject, endpoint);
        }
        return taken;
      });
      for (const other of others) await people.changed(other);
    },
    async unsubscribe(principal, endpoint, trace) {
      await change(principal, 'browser removed', trace, () => {
        if (!rows.unsubscribe(principal.tenant, principal.subject, endpoint)) throw notFound();
      });
    },
    pushKey({ tenant }) {
      for (const notifier of notifiers) {
        if (notifier.type === 'push' && (notifier.tenants?.includes(tenant) ?? true)) return notifier.publicKey;
      }
      return undefined;
    },
  };
}
