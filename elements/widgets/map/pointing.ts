import { nothing, type ReactiveControllerHost } from 'lit';
import { placeLabel, spoken, type Mark } from './marks.js';
import type { PlaceMarks } from './place-marks.js';
import type { Scene } from './scene.js';
import { renderTip } from './tip.js';
import type { Viewport } from './viewport.js';
import type { MarkWords } from './words.js';

/** What a map lets the code know that answers its reader. */
export interface MapHost {
  readonly element: ReactiveControllerHost;
  readonly scene: Scene;
  readonly viewport: Viewport;
  readonly placeMarks: PlaceMarks;
  /** What the arrow keys walk through. */
  marks(): readonly Mark[];
  /** The region that a shape is of, with a value or without. */
  region(key: string): Mark | undefined;
  words(): MarkWords;
  /** Shows all of it again. */
  home(): void;
}

interface Active {
  mark: Mark;
  /** Where the pointer is on the box. */
  at?: readonly [number, number];
}

/** Pixels around a mark at which it still is pointed at. */
const REACH = 8;
/** Places of a cluster that are named. */
const NAMED = 5;

/** The mark that a reader points at or walks to with the keys: it is named beside its place, said, and opened. */
export class Pointing {
  /** What a live region says. */
  spoken = '';
  readonly #map: MapHost;
  #active: Active | undefined;

  constructor(map: MapHost) {
    this.#map = map;
  }

  get mark(): Mark | undefined {
    return this.#active?.mark;
  }

  readonly letGo = (): void => {
    this.spoken = '';
    this.#point(undefined);
  };

  /** The map was moved by hand: what is at the pointer is another thing now. */
  forget(): void {
    this.#active = undefined;
  }

  /** The marks were made anew: the one that is pointed at is found again, or gone. */
  renew(marks: readonly Mark[]): void {
    const active = this.#active;
    // Land that no row is about has no mark.
    if (active === undefined || (active.mark.kind === 'region' && active.mark.value === undefined)) return;
    const renewed = marks.find(({ key }) => key === active.mark.key);
    this.#active = renewed && { ...active, mark: renewed };
  }

  renderTip(): unknown {
    const { scene, viewport, placeMarks } = this.#map;
    if (this.#active === undefined) return nothing;
    const { mark, at = viewport.onBox(mark) } = this.#active;
    if (!viewport.isInBox(at)) return nothing;
    return renderTip(mark, at, scene.size, this.#comesApart(mark) ? [] : placeMarks.placesOf(mark, NAMED).map(placeLabel));
  }

  readonly onMove = (event: PointerEvent): void => {
    if (event.buttons !== 0) return;
    const found = this.#at(event);
    if (found === undefined && this.#active?.at === undefined) return;
    this.spoken = '';
    this.#point(found);
  };

  readonly onLeave = (): void => {
    if (this.#active?.at !== undefined) this.#point(undefined);
  };

  readonly onClick = (event: MouseEvent): void => {
    const found = this.#at(event);
    this.#point(found);
    if (found !== undefined) this.#open(found.mark);
  };

  readonly onKey = (event: KeyboardEvent): void => {
    const { viewport, home } = this.#map;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.shiftKey && event.key.startsWith('Arrow')) {
      const [x, y] = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] ?? [0, 0];
      viewport.pan(x ?? 0, y ?? 0);
    } else if (event.key === '+' || event.key === '=') viewport.zoomIn();
    else if (event.key === '-') viewport.zoomOut();
    else if (event.key === '0') home();
    else if (event.key === 'Escape' && this.#active !== undefined) this.letGo();
    else if (event.key === 'Enter' && this.#active !== undefined) this.#open(this.#active.mark);
    else if (!this.#step(event.key)) return;
    event.preventDefault();
  };

  #point(active: Active | undefined): void {
    this.#active = active;
    this.#map.element.requestUpdate();
  }

  /** What is at the pointer: the nearest place, else the region there. */
  #at(event: MouseEvent): Active | undefined {
    const { viewport } = this.#map;
    const { left, top } = (event.currentTarget as Element).getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    const place = this.#nearest(x, y);
    if (place !== undefined) return { mark: place, at: viewport.onBox(place) };
    const target = event.composedPath()[0];
    const key = target instanceof Element ? target.getAttribute('data-key') : null;
    const region = key === null ? undefined : this.#map.region(key);
    return region && { mark: region, at: [x, y] };
  }

  #nearest(x: number, y: number): Mark | undefined {
    let found: Mark | undefined;
    let nearest = Infinity;
    for (const mark of this.#map.marks()) {
      if (mark.kind === 'region') continue;
      const [left, top] = this.#map.viewport.onBox(mark);
      const distance = Math.max(0, Math.hypot(left - x, top - y) - mark.radius);
      if (distance <= REACH && (distance < nearest || (distance === nearest && found !== undefined && mark.radius < found.radius))) [found, nearest] = [mark, distance];
    }
    return found;
  }

  /** Whether enlarging shows the places of a mark one by one, as far as the map can be enlarged. */
  #comesApart(mark: Mark): boolean {
    const { scene, placeMarks } = this.#map;
    return scene.ground !== undefined && placeMarks.apartAt(mark) <= scene.ground.around * scene.most;
  }

  /** Zooms in until the places of a mark come apart. */
  #open(mark: Mark): void {
    const { scene: { ground }, viewport, placeMarks } = this.#map;
    if (ground === undefined || !this.#comesApart(mark)) return;
    this.letGo();
    viewport.centre(mark, Math.max(viewport.view.k, (placeMarks.apartAt(mark) * 1.01) / ground.around));
  }

  /** To another mark, which is said and brought into view; false where the key means none. */
  #step(key: string): boolean {
    const forward = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
    if (forward === undefined && key !== 'Home' && key !== 'End') return false;
    const { viewport } = this.#map;
    const marks = this.#map.marks();
    if (marks.length === 0) return true;
    const last = marks.length - 1;
    const at = marks.findIndex((mark) => mark.key === this.mark?.key);
    const to = key === 'Home' ? 0 : key === 'End' ? last : at < 0 ? (forward === 1 ? 0 : last) : Math.max(0, Math.min(last, at + (forward ?? 0)));
    const mark = marks[to] as Mark;
    const { strings } = this.#map.words();
    this.spoken = [spoken(mark), strings.of(to + 1, marks.length), this.#comesApart(mark) ? strings.enterZooms : ''].filter(Boolean).join('. ');
    this.#point({ mark });
    if (!viewport.isInBox(viewport.onBox(mark))) viewport.centre(mark);
    return true;
  }
}
