import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { Alert, AlertRule, SilenceMatcher } from '../../sdk/contract/alert.js';
import type { WidgetDefinition } from '../../sdk/contract/widget.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { icon } from '../core/icons.js';
import { SEVERITIES } from './severity.js';
import { howOf, MATCH_HOWS, withHow, type MatchHow } from './silence-plan.js';

/** Matchers that a silence has at most, letters of a name and of a value, and values that are offered. */
const MOST = 20;
const LONGEST_NAME = 100;
const LONGEST = 500;
const OFFERED = 200;

/** What can be named: widgets, rules and alerts that are there. */
export interface Nameable {
  widgets: readonly WidgetDefinition[];
  rules: readonly AlertRule[];
  alerts: readonly Alert[];
}

export interface MatcherParts extends Nameable {
  host: ReactiveControllerHost;
  words: AlertsStrings;
  /** What is missing, in words. */
  fault: string | undefined;
  change(matchers: readonly SilenceMatcher[]): void;
}

const OWN = ['widgetId', 'rule', 'severity', 'key'] as const;

/** What is silenced: lines of what, how and which value; all of them have to fit. */
export function matcherFields(matchers: readonly SilenceMatcher[], parts: MatcherParts): TemplateResult {
  const { words, host, fault, change } = parts;
  const put = (index: number, matcher: SilenceMatcher) => change(matchers.map((one, at) => (at === index ? matcher : one)));
  return html`<fieldset aria-describedby="what-hint">
    <legend>${words.what}</legend>
    <p id="what-hint" class=${fault ? 'fault' : 'hint'} role=${ifDefined(fault === undefined ? undefined : 'alert')}>${fault ?? words.allFit}</p>
    ${matchers.map((matcher, index) => html`<div class="matcher">
      ${nameField(matcher, parts, (name) => put(index, { ...matcher, name, value: '' }))}
      <select name="how" aria-label=${words.how} @change=${(event: Event) => put(index, withHow(matcher, valueOf(event) as MatchHow))}>
        ${MATCH_HOWS.map((how) => html`<option value=${how} .selected=${live(how === howOf(matcher))}>${words.hows[how]}</option>`)}
      </select>
      ${valueField(matcher, index, parts, (value) => put(index, { ...matcher, value }))}
      ${matchers.length > 1
        ? html`<button class="close" type="button" aria-label=${words.removeMatcher(nameText(matcher.name, words))} title=${words.remove} @click=${() => change(matchers.filter((one) => one !== matcher))}>${icon('X', host)}</button>`
        : nothing}
    </div>`)}
    ${matchers.length < MOST
      ? html`<button class="add" type="button" @click=${() => change([...matchers, { name: OWN.find((name) => !matchers.some((one) => one.name === name)) ?? '', value: '' }])}>${icon('Plus', host)} ${words.addMatcher}</button>`
      : nothing}
  </fieldset>`;
}

/** A name as people say it. */
export function nameText(name: string, words: AlertsStrings): string {
  const said: Readonly<Record<string, string>> = { widgetId: words.widget, rule: words.rule, severity: words.severity, key: words.itemKey };
  return Object.hasOwn(said, name) ? said[name] ?? name : name === '' ? words.anotherLabel : name;
}

function nameField({ name }: SilenceMatcher, { words, alerts }: MatcherParts, change: (name: string) => void): TemplateResult {
  const labels = [...new Set(alerts.flatMap((alert) => Object.keys(alert.labels ?? {})))].filter((label) => !isOwn(label)).sort().slice(0, OFFERED);
  if (!isOwn(name) && !labels.includes(name)) {
    return html`<input name="label" maxlength=${LONGEST_NAME} autocomplete="off" spellcheck="false" placeholder=${words.labelName} aria-label=${words.labelName} .value=${live(name)}
      @change=${(event: Event) => change(valueOf(event).trim())} />`;
  }
  return html`<select name="name" aria-label=${words.what} @change=${(event: Event) => change(valueOf(event))}>
    ${[...OWN, ...labels, ''].map((one) => html`<option value=${one} .selected=${live(one === name)}>${nameText(one, words)}</option>`)}
  </select>`;
}

function valueField(matcher: SilenceMatcher, index: number, parts: MatcherParts, change: (value: string) => void): TemplateResult {
  const { words, alerts, rules } = parts;
  const { name, value, isRegex } = matcher;
  const label = `${nameText(name, words)}: ${words.value}`;
  const choices = isRegex ? undefined : name === 'severity' ? SEVERITIES.map((one) => ({ id: one as string, text: words.severities[one] })) : name === 'widgetId' ? parts.widgets.map(({ id, title }) => ({ id, text: title })) : undefined;
  if (choices) {
    const isKnown = value === '' || choices.some(({ id }) => id === value);
    return html`<select name="value" aria-label=${label} @change=${(event: Event) => change(valueOf(event))}>
      ${value === '' ? html`<option value="" .selected=${live(true)}>${name === 'widgetId' ? words.chooseWidget : '–'}</option>` : nothing}
      ${isKnown ? nothing : html`<option value=${value} .selected=${live(true)}>${value}</option>`}
      ${choices.map(({ id, text }) => html`<option value=${id} .selected=${live(id === value)}>${text}</option>`)}
    </select>`;
  }
  const known = name === 'rule' ? [...rules.map((rule) => rule.name), ...alerts.map(({ rule }) => rule)] : name === 'key' ? alerts.map(({ key }) => key) : name === 'widgetId' ? alerts.map(({ widgetId = '' }) => widgetId) : alerts.map(({ labels }) => labels?.[name] ?? '');
  return html`<input name="value" list=${`values-${index}`} maxlength=${LONGEST} autocomplete="off" spellcheck="false" placeholder=${isRegex ? words.pattern : words.value} aria-label=${label} .value=${live(value)}
      @input=${(event: Event) => change(valueOf(event))} />
    <datalist id=${`values-${index}`}>${[...new Set(known)].filter(Boolean).slice(0, OFFERED).map((one) => html`<option value=${one}></option>`)}</datalist>`;
}

function isOwn(name: string): boolean {
  return (OWN as readonly string[]).includes(name);
}

function valueOf({ target }: Event): string {
  return (target as HTMLInputElement | HTMLSelectElement).value;
}
