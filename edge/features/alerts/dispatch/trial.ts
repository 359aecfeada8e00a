import type { Access } from '../../../gate/access.js';
import { NotifyFault, type AlertInstance, type Notification, type Notifier, type NotifierType } from '../../../kernel/alerts.js';
import type { Audit, Trace } from '../../../kernel/audit.js';
import type { Clock } from '../../../kernel/clock.js';
import { newId } from '../../../kernel/ids.js';
import type { Limiter } from '../../../kernel/limiter.js';
import type { Principal } from '../../../kernel/principal.js';
import { notFound, tooMany } from '../../../kernel/problems.js';
import type { TenantSettings } from '../../../kernel/settings.js';
import type { People } from '../people/people.js';
import { MANAGE_ALERTS } from '../service.js';
import { alertOf } from '../shown.js';
import type { Routing } from './routing.js';

/** Test messages of one user a minute. */
const PER_MINUTE = 5;
/** Milliseconds that one may take. */
const DEADLINE = 15_000;

export interface TrialResult {
  ok: boolean;
  /** Why it was not taken. */
  detail?: string;
}

export interface Trials {
  /** Those that send for the tenant. Each of these throws `forbidden` without `alerts.manage`. */
  list(principal: Principal): { name: string; type: NotifierType }[];
  /** Sends a test message at once: what the receiver makes of it is the result. Throws `not_found`, `rate_limited`. */
  run(principal: Principal, name: string, trace?: Trace): Promise<TrialResult>;
  /** Throws `forbidden`. */
  requireRight(principal: Principal): void;
}

export interface TrialDeps {
  notifiers: readonly Notifier[];
  routing: Pick<Routing, 'serves' | 'hasList'>;
  people: Pick<People, 'of'>;
  tenants: ReadonlyMap<string, Pick<TenantSettings, 'name'>>;
  access: Access;
  limiter: Limiter;
  audit: Pick<Audit, 'note'>;
  clock: Clock;
}

export function createTrials({ notifiers, routing, people, tenants, access, limiter, audit, clock }: TrialDeps): Trials {
  const own = ({ tenant }: Principal): Notifier[] => notifiers.filter(({ name }) => routing.serves(name, tenant));
  const requireRight = (principal: Principal): void => access.require(principal, MANAGE_ALERTS);

  async function requireRoom({ tenant, subject }: Principal): Promise<void> {
    const take = await limiter.take(JSON.stringify(['notifier-test', tenant, subject]), PER_MINUTE, 60);
    if (!take.allowed) throw tooMany(`A user may send ${PER_MINUTE} test messages a minute.`, Math.max(1, Math.ceil(take.resetIn / 1000)));
  }

  const send = async (notifier: Notifier, principal: Principal): Promise<TrialResult> => {
    const { tenant, subject } = principal;
    const instance = testInstance(principal, clock.now());
    // Where it has no list the caller's own address is tried.
    const listed = routing.hasList(notifier.name);
    const to = listed ? undefined : people.of(instance).find(({ user, type }) => user === subject && type === notifier.type)?.to;
    if (!listed && to === undefined) return { ok: false, detail: 'It tells users at their own addresses, and you have named none for it: do so in your notification settings first.' };
    const notification: Notification = {
      id: newId(), tenant, tenantName: tenants.get(tenant)?.name ?? tenant, notifier: notifier.name, ...(to !== undefined && { to }),
      status: 'test', groupKey: 'test', groupLabels: {}, alerts: [alertOf(instance)], truncated: 0, at: clock.now(),
    };
    const controller = new AbortController();
    let cancel: () => void = () => undefined;
    const late = new Promise<never>((_resolve, reject) => {
      cancel = clock.after(DEADLINE, () => {
        reject(new NotifyFault(`There was no answer within ${DEADLINE / 1000} s.`, { retry: true }));
        controller.abort();
      });
    });
    try {
      await Promise.race([notifier.send(notification, controller.signal), late]);
      return { ok: true };
    } catch (error) {
      return { ok: false, detail: error instanceof NotifyFault ? error.message : 'It could not be sent.' };
    } finally {
      cancel();
    }
  };

  return {
    list(principal) {
      requireRight(principal);
      return own(principal).map(({ name, type }) => ({ name, type }));
    },
    async run(principal, name, trace = {}) {
      requireRight(principal);
      const notifier = own(principal).find((one) => one.name === name);
      if (notifier === undefined) throw notFound();
      await requireRoom(principal);
      const started = clock.monotonic();
      const result = await send(notifier, principal);
      audit.note({
        tenant: principal.tenant, user: principal.subject, action: 'notifier.test', target: `notifier ${name}`, outcome: result.ok ? 'ok' : 'failed',
        milliseconds: Math.round(clock.monotonic() - started), ...trace,
      });
      return result;
    },
    requireRight,
  };
}

/** An alert that is none, for the caller alone. */
function testInstance({ tenant, subject }: Principal, now: number): AlertInstance {
  return {
    tenant, id: 'test', ruleId: 'test', key: '', user: subject, widgetId: '', rule: 'Test', name: 'Test', state: 'firing', severity: 'critical',
    value: 1, operator: '>', threshold: 0, since: now, firedAt: now, held: 0, missing: 0, title: 'This is a test: no alert fires',
    text: `${subject} sent this to see whether it arrives.`, labels: {}, notifications: ['email', 'sms', 'webhook', 'push'], cooldown: 0, comments: 0, updatedAt: now,
  };
}
