import { evaluate } from '../../features/alerts/engine/evaluate.js';
import { MOST_INSTANCES } from '../../kernel/alert-settings.js';
import type { AlertInstance, EvaluatedRule } from '../../kernel/alerts.js';
import type { Tick } from './exporter.js';
import type { Firings } from './prometheus.js';
import { INTERVAL, ROW_RULE, SERIES, SUM_RULE } from './series.js';

/** What our engine alone makes of the same readings, evaluated at the moments at which they were served. */
export function firingsOfEngine(ticks: readonly Tick[]): Firings {
  const firings = new Map<string, { from: number; until?: number }[]>();
  const rules = [
    ...SERIES.map(({ name, rule }) => ({ rule: ruleOf({ ...rule, name, field: name, severity: 'warning' }), of: 'readings' as const })),
    ...[ROW_RULE, SUM_RULE].map((rule) => ({ rule: ruleOf({ ...rule, field: 'value', severity: 'warning' }), of: 'rows' as const })),
  ];
  const known = new Map<EvaluatedRule, ReadonlyMap<string, AlertInstance>>();
  let ids = 0;
  ticks.forEach((tick, index) => {
    const elapsed = tick.at - (ticks[index - 1]?.at ?? tick.at - INTERVAL);
    for (const { rule, of } of rules) {
      const answer = of === 'rows' ? { items: tick.rows } : tick.readings;
      const { changes, instances } = evaluate({
        rule, user: '', instances: known.get(rule) ?? new Map(), input: { answer }, wall: tick.at, elapsed, samples: () => [], newId: () => `id-${(ids += 1)}`, most: MOST_INSTANCES,
      });
      known.set(rule, instances);
      for (const { before, now } of changes) {
        const name = [rule.name, now.key].filter(Boolean).join(' ');
        const spans = firings.get(name) ?? [];
        const fired = before?.state === 'firing' || before?.state === 'recovering';
        if (now.state === 'firing' && !fired) firings.set(name, [...spans, { from: tick.at }]);
        if (now.state === 'resolved' && fired) spans.at(-1)!.until = tick.at;
      }
    }
  });
  return firings;
}

function ruleOf(condition: EvaluatedRule['condition']): EvaluatedRule {
  return {
    tenant: 'acme', id: condition.name!, widgetId: 'series', widgetTitle: 'Series', name: condition.name!, origin: 'widget',
    condition, notifications: [], cooldown: 0, timeZone: 'UTC', rowKey: 'id',
  };
}
