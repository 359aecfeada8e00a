import { expect } from '@open-wc/testing';
import type { ActionDetail } from '../../core/events.js';
import type { TableConfig } from '../../../sdk/contract/display.js';
import { activeIndex, column, indexOf, isWhole, mountTable, namedIndex, painted, press, pressHead, renew, ROW, rowAt, rows, scroller, scrollTo, search, settled, text } from '../../core/test/table-on-page.js';
import { until } from '../../core/test/until.js';
import type { CcmTable } from './table.js';

interface Order {
  id: string;
  total: number;
}

const CONFIG: TableConfig = { columns: [{ key: 'id', label: 'Order' }, { key: 'total', label: 'Total' }] };
const ACTING: TableConfig = { ...CONFIG, actions: [{ label: 'Open', action: 'open' }, { label: 'Cancel', action: 'cancel' }] };
const orders = (count: number): Order[] => Array.from({ length: count }, (_, index) => ({ id: `o-${index}`, total: (index * 7919) % count }));
const MANY = orders(100_000);

/** What fits into the box, with some to spare on both sides: far from all of them. */
const FEW = 24;
const made = (element: CcmTable) => element.shadowRoot!.querySelectorAll('.rows > *').length;

describe('ccm-table: the window of 100,000 rows', () => {
  it('makes elements only for what is seen, wherever it is scrolled', async () => {
    const element = await mountTable(CONFIG, { data: MANY });
    expect(scroller(element).getAttribute('aria-rowcount')).to.equal('100001');
    for (const top of [0, 50_000 * ROW, 99_999 * ROW, 12_345 * ROW + 17, 0]) {
      await scrollTo(element, top);
      expect(made(element)).to.be.within(10, FEW);
    }
  });

  it('places its rows by the height that the page gives them', async () => {
    document.documentElement.style.setProperty('--ccm-row-height', '48px');
    try {
      const element = await mountTable(CONFIG, { data: orders(50) });
      const tops = rows(element).map((row) => Math.round(row.getBoundingClientRect().top));
      expect(tops.slice(1).map((top, index) => top - (tops[index] ?? 0))).to.deep.equal(tops.slice(1).map(() => 48));
    } finally {
      document.documentElement.style.removeProperty('--ccm-row-height');
    }
  });

  it('shows the right rows after jumps to the middle, the end and the top', async () => {
    const element = await mountTable(CONFIG, { data: MANY });
    for (const [top, first] of [[50_000 * ROW, 50_000], [777 * ROW + 20, 777], [100_000 * ROW, 99_990], [0, 0]] as const) {
      await scrollTo(element, top);
      expect(painted(element)[0]).to.deep.equal({ expected: first, found: first });
      for (const row of rows(element)) expect(text(row.querySelector('.cell'))).to.equal(`o-${indexOf(row)}`);
    }
    await scrollTo(element, 100_000 * ROW);
    expect(text(rows(element).at(-1)!.querySelector('.cell'))).to.equal('o-99999');
    expect(rows(element).at(-1)!.getBoundingClientRect().bottom).to.be.at.most(scroller(element).getBoundingClientRect().bottom + 1);
  });

  it('keeps a row’s element while it stays in the window', async () => {
    const element = await mountTable(CONFIG, { data: MANY });
    await scrollTo(element, 1000 * ROW);
    const before = new Map(rows(element).map((row) => [indexOf(row), row]));
    await scrollTo(element, 1003 * ROW);
    const stayed = rows(element).filter((row) => before.has(indexOf(row)));
    expect(stayed.length).to.be.at.least(10);
    for (const row of stayed) expect(before.get(indexOf(row)) === row, `row ${indexOf(row)}`).to.equal(true);
  });

  it('sorts and searches all of them, not only the window', async () => {
    const element = await mountTable({ ...CONFIG, searchable: true }, { data: MANY });
    await pressHead(element, 'Total');
    await pressHead(element, 'Total');
    expect(column(element, 1)[0]).to.equal('99,999');
    await search(element, 'o-99999');
    expect(column(element, 0)).to.deep.equal(['o-99999']);
    expect(made(element)).to.be.at.most(FEW);
  });

  it('fills the window when the card grows, and leaves no row behind when there are fewer', async () => {
    const element = await mountTable(CONFIG, { data: MANY, height: 180 });
    const small = painted(element).length;
    element.parentElement!.style.height = '560px';
    await until('the larger window is whole', () => painted(element).length > small * 3 && isWhole(element));
    await scrollTo(element, 99_999 * ROW);
    await renew(element, MANY.slice(0, 3));
    expect(column(element, 0)).to.deep.equal(['o-0', 'o-1', 'o-2']);
    expect(rowAt(element, 2)!.getBoundingClientRect().bottom).to.be.below(scroller(element).getBoundingClientRect().bottom);
    expect(scroller(element).scrollTop).to.equal(0);
  });

  it('stands in a page again after it was taken out', async () => {
    const element = await mountTable(CONFIG, { data: MANY });
    const box = element.parentElement!;
    element.remove();
    box.append(element);
    await settled(element);
    await until('the window is whole', () => isWhole(element));
    await scrollTo(element, 500 * ROW);
    expect(painted(element)[0]!.found).to.equal(500);
    expect(made(element)).to.be.at.most(FEW);
  });
});

describe('ccm-table: a new answer', () => {
  it('changes what is shown where it is, without scrolling', async () => {
    const element = await mountTable(CONFIG, { data: MANY });
    await scrollTo(element, 4000 * ROW);
    await renew(element, MANY.map((row) => ({ ...row, id: `n-${row.id}` })));
    expect(scroller(element).scrollTop).to.equal(4000 * ROW);
    expect(text(rowAt(element, 4000)!.querySelector('.cell'))).to.equal('n-o-4000');
    expect(isWhole(element)).to.equal(true);
  });

  it('keeps the active row, and lets it go where it is gone', async () => {
    const element = await mountTable(CONFIG, { data: orders(50) });
    await press(element, 'End');
    await renew(element, orders(50).map((row) => ({ ...row, total: 1 })));
    expect([namedIndex(element), activeIndex(element)]).to.deep.equal([49, 49]);
    await renew(element, orders(5));
    expect([namedIndex(element), activeIndex(element)]).to.deep.equal([undefined, undefined]);
  });

  it('never lets Enter act on another row than the one that was chosen', async () => {
    const moves: Record<string, (element: CcmTable) => Promise<void>> = {
      'a row came before it': (element) => renew(element, [{ id: 'new', total: 1 }, ...orders(20)]),
      'it was sorted': (element) => pressHead(element, 'Total'),
      'a search left other rows': (element) => search(element, 'o-1'),
    };
    for (const [why, move] of Object.entries(moves)) {
      const element = await mountTable({ ...ACTING, searchable: true }, { data: orders(20) });
      const heard: ActionDetail[] = [];
      element.addEventListener('ccm-action', ({ detail }) => heard.push(detail));
      await press(element, 'Home');
      await press(element, 'ArrowDown');
      await press(element, 'ArrowDown');
      await press(element, 'Enter');
      await move(element);
      await press(element, 'Enter');
      expect(heard.map(({ rowKey }) => rowKey).filter((key) => key !== 'o-2'), why).to.deep.equal([]);
    }
  });
});
