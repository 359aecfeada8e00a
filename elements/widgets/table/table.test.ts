import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { TableColumn, TableConfig } from '../../../sdk/contract/display.js';
import { cell, column, heads, mountTable, press, pressHead, renew, rows, scroller, search, settled, tableOf, text } from '../../core/test/table-on-page.js';
import { until } from '../../core/test/until.js';
import { CcmWidget } from '../../widget/ccm-widget.js';
import type { CcmTable } from './table.js';

CcmWidget.define('ccm-widget');

const STOCK = [
  { sku: 'b-2', name: 'Bureau', stock: 10, price: 120 },
  { sku: 'a-1', name: 'Åkerman chair', stock: 9, price: 45.5 },
  { sku: 'c-3', name: 'Cabinet', stock: null, price: 310.25 },
  { sku: 'd-4', name: 'Desk', stock: 100, price: 99 },
];
const COLUMNS: TableColumn[] = [{ key: 'name', label: 'Name' }, { key: 'stock', label: 'Stock' }];
const message = (element: CcmTable) => text(element.shadowRoot!.querySelector('.message'));

describe('ccm-table: sorting', () => {
  const sortOf = (element: CcmTable, label: string) => heads(element).find((head) => text(head) === label)!.getAttribute('aria-sort');

  it('goes up, down and back to the answer’s own order by presses on a head', async () => {
    const element = await mountTable({ columns: COLUMNS }, { data: STOCK });
    const seen: [string | null, string[]][] = [];
    for (let presses = 0; presses < 3; presses += 1) {
      await pressHead(element, 'Stock');
      seen.push([sortOf(element, 'Stock'), column(element, 1)]);
    }
    // By size, not by letters; what has no value comes last either way.
    expect(seen).to.deep.equal([['ascending', ['9', '10', '100', '–']], ['descending', ['100', '10', '9', '–']], ['none', ['10', '9', '–', '100']]]);
  });

  it('sorts numbers that came as text by size, and words as people of the locale do', async () => {
    const data = [{ name: 'zebra', stock: '10' }, { name: 'Öl', stock: '9' }, { name: 'apple', stock: '1e2' }];
    const element = await mountTable({ columns: COLUMNS }, { data, display: { locale: 'de' } });
    await pressHead(element, 'Stock');
    expect(column(element, 1)).to.deep.equal(['9', '10', '1e2']);
    await pressHead(element, 'Name');
    expect(column(element, 0)).to.deep.equal(['apple', 'Öl', 'zebra']);
    expect([sortOf(element, 'Name'), sortOf(element, 'Stock')]).to.deep.equal(['ascending', 'none']);
  });

  it('offers it only where the definition does not forbid it', async () => {
    const element = await mountTable({ columns: [COLUMNS[0]!, { ...COLUMNS[1]!, sortable: false }] }, { data: STOCK });
    expect(heads(element).map((head) => head.querySelector('button') !== null)).to.deep.equal([true, false]);
    expect(heads(element)[1]!.hasAttribute('aria-sort')).to.equal(false);
  });

  it('begins as the definition says, also by a field that is no column', async () => {
    const byStock = await mountTable({ columns: COLUMNS, sortBy: 'stock', sortOrder: 'desc' }, { data: STOCK });
    expect(column(byStock, 1)).to.deep.equal(['100', '10', '9', '–']);
    expect(sortOf(byStock, 'Stock')).to.equal('descending');
    const bySku = await mountTable({ columns: COLUMNS, sortBy: 'sku' }, { data: STOCK });
    expect(column(bySku, 0)).to.deep.equal(['Åkerman chair', 'Bureau', 'Cabinet', 'Desk']);
  });

  it('keeps a reader’s order through new answers and an equal definition, until the definition wants another', async () => {
    const config: TableConfig = { columns: COLUMNS, sortBy: 'stock' };
    const element = await mountTable(config, { data: STOCK });
    await pressHead(element, 'Name');
    await renew(element, [...STOCK, { name: 'Box', stock: 1 }]);
    element.widget = tableOf({ ...config });
    await settled(element);
    expect(column(element, 0)).to.deep.equal(['Åkerman chair', 'Box', 'Bureau', 'Cabinet', 'Desk']);
    element.widget = tableOf({ ...config, sortOrder: 'desc' });
    await settled(element);
    expect(column(element, 1)).to.deep.equal(['100', '10', '9', '1', '–']);
  });
});

describe('ccm-table: searching', () => {
  const config: TableConfig = { columns: COLUMNS, searchable: true, pagination: { enabled: true, pageSize: 2 } };

  it('finds rows of every page, in any column and case', async () => {
    const element = await mountTable(config, { data: STOCK });
    await search(element, ' DESK ');
    expect(column(element, 0)).to.deep.equal(['Desk']);
    await search(element, 'åk');
    expect(column(element, 0)).to.deep.equal(['Åkerman chair']);
    await search(element, '100');
    expect(column(element, 1)).to.deep.equal(['100']);
    // Fields that are not shown are not searched.
    await search(element, 'b-2');
    expect(rows(element)).to.have.length(0);
  });

  it('says that nothing matches, and shows all again once Escape emptied the field', async () => {
    const element = await mountTable(config, { data: STOCK });
    element.shadowRoot!.querySelector<HTMLInputElement>('input')!.focus();
    await sendKeys({ type: 'nothing like this' });
    await until('it says so', () => message(element) === 'Nothing matches');
    expect(rows(element)).to.have.length(0);
    expect(scroller(element).clientHeight, 'its heads stay').to.be.at.least(36);
    await sendKeys({ press: 'Escape' });
    await until('all are back', () => rows(element).length === 2);
    expect(message(element)).to.equal('');
  });

  it('is offered only where the definition says so, with a name', async () => {
    const input = (element: CcmTable) => element.shadowRoot!.querySelector('input');
    expect(input(await mountTable({ columns: COLUMNS }, { data: STOCK })) === null).to.equal(true);
    expect(input(await mountTable(config, { data: STOCK }))!.getAttribute('aria-label')).to.equal('Search');
  });

  it('takes words for words: no pattern, no path, no time to speak of', async () => {
    const data = [{ name: '(a+)+$' }, { name: 'a'.repeat(50_000) }];
    const element = await mountTable({ columns: COLUMNS, searchable: true }, { data });
    const began = performance.now();
    await search(element, '(a+)+$');
    expect(performance.now() - began).to.be.below(500);
    expect(column(element, 0)).to.deep.equal(['(a+)+$']);
    await search(element, '.*');
    expect(rows(element)).to.have.length(0);
  });
});

describe('ccm-table: pages', () => {
  const data = Array.from({ length: 60 }, (_, index) => ({ name: `Row ${index}`, stock: index }));
  const status = (element: CcmTable) => text(element.shadowRoot!.querySelector('[role=status]'));
  const buttons = (element: CcmTable) => [...element.shadowRoot!.querySelectorAll<HTMLButtonElement>('.pages button')];
  // Not `disabled`: a button that is loses the focus of one who works by keys.
  const rests = (button: HTMLButtonElement) => button.disabled || button.ariaDisabled === 'true';
  const turn = async (element: CcmTable, at: 0 | 1) => {
    buttons(element)[at]!.click();
    await settled(element);
  };

  it('turn by buttons that rest at the ends, and say where they are', async () => {
    const element = await mountTable({ columns: COLUMNS, pagination: { enabled: true, pageSize: 25 } }, { data });
    const seen: unknown[] = [];
    for (const at of [undefined, 1, 1, 0] as const) {
      if (at !== undefined) await turn(element, at);
      seen.push([status(element), ...buttons(element).map(rests), column(element, 1)[0]]);
    }
    expect(seen).to.deep.equal([['1–25 of 60', true, false, '0'], ['26–50 of 60', false, false, '25'], ['51–60 of 60', false, true, '50'], ['26–50 of 60', false, false, '25']]);
    await turn(element, 0);
    await turn(element, 0);
    expect([status(element), column(element, 1)[0]]).to.deep.equal(['1–25 of 60', '0']);
    expect(buttons(element).map((button) => button.ariaLabel)).to.deep.equal(['Previous page', 'Next page']);
    for (const button of buttons(element)) expect(Math.min(button.offsetWidth, button.offsetHeight), 'room for a finger').to.be.at.least(24);
    expect(scroller(element).getAttribute('aria-rowcount')).to.equal('26');
  });

  it('begin at the top, wherever the one before was scrolled to', async () => {
    const element = await mountTable({ columns: COLUMNS, pagination: { enabled: true, pageSize: 25 } }, { data });
    await press(element, 'End');
    expect(scroller(element).scrollTop).to.be.above(0);
    await turn(element, 1);
    expect(scroller(element).scrollTop).to.equal(0);
    expect(column(element, 1)[0]).to.equal('25');
  });

  it('hold 25 rows where the definition names no size; there are none where it wants none, or one is enough', async () => {
    expect(status(await mountTable({ columns: COLUMNS, pagination: { enabled: true } }, { data }))).to.equal('1–25 of 60');
    expect(buttons(await mountTable({ columns: COLUMNS, pagination: { enabled: false, pageSize: 10 } }, { data }))).to.have.length(0);
    expect(buttons(await mountTable({ columns: COLUMNS, pagination: { enabled: true, pageSize: 60 } }, { data }))).to.have.length(0);
  });

  it('stay through a new answer, and never stand behind the last row', async () => {
    const element = await mountTable({ columns: COLUMNS, searchable: true, pagination: { enabled: true, pageSize: 25 } }, { data });
    await turn(element, 1);
    await renew(element, data.map((row) => ({ ...row, stock: row.stock + 1 })));
    expect([status(element), column(element, 1)[0]]).to.deep.equal(['26–50 of 60', '26']);
    await turn(element, 1);
    await renew(element, data.slice(0, 30));
    expect([status(element), rows(element).length]).to.deep.equal(['26–30 of 30', 5]);
    await search(element, 'row 2');
    expect([status(element), column(element, 0)[0]]).to.deep.equal(['', 'Row 2']);
  });
});

describe('ccm-table: on a page', () => {
  const config: TableConfig = {
    columns: [
      { key: 'sku', label: 'Article number', link: 'url' }, { key: 'name', label: 'Name' }, { key: 'stock', label: 'In stock', badge: true },
      { key: 'price', label: 'Price', format: 'currency', thresholds: [{ value: 100, color: 'red' }, { value: 300, color: 'green' }] },
    ],
    searchable: true, actions: [{ label: 'Order', action: 'order' }], pagination: { enabled: true, pageSize: 3 },
  };
  const data = STOCK.map((row) => ({ ...row, url: `https://shop.example/${row.sku}` }));

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible (${theme})`, async () => {
      const element = await mountTable(config, { data, theme });
      await pressHead(element, 'Name');
      await press(element, 'ArrowDown');
      await expect(element).to.be.accessible();
      await search(element, 'nothing like this');
      await expect(element).to.be.accessible();
      await renew(element, []);
      await expect(element).to.be.accessible();
    });
  }

  for (const dir of ['ltr', 'rtl'] as const) {
    it(`that is scrolled sideways shows its ring and its active row at every side, and its end whole (${dir})`, async () => {
      const columns = ['A', 'B', 'C', 'D', 'E'].map((label) => ({ key: 'price', label, format: 'currency' as const }));
      const element = await mountTable({ columns }, { data: [{ price: 123_456.5 }], dir, width: 320 });
      const view = scroller(element);
      expect(view.className).to.contain('wide');
      // Outside, where neither the head nor the column that stays lies over it.
      expect(Number.parseFloat(getComputedStyle(view).outlineOffset)).to.be.at.least(0);
      await press(element, 'ArrowDown');
      expect(getComputedStyle(cell(element, 0, 0)).boxShadow).to.contain(dir === 'ltr' ? ' 2px 0px' : ' -2px 0px');
      view.scrollLeft = dir === 'ltr' ? 10_000 : -10_000;
      const [end, edge] = [cell(element, 0, 4).getBoundingClientRect(), view.getBoundingClientRect()];
      expect(dir === 'ltr' ? edge.right - end.right : end.left - edge.left, 'what fades at the end is empty').to.equal(12);
      // The heads fade with what is below them.
      const layer = (part: string, before?: string) => Number(getComputedStyle(element.shadowRoot!.querySelector(part)!, before).zIndex);
      expect(layer('.grid', '::before')).to.be.above(layer('.head'));
      // What fades is no higher than the rows.
      expect(view.scrollHeight).to.equal(view.clientHeight);
    });

    it(`that is lower than its heads and a row shows the row (${dir})`, async () => {
      const columns = ['A', 'B', 'C', 'D', 'E'].map((label) => ({ key: 'price', label, format: 'currency' as const }));
      for (const [height, head] of [[52, 'none'], [90, 'grid']] as const) {
        const element = await mountTable({ columns }, { data: STOCK, dir, width: 320, height });
        await until(`the head is ${head}`, () => getComputedStyle(element.shadowRoot!.querySelector('.head')!).display === head);
        expect(cell(element, 0, 0).getBoundingClientRect().bottom).to.be.at.most(scroller(element).getBoundingClientRect().bottom);
      }
    });

    it(`keeps inside a card of 320 px, its heads over their columns (${dir})`, async () => {
      const page = await fixture<HTMLElement>(html`<div dir=${dir} style="width: 320px">
        <ccm-widget .config=${tableOf(config) as never} .data=${data}></ccm-widget>
      </div>`);
      const card = page.querySelector('ccm-widget')!;
      await until('the table is drawn', () => card.shadowRoot!.querySelector('ccm-table')?.shadowRoot?.querySelector('.row .cell') != null);
      const table = card.shadowRoot!.querySelector('ccm-table')!;
      const frame = card.getBoundingClientRect();
      expect(Math.round(frame.width)).to.equal(320);
      for (const part of ['.search', '.scroller', '.pages', '.pages button:last-child']) {
        const box = table.shadowRoot!.querySelector(part)!.getBoundingClientRect();
        expect([box.left >= frame.left, box.right <= frame.right, box.top >= frame.top, box.bottom <= frame.bottom + 0.5], part).to.deep.equal([true, true, true, true]);
      }
      // The last line has air below it, as it has on its sides.
      expect(frame.bottom - table.shadowRoot!.querySelector('.pages button')!.getBoundingClientRect().bottom, 'below the pages').to.be.at.least(4);
      expect([page.scrollWidth, page.scrollHeight]).to.deep.equal([320, Math.round(frame.height)]);
      // Some of it can be read at all.
      expect(scroller(table).clientHeight).to.be.above(36 * 2);
      const edges = (node: Element) => [node.getBoundingClientRect().left, node.getBoundingClientRect().right].map(Math.round);
      for (const at of [0, 1, 2, 3, 4]) expect(edges(cell(table, 0, at))).to.deep.equal(edges(heads(table)[at]!));
    });
  }
});
