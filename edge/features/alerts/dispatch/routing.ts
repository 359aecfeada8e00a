import { createHash } from 'node:crypto';
import { ROUTE_DEFAULTS, WAYS, type AlertRoute, type NotifierSettings } from '../../../kernel/alert-settings.js';
import type { AlertInstance } from '../../../kernel/alerts.js';
import type { Log } from '../../../kernel/log.js';
import { fitAll, labelsOf } from '../matchers.js';
import type { People, PersonalAddress } from '../people/people.js';
import { keyOf, type Receiver } from './receiver.js';

/** A route with a name of its own, by which its groups find it again. */
export interface Plan extends AlertRoute {
  readonly id: string;
}

/** Somebody who is told of an alert, and by which route. */
export interface Target {
  /** Of the receiver. */
  readonly key: string;
  readonly receiver: Receiver;
  readonly plan: Plan;
  /** Only of a user's own address. */
  readonly quietHours?: PersonalAddress['quietHours'];
}

export interface Routing {
  /** Each receiver once. Never throws. */
  of(instance: AlertInstance): Target[];
  /** Which of the alerts of one receiver and route are told together. */
  groupOf(plan: Plan, instance: AlertInstance): { groupKey: string; labels: Record<string, string> };
  /** The route of a group; that of all alerts where it is in the settings no more. */
  planOf(groupKey: string): Plan;
  /** Whether alerts of that tenant may be sent by it. */
  serves(notifier: string, tenant: string): boolean;
  /** Whether it has somebody to tell by itself; else it is there for the users' own addresses. */
  hasList(notifier: string): boolean;
  /** False where it does not say that an alert is over. */
  sendsResolved(notifier: string): boolean;
}

const DEFAULT: Plan = { id: 'default', matchers: [], notifiers: [], ...ROUTE_DEFAULTS, mute: [], continue: false, escalate: [] };
/** In `groupBy`: each alert for itself. */
const APART = '...';

export interface RoutingDeps {
  routes: readonly AlertRoute[];
  /** Of the settings. */
  notifiers: readonly NotifierSettings[];
  people: Pick<People, 'of'>;
  log: Log;
}

/** Says who is told of an alert: by the routes of the settings, else by the ways that its rule names; and the users who asked for it. */
export function createRouting({ routes, notifiers, people, log }: RoutingDeps): Routing {
  const plans = routes.map((route): Plan => ({ ...route, id: idOf(route) }));
  const byId = new Map([...plans, DEFAULT].map((plan) => [plan.id, plan]));
  const byName = new Map(notifiers.map((settings) => [settings.name, settings]));

  const serves = (name: string, tenant: string): boolean => {
    const settings = byName.get(name);
    return settings !== undefined && (settings.tenants?.includes(tenant) ?? true);
  };
  const hasList = (name: string): boolean => {
    const settings = byName.get(name);
    return settings !== undefined && settings.type !== 'push' && (!('to' in settings) || settings.to.length > 0);
  };
  const fixed = (names: readonly string[], tenant: string): string[] => names.filter((name) => serves(name, tenant) && hasList(name));

  const plansOf = (instance: AlertInstance): Plan[] => {
    const labels = labelsOf(instance);
    const found: Plan[] = [];
    for (const plan of plans) {
      if (!fitAll(plan.matchers, labels)) continue;
      found.push(plan);
      if (!plan.continue) break;
    }
    return found;
  };

  const addressesOf = (instance: AlertInstance): readonly PersonalAddress[] => {
    try {
      // What is one user's is told to nobody else, whoever may see the widget.
      return people.of(instance).filter(({ user, type }) => (instance.user === '' || instance.user === user) && instance.notifications.includes(type));
    } catch (error) {
      log.error({ err: error, alert: instance.id }, 'which users are told of an alert could not be found out');
      return [];
    }
  };
  /** By the first notifier of its kind that the tenant has. */
  const personal = (instance: AlertInstance, plan: Plan): Target[] => addressesOf(instance).flatMap(({ user, type, to, quietHours }) => {
    const notifier = notifiers.find((settings) => settings.type === type && serves(settings.name, instance.tenant))?.name;
    return notifier === undefined ? [] : [{ ...targetOf({ notifier, user, to }, plan), ...(quietHours && { quietHours }) }];
  });

  return {
    of(instance) {
      const { tenant, user, notifications } = instance;
      // Routes say where go the alerts that are everybody's.
      if (user !== '') return distinct(personal(instance, DEFAULT));
      const found = plansOf(instance);
      const shared = found.length > 0
        ? found.flatMap((plan) => [
            ...fixed(plan.notifiers, tenant).map((notifier) => targetOf({ notifier }, plan)),
            ...plan.escalate.flatMap(({ after, notifiers: names }) => fixed(names, tenant).map((notifier) => targetOf({ notifier, after }, plan))),
          ])
        : notifiers.filter(({ type }) => notifications.some((way) => WAYS[way].includes(type)))
            .flatMap(({ name }) => fixed([name], tenant)).map((notifier) => targetOf({ notifier }, DEFAULT));
      // A route with nobody in it is for what nobody wants to hear.
      const plan = found.length > 0 ? found.find((one) => one.notifiers.length > 0) : DEFAULT;
      return distinct([...shared, ...(plan ? personal(instance, plan) : [])]);
    },
    groupOf({ id, groupBy }, instance) {
      const all = labelsOf(instance);
      const labels = groupBy.includes(APART)
        ? { ...all }
        : Object.fromEntries(groupBy.map((name) => [name, Object.hasOwn(all, name) ? (all[name] ?? '') : '']));
      const apart = groupBy.includes(APART) ? { alert: instance.id } : labels;
      return { groupKey: `${id}:${JSON.stringify(apart)}`, labels };
    },
    planOf: (groupKey) => byId.get(groupKey.slice(0, groupKey.indexOf(':'))) ?? DEFAULT,
    serves,
    hasList,
    sendsResolved: (name) => byName.get(name)?.sendResolved ?? true,
  };
}

function targetOf(receiver: Receiver, plan: Plan): Target {
  return { key: keyOf(receiver), receiver, plan };
}

/** Of several routes that lead to the same receiver the first counts. */
function distinct(targets: readonly Target[]): Target[] {
  return [...new Map([...targets].reverse().map((target) => [target.key, target])).values()].reverse();
}

/** The same for as long as the route is the same, wherever it stands in the file. */
function idOf({ matchers, notifiers, groupBy }: AlertRoute): string {
  return `route-${createHash('sha256').update(JSON.stringify([matchers, notifiers, groupBy])).digest('hex').slice(0, 12)}`;
}
