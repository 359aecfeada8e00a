import type { RowAction } from '../../../sdk/contract/display.js';
import { getPath } from '../../../sdk/data/path.js';
import { thresholdFor } from '../../../sdk/data/threshold.js';
import { cssColor } from '../../core/tone.js';
import type { Column } from './columns.js';

/** Shows a cut text in full to who points at it. */
export function titleCut({ target }: Event): void {
  const cell = target instanceof Element ? target.closest<HTMLElement>('.cell') : null;
  if (cell) cell.title = cell.scrollWidth > cell.clientWidth ? cell.textContent : '';
}

/** One cell of a pooled row: made once, filled again for each row that it shows. */
export interface Cell {
  element: HTMLElement;
  fill(row: unknown): void;
}

export function makeCell(column: Column): Cell {
  const element = document.createElement('span');
  element.setAttribute('role', 'gridcell');
  element.className = `cell ${column.align}`;
  const text = new Text();
  const inner = innerOf(column);
  element.append(inner ?? text);
  inner?.append(text);
  return {
    element,
    fill(row) {
      const shown = column.text(row);
      if (text.data !== shown) text.data = shown;
      if (inner instanceof HTMLAnchorElement) setLink(inner, getPath(row, column.definition.link ?? ''));
      if (column.definition.thresholds) setTone(inner ?? element, cssColor(thresholdFor(column.read(row), column.definition.thresholds)?.color));
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
  if (color === undefined) element.style.removeProperty('--_tone');
  else element.style.setProperty('--_tone', color);
}

/** Two slashes of either kind, as browsers read them: another host that does not look like one. */
const OTHER_HOST = /^[/\\]{2}/;

/** Only http, https and relative addresses become links; anything else stays text. */
function setLink(anchor: HTMLAnchorElement, address: unknown): void {
  const written = typeof address === 'string' ? address.replace(/[\t\n\r]/g, '').trim() : '';
  const url = written !== '' && !OTHER_HOST.test(written) && URL.canParse(written, document.baseURI) ? new URL(written, document.baseURI) : undefined;
  // An address with a user's name in it is made to look like another's: https://bank.example@evil.example.
  if (url && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '') {
    anchor.href = url.href;
    anchor.rel = 'noopener noreferrer';
    if (url.origin !== location.origin) anchor.target = '_blank';
  } else {
    anchor.removeAttribute('href');
  }
}

/** The buttons at the end of a row. `rowOf` gives the row that the pooled element shows when one is pressed. */
export function makeActions(actions: readonly RowAction[], onAction: (action: string) => void): HTMLElement {
  const cell = document.createElement('span');
  cell.setAttribute('role', 'gridcell');
  cell.className = 'cell actions';
  for (const { label, action } of actions) {
    const button = cell.appendChild(document.createElement('button'));
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', () => onAction(action));
  }
  return cell;
}
