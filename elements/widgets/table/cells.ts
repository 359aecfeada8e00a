import { getPath } from '../../../sdk/data/path.js';
import { thresholdFor } from '../../../sdk/data/threshold.js';
import { setLink } from '../../core/links.js';
import { cssColor } from '../../core/tone.js';
import { charactersOf, type Column } from './columns.js';

/** Shows a cut text in full to who points at it. */
export function titleCut({ target }: Event): void {
  const cell = (target as Element).closest<HTMLElement>('.cell:not(.actions)');
  if (cell) cell.title = cell.scrollWidth > cell.clientWidth ? cell.textContent : '';
}

/** One cell of a pooled row: made once, filled again for each row that it shows. */
export interface Cell {
  element: HTMLElement;
  fill(row: unknown): void;
  /** Nothing is known of the row yet. */
  clear(): void;
}

/** Makes a place for an icon before what the parent holds. */
export type Marker = (parent: HTMLElement) => (name: string | undefined) => void;

export function makeCell(column: Column, mark?: Marker): Cell {
  const element = document.createElement('span');
  element.setAttribute('role', 'gridcell');
  element.className = `cell ${column.align}`;
  const text = new Text();
  const inner = innerOf(column);
  element.append(inner ?? text);
  inner?.append(text);
  const { definition, mapped } = column;
  const coloured = definition.thresholds !== undefined || mapped !== undefined;
  // Each clip is one more layer to compose, with every frame: what has room goes without.
  let holds = Number.NaN;
  const show = (shown: string) => {
    if (text.data === shown && holds === column.holds) return;
    if (text.data !== shown) text.data = shown;
    ({ holds } = column);
    element.classList.toggle('fits', !definition.badge && !mapped && charactersOf(shown) < holds);
  };
  const setIcon = definition.mappings?.some(({ icon: name }) => name !== undefined) ? mark?.(inner ?? element) : undefined;
  return {
    element,
    fill(row) {
      show(column.text(row));
      if (inner instanceof HTMLAnchorElement) setLink(inner, getPath(row, definition.link ?? ''));
      if (!coloured) return;
      const found = mapped?.(row);
      setTone(inner ?? element, cssColor(found?.color ?? thresholdFor(column.read(row), definition.thresholds)?.color));
      setIcon?.(found?.icon);
    },
    clear() {
      show('');
      inner?.removeAttribute('href');
      setTone(inner ?? element, undefined);
      setIcon?.(undefined);
    },
  };
}

function innerOf({ definition }: Column): HTMLElement | undefined {
  if (definition.link) return document.createElement('a');
  if (!definition.badge) return undefined;
  const badge = document.createElement('span');
  badge.className = 'badge';
  return badge;
}

function setTone(element: HTMLElement, color: string | undefined): void {
  element.classList.toggle('toned', color !== undefined);
  // Set to nothing, it is not there.
  element.style.setProperty('--_tone', color ?? '');
}
