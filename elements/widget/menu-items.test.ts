import { expect } from '@open-wc/testing';
import type { MenuItem } from '../core/menu-item.js';
import { englishMenu } from '../core/menu-strings.js';
import { menuItems } from './menu-items.js';
import type { MenuOffer } from './menu-items.js';

const ALL: MenuOffer = { strings: englishMenu, canRefresh: true, full: false, table: false, hasRows: true, hasPicture: true, more: [] };
const idsOf = (items: readonly MenuItem[]) => items.map((item) => (item === 'line' ? '-' : item.id)).join(' ');

describe('the entries of a widget’s menu', () => {
  it('stand in groups', () => {
    expect(idsOf(menuItems(ALL))).to.equal('refresh full-screen table - csv png - details');
  });

  it('hold what the element around it offers, and at the very end what takes the widget away', () => {
    const more: MenuItem[] = [
      { id: 'remove', label: 'Remove' }, { id: 'settings', label: 'Settings' }, { id: 'duplicate', label: 'Duplicate' }, 'line', { id: 'wipe', label: 'Wipe', tone: 'critical' },
    ];
    expect(idsOf(menuItems({ ...ALL, more }))).to.equal('refresh full-screen table - settings duplicate - csv png - details - remove wipe');
  });

  it('have no line beside another or at an end', () => {
    const more: MenuItem[] = ['line', { id: 'a', label: 'A' }, 'line', 'line', { id: 'b', label: 'B' }, 'line'];
    expect(idsOf(menuItems({ strings: englishMenu, canRefresh: false, hasRows: false, hasPicture: false, more }))).to.equal('a - b - details');
  });

  it('say the way back', () => {
    const labels = menuItems({ ...ALL, full: true, table: true }).map((item) => (item === 'line' ? '' : item.label));
    expect(labels).to.include.members(['Leave full screen', 'Show as chart']);
  });
});
