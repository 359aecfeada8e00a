import type { AlertCondition } from '../../../../sdk/contract/alert.js';
import { getPath, isSafePath } from '../../../../sdk/data/path.js';
import { parseTime } from '../../../../sdk/data/time.js';
import type { EvaluatedRule } from '../../../kernel/alerts.js';
import { lineOf, linesOf } from './clean.js';
import { wordsOf } from './values.js';

const LONGEST_TITLE = 200;
const LONGEST_TEXT = 2_000;
/** Linear: what it takes between the braces has none. */
const PLACE = /\{\{([^{}]{0,200})\}\}/g;
const NAMES = new Set(['name', 'value', 'threshold', 'severity', 'widget', 'rule']);

/** What a title or a text may name. */
export interface TemplateValues {
  name: string;
  value: unknown;
  /** The row that it is about; of a single value the answer. */
  row?: unknown;
}

/** What a rule says the same each time. */
interface Fixed {
  readonly subject: string;
  readonly threshold: string;
  readonly recover: string;
  /** Where it has no text of its own. */
  readonly text: string;
}
const fixed = new WeakMap<EvaluatedRule, Fixed>();

function fixedOf(rule: EvaluatedRule): Fixed {
  let found = fixed.get(rule);
  if (found === undefined) {
    const { value, recover, type } = rule.condition;
    found = { subject: subjectOf(rule.condition), threshold: comparedOf(value, type), recover: comparedOf(recover, type), text: linesOf(defaultText(rule), LONGEST_TEXT) };
    fixed.set(rule, found);
  }
  return found;
}

/** The title and text of an alert whose condition is met. `still`: only by the value at which it would recover. */
export function wordingOf(rule: EvaluatedRule, values: TemplateValues, still: boolean): { title: string; text: string } {
  const { title, text } = rule.condition;
  return {
    title: lineOf(title === undefined ? defaultTitle(rule, values, still) : filled(title, rule, values), LONGEST_TITLE),
    text: text === undefined ? fixedOf(rule).text : linesOf(filled(text, rule, values), LONGEST_TEXT),
  };
}

/** The title of an alert for which nothing came that could be compared. */
export function missingTitle({ condition }: EvaluatedRule, name: string, outcome: 'noData' | 'error', kind = ''): string {
  const subject = subjectOf(condition);
  const what = kind.startsWith('type') ? `${subject} cannot be compared` : `no data for ${subject}`;
  return lineOf(`${name}: ${outcome === 'error' ? 'no answer' : what}`, LONGEST_TITLE);
}

export function tooManyWording(rule: EvaluatedRule, count: number, most: number): { title: string; text: string } {
  const rows = (number: number) => `${number} ${number === 1 ? 'row' : 'rows'}`;
  return {
    title: lineOf(`${rule.widgetTitle || rule.name}: ${count} more ${count === 1 ? 'row meets' : 'rows meet'} the rule than are followed`, LONGEST_TITLE),
    text: linesOf(`The rule "${rule.name}" is met by more rows than can be told one by one: ${rows(most)} have alerts of their own, ${count} more have none. Narrow the rule, or look at the widget.`, LONGEST_TEXT),
  };
}

/** The names in a template that name nothing, as they are written; a `{{` without its end is told as what follows it. */
export function templateFaults(text: string): string[] {
  const faults = [...text.matchAll(PLACE)].map(([, name = '']) => name.trim()).filter((name) => !isName(name));
  const rest = text.replaceAll(PLACE, '');
  const open = rest.indexOf('{{');
  return open < 0 ? faults : [...faults, lineOf(rest.slice(open, open + 40), 40)];
}

function isName(name: string): boolean {
  if (NAMES.has(name)) return true;
  const [first, ...path] = name.split('.');
  return (first === 'labels' || first === 'row') && path.length > 0 && path.every((part) => part !== '') && isSafePath(name);
}

function filled(template: string, rule: EvaluatedRule, values: TemplateValues): string {
  return template.replaceAll(PLACE, (_, name: string) => named(name.trim(), rule, values));
}

function named(name: string, { condition, widgetTitle, name: rule }: EvaluatedRule, values: TemplateValues): string {
  switch (name) {
    case 'name': return values.name;
    case 'value': return wordsOf(values.value);
    case 'threshold': return wordsOf(condition.value);
    case 'severity': return condition.severity;
    case 'widget': return widgetTitle;
    case 'rule': return rule;
  }
  if (name.startsWith('labels.')) return wordsOf(getPath(condition.labels, name.slice('labels.'.length)));
  return name.startsWith('row.') ? wordsOf(getPath(values.row, name.slice('row.'.length))) : '';
}

function defaultTitle(rule: EvaluatedRule, { name, value }: TemplateValues, still: boolean): string {
  const { operator, value: threshold, type } = rule.condition;
  const { subject, threshold: limit, recover } = fixedOf(rule);
  const found = comparedOf(value, type);
  const wanted = still ? recover : limit;
  if (threshold === null) return `${name}: ${subject} ${operator === '!=' ? `is ${found || 'there'}` : 'is empty'}`;
  if (operator === '=') return `${name}: ${subject} is ${wanted}`;
  if (operator === '!=') return `${name}: ${subject} is ${found}, not ${wanted}`;
  if (operator === 'contains') return `${name}: ${subject} contains ${wanted}`;
  return `${name}: ${subject} ${found} is ${still ? 'still ' : ''}${orderOf(operator, type)} ${wanted}`;
}

function orderOf(operator: '>' | '<' | '>=' | '<=', type: AlertCondition['type']): string {
  const side = operator.startsWith('>') ? (type === 'date' ? 'after' : 'above') : type === 'date' ? 'before' : 'below';
  return operator.endsWith('=') ? `at or ${side}` : side;
}

/** A value in a sentence; a date in one form, whatever form it came in. */
function comparedOf(value: unknown, type: AlertCondition['type']): string {
  const time = type === 'date' ? parseTime(value) : undefined;
  return time === undefined ? wordsOf(value) : new Date(time).toISOString().replace(/(?::00)?\.\d{3}Z$/, 'Z');
}

function defaultText({ condition, name, widgetTitle }: EvaluatedRule): string {
  const { operator, value, for: seconds = 0, type } = condition;
  const wanted = value === null ? 'empty' : comparedOf(value, type);
  const is = operator === 'contains' ? `contains ${wanted}` : operator === '=' ? `is ${wanted}` : operator === '!=' ? `is not ${wanted}` : `is ${orderOf(operator, type)} ${wanted}`;
  return `The rule "${name}"${widgetTitle === '' ? '' : ` of "${widgetTitle}"`} fires where ${subjectOf(condition)} ${is}${seconds > 0 ? ` for ${lengthOf(seconds)}` : ''}.`;
}

/** What is compared, in words: `stockLevel` is "stock level". */
function subjectOf({ field, reduce }: AlertCondition): string {
  const last = field.split('.').filter((part) => !/^\d+$/.test(part)).pop() ?? field;
  const words = last.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ').toLowerCase().trim() || field;
  if (reduce === undefined) return words;
  const by = reduce.by === 'percentChange' ? 'percent change' : reduce.by;
  return `${by} of ${words}${reduce.over === undefined ? '' : ` over ${reduce.over}`}`;
}

function lengthOf(seconds: number): string {
  const [amount, unit] = seconds % 3_600 === 0 ? [seconds / 3_600, 'hour'] : seconds % 60 === 0 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}
