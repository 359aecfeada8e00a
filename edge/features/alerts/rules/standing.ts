import { COOLDOWN, type AlertCondition, type AlertRule, type AlertRuleInput } from '../../../../sdk/contract/alert.js';
import type { CCMWidget } from '../../../../sdk/contract/widget.js';
import { KEY_FIELDS } from '../../../../sdk/data/rows.js';
import type { EvaluatedRule } from '../../../kernel/alerts.js';
import type { AlertSettings } from '../../../kernel/alert-settings.js';
import type { RuleRow } from './store.js';

/** A rule where it stands: in a definition, in the settings, or of a user. */
export interface StandingRule {
  readonly id: string;
  readonly name: string;
  readonly origin: AlertRule['origin'];
  readonly enabled: boolean;
  readonly input: AlertRuleInput;
  readonly owner?: string;
  /** The only one who is told; empty for all who may see the widget. */
  readonly user: string;
  /** Epoch milliseconds. */
  readonly updatedAt?: number;
}

/** Characters of a name, as the contract has it. */
const LONGEST_NAME = 100;

/** Those of a definition, also where they are not enabled. */
export function rulesOfWidget({ id: widgetId, alerts }: Pick<CCMWidget, 'id' | 'alerts'>): StandingRule[] {
  if (alerts === undefined) return [];
  const { conditions, enabled, ...rest } = alerts;
  const nameFor = distinctNames();
  return conditions.map((condition) => {
    const name = nameFor(condition);
    return { id: `widget:${widgetId}:${name}`, name, origin: 'widget', enabled, input: { ...condition, ...rest, widgetId }, user: '' };
  });
}

/** Those of the settings file for a tenant. */
export function rulesOfSettings(rules: AlertSettings['rules'], tenant: string): StandingRule[] {
  const names = new Map<string, ReturnType<typeof distinctNames>>();
  return rules.filter(({ tenants }) => tenants?.includes(tenant) ?? true).map(({ tenants: _tenants, ...input }) => {
    const { widgetId } = input;
    const nameFor = names.get(widgetId) ?? distinctNames();
    names.set(widgetId, nameFor);
    const name = nameFor(input);
    return { id: `settings:${widgetId}:${name}`, name, origin: 'settings', enabled: input.enabled ?? true, input, user: '' };
  });
}

export function ruleOfUser({ id, owner, shared, body, updatedAt }: Pick<RuleRow, 'id' | 'owner' | 'shared' | 'body' | 'updatedAt'>): StandingRule {
  const input = JSON.parse(body) as AlertRuleInput;
  return { id, name: nameOf(input), origin: 'user', enabled: input.enabled ?? true, input, owner, user: shared ? '' : owner, updatedAt };
}

/** What a rule is evaluated by. */
export function evaluatedRule(
  { id, name, origin, owner, input }: StandingRule,
  { tenant, timeZone, widget }: { tenant: string; timeZone: string; widget: CCMWidget },
): EvaluatedRule {
  const { widgetId, notifications, cooldown = COOLDOWN, schedule, enabled: _enabled, ...condition } = input;
  const { title, dataPath, tableConfig, listConfig } = widget;
  const rowKey = tableConfig?.rowKey ?? listConfig?.itemKey;
  const rowName = rowNameOf(widget);
  return {
    tenant, id, widgetId, widgetTitle: title, name, origin, condition, notifications, timeZone,
    cooldown: cooldown * 1000,
    ...(owner !== undefined && { owner }),
    ...(schedule && { schedule }),
    ...(rowKey !== undefined && { rowKey }),
    ...(rowName !== undefined && { rowName }),
    ...(dataPath !== undefined && { dataPath }),
  };
}

/** What a list shows first of a row, a map at a place; a table's first column that is words, and not the key alone. */
function rowNameOf({ listConfig, mapConfig, tableConfig }: CCMWidget): string | undefined {
  const keys = tableConfig?.rowKey === undefined ? KEY_FIELDS : [tableConfig.rowKey];
  const named = tableConfig?.columns.find(({ key, format }) => !keys.includes(key) && (format === undefined || format === 'text'));
  return listConfig?.itemTemplate?.title ?? mapConfig?.markerConfig?.labelKey ?? named?.key;
}

/** A rule as it leaves the edge. */
export function shownRule({ id, name, origin, enabled, input, owner, updatedAt }: StandingRule): AlertRule {
  return {
    ...input, id, name, enabled, origin,
    ...(owner !== undefined && { owner }),
    ...(updatedAt !== undefined && { updatedAt: new Date(updatedAt).toISOString() }),
  };
}

export function nameOf({ name, field, operator, value }: AlertCondition): string {
  return name ?? `${field} ${operator} ${String(value)}`.slice(0, LONGEST_NAME);
}

/** Gives each condition its name; of the same once more a number is added. */
function distinctNames(): (condition: AlertCondition) => string {
  const taken = new Set<string>();
  return (condition) => {
    const wanted = nameOf(condition);
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted} #${count}`;
    taken.add(name);
    return name;
  };
}
