import type { AlertCondition } from '../../../../sdk/contract/alert.js';
import type { CCMWidget } from '../../../../sdk/contract/widget.js';
import { nearest } from '../../../config/nearest.js';
import { historyFaults, isWatchedForNobody } from '../../../features/alerts/rules/own-data.js';
import type { Given } from '../given.js';
import { inAlerts, type GivenAlert } from '../given-alerts.js';
import { knownField, type Kind } from '../known-field.js';
import { inWidgets, type Rule, type Spot, type Warning } from '../rule.js';

/** Of a gauge that does not say. */
const GAUGE = { min: 0, max: 100 };
/** Reducers that give a value of the field's own range. */
const OF_ITS_RANGE: readonly unknown[] = [undefined, 'last', 'min', 'max', 'mean'];
const WORDS: Readonly<Record<Kind, string>> = { number: 'numbers', text: 'text', boolean: 'true or false', list: 'a list', object: 'an object' };

export const alertCannotFire: Rule = {
  name: 'alert-cannot-fire',
  why: 'A rule that never fires is worse than none, for people rely on it.',
  find: (given) => [
    ...inWidgets(given, ({ alerts }) => (alerts?.enabled === true && alerts.conditions.length === 0
      ? [{ path: ['alerts', 'conditions'], message: 'alerts are switched on, and there is no condition' }]
      : [])),
    ...inAlerts(given, (alert) => [...comparedSpots(alert), ...rangeSpots(alert), ...ownDataSpots(alert)].map((spot) => ({ ...spot, path: [...alert.path, ...spot.path] }))),
    ...ofNoWidget(given),
  ],
};

/** Of a widget that shows each user their own data. */
function ownDataSpots({ condition, widget }: GivenAlert): Spot[] {
  if (widget === undefined) return [];
  return [
    ...historyFaults(widget, condition).map(({ path, message }) => ({ path: path.split('.'), message })),
    ...(isWatchedForNobody(widget)
      ? [{ path: [], message: `is evaluated only for users who made a rule of their own on the widget: it shows each user their own data, and a ${widget.dataSource.type} source is asked by no stored credential` }]
      : []),
  ];
}

/** What is known of the field, against what the rule makes of it. */
function comparedSpots({ condition, widget, answer }: GivenAlert): Spot[] {
  const { field, operator, value, reduce } = condition;
  const known = widget && knownField(condition, widget, answer);
  if (known === undefined) return [];
  if (known.is === 'missing') {
    const meant = nearest(field, known.names);
    return [{ path: ['field'], message: `the answer has no ${field}${meant === undefined ? '' : `; did you mean ${meant}?`}` }];
  }
  const { kinds, choices } = known;
  // A number of rows needs none in the field.
  if (kinds.length === 0 || reduce?.by === 'count') return [];
  const holds = `${field} holds ${kinds.map((kind) => WORDS[kind]).join(' and ')}`;
  if (operator === 'contains') return kinds.includes('text') || kinds.includes('list') ? [] : [{ path: ['operator'], message: `looks for a text, and ${holds}` }];
  const wanted = comparedAs(condition);
  if (!fits(kinds, wanted)) return [{ path: ['field'], message: `is compared as ${wanted === 'text' ? 'a text' : wanted === 'boolean' ? 'true or false' : `a ${wanted}`}, and ${holds}` }];
  if (wanted === 'number' && condition.type === undefined && !kinds.includes('number')) {
    return [{ path: ['type'], message: `${holds}; numbers that are written as text are compared only by a rule that says "type": "number"` }];
  }
  return operator === '=' && choices !== undefined && !choices.includes(value)
    ? [{ path: ['value'], message: `${field} is one of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}, and never this` }]
    : [];
}

function comparedAs({ type, value }: AlertCondition): 'number' | 'text' | 'boolean' | 'date' {
  if (type !== undefined) return type;
  return typeof value === 'number' || typeof value === 'boolean' ? (typeof value as 'number' | 'boolean') : 'text';
}

function fits(kinds: readonly Kind[], wanted: 'number' | 'text' | 'boolean' | 'date'): boolean {
  if (wanted === 'boolean') return kinds.includes('boolean');
  if (wanted === 'text') return kinds.includes('text');
  return kinds.includes('text') || kinds.includes('number');
}

/** Between what the definition says that its value lies. */
function rangeSpots({ condition: { field, operator, value, reduce }, widget }: GivenAlert): Spot[] {
  if (widget === undefined || typeof value !== 'number' || !OF_ITS_RANGE.includes(reduce?.by)) return [];
  const range = rangeOf(widget, field);
  if (range === undefined) return [];
  const { min, max, what } = range;
  const above = operator === '>' ? value >= max : (operator === '>=' || operator === '=') && value > max;
  const below = operator === '<' ? value <= min : (operator === '<=' || operator === '=') && value < min;
  if (!above && !below) return [];
  return [{ path: ['value'], message: `${field} ${operator} ${value} is never true: ${what} ${above ? `ends at ${max}` : `begins at ${min}`}` }];
}

function rangeOf({ gaugeConfig, statConfig, tableConfig }: CCMWidget, field: string): { min: number; max: number; what: string } | undefined {
  if (gaugeConfig?.value === field) return { min: gaugeConfig.min ?? GAUGE.min, max: gaugeConfig.max ?? GAUGE.max, what: 'its gauge' };
  const shown = [
    { name: statConfig?.primaryValue, format: statConfig?.format },
    ...(tableConfig?.columns ?? []).map(({ key, format }) => ({ name: key, format })),
  ];
  const isShare = shown.some(({ name, format }) => name === field && (typeof format === 'object' ? format.style : format) === 'percent');
  // Below it may be: a share that fell is less than none.
  return isShare ? { min: Number.NEGATIVE_INFINITY, max: 100, what: 'a share in per cent' } : undefined;
}

/** Rules of the settings whose widget is not there; of settings that were given alone nobody knows what modules bring. */
function ofNoWidget({ ids, settings }: Given): Warning[] {
  if (ids.size === 0) return [];
  return settings.flatMap(({ file, at, rules }) => rules.flatMap(({ at: path, rule: { widgetId } }) => {
    if (ids.has(widgetId)) return [];
    const meant = nearest(widgetId, ids);
    return [{ file, path: [...at, ...path, 'widgetId'], message: `${widgetId} is the id of no widget in the given files${meant === undefined ? '' : `; did you mean ${meant}?`}` }];
  }));
}
