/** What a dashboard needs whose layout has a time range, variables or settings; others never load it. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { CcmClient, ViewerParams } from '../../../sdk/client/client.js';
import type { WidgetDefinition } from '../../../sdk/contract/widget.js';
import type { DashboardLayout, LayoutTimeRange, LayoutVariable, WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import { CcmErrorEvent } from '../../core/events.js';
import { ownTimeZone, validTimeZone, wordsOf } from '../../core/localize.js';
import { englishView } from '../../core/view-strings.js';
import { addStyles } from '../../core/late-styles.js';
import type { Content } from '../content.js';
import { loadFault } from '../layout-session.js';
import { DeclaredAhead } from './declared-ahead.js';
import { followsTime } from './declared.js';
import { DENSITIES } from './density.js';
import { rangeText } from './range-words.js';
import { timeBar } from './time-bar.js';
import { stepped, type Step } from './time-step.js';
import { variableField, type VariableValue } from './variable-field.js';
import { viewStyles } from './view.styles.js';

/** The dashboard: what its page says counts before what the layout says. */
export interface ViewHost extends ReactiveControllerHost, HTMLElement {
  readonly renderRoot: HTMLElement | DocumentFragment;
  theme?: 'light' | 'dark' | 'auto';
  from?: string;
  to?: string;
  variables?: ViewerParams;
}

/** Changes the layout itself, with a way back. */
export type LayoutChange = (change: Partial<Content>, reason: string, words: string) => void;

export interface ViewPorts {
  client(): CcmClient | undefined;
  locale(): string | undefined;
  theme(): string;
  /** While the dashboard is edited: what is set is what readers begin with. */
  change(): LayoutChange | undefined;
}

const LONGEST = 500;

export class DashboardView {
  /** What all widgets are asked with, those params that they declare. The same object while it is the same. */
  params: ViewerParams | undefined;
  density = DENSITIES.normal;
  readonly #host: ViewHost;
  readonly #ports: ViewPorts;
  #layout: DashboardLayout | undefined;
  /** What this viewer set, for themselves. */
  #time: LayoutTimeRange | undefined;
  #values = new Map<string, VariableValue | undefined>();
  #given: unknown[] = [];
  readonly #ahead = new DeclaredAhead();
  /** Id of the layout whose widgets were asked about. */
  #aheadOf: string | null | undefined = null;
  #theme: ViewHost['theme'];

  constructor(host: ViewHost, ports: ViewPorts) {
    this.#host = host;
    this.#ports = ports;
    addStyles(host.renderRoot, viewStyles);
    // A widget has its first answer, and its definition with it.
    host.addEventListener('ccm-ready', () => {
      if (this.params !== undefined || this.#layout?.settings?.refreshInterval !== undefined) host.requestUpdate();
    });
  }

  /** Before each update of the dashboard. */
  follow(layout: DashboardLayout | undefined): void {
    const { from, to, variables } = this.#host;
    // Frameworks hand in another object at each of their renders.
    const given = [layout?.layoutId, from, to, JSON.stringify(Object.entries(variables ?? {}).filter(([, value]) => isParam(value)))];
    if (isCopy(this.#layout, layout)) this.#given[0] = this.#aheadOf = layout?.layoutId;
    if (given.some((value, at) => value !== this.#given[at])) {
      this.#given = given;
      this.#time = undefined;
      this.#values.clear();
    }
    this.#layout = layout;
    const params = this.#paramsNow();
    if (JSON.stringify(params) !== JSON.stringify(this.params)) this.params = params;
    this.#askAhead();
    this.#follow();
  }

  /** Widgets wait until it is known what they are to be asked with. */
  get isReady(): boolean {
    return !this.#ahead.isAwaited;
  }

  /** What an item is asked with for the first time; later its own definition says which of `params` are meant for it. */
  paramsOf({ itemId, widgetId }: WidgetLayoutItem): ViewerParams | undefined {
    return this.#definitionOf(itemId) ? undefined : this.#ahead.of(widgetId, this.params);
  }

  /** Seconds for an item where neither it nor its definition names any: that is known once its widget has been answered. */
  intervalOf({ itemId, config }: WidgetLayoutItem): number | undefined {
    const seconds = this.#layout?.settings?.refreshInterval;
    if (seconds === undefined || config?.['refreshInterval'] !== undefined) return undefined;
    const definition = this.#definitionOf(itemId);
    return definition && definition.refreshInterval === undefined ? seconds : undefined;
  }

  /** As it came with an answer. */
  #definitionOf(itemId = ''): WidgetDefinition | undefined {
    return this.#host.renderRoot.querySelector(`[data-item="${CSS.escape(itemId)}"]`)?.querySelector('ccm-widget')?.definition;
  }

  #askAhead(): void {
    const client = this.#ports.client();
    const { layoutId, widgets } = this.#layout ?? {};
    if (!client || !widgets?.length || this.params === undefined || layoutId === this.#aheadOf) return;
    this.#aheadOf = layoutId;
    this.#ahead.ask(client, widgets.map(({ widgetId }) => widgetId), () => this.#host.requestUpdate());
  }

  /** The line of time range and variables, where the layout has them. */
  bar(): TemplateResult | typeof nothing {
    const { timeRange, variables = [] } = this.#layout ?? {};
    if (!timeRange && variables.length === 0) return nothing;
    const strings = this.#strings;
    return html`<div class="controls" part="controls" role="group" aria-label=${strings.controls}>
      ${timeRange ? this.#renderTime(timeRange) : nothing}
      ${variables.map((variable) => variableField(variable, this.#valueOf(variable), strings, (value) => this.#set(variable, value)))}
    </div>`;
  }

  #renderTime(timeRange: LayoutTimeRange): TemplateResult {
    const now = this.#timeNow(timeRange);
    const words = rangeText(now, this.#strings, this.#ports.locale(), this.#zone);
    return timeBar({ host: this.#host, words, strings: this.#strings, pick: () => void this.#pickTime(now), step: (step) => this.#step(now, step) });
  }

  get #strings() {
    return wordsOf('view', englishView, this.#ports.locale());
  }

  get #zone(): string {
    return validTimeZone(this.#ports.client()?.tenant?.timeZone) ?? ownTimeZone();
  }

  #timeNow(timeRange: Partial<LayoutTimeRange> | undefined): LayoutTimeRange {
    const { from, to } = this.#host;
    return this.#time ?? { from: from ?? timeRange?.from ?? '', to: to ?? timeRange?.to ?? 'now', ...(timeRange?.timeZone && { timeZone: timeRange.timeZone }) };
  }

  #valueOf({ name, default: fallback }: LayoutVariable): VariableValue | undefined {
    if (this.#values.has(name)) return this.#values.get(name);
    const { variables } = this.#host;
    return variables && Object.hasOwn(variables, name) ? variables[name] : fallback;
  }

  #paramsNow(): ViewerParams | undefined {
    const { timeRange, variables = [] } = this.#layout ?? {};
    const { from, to, variables: given = {} } = this.#host;
    const params: Record<string, unknown> = { ...given };
    for (const variable of variables) params[variable.name] = this.#valueOf(variable);
    if (timeRange || from || to) Object.assign(params, this.#timeNow(timeRange));
    const sent = Object.entries(params).filter(([, value]) => isParam(value));
    return sent.length > 0 ? (Object.fromEntries(sent) as ViewerParams) : undefined;
  }

  /** Density, theme and animation of the layout. */
  #follow(): void {
    const host = this.#host;
    const { density = 'normal', theme, animation = true } = this.#layout?.settings ?? {};
    this.density = DENSITIES[Object.hasOwn(DENSITIES, density) ? density : 'normal'];
    host.dataset['density'] = density;
    host.toggleAttribute('data-still', !animation);
    // What the page itself says stays.
    if (host.theme === this.#theme) host.theme = theme;
    this.#theme = theme;
  }

  #set(variable: LayoutVariable, value: VariableValue | undefined): void {
    const change = this.#ports.change();
    this.#values.set(variable.name, value);
    if (change) {
      const variables = (this.#layout?.variables ?? []).map((one) => (one.name === variable.name ? { ...one, default: value } : one));
      this.#values.delete(variable.name);
      change({ variables }, 'variables', variable.label ?? variable.name);
    }
    this.#host.requestUpdate();
  }

  async #pickTime(now: LayoutTimeRange): Promise<void> {
    try {
      const { pickTime } = await import('./time-dialog.js');
      const { locale, theme } = this.#ports;
      const picked = await pickTime(this.#host.renderRoot, { range: now, zone: this.#zone, follows: this.#follows, locale: locale(), theme: theme() });
      if (picked) this.#setTime(picked);
    } catch (error) {
      this.#host.dispatchEvent(new CcmErrorEvent(loadFault(error)));
    }
  }

  #step(now: LayoutTimeRange, step: Step): void {
    const next = stepped(now, step, this.#zone, Date.now());
    if (next) this.#setTime(next);
  }

  /** How many of the widgets follow the time range, once that is known. */
  get #follows(): string | undefined {
    const widgets = this.#layout?.widgets ?? [];
    if (!this.#ahead.isAnswered || widgets.length === 0) return undefined;
    const following = widgets.filter(({ itemId, widgetId }) => followsTime(this.#definitionOf(itemId) ?? this.#ahead.definitionOf(widgetId)));
    return this.#strings.follows(following.length, widgets.length);
  }

  #setTime(timeRange: LayoutTimeRange): void {
    const change = this.#ports.change();
    if (change) {
      this.#time = undefined;
      change({ timeRange }, 'time', this.#strings.timeRange);
    } else {
      this.#time = timeRange;
    }
    this.#host.requestUpdate();
  }
}

/** Whether the first change of a preset has become a layout of the viewer's own: to them it is still the same dashboard. */
function isCopy(before: DashboardLayout | undefined, now: DashboardLayout | undefined): boolean {
  if (before?.preset === undefined || !now || now.preset !== undefined || before.widgets.length !== now.widgets.length) return false;
  return now.widgets.every(({ itemId }, at) => itemId !== undefined && itemId === before.widgets[at]?.itemId);
}

function isParam(value: unknown): value is VariableValue {
  if (typeof value === 'string') return value !== '' && value.length <= LONGEST;
  return typeof value === 'boolean' || Number.isFinite(value);
}
