import { GridStack, type GridItemHTMLElement, type GridStackNode } from 'gridstack';
import type { GridPosition } from '../../../sdk/contract/layout.js';
import { watchMedia } from '../../core/media.js';
import { leadTouches } from './touches.js';

export interface GridOptions {
  columns: number;
  /** Pixels of one row with its gap. */
  cellHeight: number;
  /** Pixels between two items. */
  gap: number;
}

let reduced: (() => boolean) | undefined;

/** Drag and resize on the elements that are there. The only place that knows gridstack; loaded when editing begins. */
export class EditGrid {
  /** Whether columns count from the right. */
  readonly rtl: boolean;
  readonly #grid: GridStack;
  readonly #listening = new AbortController();
  readonly #shield = document.createElement('div');
  /** Our own calls answer with the same event as the user's. */
  #quiet = false;

  constructor(box: HTMLElement, options: GridOptions, onChange: (places: Map<string, GridPosition>) => void) {
    this.rtl = getComputedStyle(box).direction === 'rtl';
    // Asked before anything is dragged: the first frame of a drag has no time for it.
    reduced ??= watchMedia('(prefers-reduced-motion: reduce)');
    const grid = GridStack.init(
      {
        column: options.columns,
        cellHeight: options.cellHeight,
        margin: options.gap / 2,
        auto: false,
        animate: false,
        handle: '.handle',
        rtl: this.rtl,
        resizable: { handles: this.rtl ? 'sw' : 'se' },
        alwaysShowResizeHandle: true,
      },
      box as GridItemHTMLElement,
    );
    if (!grid) throw new Error('gridstack could not start on the dashboard\'s .grid');
    // The elements and their order are the dashboard's: moved behind its back, a removed one would stay. There is no option for it.
    this.#grid = Object.assign(grid, { _sortDom: () => grid });
    leadTouches(box, this.#listening.signal);
    // Once the boxes stand where they stood when editing begins: a drag's first frame has no time for it.
    requestAnimationFrame(() => requestAnimationFrame(this.#animate));
    grid.on('dragstart resizestart', ({ type }: Event) => {
      this.#animate();
      this.#shield.className = `shield ${type}`;
      box.append(this.#shield);
    });
    grid.on('dragstop resizestop', () => this.#shield.remove());
    grid.on('change', () => {
      if (!this.#quiet) onChange(this.places);
    });
  }

  /** Takes an element in at a place; one that is in already is left alone. */
  add(element: HTMLElement, position: GridPosition): void {
    if ((element as GridItemHTMLElement).gridstackNode) return;
    this.#quietly(() => this.#grid.makeWidget(element as GridItemHTMLElement, { ...position, id: idOf(element) }));
  }

  /** Lets go of an element; it stays in the page until its owner takes it away. */
  release(element: HTMLElement): void {
    this.#animate();
    // gridstack tells no end of a drag whose item is taken away.
    this.#shield.remove();
    this.#quietly(() => this.#grid.removeWidget(element as GridItemHTMLElement, false));
    clean(element);
  }

  /** Moves or resizes as a drag would: others make room. */
  move(element: HTMLElement, change: Partial<GridPosition>): void {
    this.#animate();
    this.#grid.update(element as GridItemHTMLElement, change);
  }

  position(element: HTMLElement): GridPosition | undefined {
    const node = (element as GridItemHTMLElement).gridstackNode;
    return node ? positionOf(node) : undefined;
  }

  get places(): Map<string, GridPosition> {
    return new Map(this.#grid.engine.nodes.flatMap((node) => (node.id ? [[node.id, positionOf(node)] as const] : [])));
  }

  destroy(): void {
    const elements = this.#grid.getGridItems();
    const box = this.#grid.el;
    this.#listening.abort();
    this.#shield.remove();
    this.#grid.offAll();
    this.#grid.destroy(false);
    for (const element of elements) clean(element);
    for (const name of ['height', 'min-height', '--gs-column-width', '--gs-cell-height']) box.style.removeProperty(name);
    box.classList.remove('grid-stack');
  }

  #animate = (): void => {
    if (!this.#listening.signal.aborted) this.#grid.setAnimation(!reduced?.());
  };

  #quietly(act: () => void): void {
    this.#quiet = true;
    act();
    this.#quiet = false;
  }
}

function idOf(element: HTMLElement): string {
  return element.dataset['item'] ?? '';
}

function positionOf({ x = 0, y = 0, w = 1, h = 1 }: GridStackNode): GridPosition {
  return { x, y, w, h };
}

/** gridstack leaves its marks on what it held. */
function clean(element: HTMLElement): void {
  for (const name of ['left', 'right', 'top', 'width', 'height', 'position', '--gs-x', '--gs-y', '--gs-w', '--gs-h']) element.style.removeProperty(name);
  for (const name of ['gs-x', 'gs-y', 'gs-w', 'gs-h', 'gs-id']) element.removeAttribute(name);
  element.classList.remove('ui-draggable', 'ui-resizable', 'ui-resizable-autohide', 'ui-draggable-armed');
  for (const handle of element.querySelectorAll(':scope > .ui-resizable-handle')) handle.remove();
}
