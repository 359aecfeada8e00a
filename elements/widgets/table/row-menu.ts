import type { RowAction } from '../../../sdk/contract/display.js';
import { CcmMenu } from '../../core/menu.js';
import type { MenuSelectEvent } from '../../core/menu-item.js';

/** Opens the actions of a row as a menu at a button. This module is loaded when one is first opened. */
export async function openRowMenu(root: ShadowRoot, button: HTMLElement, label: string, actions: readonly RowAction[], choose: (at: number) => void): Promise<void> {
  CcmMenu.define('ccm-menu');
  root.querySelector('ccm-menu')?.remove();
  const menu = root.appendChild(document.createElement('ccm-menu') as CcmMenu);
  menu.label = label;
  menu.items = actions.map((action, at) => ({ id: String(at), label: action.label, ...(action.icon && { icon: action.icon }) }));
  menu.addEventListener('ccm-menu-select', (event) => choose(Number((event as MenuSelectEvent).itemId)), { once: true });
  await menu.open(button);
}
