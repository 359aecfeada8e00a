import { render, type ReactiveControllerHost } from 'lit';
import type { RowAction } from '../../../sdk/contract/display.js';
import { icon } from '../../core/icons.js';

const CHARACTER = 6.6;
const BUTTON_PADDING = 22;
const ICON_BUTTON = 32;
const CELL_PADDING = 16;
/** Part of the table's width that buttons may have; where they need more, they are in a menu. */
const MOST_PART = 0.34;

/** How the actions of a row are shown. */
export interface ActionPlan {
  actions: readonly RowAction[];
  /** In a menu behind one button. */
  inMenu: boolean;
  /** Pixels. */
  width: number;
}

/**
 * @param columns the least that the columns need, pixels
 * @param room width of the table, pixels; 0 where it is not known yet
 */
export function planActions(actions: readonly RowAction[] | undefined, columns: number, room: number): ActionPlan | undefined {
  if (!actions?.length) return undefined;
  const width = actions.reduce((sum, action) => sum + (action.icon ? ICON_BUTTON : Math.min(action.label.length, 24) * CHARACTER + BUTTON_PADDING) + 4, CELL_PADDING);
  const inMenu = actions.length > 1 && room > 0 && (width > room * MOST_PART || columns + width > room);
  return { actions, inMenu, width: Math.ceil(inMenu ? ICON_BUTTON + CELL_PADDING : width) };
}

/** What a press does: the action at that place, or all of them in a menu at that button. */
export interface ActionPresses {
  act(at: number): void;
  open(button: HTMLElement): void;
}

/** The buttons at the end of a row. */
export interface ActionCell {
  element: HTMLElement;
  /** Draws icons that were not there before. */
  draw(): void;
}

/** @param words name of the menu */
export function makeActions({ actions, inMenu }: ActionPlan, presses: ActionPresses, words: string, host: ReactiveControllerHost): ActionCell {
  const element = document.createElement('span');
  element.setAttribute('role', 'gridcell');
  element.className = 'cell actions';
  const marks: { place: HTMLElement; name: string }[] = [];
  const add = (label: string, name: string | undefined): HTMLButtonElement => {
    const button = element.appendChild(document.createElement('button'));
    button.type = 'button';
    if (name === undefined) {
      button.textContent = label;
      return button;
    }
    button.className = 'icon-only';
    button.title = label;
    marks.push({ place: button, name });
    return button;
  };
  if (inMenu) {
    const more = add(words, 'EllipsisVertical');
    more.ariaHasPopup = 'menu';
    more.ariaExpanded = 'false';
    more.addEventListener('click', () => presses.open(more));
  } else {
    actions.forEach(({ label, icon: name }, at) => add(label, name).addEventListener('click', () => presses.act(at)));
  }
  return {
    element,
    draw() {
      for (const { place, name } of marks) if (place.querySelector('path') === null) render(icon(name, host), place);
    },
  };
}
