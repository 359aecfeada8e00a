import { html, nothing, type TemplateResult } from 'lit';
import { englishChart, type ChartStrings } from '../../core/chart-strings.js';
import { formatterFor } from '../../core/formatters.js';
import { addStyles } from '../../core/late-styles.js';
import { wordsOf } from '../../core/localize.js';
import type { PlotCursor, PlotModel } from '../../plot/model.js';
import { holding, placeAt, Span, zoomed } from '../../plot/window.js';
import { MOST_ROWS, renderTable } from './data-table.js';
import { handsStyles } from './hands.styles.js';
import type { ChartHost } from './host.js';
import { parts } from './parts.js';
import { shareMoment } from './shared-cursor.js';
import { renderTooltip, spokenAt } from './tooltip.js';

/** How much closer one press of a key goes. */
const CLOSER = 0.5;

/**
 * All that answers a chart's reader: the tooltip, the keyboard, what is said, zoom, the cursor that charts share, the table. It loads
 * when somebody points at a chart or puts the focus on one.
 */
export class Hands {
  /** What a live region says. */
  spoken = '';
  /** The table is shown in place of the picture. */
  isTable = false;

  readonly #host: ChartHost;
  #cursor: PlotCursor | null = null;
  /** The position that the keyboard is on; it stays there when an answer comes. */
  #held: number | string | undefined;
  #span: Span | undefined;

  constructor(host: ChartHost) {
    this.#host = host;
    addStyles(host.element.shadowRoot, handsStyles);
  }

  /** The cursor stands elsewhere. */
  point(cursor: PlotCursor | null): void {
    const model = this.#host.model();
    this.#cursor = cursor;
    if (model?.kind === 'time') shareMoment(this.#host, cursor ? Number(model.x[cursor.index]) : null);
    this.#host.element.requestUpdate();
  }

  /** The pointer goes its own way. */
  release(): void {
    this.#held = undefined;
  }

  /** A key on the plot. */
  press(event: KeyboardEvent): void {
    const model = this.#host.model();
    if (!model || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = model.x.length - 1;
    const at = this.#cursor?.index;
    const to = { ArrowRight: Math.min(last, (at ?? -1) + 1), ArrowLeft: Math.max(0, (at ?? last + 1) - 1), Home: 0, End: last }[event.key];
    const factor = { '+': CLOSER, '=': CLOSER, '-': 1 / CLOSER, _: 1 / CLOSER }[event.key];
    if (event.key === 'Escape' && (this.#span || at !== undefined)) {
      // Whatever else closes by this key waits for the next time.
      event.stopPropagation();
      if (this.#span) this.resetZoom();
      else this.letGo();
    } else if (to !== undefined) {
      event.preventDefault();
      this.#walk(model, to);
    } else if (factor !== undefined) {
      event.preventDefault();
      this.#look(zoomed(model, this.#span, factor, at === undefined ? undefined : placeAt(model, at)));
    }
  }

  /** Takes the cursor off the plot. */
  letGo(): void {
    this.#held = undefined;
    this.spoken = '';
    this.#host.plot()?.moveTo(null);
    this.#host.element.requestUpdate();
  }

  /** Looks at the part of the x axis that was dragged over. */
  select(from: number, to: number): void {
    const model = this.#host.model();
    const span = model && Span.between(model, from, to);
    if (!span) return;
    this.#host.box()?.focus({ preventScroll: true });
    this.#look(span);
  }

  resetZoom(): void {
    if (this.#span) this.#look(undefined);
  }

  /** There is another answer: what stands at the cursor is no longer so. */
  forget(): void {
    this.#cursor = null;
  }

  /** The answer is drawn: the reader stays where they were. */
  follow(): void {
    const model = this.#host.model();
    if (!model) return;
    if (this.#span && !this.#span.indexes(model)) this.#span = undefined;
    this.#host.plot()?.look(this.#span);
    this.#return(model);
  }

  /** The chart goes: no other shows its cursor any more. */
  leave(): void {
    shareMoment(this.#host, null);
    this.#cursor = null;
  }

  /** Shows the table in place of the picture, or the picture again; the focus goes along. */
  async showTable(on: boolean): Promise<void> {
    if (on === this.isTable) return;
    const { element } = this.#host;
    const focused = element.matches(':focus-within');
    this.isTable = on;
    this.#held = undefined;
    this.leave();
    element.requestUpdate();
    await element.updateComplete;
    // Only now: what went took the focus with it, and that silences.
    this.spoken = on ? this.#words.tableShown : this.#words.chartShown;
    element.requestUpdate();
    if (focused) (on ? element.shadowRoot?.querySelector<HTMLElement>('.table') : this.#host.box())?.focus({ preventScroll: true });
  }

  /** What lies over the plot: the tooltip, and the way back from a zoom. */
  renderOver(): TemplateResult {
    const model = this.#host.model();
    const box = this.#host.box();
    const tip = this.#cursor && model && box ? renderTooltip(model, this.#cursor, { width: box.clientWidth, height: box.clientHeight }, this.#notes(model, this.#cursor)) : nothing;
    return html`${this.#span ? html`<button type="button" class="small reset" @click=${this.#onReset}>${this.#words.resetZoom}</button>` : nothing}${tip}`;
  }

  renderTable(title: string): TemplateResult | undefined {
    const { element, model, table } = this.#host;
    const content = table(MOST_ROWS);
    const { format } = formatterFor(element.display);
    return (
      content &&
      renderTable(content, {
        title,
        words: this.#words,
        all: content.rows.length < MOST_ROWS ? content.rows.length : Math.max(content.rows.length, content.all ?? model()?.x.length ?? 0),
        count: (value) => format(value),
        onBack: () => void this.showTable(false),
      })
    );
  }

  get #words(): ChartStrings {
    return wordsOf('chart', englishChart, this.#host.element.display.locale);
  }

  readonly #onReset = () => {
    this.resetZoom();
    this.#host.box()?.focus({ preventScroll: true });
  };

  #walk(model: PlotModel, to: number): void {
    const notes = parts.marks?.notesAt(model, to) ?? [];
    this.spoken = [spokenAt(model, to), ...notes].join('. ');
    this.#held = model.x[to];
    const span = this.#span && holding(model, this.#span, to);
    if (span === this.#span) return void this.#host.plot()?.moveTo(to);
    this.#span = span;
    this.#host.plot()?.look(span);
    queueMicrotask(() => this.#host.plot()?.moveTo(to));
  }

  #look(span: Span | undefined): void {
    const model = this.#host.model();
    if (!model || span === this.#span) return;
    this.#span = span;
    this.#host.plot()?.look(span);
    const [first, last] = span?.indexes(model) ?? [];
    this.spoken = first === undefined || last === undefined ? this.#words.wholeRange : this.#words.zoomed(model.formatX(model.x[first] ?? ''), model.formatX(model.x[last] ?? ''));
    this.#return(model);
    this.#host.element.requestUpdate();
  }

  /** Puts the cursor where the keyboard is. */
  #return(model: PlotModel): void {
    if (this.#held === undefined) return;
    const at = model.x.indexOf(this.#held);
    // The plot takes new numbers over at the end of this task: only then it knows where they are.
    queueMicrotask(() => this.#host.plot()?.moveTo(at < 0 ? null : at));
  }

  #notes(model: PlotModel, { index, slack }: PlotCursor): string[] {
    return parts.marks?.notesAt(model, index, slack) ?? [];
  }
}
