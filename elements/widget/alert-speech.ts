import type { Alert, AlertOperator, AlertRule } from '../../sdk/contract/alert.js';
import type { Format } from '../../sdk/contract/display.js';
import type { WidgetDefinition } from '../../sdk/contract/widget.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import type { DisplayContext } from '../core/widget-view.js';
import { fieldWords, lookOf, type FieldLook } from './field-format.js';
import { pairText, valueText } from './compared-text.js';
import type { OfRule } from './rule-book.js';

/** What is known of an alert beside itself. */
export interface SpeechSources {
  words: AlertsStrings;
  display: DisplayContext;
  ruleOf(of: OfRule): AlertRule | undefined;
  definitionOf(widgetId: string): WidgetDefinition | undefined;
}

const SIGNS: Readonly<Record<string, string>> = { '>': '>', '<': '<', '=': '=', '>=': '≥', '<=': '≤', '!=': '≠' };
/** A name that nobody gave: what is compared, as it is written. */
const UNNAMED = /^([^\s<>=!]+) (<=|>=|<|>|=|!=|contains) (.+?)(?: #\d+)?$/;

/** What an alert says: its numbers as its widget writes them, and rules that nobody named in words. */
export class AlertSpeech {
  readonly #from: SpeechSources;

  constructor(from: SpeechSources) {
    this.#from = from;
  }

  /** What is wrong, without the numbers that stand beside it where the rule has no title of its own. */
  title(alert: Alert): string {
    const subject = this.#subjectOf(alert);
    return subject === undefined ? alert.title : [alert.name, subject].filter(Boolean).join(': ');
  }

  /** Whether the title names the value already. */
  saysValue(alert: Alert): boolean {
    const { title, value } = alert;
    if (this.#subjectOf(alert) !== undefined || value === null || value === undefined) return false;
    const said = [String(value), this.value(alert)];
    return title.split(/[\s:;,()]+/).some((part) => said.includes(part)) || title.includes(this.value(alert));
  }

  /** The rule by its name; without one by what it compares. */
  rule(of: OfRule): string {
    const [, field, operator, limit] = UNNAMED.exec(of.rule) ?? [];
    const say = this.#crossed(operator);
    if (field === undefined || limit === undefined || say === undefined) return of.rule;
    const number = Number(limit);
    const { format } = this.#lookOf(of);
    const label = this.#labelOf(field, of) || fieldWords(field);
    return capital(`${label} ${say(valueText(Number.isFinite(number) ? number : limit, this.#from.display, format))}`, this.#from.display.locale);
  }

  /** It says what the title and the numbers beside it say. */
  isUnnamed(alert: Alert): boolean {
    return UNNAMED.test(alert.rule) && this.#subjectOf(alert) !== undefined;
  }

  value(of: OfRule & { value?: unknown; threshold?: unknown }): string {
    return this.#pair(of)[0];
  }

  /** How the value stands to the limit: `below 5`; empty where no limit is named, or the limit is what the value says. */
  crossed(alert: Alert): string {
    const { operator, threshold } = alert;
    const say = this.#crossed(operator);
    const [text, limit] = this.#pair(alert);
    return say === undefined || threshold === undefined || (operator === '=' && text === limit) ? '' : say(limit);
  }

  /** Both: `3, below 5`. */
  crossing(alert: Alert): string {
    return [hasValue(alert) ? this.value(alert) : '', this.crossed(alert)].filter(Boolean).join(', ');
  }

  /** As short as it can be said: `3 < 5`; of what has no sign, the value. */
  signs(alert: Alert): string {
    if (!hasValue(alert) || typeof alert.value === 'object') return '';
    const sign = SIGNS[alert.operator ?? ''];
    const [text, limit] = this.#pair(alert);
    return sign === undefined || (sign === '=' && text === limit) ? text : `${text} ${sign} ${limit}`;
  }

  #pair({ value, threshold, ...of }: OfRule & { value?: unknown; threshold?: unknown }): [value: string, limit: string] {
    return pairText(value, threshold, this.#from.display, this.#lookOf(of).format);
  }

  #crossed(operator: string | undefined): ((limit: string) => string) | undefined {
    const { crossed } = this.#from.words;
    return operator !== undefined && Object.hasOwn(crossed, operator) ? crossed[operator as AlertOperator] : undefined;
  }

  /** What was compared, where the title is none of the rule's own and says no more than that. */
  #subjectOf(alert: Alert): string | undefined {
    const rule = this.#from.ruleOf(alert);
    if (rule === undefined || rule.title !== undefined || rule.reduce !== undefined || alert.reason !== undefined || !hasValue(alert)) return undefined;
    if (this.#crossed(alert.operator) === undefined || alert.threshold === undefined) return undefined;
    return alert.state === 'noData' || alert.state === 'error' ? undefined : this.#labelOf(rule.field, alert);
  }

  #labelOf(field: string, { widgetId }: OfRule): string {
    const definition = widgetId === undefined ? undefined : this.#from.definitionOf(widgetId);
    return (definition && lookOf(field, definition).label) ?? fieldWords(field);
  }

  #lookOf(of: OfRule): FieldLook {
    const definition = of.widgetId === undefined ? undefined : this.#from.definitionOf(of.widgetId);
    const rule = definition && this.#from.ruleOf(of);
    if (rule === undefined || definition === undefined) return {};
    const { field, reduce } = rule;
    if (reduce?.by === 'count') return {};
    const look = lookOf(field, definition);
    return reduce?.by === 'percentChange' ? { ...look, format: 'percent' as Format } : look;
  }
}

/** There was something to compare: what comes from outside often names nothing. */
export function hasValue({ value }: Pick<Alert, 'value'>): boolean {
  return value !== null && value !== undefined;
}

function capital(text: string, locale: string | undefined): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(locale) + text.slice(first.length);
}
