import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { JsonSchema } from '../../../sdk/contract/json-schema.js';
import type { Fault } from '../../../sdk/contract/problem.js';
import { CcmElement } from '../../core/base-element.js';
import { formStyles } from '../../core/form.styles.js';
import { wordsOf } from '../../core/localize.js';
import { englishSettings } from '../../core/settings-strings.js';
import { idOf, type FormContext } from './context.js';
import { renderFields } from './fields.js';
import { fieldStyles } from './form.styles.js';
import { withValueAt, type ValuePath } from './values.js';

/** Icons that are offered at once. */
const MOST_ICONS = 40;

/** The form's value is another now. Stays inside the shadow root that holds the form. */
export class FormChangeEvent extends Event {
  readonly value: unknown;

  constructor(value: unknown) {
    super('ccm-form-change');
    this.value = value;
  }
}

/**
 * A form made from a JSON Schema. It holds no value of its own: what is typed is told by `ccm-form-change` and comes back as `value`.
 * What cannot be read stays as it was typed, with what is wrong.
 *
 * @summary A form made from a JSON Schema.
 * @tagname ccm-schema-form
 * @internal
 */
export class CcmSchemaForm extends CcmElement {
  static override styles = [formStyles, fieldStyles];

  /** Of an object. */
  @property({ attribute: false }) schema: JsonSchema = {};
  @property({ attribute: false }) value: unknown;
  /** What is wrong, each by its dot path in the value. */
  @property({ attribute: false }) faults: readonly Fault[] = [];
  /** Paths that the answer offers. */
  @property({ attribute: false }) suggestions: readonly string[] = [];
  /** What choices are called, where the settings' own words do not say it. */
  @property({ attribute: false }) choices: Readonly<Record<string, string>> = {};
  @property() locale?: string;
  @property({ attribute: 'data-theme', reflect: true }) theme = 'light';

  @state() private drafts: ReadonlyMap<string, { typed: string; fault: string }> = new Map();

  @state() private iconNames: readonly string[] = [];

  /** Something was typed that is no value. */
  get refused(): boolean {
    return this.drafts.size > 0;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('schema')) this.drafts = new Map();
  }

  protected override render(): TemplateResult {
    const byPath = new Map(this.faults.map(({ path, message }) => [path, message]));
    const words = wordsOf('settings', englishSettings, this.locale);
    const form: FormContext = {
      host: this,
      decimal: new Intl.NumberFormat(this.locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.',
      words: { ...words, choices: { ...words.choices, ...this.choices } },
      suggestions: this.suggestions,
      iconsLike: (typed) => this.#iconsLike(typed),
      faultAt: (path) => this.drafts.get(path.join('.'))?.fault ?? byPath.get(path.join('.')),
      draftAt: (path) => this.drafts.get(path.join('.'))?.typed,
      focusTool: (path, way) => void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#${CSS.escape(idOf(path))} .tool.${way}`)?.focus()),
      change: (path, value) => this.#change(path, value),
      refuse: (path, typed, fault) => (this.drafts = new Map([...this.drafts, [path.join('.'), { typed, fault }]])),
    };
    return html`<div class="fields" part="fields" @focusin=${this.#onFocus}>${renderFields(this.schema, this.value, [], form)}</div>`;
  }

  /** Shows the first field that is wrong, and says whether there is one. */
  showFault(): boolean {
    const field = this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"], .fault');
    for (let at: HTMLElement | null | undefined = field; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
    field?.focus();
    field?.scrollIntoView({ block: 'nearest' });
    return field !== null;
  }

  /** All names of icons are many: they come when one is to be chosen. */
  #onFocus = async ({ target }: FocusEvent): Promise<void> => {
    if (this.iconNames.length > 0 || !(target instanceof Element && target.classList.contains('icon-name'))) return;
    try {
      this.iconNames = (await import('../../core/generated/icons/names.js')).ICON_NAMES;
    } catch {
      // A name can be typed without them.
    }
  };

  #iconsLike(typed: string): string[] {
    const words = typed.toLowerCase();
    return this.iconNames.filter((name) => name.toLowerCase().includes(words)).slice(0, MOST_ICONS);
  }

  #change(path: ValuePath, value: unknown): void {
    const at = path.join('.');
    // What stood below is another thing now.
    this.drafts = new Map([...this.drafts].filter(([draft]) => draft !== at && !draft.startsWith(`${at}.`)));
    this.dispatchEvent(new FormChangeEvent(withValueAt(this.value, path, value)));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-schema-form': CcmSchemaForm;
  }
}
