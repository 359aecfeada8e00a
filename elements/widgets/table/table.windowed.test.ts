import { expect } from '@open-wc/testing';
import type { ActionDetail } from '../../core/events.js';
import type { TableConfig } from '../../../sdk/contract/display.js';
import type { RowRequest } from '../../core/widget-view.js';
import { ownClock } from '../../core/test/own-clock.js';
import { activeIndex, column, heads, mountTable, named, namedIndex, press, pressHead, renew, ROW, rowAt, rows, scroller, scrollTo, search, settled, tableOf, text } from '../../core/test/table-on-page.js';
import { until } from '../../core/test/until.js';
import type { CcmTable } from './table.js';

interface Order {
  id: string;
  total: number;
}

const COUNT = 100_000;
const CONFIG: TableConfig = { columns: [{ key: 'id', label: 'Order' }, { key: 'total', label: 'Total' }], windowed: true, searchable: true };
const order = (index: number): Order => ({ id: `o-${index}`, total: (index * 7919) % COUNT });
const ALL = Array.from({ length: COUNT }, (_, index) => order(index));
const byTotal = [...ALL].sort((a, b) => a.total - b.total);

/** An edge's answers to windows, as the test lets them be. */
class Rows {
  all: readonly Order[] = ALL;
  readonly asked: RowRequest[] = [];
  failing: unknown;
  #held: (() => void)[] | undefined;

  readonly window = async (request: RowRequest) => {
    this.asked.push(request);
    if (this.#held) await new Promise<void>((resolve) => this.#held?.push(resolve));
    if (this.failing) throw this.failing;
    const sorted = request.sort === 'total' ? byTotal : request.sort === '-total' ? [...byTotal].reverse() : this.all;
    const found = request.search === undefined ? sorted : sorted.filter(({ id }) => id.includes(request.search ?? ''));
    return { rows: found.slice(request.from, request.from + request.count), total: found.length };
  };

  hold(): void {
    this.#held = [];
  }

  letGo(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const go of held) go();
  }
}

async function mountWindowed(config: Partial<TableConfig> = {}, edge = new Rows()): Promise<{ element: CcmTable; edge: Rows }> {
  const element = await mountTable({ ...CONFIG, ...config }, { data: ALL.slice(0, 100), total: COUNT, window: edge.window });
  await until('the code for windows is there', () => scroller(element).getAttribute('aria-rowcount') !== null && rows(element).length > 0);
  return { element, edge };
}
const ids = (element: CcmTable) => column(element, 0);
const jump = async (element: CcmTable, index: number) => {
  scroller(element).scrollTop = index * ROW;
  await settled(element);
};
const shows = (element: CcmTable, id: string) => until(`${id} is shown`, () => ids(element).includes(id));
const faults = (element: CcmTable) => [...element.shadowRoot!.querySelectorAll<HTMLElement>('.row:not([hidden]) .fault:not([hidden])')];

describe('ccm-table: rows at the edge', () => {
  const clock = ownClock();

  it('begins with those that it was given, and asks for none', async () => {
    const { element, edge } = await mountWindowed();
    expect(ids(element).slice(0, 3)).to.deep.equal(['o-0', 'o-1', 'o-2']);
    expect(scroller(element).getAttribute('aria-rowcount')).to.equal('100001');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(edge.asked).to.deep.equal([]);
  });

  it('shows that rows are on their way, then the rows; of what was scrolled past it asks nothing', async () => {
    const { element, edge } = await mountWindowed();
    edge.hold();
    for (const at of [10_000, 20_000, 30_000, 50_020]) await jump(element, at);
    const row = rowAt(element, 50_021)!;
    expect([text(row), row.ariaLabel, row.classList.contains('missing')]).to.deep.equal(['', 'Loading', true]);
    await until('it asked', () => edge.asked.length > 0);
    edge.letGo();
    await shows(element, 'o-50021');
    expect([text(rowAt(element, 50_021)!.querySelector('.cell')), rowAt(element, 50_021)!.ariaLabel]).to.deep.equal(['o-50021', null]);
    expect(edge.asked.length, 'a few windows at most').to.be.below(4);
    expect(edge.asked.at(-1)).to.include({ from: 50_000, count: 100 });
    const count = edge.asked.length;
    await jump(element, 0);
    await jump(element, 50_020);
    await shows(element, 'o-50021');
    expect(edge.asked.length, 'what is here is not asked for again').to.equal(count);
  });

  it('keeps a bounded number of them', async () => {
    const { element, edge } = await mountWindowed();
    // Each time the end of a window and the beginning of the next.
    for (let at = 0; at < 30; at += 1) {
      await jump(element, 1095 + at * 200);
      await clock.pass(60);
      await shows(element, `o-${1102 + at * 200}`);
    }
    const count = edge.asked.length;
    await jump(element, 1095);
    await shows(element, 'o-1102');
    expect(edge.asked.length).to.be.above(count);
    expect(element.asTable()!.rows.length).to.be.at.most(5_100);
  });

  it('is sorted there: the old order stays until the new one is here, pressing twice asks once', async () => {
    const { element, edge } = await mountWindowed();
    await jump(element, 500);
    edge.hold();
    const head = heads(element).find((one) => text(one) === 'Total')!.querySelector('button')!;
    head.click();
    head.click();
    await settled(element);
    expect([scroller(element).ariaBusy, scroller(element).scrollTop, ids(element)[0]]).to.deep.equal(['true', 0, 'o-0']);
    edge.letGo();
    await until('it is sorted', () => column(element, 1)[0] === '99,999');
    expect(edge.asked.filter(({ from }) => from === 0)).to.deep.equal([{ from: 0, count: 100, sort: '-total', search: undefined }]);
    expect(scroller(element).ariaBusy).to.equal('false');
    await jump(element, 60_000);
    await until('its windows too', () => column(element, 1).includes(text(rowAt(element, 60_001)!.querySelectorAll('.cell')[1]!)) && rowAt(element, 60_001)!.textContent.trim() !== '');
    expect(edge.asked.at(-1)!.sort).to.equal('-total');
    // The third press leads back to what it was given: no question.
    const count = edge.asked.length;
    await pressHead(element, 'Total');
    expect(ids(element)[0]).to.equal('o-0');
    expect(edge.asked).to.have.length(count);
  });

  it('is asked for anew at once where the first rows are in another order than the definition wants', async () => {
    const edge = new Rows();
    const element = await mountTable({ ...CONFIG, sortBy: 'total' }, { data: ALL.slice(0, 100), total: COUNT, sort: 'id', window: edge.window });
    await until('it is sorted', () => column(element, 1)[1] === '1');
    expect(edge.asked[0]).to.deep.equal({ from: 0, count: 100, sort: 'total', search: undefined });
    const same = new Rows();
    await mountTable({ ...CONFIG, sortBy: 'total' }, { data: byTotal.slice(0, 100), total: COUNT, sort: 'total', window: same.window });
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(same.asked).to.deep.equal([]);
  });

  it('is searched there once typing rests, and says when nothing matches', async () => {
    const { element, edge } = await mountWindowed();
    for (const words of ['o-9', 'o-99', 'o-999']) await search(element, words);
    await until('it found', () => scroller(element).getAttribute('aria-rowcount') === '112');
    expect(edge.asked).to.deep.equal([{ from: 0, count: 100, sort: undefined, search: 'o-999' }]);
    expect(ids(element)[0]).to.equal('o-999');
    expect(text(element.shadowRoot!.querySelector('[aria-live]'))).to.equal('1–111 of 111');
    await search(element, 'nothing like this');
    await until('it says so', () => text(element.shadowRoot!.querySelector('.message')) === 'Nothing matches');
    await search(element, '');
    expect(ids(element)[0]).to.equal('o-0');
    expect(scroller(element).getAttribute('aria-rowcount')).to.equal('100001');
  });

  it('takes no late answer to a question that is not asked any more', async () => {
    const { element, edge } = await mountWindowed();
    edge.hold();
    await search(element, 'o-5');
    await until('it asked', () => edge.asked.length === 1);
    await search(element, '');
    edge.letGo();
    await settled(element);
    expect([ids(element)[0], scroller(element).getAttribute('aria-rowcount')]).to.deep.equal(['o-0', '100001']);
  });

  it('with another answer asks again for what is seen, and shows what was there until then', async () => {
    const { element, edge } = await mountWindowed();
    await jump(element, 50_020);
    await shows(element, 'o-50021');
    const seen = edge.asked.length;
    edge.all = ALL.map(({ id, total }) => ({ id: `n-${id}`, total }));
    edge.hold();
    element.total = COUNT - 1;
    await renew(element, edge.all.slice(0, 100));
    expect(ids(element)).to.include('o-50021');
    edge.letGo();
    await shows(element, 'n-o-50021');
    expect(edge.asked.length - seen).to.be.within(1, 2);
    await jump(element, 0);
    expect(ids(element)[0]).to.equal('n-o-0');
  });

  it('says in a row that rows could not be had, and gets them when asked again, by mouse and by keys', async () => {
    for (const again of ['mouse', 'keys']) {
      const { element, edge } = await mountWindowed();
      edge.failing = Object.assign(new Error('away'), { code: 'network', detail: 'Failed to fetch' });
      await jump(element, 50_020);
      await until('it says so', () => faults(element).length > 0);
      expect(text(faults(element)[0])).to.equal('These rows could not be loaded. Try again');
      edge.failing = undefined;
      if (again === 'mouse') faults(element)[0]!.querySelector('button')!.click();
      else {
        await press(element, 'End');
        await press(element, 'Home');
        await press(element, 'ArrowDown');
        await jump(element, 50_020);
        edge.failing = new Error('once more');
        await press(element, 'End');
        await until('the last ones fail', () => faults(element).length > 0);
        edge.failing = undefined;
        await press(element, 'Enter');
      }
      await until('all is well', () => faults(element).length === 0 && !ids(element).includes(''));
    }
  });

  it('says of a search that fails that it failed, and asks it again', async () => {
    const { element, edge } = await mountWindowed();
    edge.failing = Object.assign(new Error('no'), { code: 'bad_request', detail: 'search is possible up to 5 rows.' });
    await search(element, 'o-77');
    await until('it says why', () => text(faults(element)[0]).startsWith('search is possible up to 5 rows.'));
    edge.failing = undefined;
    faults(element)[0]!.querySelector('button')!.click();
    await shows(element, 'o-77');
    expect(faults(element)).to.have.length(0);
  });

  it('is walked by keys across what is not here yet, and acts on the row that came', async () => {
    const { element, edge } = await mountWindowed({ actions: [{ label: 'Open', action: 'open' }] });
    const heard: ActionDetail[] = [];
    element.addEventListener('ccm-action', ({ detail }) => heard.push(detail));
    edge.hold();
    await press(element, 'End');
    expect([activeIndex(element), namedIndex(element)]).to.deep.equal([99_999, 99_999]);
    await press(element, 'Enter');
    expect(heard, 'a row on its way is not acted on').to.deep.equal([]);
    await until('it asked', () => edge.asked.length > 0);
    edge.letGo();
    await shows(element, 'o-99999');
    await press(element, 'ArrowUp');
    await press(element, 'Enter');
    expect(heard.map(({ row, rowKey }) => [row, rowKey])).to.deep.equal([[ALL[99_998], 'o-99998']]);
    expect(text(named(element)!.querySelector('.cell'))).to.equal('o-99998');
  });

  it('keeps the active row where it stands after another answer, and none where it is not known', async () => {
    const { element, edge } = await mountWindowed();
    for (let at = 0; at < 4; at += 1) await press(element, 'ArrowDown');
    edge.all = [{ id: 'new', total: 0 }, ...ALL];
    element.total = COUNT + 1;
    await renew(element, edge.all.slice(0, 100));
    expect(activeIndex(element)).to.equal(4);
    expect(text(named(element)!.querySelector('.cell'))).to.equal('o-3');
    element.total = COUNT - 10;
    await renew(element, ALL.slice(10, 110));
    expect(activeIndex(element)).to.equal(undefined);
  });

  it('has pages too, each asked for when it is turned to', async () => {
    const { element, edge } = await mountWindowed({ pagination: { enabled: true, pageSize: 40 } });
    const status = () => text(element.shadowRoot!.querySelector('[role=status]'));
    const next = element.shadowRoot!.querySelector<HTMLButtonElement>('.pages [aria-label="Next page"]')!;
    expect([status(), scroller(element).getAttribute('aria-rowcount')]).to.deep.equal(['1–40 of 100000', '41']);
    for (let turns = 0; turns < 3; turns += 1) {
      next.click();
      await settled(element);
    }
    await shows(element, 'o-120');
    expect(status()).to.equal('121–160 of 100000');
    expect(edge.asked).to.deep.equal([{ from: 100, count: 100, sort: undefined, search: undefined }]);
    await press(element, 'End');
    await shows(element, 'o-159');
    expect(text(named(element)!.querySelector('.cell'))).to.equal('o-159');
  });

  it('gives what is here as a table', async () => {
    const { element } = await mountWindowed();
    await jump(element, 50_020);
    await shows(element, 'o-50021');
    const given = element.asTable()!.rows;
    expect([given.length % 100, given[0], given.at(-1)]).to.deep.equal([0, ['o-0', 0], ['o-50099', order(50_099).total]]);
  });

  it('becomes a table of its own rows when an answer is whole', async () => {
    const { element, edge } = await mountWindowed();
    element.total = undefined;
    await renew(element, ALL.slice(0, 300));
    expect(scroller(element).getAttribute('aria-rowcount')).to.equal('301');
    await pressHead(element, 'Order');
    await pressHead(element, 'Order');
    expect(ids(element)[0]).to.equal('o-99');
    expect(edge.asked).to.deep.equal([]);
  });

  it('asks nothing more once it is gone', async () => {
    const { element, edge } = await mountWindowed();
    await jump(element, 50_000);
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(edge.asked).to.deep.equal([]);
  });

  it('shows what comes of any shape, and breaks at none', async () => {
    for (const answer of [[null, 7, 'x'], [], [[1], {}]]) {
      const element = await mountTable(CONFIG, { data: ALL.slice(0, 100), total: 1000, window: () => Promise.resolve({ rows: answer, total: 1000 }) });
      await jump(element, 500);
      await until('nothing is broken', () => rows(element).length > 0);
      expect(element.shadowRoot!.textContent).not.to.match(/undefined|NaN|object/);
    }
    expect(tableOf(CONFIG).tableConfig!.windowed).to.equal(true);
  });

  it('is accessible while rows are on their way, and where they cannot be had', async () => {
    const { element, edge } = await mountWindowed({ actions: [{ label: 'Open', action: 'open', icon: 'Check' }] });
    edge.hold();
    await jump(element, 50_020);
    await expect(element).to.be.accessible();
    edge.failing = new Error('away');
    await until('it asked', () => edge.asked.length > 0);
    edge.letGo();
    await until('it says so', () => faults(element).length > 0);
    await expect(element).to.be.accessible();
  });
});

describe('ccm-table: more rows than a page is high', () => {
  it('reaches the last of half a million, by the wheel and by keys', async () => {
    const many = Array.from({ length: 500_000 }, (_, index) => ({ id: `m-${index}`, total: index }));
    const element = await mountTable({ columns: CONFIG.columns }, { data: many });
    const box = scroller(element);
    box.scrollTop = box.scrollHeight;
    await until('the last is shown', () => ids(element).at(-1) === 'm-499999');
    expect(rowAt(element, 499_999)!.getBoundingClientRect().bottom).to.be.within(box.getBoundingClientRect().bottom - 3, box.getBoundingClientRect().bottom + 3);
    box.scrollTop = box.scrollHeight / 2;
    await until('the middle is shown', () => Math.abs(Number((ids(element)[0] ?? '').slice(2)) - 250_000) < 30);
    for (const [key, index] of [['End', 499_999], ['ArrowUp', 499_998], ['Home', 0], ['ArrowDown', 1]] as const) {
      await press(element, key);
      expect(namedIndex(element), key).to.equal(index);
      const { top, bottom } = named(element)!.getBoundingClientRect();
      expect(top, key).to.be.at.least(box.getBoundingClientRect().top + ROW - 3);
      expect(bottom, key).to.be.at.most(box.getBoundingClientRect().bottom + 3);
    }
    await scrollTo(element, 0);
  });
});
