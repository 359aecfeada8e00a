import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import type { MapConfig } from '../../../sdk/contract/display.js';
import { stringsFor } from '../../core/localize.js';
import { message, messageStyles } from '../../core/message.js';
import { unusable } from '../../core/unusable.js';
import { WidgetView, type DataTable } from '../../core/widget-view.js';
import { inkStyles, onInkChange } from '../../plot/ink.js';
import type { Atlas, Shape } from './atlas.js';
import { renderControls } from './controls.js';
import { HeatLayer } from './heat-layer.js';
import { Lands } from './lands.js';
import { renderHeatLegend, renderLegend } from './legend.js';
import { mapStyles } from './map.styles.js';
import type { Mark } from './marks.js';
import { modelOf, type MapModel } from './model.js';
import { notesOf, summaryOf } from './notes.js';
import { nothingToShow } from './nothing-to-show.js';
import { renderLand, renderMarks } from './picture.js';
import { PlaceMarks } from './place-marks.js';
import { Pointing } from './pointing.js';
import { regionMark, regionMarks } from './region-marks.js';
import { regionName } from './regions.js';
import { Scene } from './scene.js';
import { tableOf } from './table.js';
import { attributionOf, renderTiles, tilesOf } from './tiles.js';
import { Viewport } from './viewport.js';
import { mapWords, type MarkWords } from './words.js';

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

  readonly #scene = new Scene();
  readonly #placeMarks = new PlaceMarks(this);
  readonly #heat = new HeatLayer(this);
  readonly #lands = new Lands(this, () => this.requestUpdate('data'));
  readonly #viewport = new Viewport(this, this.#scene, () => this.#pointing.forget());
  readonly #home = (): void => {
    const config = this.widget?.mapConfig;
    if (config === undefined || this.#model === undefined) return;
    this.#viewport.home(this.#model, config, this.#land(this.#model).shapes);
    this.#regions = [];
  };
  readonly #pointing = new Pointing({
    element: this,
    scene: this.#scene,
    viewport: this.#viewport,
    placeMarks: this.#placeMarks,
    marks: () => this.#walk(),
    region: (key) => this.#region(key),
    words: () => this.#words,
    home: this.#home,
  });
  #model: MapModel | undefined;
  #words: MarkWords = mapWords({}, undefined);
  /** Regions with a value, and places; each highest first. */
  #regions: Mark[] = [];
  #places: Mark[] = [];
  /** The settings that the view was made for. */
  #wanted: string | undefined;

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
    this.#viewport.letGo();
  }

  override asTable(): DataTable | undefined {
    return this.#model && tableOf(this.#model, this.#words.strings, (key) => regionName(this.#model?.set ?? 'world', key, this.#words.locale, this.#shape(key)));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const config = this.widget?.mapConfig;
    if (changed.has('widget')) {
      // A definition that came again as it was moves nothing.
      const wanted = JSON.stringify(config);
      if (wanted !== this.#wanted) this.#viewport.laid = false;
      this.#wanted = wanted;
    }
    if (changed.has('widget') || changed.has('data') || changed.has('display')) this.#read(config);
    if (config !== undefined && this.#model !== undefined) this.#lay(this.#model, config);
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#viewport.take(this.box);
    if (!this.#viewport.laid || this.#model === undefined || this.canvas === null) return;
    this.#heat.draw(this.canvas, this.#model, this.#scene, this.#viewport.view, changed.has('theme'));
  }

  protected override render(): TemplateResult {
    const config = this.widget?.mapConfig;
    const model = this.#model;
    const { strings } = this.#words;
    if (config === undefined || model === undefined) {
      const all = stringsFor(this.display.locale);
      return unusable(all, all.unusableHint(config ? (config.markers ?? this.widget?.dataPath ?? 'items') : 'mapConfig'));
    }
    const state = this.#lands.state(model.set);
    const absent = nothingToShow(model, config, state !== 'loading', this.#words);
    if (absent !== undefined) return message(absent);
    const { laid, nearest, whole, zoomIn, zoomOut } = this.#viewport;
    const { onKey, letGo, onMove, onLeave, onClick, spoken } = this.#pointing;
    const notes = notesOf(model, laid ? this.#scene.outside : 0, model.atlas !== undefined && state === 'failed', strings);
    return html`
      ${config.heat ? renderHeatLegend(strings) : model.scale?.classes.length ? renderLegend(model.scale) : nothing}
      <div class="stage">
        <div
          class="box"
          role="application"
          aria-roledescription=${strings.map}
          aria-label=${summaryOf(this.widget?.title, model, this.#words)}
          aria-busy=${!laid}
          tabindex="0"
          @keydown=${onKey}
          @blur=${letGo}
          @pointermove=${onMove}
          @pointerleave=${onLeave}
          @click=${onClick}
        >
          ${laid ? this.#picture(model, config) : nothing}
        </div>
        ${config.tiles === undefined ? nothing : html`<p class="attribution">${config.attribution ?? attributionOf(config.tiles)}</p>`}
        ${renderControls(strings, { zoomIn, zoomOut, home: this.#home }, { nearest, whole })} ${this.#pointing.renderTip()}
      </div>
      ${notes.length > 0 ? html`<p class="notes">${notes.join(' · ')}</p>` : nothing}
      <p class="visually-hidden" role="status">${spoken}</p>
    `;
  }

  #picture(model: MapModel, config: MapConfig): unknown {
    const { ground } = this.#scene;
    if (ground === undefined) return nothing;
    const { view } = this.#viewport;
    const { mark } = this.#pointing;
    const name = summaryOf(this.widget?.title, model, this.#words);
    const land = this.#land(model);
    const outlines = this.#scene.outlines(land.shapes);
    const borders = this.#regions.length > 0 ? this.#scene.borders(land) : undefined;
    return [
      config.tiles === undefined ? nothing : renderTiles(tilesOf(config.tiles, ground, view)),
      renderLand({ outlines, borders, marks: this.#regions, tiled: config.tiles !== undefined, name }, view, mark?.key),
      config.heat ? html`<canvas aria-hidden="true"></canvas>` : nothing,
      renderMarks(this.#places, view, ground.size, mark),
    ];
  }

  #read(config: MapConfig | undefined): void {
    const { widget } = this;
    this.#words = mapWords(this.display, config);
    const { brief } = this.#words;
    this.#model = widget && config && modelOf(widget, config, this.data, this.#lands.atlas(config.scope === 'us' ? 'us' : 'world', 0).shapes, brief);
    if (this.#model?.atlas !== undefined) this.#lands.load(this.#model.atlas);
    if (this.#viewport.laid && this.#model !== undefined) this.#scene.place(this.#model);
    this.#regions = [];
  }

  /** The shapes that suit the view. */
  #land(model: MapModel | undefined): Atlas {
    return this.#lands.atlas(model?.atlas, (this.#scene.ground?.around ?? 0) * this.#viewport.view.k);
  }

  #shape(key: string): Shape | undefined {
    return this.#land(this.#model).shapes.find((shape) => shape.key === key);
  }

  /** Lays out the view, and what is to be seen in it. */
  #lay(model: MapModel, config: MapConfig): void {
    const { shapes } = this.#land(model);
    const waits = (model.regions !== undefined || config.scope?.length === 2) && shapes.length === 0 && this.#lands.state(model.set) === 'loading';
    if (this.#viewport.lay(model, config, shapes, waits)) this.#regions = [];
    if (!this.#viewport.laid) return;
    if (this.#regions.length === 0 && model.regions !== undefined) this.#regions = regionMarks(model, shapes, this.#scene, this.#words);
    this.#places = this.#placeMarks.of(model, config, this.#scene, this.#viewport.view, this.#words);
    // A heat map has no marks to be found again.
    if (!config.heat) this.#pointing.renew([...this.#regions, ...this.#places]);
  }

  /** What the arrow keys walk through. A heat map shows no marks, but its places can be asked for. */
  #walk(): Mark[] {
    const places = this.widget?.mapConfig?.heat && this.#model ? this.#placeMarks.highest(this.#model, this.#scene, this.#words, WALKED) : this.#places;
    return [...this.#regions, ...places];
  }

  /** The region of a shape, with a value or without. */
  #region(key: string): Mark | undefined {
    if (this.#model?.regions === undefined) return undefined;
    return this.#regions.find((mark) => mark.key === key) ?? regionMark(this.#model, key, this.#shape(key), undefined, [0, 0], this.#words);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccm-map': CcmMap;
  }
}
