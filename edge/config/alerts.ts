import type { NotificationType } from '../../sdk/contract/alert.js';
import { unheardWays, type AlertSettings } from '../kernel/alert-settings.js';
import type { ParsedAlertsFile } from './alerts-file.schema.js';
import { faultLine, placeOf, type Path } from './faults.js';
import type { ParsedSettingsFile } from './file.schema.js';

/** The settings `alerts`, of what stands in the file. */
export function alertSettings({ rules, routes, inhibit, muteTimes, mostInstances, pageUrl }: ParsedAlertsFile): AlertSettings {
  return {
    rules: rules.map(({ tenants, ...rule }) => ({ ...rule, ...(tenants && { tenants }) })),
    routes: routes.map(({ match, ...route }) => ({ matchers: match, ...route })),
    inhibit, mostInstances,
    muteTimes: new Map(Object.entries(muteTimes)),
    ...(pageUrl !== undefined && { pageUrl: new URL(pageUrl) }),
  };
}

/** Names under `alerts` that stand nowhere else in the file, each with its place. */
export function alertFaults(source: string, { alerts, notifiers, tenants }: ParsedSettingsFile): string[] {
  const at = (...path: (string | number)[]) => ['alerts', ...path];
  const missing = (names: readonly string[], known: object, what: string, path: (string | number)[]) =>
    names.flatMap((name, index) => (Object.hasOwn(known, name) ? [] : [faultLine(source, [...path, index], `${name} is not under ${what}`)]));
  return [
    ...alerts.rules.flatMap(({ tenants: own = [] }, index) => missing(own, tenants, 'tenants', at('rules', index, 'tenants'))),
    ...alerts.routes.flatMap((route, index) => [
      ...missing(route.notifiers, notifiers, 'notifiers', at('routes', index, 'notifiers')),
      ...missing(route.mute, alerts.muteTimes, 'alerts.muteTimes', at('routes', index, 'mute')),
      ...route.escalate.flatMap((step, place) => missing(step.notifiers, notifiers, 'notifiers', at('routes', index, 'escalate', place, 'notifiers'))),
      ...unreached(source, alerts.routes, index),
    ]),
  ];
}

/** A route before it that takes all alerts leaves it none. */
function unreached(source: string, routes: ParsedAlertsFile['routes'], index: number): string[] {
  const earlier = routes.findIndex((route, place) => place < index && route.match.length === 0 && !route.continue);
  return earlier === -1 ? [] : [faultLine(source, ['alerts', 'routes', index], `is never reached: alerts.routes[${earlier}] takes all alerts; say continue there, or put it last`)];
}

/** Rules of widgets that this file does not have. Modules and tenants may bring them, so it is no fault. */
export function strayRules(source: string, { alerts, widgets }: ParsedSettingsFile): string[] {
  const known = new Set(widgets.map(({ id }) => id));
  return alerts.rules.flatMap(({ widgetId }, index) => (known.has(widgetId)
    ? []
    : [faultLine(source, ['alerts', 'rules', index, 'widgetId'], `${widgetId} is not the id of a widget of this file; the rule waits for a module or a tenant that brings it`)]));
}

/** Ways of rules that lead to nobody, each with the first rule that names it. Where a route takes all alerts, the ways decide nothing. */
export function deafWays(source: string, { alerts, widgets, notifiers, tenants }: ParsedSettingsFile): string[] {
  if (alerts.routes.some(({ match }) => match.length === 0)) return [];
  const all = Object.values(notifiers);
  const found = new Map<NotificationType, { path: Path; rules: number; tenants: Set<string> }>();
  const look = (ways: readonly NotificationType[], of: readonly string[], path: Path, rules: number): void => {
    for (const way of new Set(ways)) {
      const without = of.filter((tenant) => unheardWays([way], all, tenant).length > 0);
      if (without.length === 0) continue;
      const one = found.get(way) ?? { path, rules: 0, tenants: new Set<string>() };
      for (const tenant of without) one.tenants.add(tenant);
      found.set(way, { ...one, rules: one.rules + rules });
    }
  };
  const known = Object.keys(tenants);
  for (const [index, rule] of alerts.rules.entries()) if (rule.enabled !== false) look(rule.notifications, rule.tenants ?? known, ['alerts', 'rules', index, 'notifications'], 1);
  for (const [index, { alerts: own }] of widgets.entries()) {
    if (own?.enabled === true && own.conditions.length > 0) look(own.notifications, known, ['widgets', index, 'alerts', 'notifications'], own.conditions.length);
  }
  return [...found].map(([way, { path, rules, tenants: of }]) => {
    const whose = of.size < known.length ? ` of ${[...of].join(', ')}` : '';
    const more = rules > 1 ? `, like ${rules - 1} more ${rules === 2 ? 'rule' : 'rules'}` : '';
    return faultLine(source, ['notifiers'], `none tells anybody${whose} by ${way}, which ${placeOf(path)} names${more}; nobody is told so`);
  });
}
