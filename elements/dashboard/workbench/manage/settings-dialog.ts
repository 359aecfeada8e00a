import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { CcmClient } from '../../../../sdk/client/client.js';
import type { DashboardLayout, LayoutSettings } from '../../../../sdk/contract/layout.js';
import type { WidgetDefinition } from '../../../../sdk/contract/widget.js';
import { wordsOf } from '../../../core/localize.js';
import { englishManage, type ManageStrings } from '../../../core/manage-strings.js';
import { englishView } from '../../../core/view-strings.js';
import type { Content } from '../../content.js';
import { DashboardDialog } from '../../dialog-element.js';
import { definitionsOf, followsTime } from '../../view/declared.js';
import { AUTO_SAVE } from '../saver.js';
import { draftOf, faultOfDraft, variableOf, type VariableDraft } from './variable-draft.js';

const MOST_VARIABLES = 20;
const FIRST_RANGE = { from: '-24h', to: 'now' };
const TIME = ['from', 'to', 'timeZone'];
const DENSITIES = ['compact', 'normal', 'spacious'] as const;
const THEMES = ['', 'light', 'dark', 'auto'] as const;

/** Look, refresh, saving, time range and variables of one dashboard. @internal */
export class CcmDashboardSettings extends DashboardDialog {
  static override styles = [
    ...DashboardDialog.styles,
    css`
      dialog {
        width: min(560px, calc(100vw - 32px));
      }
      .fields {
        gap: 24px;
      }
      .variable {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(128px, 1fr));
        gap: 12px;
        padding: 12px;
        border: 1px solid var(--_border);
        border-radius: var(--_radius-control);
      }
      .variable > :is(.whole, p, button) {
        grid-column: 1 / -1;
      }
      .variable > button,
      .add {
        justify-self: start;
      }
    `,
  ];

  /** What changes; undefined where it was left. */
  result: Partial<Content> | undefined;

  @state() private settings: LayoutSettings = {};
  @state() private interval = '';
  @state() private hasTime = false;
  @state() private variables: readonly VariableDraft[] = [];
  @state() private checked = false;
  /** Of its widgets, once the edge has said them. */
  @state() private definitions: ReadonlyMap<string, WidgetDefinition> | undefined;

  #ids: readonly string[] = [];
  #before: Pick<DashboardLayout, 'timeRange' | 'variables' | 'settings'> = {};

  begin({ settings = {}, timeRange, variables, widgets }: DashboardLayout, client: CcmClient | undefined): void {
    this.#ids = widgets.map(({ widgetId }) => widgetId);
    // Without them nothing is missing but a hint and what to choose from.
    if (client) void definitionsOf(client, this.#ids).then((found) => (this.definitions = found), () => undefined);
    this.#before = { settings, timeRange, variables };
    this.settings = settings;
    this.interval = settings.refreshInterval === undefined ? '' : String(settings.refreshInterval);
    this.hasTime = timeRange !== undefined;
    this.variables = (variables ?? []).map(draftOf);
  }

  protected override heading(): string {
    return this.#words.settingsTitle;
  }

  protected override fields(): TemplateResult {
    const words = this.#words;
    const { density = 'normal', theme = '', animation = true, autoSave = AUTO_SAVE } = this.settings;
    const saves = Object.entries({ ...words.autoSaves, ...(String(autoSave) in words.autoSaves ? {} : { [autoSave]: `${autoSave} s` }) });
    return html`<div class="fields">
      <fieldset>
        <legend>${words.look}</legend>
        <div class="pair">
          ${this.#choice('density', words.density, DENSITIES.map((one) => [one, words.densities[one]]), density, (value) => this.#set({ density: value as LayoutSettings['density'] }))}
          ${this.#choice('theme', words.theme, THEMES.map((one) => [one, words.themes[one]]), theme, (value) => this.#set({ theme: (value || undefined) as LayoutSettings['theme'] }))}
        </div>
        ${this.#tick(words.animation, animation, (is) => this.#set({ animation: is ? undefined : false }))}
      </fieldset>
      <fieldset>
        <legend>${words.behaviour}</legend>
        <div class="pair">
          <div class="field">
            <label for="interval">${words.refreshInterval}</label>
            <input id="interval" type="number" min="10" max="3600" step="1" inputmode="numeric" placeholder=${words.byWidget} .value=${this.interval}
              aria-invalid=${this.#intervalIsWrong && this.checked ? 'true' : 'false'} aria-describedby="interval-note"
              @input=${(event: Event) => (this.interval = (event.target as HTMLInputElement).value)} />
            <p id="interval-note" class=${this.#intervalIsWrong && this.checked ? 'fault' : 'hint'}>${this.#intervalIsWrong && this.checked ? words.refreshWrong : words.refreshHint}</p>
          </div>
          ${this.#choice('save', words.autoSave, saves.sort(([a], [b]) => (Number(a) || Infinity) - (Number(b) || Infinity)), String(autoSave), (value) => this.#set({ autoSave: Number(value) }))}
        </div>
      </fieldset>
      <fieldset>
        <legend>${words.time}</legend>
        <div class="field">${this.#tick(words.showTime, this.hasTime, (is) => (this.hasTime = is))} ${this.#renderFollows()}</div>
        ${this.#renderNames()}
        <div><p class="hint">${words.variablesHint}</p></div>
        ${this.variables.map((variable, at) => this.#renderVariable(variable, at))}
        ${this.variables.length < MOST_VARIABLES ? html`<button class="add" type="button" @click=${this.#addVariable}>${words.addVariable}</button>` : nothing}
      </fieldset>
    </div>`;
  }

  protected override buttons(): TemplateResult {
    const words = this.#words;
    return html`<button type="button" @click=${() => this.close()}>${words.cancel}</button>
      <button class="primary" type="submit">${words.apply}</button>`;
  }

  protected override submit(): void {
    this.checked = true;
    const words = this.#words;
    if (this.#intervalIsWrong || this.variables.some((one) => faultOfDraft(one, this.variables, words))) {
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return;
    }
    const { timeRange, variables = [], settings } = this.#before;
    const next = {
      settings: clean({ ...this.settings, refreshInterval: this.interval === '' ? undefined : Number(this.interval) }),
      timeRange: this.hasTime ? (timeRange ?? FIRST_RANGE) : undefined,
      variables: this.variables.map(variableOf),
    };
    const result: Partial<Content> = {};
    if (JSON.stringify(next.settings ?? {}) !== JSON.stringify(settings)) result.settings = next.settings;
    if (next.timeRange !== timeRange) result.timeRange = next.timeRange;
    if (JSON.stringify(next.variables) !== JSON.stringify(variables)) result.variables = next.variables.length > 0 ? next.variables : undefined;
    if (Object.keys(result).length > 0) this.result = result;
    this.close();
  }

  /** How many of the widgets a time range reaches. */
  #renderFollows(): TemplateResult | typeof nothing {
    const { definitions } = this;
    if (!definitions || this.#ids.length === 0) return nothing;
    const following = this.#ids.filter((id) => followsTime(definitions.get(id)));
    return html`<p class="hint">${wordsOf('view', englishView, this.locale).follows(following.length, this.#ids.length)}</p>`;
  }

  /** What the widgets declare, but for the time, which is not a variable's. */
  #renderNames(): TemplateResult {
    const names = new Set([...(this.definitions?.values() ?? [])].flatMap(({ params = {} }) => Object.keys(params)));
    return html`<datalist id="names">${[...names].filter((name) => !TIME.includes(name)).sort().map((name) => html`<option value=${name}></option>`)}</datalist>`;
  }

  #renderVariable(variable: VariableDraft, at: number): TemplateResult {
    const words = this.#words;
    const fault = this.checked ? faultOfDraft(variable, this.variables, words) : undefined;
    const set = (change: Partial<VariableDraft>) => (this.variables = this.variables.map((one, index) => (index === at ? { ...one, ...change } : one)));
    const field = (key: 'name' | 'label' | 'options' | 'fallback', label: string, most: number) => html`<div class="field ${key === 'options' ? 'whole' : ''}">
      <label for="${key}-${at}">${label}</label>
      <input id="${key}-${at}" maxlength=${most} autocomplete="off" .value=${variable[key]} aria-invalid=${key === fault?.field ? 'true' : 'false'} aria-describedby="fault-${at}" list=${key === 'name' ? 'names' : ''}
        @input=${(event: Event) => set({ [key]: (event.target as HTMLInputElement).value })} />
    </div>`;
    const types = Object.entries(words.variableTypes);
    return html`<div class="variable" role="group" aria-label=${variable.name || words.variables}>
      ${field('name', words.variableName, 60)} ${field('label', words.variableLabel, 60)}
      ${this.#choice(`type-${at}`, words.variableType, types, variable.type, (value) => set({ type: value as VariableDraft['type'] }))}
      ${variable.type === 'boolean'
        ? this.#choice(`fallback-${at}`, words.variableDefault, [['', '–'], ['true', '✓'], ['false', '✗']], variable.fallback, (value) => set({ fallback: value }))
        : field('fallback', words.variableDefault, 100)}
      ${variable.type === 'boolean' ? nothing : field('options', words.variableOptions, 12_000)}
      <p id="fault-${at}" class="fault">${fault?.text ?? nothing}</p>
      <button type="button" @click=${() => this.#removeVariable(at)}>${words.removeVariable(variable.name)}</button>
    </div>`;
  }

  #choice(id: string, label: string, options: readonly (readonly [string, string])[], value: string, set: (value: string) => void): TemplateResult {
    return html`<div class="field">
      <label for=${id}>${label}</label>
      <select id=${id} @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
        ${options.map(([key, words]) => html`<option value=${key} .selected=${key === value}>${words}</option>`)}
      </select>
    </div>`;
  }

  #tick(label: string, is: boolean, set: (is: boolean) => void): TemplateResult {
    return html`<label class="check"><input type="checkbox" .checked=${is} @change=${(event: Event) => set((event.target as HTMLInputElement).checked)} /><span>${label}</span></label>`;
  }

  #set(change: Partial<LayoutSettings>): void {
    this.settings = { ...this.settings, ...change };
  }

  #addVariable = (): void => {
    this.touched();
    this.variables = [...this.variables, { name: '', label: '', type: 'string', options: '', fallback: '' }];
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#name-${this.variables.length - 1}`)?.focus());
  };

  #removeVariable(at: number): void {
    this.touched();
    this.variables = this.variables.filter((_, index) => index !== at);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.add')?.focus());
  }

  get #intervalIsWrong(): boolean {
    const seconds = Number(this.interval);
    return this.interval !== '' && !(Number.isInteger(seconds) && seconds >= 10 && seconds <= 3600);
  }

  get #words(): ManageStrings {
    return wordsOf('manage', englishManage, this.locale);
  }
}

/** Without what is not set, so that two that say the same are equal; undefined where nothing is. */
function clean(settings: LayoutSettings): LayoutSettings | undefined {
  const set = Object.entries(settings).filter(([, value]) => value !== undefined);
  return set.length > 0 ? (Object.fromEntries(set) as LayoutSettings) : undefined;
}
