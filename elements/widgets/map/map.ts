import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { MapConfig } from '../../../sdk/contract/display.js';
import { stringsFor } from '../../core/localize.js';
import { message, messageStyles } from '../../core/message.js';
import { WidgetView, type DataTable } from '../../core/widget-view.js';
import { inkStyles, onInkChange } from '../../plot/ink.js';
import type { Shape } from './atlas.js';
import { renderControls } from './controls.js';
import { Gestures } from './gestures.js';
import { centredOn, enlargedBy, movedBy, WHOLE, type MapSize, type MapView } from './ground.js';
import { HeatLayer } from './heat-layer.js';
import { Lands } from './lands.js';
import { renderHeatLegend, renderLegend } from './legend.js';
import { mapStyles } from './map.styles.js';
import { placeLabel, spoken, type Mark } from './marks.js';
import { modelOf, type MapModel } from './model.js';
import { notesOf, summaryOf } from './notes.js';
import { nothingToShow } from './nothing-to-show.js';
import { renderLand, renderMarks } from './picture.js';
import { PlaceMarks } from './place-marks.js';
import { regionMark, regionMarks } from './region-marks.js';
import { regionName } from './regions.js';
import { Scene } from './scene.js';
import { tableOf } from './table.js';
import { attributionOf, renderTiles, tilesOf } from './tiles.js';
import { renderTip } from './tip.js';
import { mapWords, type MarkWords } from './words.js';

/** Pixels around a mark at which it still is pointed at. */
const REACH = 8;
/** One press of a zoom button. */
const STEP = 1.8;
/** One press of Shift with an arrow, as a part of the box. */
const PAN = 0.25;
/** Places of a cluster that are named. */
const NAMED = 5;
/** Places of a heat map that the keyboard walks through. */
const WALKED = 500;

/**
 * @summary Places, regions or heat on a map that needs no tile server: the body of a widget of type `map`.
 * The map takes the focus: arrow keys walk through what it shows, highest value first, and say it; Enter zooms into places that are shown
 * together, plus and minus zoom, Shift with an arrow moves the map.
 * @tagname ccm-map
 * @csspart item - A place, several places together, or a region with a value.
 * @internal
 */
export class CcmMap extends WidgetView {
  static override styles = [messageStyles, inkStyles, mapStyles];

  @query('.box') private box!: HTMLElement | null;
  @query('canvas') private canvas!: HTMLCanvasElement | null;

  @state() private view: MapView = WHOLE;
  /** What is pointed at, and where the pointer is on the box. */
  @state() private active: { mark: Mark; at?: readonly [number, number] } | undefined;

  readonly #scene = new Scene();
  readonly #placeMarks = new PlaceMarks(this);
  readonly #heat = new HeatLayer(this);
  readonly #lands = new Lands(this, () => this.requestUpdate('data'));
  #model: MapModel | undefined;
  #size: MapSize | undefined;
  #words: MarkWords = mapWords({}, undefined);
  /** Regions with a value, and places; each highest first. */
  #regions: Mark[] = [];
  #places: Mark[] = [];
  #gestures: Gestures | undefined;
  #watched: HTMLElement | null = null;
  /** Whether the view stands, whether it was fitted to data, and whether a person moved it since. */
  #laid = false;
  #fitted = false;
  #moved = false;
  /** The settings that the view was made for. */
  #wanted: string | undefined;
  #spoken = '';
  #frame = 0;
  readonly #resizes = new ResizeObserver(([entry]) => this.guarded(() => this.#resize(entry)));

  constructor() {
    super();
    onInkChange(this, () => this.requestUpdate('theme'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A view that was moved in the page has let go of its box.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#letGoOfBox();
  }

  override asTable(): DataTable | undefined {
    return this.#model && tableOf(this.#model, this.#words.strings, (key) => regionName(this.#model?.set ?? 'world', key, this.#words.locale, this.#shape(key)));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const config = this.widget?.mapConfig;
    if (changed.has('widget')) {
      // A definition that came again as it was moves nothing.
      const wanted = JSON.stringify(config);
      if (wanted !== this.#wanted) this.#laid = false;
      this.#wanted = wanted;
    }
    if (changed.has('widget') || changed.has('data') || changed.has('display')) this.#read(config);
    if (config !== undefined && this.#model !== undefined && this.#size !== undefined) this.#lay(this.#model, config, this.#size);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.box !== this.#watched) {
      this.#letGoOfBox();
      this.#takeBox(this.box);
    }
    const { ground } = this.#scene;
    if (!this.#laid || this.#model === undefined || ground === undefined) return;
    if (this.canvas !== null) this.#heat.draw(this.canvas, this.#model, this.#scene, this.view, changed.has('theme'));
  }

  protected override render(): TemplateResult {
    const config = this.widget?.mapConfig;
    const model = this.#model;
    const all = stringsFor(this.display.locale);
    const { strings } = this.#words;
    if (config === undefined || model === undefined) {
      return message({ icon: 'Box', title: all.unusable, hint: all.unusableHint(config ? (config.markers ?? this.widget?.dataPath ?? 'items') : 'mapConfig') });
    }
    const state = this.#lands.state(model.set);
    const absent = nothingToShow(model, config, state !== 'loading', this.#words);
    if (absent !== undefined) return message(absent);
    const notes = notesOf(model, this.#laid ? this.#scene.outside : 0, model.atlas !== undefined && state === 'failed', strings);
    return html`
      ${config.heat ? renderHeatLegend(strings) : model.scale?.classes.length ? renderLegend(model.scale) : nothing}
      <div class="stage">
        <div
          class="box"
          role="application"
          aria-roledescription=${strings.map}
          aria-label=${summaryOf(this.widget?.title, model, this.#words)}
          aria-busy=${!this.#laid}
          tabindex="0"
          @keydown=${this.#onKey}
          @blur=${this.#letGo}
          @pointermove=${this.#onPoint}
          @pointerleave=${this.#onLeave}
          @click=${this.#onClick}
        >
          ${this.#laid ? this.#picture(model, config) : nothing}
        </div>
        ${config.tiles === undefined ? nothing : html`<p class="attribution">${config.attribution ?? attributionOf(config.tiles)}</p>`}
        ${renderControls(
          strings,
          { zoomIn: () => this.#zoom(STEP), zoomOut: () => this.#zoom(1 / STEP), home: this.#home },
          { nearest: this.view.k >= this.#scene.most(model) * 0.999, whole: this.view.k <= 1 },
        )}
        ${this.#tip()}
      </div>
      ${notes.length > 0 ? html`<p class="notes">${notes.join(' · ')}</p>` : nothing}
      <p class="visually-hidden" role="status">${this.#spoken}</p>
    `;
  }

  #picture(model: MapModel, config: MapConfig): unknown {
    const { ground } = this.#scene;
    if (ground === undefined) return nothing;
    const name = summaryOf(this.widget?.title, model, this.#words);
    const outlines = this.#scene.outlines(this.#land(model));
    return [
      config.tiles === undefined ? nothing : renderTiles(tilesOf(config.tiles, ground, this.view)),
      renderLand({ outlines, marks: this.#regions, tiled: config.tiles !== undefined, name }, this.view, this.active?.mark.key),
      config.heat ? html`<canvas aria-hidden="true"></canvas>` : nothing,
      renderMarks(this.#places, this.view, ground.size, this.active?.mark),
    ];
  }

  #read(config: MapConfig | undefined): void {
    const { widget } = this;
    this.#words = mapWords(this.display, config);
    const { brief } = this.#words;
    this.#model = widget && config && modelOf(widget, config, this.data, this.#lands.shapes(config.scope === 'us' ? 'us' : 'world', 0), brief);
    if (this.#model?.atlas !== undefined) this.#lands.load(this.#model.atlas);
    if (this.#laid && this.#model !== undefined) this.#scene.place(this.#model);
    this.#regions = [];
  }

  /** The shapes that suit the view. */
  #land(model: MapModel | undefined): readonly Shape[] {
    return this.#lands.shapes(model?.atlas, (this.#scene.ground?.around ?? 0) * this.view.k);
  }

  #shape(key: string): Shape | undefined {
    return this.#land(this.#model).find((shape) => shape.key === key);
  }

  /** Fits the view once there is what it is fitted to; then it stays, whatever answers come. */
  #lay(model: MapModel, config: MapConfig, size: MapSize): void {
    const land = this.#land(model);
    const waits = (model.regions !== undefined || config.scope?.length === 2) && land.length === 0 && this.#lands.state(model.set) === 'loading';
    const data = (model.places?.list.length ?? 0) + (model.regions?.values.size ?? 0) > 0;
    if (!waits && (!this.#laid || (data && !this.#fitted && !this.#moved))) {
      this.view = this.#scene.lay(model, config, size, land);
      [this.#laid, this.#fitted, this.#moved] = [true, data, false];
      this.#regions = [];
    } else if (this.#laid && this.#scene.ground?.size !== size) {
      this.view = this.#moved ? this.#scene.resize(model, size, this.view) : this.#scene.lay(model, config, size, land);
      this.#regions = [];
    }
    if (!this.#laid) return;
    if (this.#regions.length === 0 && model.regions !== undefined) this.#regions = regionMarks(model, land, this.#scene, this.#words);
    this.#places = this.#placeMarks.of(model, config, this.#scene, this.view, this.#words);
    const { active } = this;
    // Of a heat map, and of land that no row is about, there is no mark to be found again.
    if (active === undefined || config.heat || (active.mark.kind === 'region' && active.mark.value === undefined)) return;
    const renewed = [...this.#regions, ...this.#places].find(({ key }) => key === active.mark.key);
    if (renewed !== active.mark) this.active = renewed && { ...active, mark: renewed };
  }

  #tip(): unknown {
    const { ground } = this.#scene;
    if (this.active === undefined || ground === undefined) return nothing;
    const { mark } = this.active;
    const at = this.active.at ?? this.#onBox(mark);
    const { width, height } = ground.size;
    if (at[0] < 0 || at[1] < 0 || at[0] > width || at[1] > height) return nothing;
    const names = this.#comesApart(mark) ? [] : this.#placeMarks.placesOf(mark, NAMED).map(placeLabel);
    return renderTip(mark, at, ground.size, names);
  }

  #onBox({ x, y }: Mark): [number, number] {
    return [this.view.x + x * this.view.k, this.view.y + y * this.view.k];
  }

  /** Whether enlarging shows the places of a mark one by one, as far as the map can be enlarged. */
  #comesApart(mark: Mark): boolean {
    const { ground } = this.#scene;
    return ground !== undefined && this.#model !== undefined && this.#placeMarks.apartAt(mark) <= ground.around * this.#scene.most(this.#model);
  }

  /** What is nearest to a point of the box: a place, else the region there. */
  #markAt(x: number, y: number, target: EventTarget | null | undefined): Mark | undefined {
    let found: Mark | undefined;
    let nearest = Infinity;
    for (const mark of this.#walk()) {
      if (mark.kind === 'region') continue;
      const [left, top] = this.#onBox(mark);
      const distance = Math.max(0, Math.hypot(left - x, top - y) - mark.radius);
      if (distance <= REACH && (distance < nearest || (distance === nearest && found !== undefined && mark.radius < found.radius))) [found, nearest] = [mark, distance];
    }
    const key = target instanceof Element ? target.getAttribute('data-key') : null;
    if (found !== undefined || key === null || this.#model?.regions === undefined) return found;
    return this.#regions.find((mark) => mark.key === key) ?? regionMark(this.#model, key, this.#shape(key), undefined, [0, 0], this.#words);
  }

  /** What the arrow keys walk through. A heat map shows no marks, but its places can be asked for. */
  #walk(): Mark[] {
    const places = this.widget?.mapConfig?.heat && this.#model ? this.#placeMarks.highest(this.#model, this.#scene, this.#words, WALKED) : this.#places;
    return [...this.#regions, ...places];
  }

  #onPoint = (event: PointerEvent): void => {
    if (event.buttons !== 0 || this.box === null) return;
    const { left, top } = this.box.getBoundingClientRect();
    const at = [event.clientX - left, event.clientY - top] as const;
    const mark = this.#markAt(at[0], at[1], event.composedPath()[0]);
    if (mark === undefined && this.active?.at === undefined) return;
    this.#spoken = '';
    this.active = mark && { mark, at: mark.kind === 'region' ? at : this.#onBox(mark) };
  };

  #onLeave = (): void => {
    if (this.active?.at !== undefined) this.active = undefined;
  };

  #onClick = (event: MouseEvent): void => {
    if (this.box === null) return;
    const { left, top } = this.box.getBoundingClientRect();
    const at = [event.clientX - left, event.clientY - top] as const;
    const mark = this.#markAt(at[0], at[1], event.composedPath()[0]);
    this.active = mark && { mark, at: mark.kind === 'region' ? at : this.#onBox(mark) };
    if (mark !== undefined) this.#open(mark);
  };

  /** Zooms in until the places of a mark come apart. */
  #open(mark: Mark): void {
    const { ground } = this.#scene;
    if (ground === undefined || !this.#comesApart(mark)) return;
    this.#letGo();
    this.#move(centredOn(ground, mark.x, mark.y, Math.max(this.view.k, (this.#placeMarks.apartAt(mark) * 1.01) / ground.around)));
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.shiftKey && event.key.startsWith('Arrow')) {
      const [x, y] = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] ?? [0, 0];
      this.#pan(x ?? 0, y ?? 0);
    } else if (event.key === '+' || event.key === '=') this.#zoom(STEP);
    else if (event.key === '-') this.#zoom(1 / STEP);
    else if (event.key === '0') this.#home();
    else if (event.key === 'Escape' && this.active !== undefined) this.#letGo();
    else if (event.key === 'Enter' && this.active !== undefined) this.#open(this.active.mark);
    else if (!this.#step(event.key)) return;
    event.preventDefault();
  };

  /** To another mark, which is said and brought into view; false where the key means none. */
  #step(key: string): boolean {
    const forward = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
    if (forward === undefined && key !== 'Home' && key !== 'End') return false;
    const marks = this.#walk();
    if (marks.length === 0) return true;
    const last = marks.length - 1;
    const at = marks.findIndex((mark) => mark.key === this.active?.mark.key);
    const to = key === 'Home' ? 0 : key === 'End' ? last : at < 0 ? (forward === 1 ? 0 : last) : Math.max(0, Math.min(last, at + (forward ?? 0)));
    const mark = marks[to] as Mark;
    const { strings } = this.#words;
    this.active = { mark };
    this.#spoken = [spoken(mark), strings.of(to + 1, marks.length), this.#comesApart(mark) ? strings.enterZooms : ''].filter(Boolean).join('. ');
    this.#reveal(mark);
    return true;
  }

  #reveal(mark: Mark): void {
    const { ground } = this.#scene;
    if (ground === undefined) return;
    const [left, top] = this.#onBox(mark);
    const { width, height } = ground.size;
    if (left < 0 || top < 0 || left > width || top > height) this.#move(centredOn(ground, mark.x, mark.y, this.view.k));
  }

  #letGo = (): void => {
    this.#spoken = '';
    this.active = undefined;
  };

  #zoom(by: number): void {
    const { ground } = this.#scene;
    if (ground !== undefined) this.#move(enlargedBy(ground, this.view, by, this.#scene.most(this.#model)));
  }

  #pan(x: number, y: number): void {
    const { ground } = this.#scene;
    if (ground !== undefined) this.#move(movedBy(ground, this.view, x * PAN, y * PAN));
  }

  #home = (): void => {
    const config = this.widget?.mapConfig;
    if (config === undefined || this.#model === undefined || this.#size === undefined) return;
    const view = this.#scene.lay(this.#model, config, this.#size, this.#land(this.#model));
    this.#regions = [];
    this.#move(view);
    this.#moved = false;
    this.requestUpdate();
  };

  /** A person asked for this view. */
  #move(view: MapView): void {
    this.#moved = true;
    this.#gestures?.moveTo(view);
  }

  #takeBox(box: HTMLElement | null): void {
    this.#watched = box;
    if (box === null) return;
    this.#resizes.observe(box);
    this.#gestures = new Gestures(box, {
      view: () => this.view,
      ground: () => (this.#laid ? this.#scene.ground : undefined),
      most: () => this.#scene.most(this.#model),
      show: (view, byHand) => {
        this.view = view;
        if (byHand) [this.#moved, this.active] = [true, undefined];
      },
    });
  }

  #letGoOfBox(): void {
    this.#resizes.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#gestures?.destroy();
    this.#gestures = undefined;
    this.#watched = null;
  }

  #resize(entry: ResizeObserverEntry | undefined): void {
    const { width = 0, height = 0 } = entry?.contentRect ?? {};
    if (width < 1 || height < 1 || (this.#size?.width === width && this.#size.height === height)) return;
    this.#size = { width, height };
    // In a frame of its own: what is drawn may bring a note, and that a smaller box.
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.requestUpdate());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-map': CcmMap;
  }
}
