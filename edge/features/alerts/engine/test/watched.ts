import type { AlertCondition } from '../../../../../sdk/contract/alert.js';
import type { AlertInstance, EvaluatedRule } from '../../../../kernel/alerts.js';
import { evaluate, type Evaluated, type Evaluation } from '../evaluate.js';

export const START = Date.parse('2026-11-26T09:00:00Z');

/** A rule of a widget: stock is below 5. */
export function ruleOf(condition: Partial<AlertCondition> = {}, over: Partial<EvaluatedRule> = {}): EvaluatedRule {
  return {
    tenant: 'acme', id: 'stock:low', widgetId: 'stock', widgetTitle: 'Stock levels', name: 'Low stock', origin: 'widget',
    condition: { field: 'stock', operator: '<', value: 5, severity: 'critical', ...condition },
    notifications: ['dashboard'], cooldown: 300_000, timeZone: 'UTC', ...over,
  };
}

/** A rule with what it remembers: one evaluation after the other, ten seconds apart unless it is said otherwise. */
export class Watched {
  rule: EvaluatedRule;
  instances: ReadonlyMap<string, AlertInstance> = new Map();
  wall = START;
  last: Evaluated | undefined;
  #ids = 0;

  constructor(rule: EvaluatedRule) {
    this.rule = rule;
  }

  sees(answer: unknown, { elapsed = 10_000, ...over }: Partial<Evaluation> = {}): Evaluated {
    this.wall += elapsed;
    this.last = evaluate({
      rule: this.rule, user: '', instances: this.instances, input: { answer }, wall: this.wall, elapsed,
      samples: () => [], newId: () => `alert-${(this.#ids += 1)}`, most: 1_000, ...over,
    });
    this.instances = this.last.instances;
    return this.last;
  }

  fails(over: Partial<Evaluation> = {}): Evaluated {
    return this.sees(undefined, { input: { fault: { code: 'upstream_timeout', detail: 'The module did not answer in time.' } }, ...over });
  }

  /** As after a restart: what is known is what was written. */
  restart(): void {
    this.instances = new Map((JSON.parse(JSON.stringify([...this.instances.values()])) as AlertInstance[]).map((one) => [one.key, one]));
  }

  get(key = ''): AlertInstance | undefined {
    return this.instances.get(key);
  }

  /** `key: state` of each, in the order of keys. */
  states(): string[] {
    return [...this.instances.values()].map(({ key, state }) => `${key}: ${state}`).sort();
  }
}
