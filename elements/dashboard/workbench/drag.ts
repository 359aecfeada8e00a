/** Dragging: gridstack and what keeps it in step, in a lazy chunk. */
import type { GridPosition } from '../../../sdk/contract/layout.js';
import type { PlacedItem } from '../arrange.js';
import { EditGrid, type GridOptions } from './grid.js';

/** One editing session: the grid on the boxes that the dashboard rendered, kept in step with them. */
export class Drag {
  readonly box: HTMLElement;
  readonly #grid: EditGrid;
  readonly options: GridOptions;

  constructor(box: HTMLElement, options: GridOptions, onChange: (places: Map<string, GridPosition>) => void) {
    this.box = box;
    this.options = options;
    this.#grid = new EditGrid(box, options, onChange);
  }

  /** Takes in boxes that are new, in reading order: before that is there on which it stands, one would rise past it. */
  sync(placed: readonly PlacedItem[]): void {
    const boxes = new Map(this.#boxes().map((element) => [element.dataset['item'], element]));
    for (const { item, position } of placed) {
      const element = boxes.get(item.itemId);
      if (element) this.#grid.add(element, position);
    }
  }

  /** Lets go of a box before the dashboard takes it away. */
  release(itemId: string): void {
    const element = this.#find(itemId);
    if (element) this.#grid.release(element);
  }

  get places(): Map<string, GridPosition> {
    return this.#grid.places;
  }

  /** One step by the keyboard: arrows move, with Shift they resize. Returns the place after it. */
  step(itemId: string, key: string, resize: boolean): GridPosition | undefined {
    const element = this.#find(itemId);
    const at = element && this.#grid.position(element);
    const right = this.#grid.rtl ? -1 : 1;
    const by = { ArrowLeft: [-right, 0], ArrowRight: [right, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    if (!element || !at || !by) return undefined;
    const [dx = 0, dy = 0] = by;
    const { columns } = this.options;
    const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));
    this.#grid.move(
      element,
      resize
        ? { w: clamp(at.w + dx, 1, columns - at.x), h: Math.max(1, at.h + dy) }
        : { x: clamp(at.x + dx, 0, columns - at.w), y: dy > 0 ? this.#pastBelow(at) : Math.max(0, at.y + dy) },
    );
    return this.#grid.position(element);
  }

  stop(): void {
    this.#grid.destroy();
  }

  /** Gravity pulls up what is only one row lower: down means past the first that stands below, and is no way where none does. */
  #pastBelow({ x, y, w, h }: GridPosition): number {
    const below = [...this.places.values()].filter((other) => other.y >= y + h && other.x < x + w && x < other.x + other.w);
    return below.length > 0 ? Math.min(...below.map((other) => other.y + other.h)) : y;
  }

  #boxes(): HTMLElement[] {
    return [...this.box.querySelectorAll<HTMLElement>(':scope > .item')];
  }

  #find(itemId: string): HTMLElement | undefined {
    return this.#boxes().find((element) => element.dataset['item'] === itemId);
  }
}
