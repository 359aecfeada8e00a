import { expect } from '@open-wc/testing';
import type { ActionDetail } from '../../core/events.js';
import type { TableConfig } from '../../../sdk/contract/display.js';
import { activeIndex, mountTable, named, namedIndex, press, pressHead, ROW, rowAt, scroller, scrollTo, search, settled } from '../../core/test/table-on-page.js';
import type { CcmTable } from './table.js';

interface Order {
  id: string;
  total: number;
}

const CONFIG: TableConfig = { columns: [{ key: 'id', label: 'Order' }, { key: 'total', label: 'Total' }] };
const ACTING: TableConfig = { ...CONFIG, actions: [{ label: 'Open', action: 'open' }, { label: 'Cancel', action: 'cancel' }] };
const orders = (count: number): Order[] => Array.from({ length: count }, (_, index) => ({ id: `o-${index}`, total: (index * 7919) % count }));
const MANY = orders(100_000);

describe('ccm-table: the keyboard', () => {
  it('moves through the rows, a page at a time and to both ends', async () => {
    const element = await mountTable(CONFIG, { data: MANY });
    const seen: (number | undefined)[] = [];
    const down = Array.from({ length: 15 }, () => 'ArrowDown');
    for (const key of [...down, 'Home', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'End', 'ArrowDown', 'PageUp', 'Home', 'PageDown']) {
      expect((await press(element, key)).defaultPrevented, key).to.equal(true);
      seen.push(namedIndex(element));
      expect(activeIndex(element), key).to.equal(seen.at(-1));
      const { top, bottom } = named(element)!.getBoundingClientRect();
      const box = scroller(element).getBoundingClientRect();
      // Below the head, which stays, and above the end of the window.
      expect(top, key).to.be.at.least(box.top + ROW - 1);
      expect(bottom, key).to.be.at.most(box.bottom + 1);
    }
    const leap = seen.at(-1)!;
    expect(leap).to.be.within(5, 10);
    expect(seen).to.deep.equal([...down.keys(), 0, 1, 0, 0, 99_999, 99_999, 99_999 - leap, 0, leap]);
    expect(element.shadowRoot!.querySelectorAll('.row.active')).to.have.length(1);
  });

  it('leaves other keys to the page', async () => {
    const element = await mountTable(CONFIG, { data: orders(3) });
    for (const key of ['Tab', 'a', 'Escape', 'ArrowLeft']) expect((await press(element, key)).defaultPrevented, key).to.equal(false);
    expect([namedIndex(element), activeIndex(element)]).to.deep.equal([undefined, undefined]);
  });

  it('has one stop for all rows', async () => {
    const element = await mountTable(CONFIG, { data: MANY });
    await press(element, 'ArrowDown');
    expect(scroller(element).tabIndex).to.equal(0);
    expect(element.shadowRoot!.querySelectorAll('.rows [tabindex], .rows button, .rows a')).to.have.length(0);
  });

  it('never names a row that is not the active one', async () => {
    const element = await mountTable({ ...CONFIG, pagination: { enabled: true, pageSize: 500 } }, { data: MANY });
    await press(element, 'Home');
    await scrollTo(element, 300 * ROW);
    expect(namedIndex(element), 'after the wheel').to.be.oneOf([undefined, 0]);
    await press(element, 'ArrowDown');
    expect(namedIndex(element)).to.equal(1);
    element.shadowRoot!.querySelector<HTMLButtonElement>('.pages [aria-label="Next page"]')!.click();
    await settled(element);
    expect(element.shadowRoot!.querySelector('.pages')!.textContent).to.contain('501–1000');
    expect(namedIndex(element), 'after a page was turned').to.equal(activeIndex(element));
  });
});

describe('ccm-table: actions of a row', () => {
  const heardFrom = (element: CcmTable) => {
    const heard: CustomEvent<ActionDetail>[] = [];
    element.addEventListener('ccm-action', (event) => heard.push(event));
    return heard;
  };
  const button = (element: CcmTable, row: number, at: number) => rowAt(element, row)!.querySelectorAll<HTMLButtonElement>('button')[at]!;

  it('tells the row and its key, across every boundary', async () => {
    const data = orders(4);
    const element = await mountTable(ACTING, { data });
    const heard = heardFrom(element);
    button(element, 2, 1).click();
    expect(heard).to.have.length(1);
    expect(heard[0]!.detail).to.deep.equal({ widgetId: 'orders', action: 'cancel', row: data[2], rowKey: 'o-2' });
    expect(heard[0]!.detail.row).to.equal(data[2]);
    expect(heard[0]!.bubbles && heard[0]!.composed).to.equal(true);
  });

  it('does the first one by Enter on the active row, and none without an active row', async () => {
    const element = await mountTable(ACTING, { data: orders(4) });
    const heard = heardFrom(element);
    await press(element, 'Enter');
    expect(heard).to.have.length(0);
    await press(element, 'End');
    await press(element, 'Enter');
    expect(heard.map(({ detail: { action, rowKey } }) => [action, rowKey])).to.deep.equal([['open', 'o-3']]);
    const without = await mountTable(CONFIG, { data: orders(4) });
    const silent = heardFrom(without);
    await press(without, 'Home');
    await press(without, 'Enter');
    expect(silent).to.have.length(0);
  });

  it('acts on the row that is seen, after scrolling, sorting and searching', async () => {
    const element = await mountTable({ ...ACTING, searchable: true }, { data: MANY });
    const heard = heardFrom(element);
    await scrollTo(element, 60_000 * ROW);
    button(element, 60_002, 0).click();
    await pressHead(element, 'Total');
    await pressHead(element, 'Total');
    await scrollTo(element, 0);
    button(element, 0, 0).click();
    await search(element, 'o-99998');
    button(element, 0, 0).click();
    const most = MANY.find(({ total }) => total === 99_999)!;
    expect(heard.map(({ detail }) => detail.row)).to.deep.equal([MANY[60_002], most, MANY[99_998]]);
    expect(heard.map(({ detail }) => detail.rowKey)).to.deep.equal(['o-60002', most.id, 'o-99998']);
  });

  it('tells rows apart by the field that is named, else by their place in the answer', async () => {
    const byTotal = await mountTable({ ...ACTING, rowKey: 'total' }, { data: [{ id: 'a', total: 9 }] });
    const keys: string[] = [];
    for (const element of [byTotal, await mountTable(ACTING, { data: [{ total: 2 }, { total: 1 }] })]) {
      element.addEventListener('ccm-action', ({ detail }) => keys.push(detail.rowKey));
      await pressHead(element, 'Total');
      button(element, 0, 0).click();
    }
    expect(keys).to.deep.equal(['9', '#1']);
  });
});
