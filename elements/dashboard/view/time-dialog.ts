import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { LayoutTimeRange } from '../../../sdk/contract/layout.js';
import { isRelative } from '../../../sdk/data/range-end.js';
import { validTimeZone, wordsOf } from '../../core/localize.js';
import { englishView, type ViewStrings } from '../../core/view-strings.js';
import { DashboardDialog, type DialogLook } from '../dialog-element.js';
import { relativeOf } from './relative-input.js';
import { momentOfEnd, momentText, QUICK, wallText } from './time-range.js';

const TAG = 'ccm-time-dialog';

export interface TimeQuestion extends DialogLook {
  range: LayoutTimeRange;
  /** The zone of who names none. */
  zone: string;
  /** Which widgets follow it, where that is known. */
  follows: string | undefined;
}

/** Asks for a time range; undefined where it was left as it is. */
export async function pickTime(root: HTMLElement | DocumentFragment, { range, zone, follows, ...look }: TimeQuestion): Promise<LayoutTimeRange | undefined> {
  CcmTimeDialog.define(TAG);
  const dialog = document.createElement(TAG) as CcmTimeDialog;
  dialog.begin(range, zone, follows);
  await dialog.show(root, look);
  return dialog.picked;
}

type End = 'from' | 'to';

/** The usual ranges, relative or exact ends, and the time zone. @internal */
export class CcmTimeDialog extends DashboardDialog {
  static override styles = [
    ...DashboardDialog.styles,
    css`
      .quick {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(128px, 1fr));
        gap: 6px;
      }
      .quick button {
        justify-content: center;
        padding: 4px 8px;
      }
      .quick button[aria-pressed='true'] {
        border-color: var(--_accent);
        color: var(--_accent);
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: 16px;
      }
      .ways label {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      .ways input {
        width: 16px;
        min-height: 16px;
        margin: 0;
        accent-color: var(--_accent);
      }
    `,
  ];

  picked: LayoutTimeRange | undefined;

  @state() private exact = false;
  @state() private ends: Record<End, string> = { from: '', to: '' };
  @state() private zoneName = '';
  @state() private faults: Partial<Record<End | 'zone', string>> = {};

  #range: LayoutTimeRange = { from: '', to: '' };
  #zone = 'UTC';
  #follows: string | undefined;

  begin(range: LayoutTimeRange, zone: string, follows?: string): void {
    this.#range = range;
    this.#zone = zone;
    this.#follows = follows;
    this.zoneName = range.timeZone ?? '';
    this.#write(!isRelative(range.from) && range.from !== '');
  }

  protected override heading(): string {
    return this.#strings.timeRange;
  }

  protected override fields(): TemplateResult {
    const strings = this.#strings;
    const way = (exact: boolean, label: string) => html`<label
      ><input type="radio" name="way" .checked=${this.exact === exact} @change=${() => this.#write(exact)} />${label}</label
    >`;
    return html`<div class="fields">
      ${this.#follows ? html`<p class="hint">${this.#follows}</p>` : nothing}
      <div class="quick">${QUICK.map(([from, to]) => this.#renderQuick(from, to))}</div>
      <fieldset>
        <legend>${strings.custom}</legend>
        <div class="ways">${way(false, strings.relative)} ${way(true, strings.absolute)}</div>
        <div class="pair">${this.#renderEnd('from', strings.from)} ${this.#renderEnd('to', strings.to)}</div>
      </fieldset>
      <div class="field">
        <label for="zone">${strings.timeZone}</label>
        <input
          id="zone"
          list="zones"
          autocomplete="off"
          placeholder=${strings.tenantZone(this.#zone)}
          .value=${this.zoneName}
          aria-invalid=${this.faults.zone ? 'true' : 'false'}
          aria-describedby="zone-note"
          @change=${(event: Event) => this.#chooseZone((event.target as HTMLInputElement).value.trim())}
        />
        <datalist id="zones">${Intl.supportedValuesOf('timeZone').map((name) => html`<option value=${name}></option>`)}</datalist>
        <p id="zone-note" class=${this.faults.zone ? 'fault' : 'hint'}>${this.faults.zone ?? nothing}</p>
      </div>
    </div>`;
  }

  protected override buttons(): TemplateResult {
    const strings = this.#strings;
    return html`<button type="button" @click=${() => this.close()}>${strings.cancel}</button>
      <button class="primary" type="submit">${strings.apply}</button>`;
  }

  protected override submit(): void {
    const { from, to } = { from: this.#read('from'), to: this.#read('to') };
    const strings = this.#strings;
    const wrong = this.exact ? strings.notTime : strings.notRelative;
    const zone = validTimeZone(this.zoneName);
    this.faults = {
      ...(from === undefined && { from: wrong }),
      ...(to === undefined && { to: wrong }),
      ...(this.zoneName && !zone && { zone: strings.unknownZone }),
    };
    if (from !== undefined && to !== undefined) {
      const now = Date.now();
      const [begin = 0, end = 0] = [from, to].map((value) => momentOfEnd(value, zone ?? this.#zone, now));
      if (end <= begin) this.faults = { ...this.faults, to: strings.backwards };
    }
    if (Object.keys(this.faults).length > 0 || from === undefined || to === undefined) {
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return;
    }
    this.#pick(from, to);
  }

  #renderQuick(from: string, to: string): TemplateResult {
    const is = from === this.#range.from && to === this.#range.to;
    return html`<button type="button" aria-pressed=${is ? 'true' : 'false'} ?autofocus=${is} @click=${() => this.#pick(from, to)}>
      ${this.#strings.quick[`${from} ${to}`] ?? `${from} ${to}`}
    </button>`;
  }

  #renderEnd(end: End, label: string): TemplateResult {
    const fault = this.faults[end];
    return html`<div class="field">
      <label for=${end}>${label}</label>
      <input
        id=${end}
        type=${this.exact ? 'datetime-local' : 'text'}
        maxlength="60"
        autocomplete="off"
        spellcheck="false"
        .value=${this.ends[end]}
        aria-invalid=${fault ? 'true' : 'false'}
        aria-describedby="${end}-note"
        @input=${(event: Event) => (this.ends = { ...this.ends, [end]: (event.target as HTMLInputElement).value })}
      />
      <p id="${end}-note" class=${fault ? 'fault' : 'hint'}>${fault ?? (this.exact ? nothing : this.#strings.relativeHint)}</p>
    </div>`;
  }

  get #strings(): ViewStrings {
    return wordsOf('view', englishView, this.locale);
  }

  /** The ends in the other way of writing them. */
  #write(exact: boolean): void {
    this.exact = exact;
    this.faults = {};
    const zone = validTimeZone(this.zoneName) ?? this.#zone;
    const { from, to } = this.#range;
    const now = Date.now();
    this.ends = exact
      ? { from: wallText(from, zone, now), to: wallText(to, zone, now) }
      : { from: isRelative(from) ? from : '-24h', to: isRelative(to) ? to : 'now' };
  }

  #read(end: End): string | undefined {
    const value = this.ends[end].trim();
    if (this.exact) return momentText(value, validTimeZone(this.zoneName) ?? this.#zone);
    return relativeOf(value);
  }

  #chooseZone(name: string): void {
    this.zoneName = name;
    this.faults = { ...this.faults, zone: name && !validTimeZone(name) ? this.#strings.unknownZone : undefined };
    this.faults = Object.fromEntries(Object.entries(this.faults).filter(([, fault]) => fault));
  }

  #pick(from: string, to: string): void {
    const timeZone = validTimeZone(this.zoneName);
    this.picked = { from, to, ...(timeZone && { timeZone }) };
    this.close();
  }
}
