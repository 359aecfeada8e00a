/** What A1 and A2 evaluate: 1,000 feeds with ten rules each, as a desk has them. */
import type { EvaluatedRule } from '../../edge/kernel/alerts.js';
import type { AlertCondition, AlertOperator } from '../../sdk/contract/alert.js';

export const FEEDS = 1_000;
export const RULES = 10;
/** Rounds whose answers differ; then they come again. */
export const ROUNDS = 8;

export interface FeedRules {
  readonly conditions: readonly AlertCondition[];
  /** The feed's answer in each round, as JSON. */
  readonly answers: readonly string[];
}

const OPERATORS: readonly AlertOperator[] = ['<', '>', '<=', '>='];
const THRESHOLD = 50;

/** One rule of a hundred fires, with another value in each round; one of two hundred waits, fires and is over within eight. */
export function feeds(): FeedRules[] {
  return Array.from({ length: FEEDS }, (_, feed) => {
    const conditions = Array.from({ length: RULES }, (__, rule): AlertCondition => ({
      field: fieldOf(rule), operator: OPERATORS[rule % OPERATORS.length] ?? '<', value: THRESHOLD, severity: rule % 3 === 0 ? 'critical' : 'warning', name: `rule ${rule}`,
      ...(rule % 2 === 1 && { for: 60 }),
    }));
    const answers = Array.from({ length: ROUNDS }, (__, round) => {
      const values = conditions.map(({ operator }, rule) => valueOf(operator, feed * RULES + rule, round));
      return JSON.stringify({ ...named(values, 0), label: `Feed ${feed}`, unit: 'pieces', stats: named(values, 1) });
    });
    return { conditions, answers };
  });
}

export function ruleOf(feed: number, condition: EvaluatedRule['condition']): EvaluatedRule {
  return {
    tenant: 'bench', id: `feed-${feed} ${condition.name}`, widgetId: `feed-${feed}`, widgetTitle: `Feed ${feed}`, name: condition.name ?? '', origin: 'widget',
    condition, notifications: ['dashboard'], cooldown: 300_000, timeZone: 'UTC',
  };
}

/** Every other field is one level down. */
const fieldOf = (rule: number): string => (rule % 2 === 0 ? `field${rule}` : `stats.field${rule}`);
const named = (values: readonly number[], odd: number): Record<string, number> => Object.fromEntries(values.flatMap((value, rule) => (rule % 2 === odd ? [[`field${rule}`, value]] : [])));

function valueOf(operator: AlertOperator, index: number, round: number): number {
  const met = index % 100 === 7 || (index % 200 === 13 && round >= ROUNDS / 2);
  const distance = 1 + ((index * 7 + round * 13) % 40);
  return operator.startsWith('<') === met ? THRESHOLD - distance : THRESHOLD + distance;
}
