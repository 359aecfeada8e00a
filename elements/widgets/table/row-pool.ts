import type { RowAction } from '../../../sdk/contract/display.js';
import { makeActions, makeCell, type Cell } from './cells.js';
import type { Column } from './columns.js';

/** Rows beyond the window on each side, so that a fast wheel meets no gap. */
const SPARE = 4;

interface PooledRow {
  element: HTMLElement;
  cells: Cell[];
  index: number;
}

/**
 * A window of rows over a spacer as high as all of them: the elements are few and are filled again while scrolling,
 * so that 100,000 rows cost what is seen of them.
 */
export class RowPool {
  readonly #spacer: HTMLElement;
  readonly #scroller: HTMLElement;
  readonly #columns: readonly Column[];
  readonly #actions: readonly RowAction[];
  readonly #onAction: (action: string, index: number) => void;
  #pool: PooledRow[] = [];
  #rows: readonly unknown[] = [];
  #height = 0;
  #active: number | undefined;
  /** Of the scroller, as last seen: asking it for each answer would have the page laid out each time. */
  #top = 0;
  #room = 0;

  constructor(
    scroller: HTMLElement,
    spacer: HTMLElement,
    columns: readonly Column[],
    actions: readonly RowAction[],
    onAction: (action: string, index: number) => void,
  ) {
    this.#scroller = scroller;
    this.#spacer = spacer;
    this.#columns = columns;
    this.#actions = actions;
    this.#onAction = onAction;
    spacer.replaceChildren();
  }

  /** Shows these rows, each this high (pixels); `active` is marked. */
  show(rows: readonly unknown[], height: number, active: number | undefined): void {
    this.#rows = rows;
    this.#active = active;
    if (height !== this.#height || this.#spacer.dataset['rows'] !== String(rows.length)) {
      // Where a row stands depends on the height: all are placed anew.
      if (height !== this.#height) for (const row of this.#pool) row.index = -1;
      this.#height = height;
      this.#spacer.dataset['rows'] = String(rows.length);
      this.#spacer.style.height = `${rows.length * height}px`;
    }
    this.#paint(true);
  }

  /** Follows the scroller: it was scrolled, or has another size. */
  follow(): void {
    this.#top = this.#scroller.scrollTop;
    this.#room = this.#scroller.clientHeight;
    this.#paint(false);
  }

  /** Brings a row into view. */
  reveal(index: number): void {
    const top = index * this.#height;
    const { scrollTop, clientHeight } = this.#scroller;
    // The head stays at the top of the scroller and hides as much as a row is high.
    const room = clientHeight - this.#height;
    if (top < scrollTop) this.#scroller.scrollTop = top;
    else if (top + this.#height > scrollTop + room) this.#scroller.scrollTop = top + this.#height - room;
    this.follow();
  }

  #paint(refill: boolean): void {
    const first = Math.max(0, Math.floor(this.#top / this.#height) - SPARE);
    const count = Math.min(this.#rows.length, Math.ceil(this.#room / this.#height) + 2 * SPARE);
    while (this.#pool.length < count) this.#pool.push(this.#makeRow());
    // A row keeps its element while it stays in the window: only what scrolled in is filled.
    for (let offset = 0; offset < this.#pool.length; offset += 1) {
      const index = first + offset;
      const row = this.#pool[index % this.#pool.length] as PooledRow;
      const within = offset < count && index < this.#rows.length;
      row.element.hidden = !within;
      if (!within) row.index = -1;
      else if (refill || row.index !== index) this.#fill(row, index);
    }
  }

  #fill(row: PooledRow, index: number): void {
    const moved = row.index !== index;
    row.index = index;
    if (moved) {
      row.element.style.transform = `translateY(${index * this.#height}px)`;
      row.element.ariaRowIndex = String(index + 2);
      row.element.classList.toggle('odd', index % 2 === 1);
    }
    row.element.classList.toggle('active', index === this.#active);
    const value = this.#rows[index];
    for (const cell of row.cells) cell.fill(value);
  }

  #makeRow(): PooledRow {
    const element = document.createElement('div');
    element.className = 'row';
    element.id = `row-${this.#pool.length}`;
    element.setAttribute('role', 'row');
    const row: PooledRow = { element, cells: this.#columns.map(makeCell), index: -1 };
    element.append(...row.cells.map((cell) => cell.element));
    if (this.#actions.length > 0) element.append(makeActions(this.#actions, (action) => this.#onAction(action, row.index)));
    this.#spacer.append(element);
    return row;
  }
}
