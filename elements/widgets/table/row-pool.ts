import { makeCell, type Cell, type Marker } from './cells.js';
import type { Column } from './columns.js';
import { LOADING, type TableRows } from './rows.js';

/** Rows beyond the window on each side, so that a fast wheel meets no gap. */
const SPARE = 4;
/** Pixels: browsers cut off what is much higher. More rows than fit are scrolled through in larger steps. */
const MOST_HEIGHT = 15_000_000;

interface PooledRow {
  element: HTMLElement;
  cells: Cell[];
  isMissing?: ((value: unknown) => boolean) | undefined;
  index: number;
}

/** What a pool is made for. */
export interface PoolSettings {
  columns: readonly Column[];
  mark?: Marker | undefined;
  /** Adds to a row's element what it has beside its cells. The returned function says of what the row shows whether it is not here. */
  dress?: ((element: HTMLElement, index: () => number) => (value: unknown) => boolean) | undefined;
}

/**
 * A window of rows over a spacer as high as all of them: the elements are few and are filled again while scrolling,
 * so that 100,000 rows cost what is seen of them.
 */
export class RowPool {
  readonly #spacer: HTMLElement;
  readonly #scroller: HTMLElement;
  readonly #settings: PoolSettings;
  #pool: PooledRow[] = [];
  #rows: TableRows | undefined;
  /** The row that stands first, and how many there are. */
  #from = 0;
  #count = 0;
  #height = 0;
  #active: number | undefined;
  /** Of the scroller, as last seen: asking it for each answer would have the page laid out each time. */
  #top = 0;
  #room = 0;
  /** Pixels between where a row would be and where it is, where not all heights fit. */
  #shift = 0;

  constructor(scroller: HTMLElement, spacer: HTMLElement, settings: PoolSettings) {
    this.#scroller = scroller;
    this.#spacer = spacer;
    this.#settings = settings;
    spacer.replaceChildren();
  }

  /** Shows `count` of the rows from `from` on, each this high (pixels); `active`, counted from there, is marked. */
  show(rows: TableRows, { from, count, height, active }: { from: number; count: number; height: number; active: number | undefined }): void {
    this.#rows = rows;
    this.#from = from;
    this.#active = active;
    if (height !== this.#height || count !== this.#count) {
      // Where a row stands depends on the height: all are placed anew.
      if (height !== this.#height) for (const row of this.#pool) row.index = -1;
      this.#height = height;
      this.#count = count;
      this.#spacer.style.height = `${this.#full}px`;
    }
    this.#paint(true);
  }

  /** Follows the scroller: it was scrolled, or has another size. */
  follow(): void {
    this.look();
    this.#paint(false);
  }

  /** Where the scroller is, and how high. */
  look(): void {
    this.#top = this.#scroller.scrollTop;
    this.#room = this.#scroller.clientHeight;
  }

  /** The rows that have an element, first and one past the last. */
  get range(): readonly [first: number, end: number] {
    const first = Math.max(0, Math.floor((this.#top - this.#shift) / this.#height) - SPARE);
    return [first, Math.min(this.#count, first + Math.ceil(this.#room / this.#height) + 2 * SPARE)];
  }

  /** Brings a row into view. */
  reveal(index: number): void {
    const { scrollTop, clientHeight } = this.#scroller;
    // The head stays at the top of the scroller and hides as much as a row is high.
    const room = clientHeight - this.#height;
    const seen = scrollTop * this.#step;
    const top = index * this.#height;
    if (top < seen) this.#scroller.scrollTop = Math.floor(top / this.#step);
    else if (top + this.#height > seen + room) this.#scroller.scrollTop = Math.ceil((top + this.#height - room) / this.#step);
    this.follow();
  }

  get #full(): number {
    return Math.min(MOST_HEIGHT, this.#count * this.#height);
  }

  /** Pixels of rows for a pixel that is scrolled: 1, but for very many rows. */
  get #step(): number {
    const all = this.#count * this.#height;
    if (all <= MOST_HEIGHT) return 1;
    const room = this.#scroller.clientHeight - this.#height;
    return (all - room) / (MOST_HEIGHT - room);
  }

  #paint(refill: boolean): void {
    const shift = this.#count * this.#height <= MOST_HEIGHT ? 0 : this.#top - this.#top * this.#step;
    const moved = shift !== this.#shift;
    this.#shift = shift;
    const [first, end] = this.range;
    while (this.#pool.length < end - first) this.#pool.push(this.#makeRow());
    // A row keeps its element while it stays in the window: only what scrolled in is filled.
    for (let offset = 0; offset < this.#pool.length; offset += 1) {
      const index = first + offset;
      const row = this.#pool[index % this.#pool.length] as PooledRow;
      const within = index < end;
      row.element.hidden = !within;
      if (!within) row.index = -1;
      else if (refill || row.index !== index) this.#fill(row, index, moved);
      else if (moved) this.#place(row);
    }
  }

  #place({ element, index }: PooledRow): void {
    element.style.transform = `translateY(${index * this.#height + this.#shift}px)`;
  }

  #fill(row: PooledRow, index: number, moved: boolean): void {
    const isOther = row.index !== index;
    if (isOther) {
      row.index = index;
      row.element.ariaRowIndex = String(index + 2);
    }
    if (isOther || moved) this.#place(row);
    row.element.classList.toggle('active', index === this.#active);
    const value = this.#rows?.at(this.#from + index);
    const missing = row.isMissing?.(value) ?? value === LOADING;
    for (const cell of row.cells) {
      if (missing) cell.clear();
      else cell.fill(value);
    }
  }

  #makeRow(): PooledRow {
    const { columns, mark, dress } = this.#settings;
    const element = document.createElement('div');
    element.className = 'row';
    element.id = `row-${this.#pool.length}`;
    element.setAttribute('role', 'row');
    const row: PooledRow = { element, cells: columns.map((column) => makeCell(column, mark)), index: -1 };
    element.append(...row.cells.map((cell) => cell.element));
    row.isMissing = dress?.(element, () => row.index);
    this.#spacer.append(element);
    return row;
  }
}
