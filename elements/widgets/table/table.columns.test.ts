import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ActionDetail } from '../../core/events.js';
import type { RowAction, TableColumn, TableConfig } from '../../../sdk/contract/display.js';
import { cell, column, heads, mountTable, press, pressHead, renew, rowAt, scroller, search, settled, tableOf, text } from '../../core/test/table-on-page.js';
import { until } from '../../core/test/until.js';
import type { CcmTable } from './table.js';

const COLUMNS: TableColumn[] = [{ key: 'name', label: 'Name' }, { key: 'stock', label: 'Stock' }, { key: 'note', label: 'Note', hidden: true }];
const STOCK = [{ id: 1, name: 'Bureau', stock: 10, note: 'call' }, { id: 2, name: 'Chair', stock: 9, note: 'sold' }];
const labels = (element: CcmTable) => heads(element).map(text).filter((label) => label !== '' && label !== 'Actions');
const root = (element: CcmTable) => element.shadowRoot!;

describe('ccm-table: choosing columns', () => {
  const CONFIG: TableConfig = { columns: COLUMNS, columnChooser: true };
  const chooser = (element: CcmTable) => root(element).querySelector<HTMLButtonElement>('.choose')!;
  const panel = (element: CcmTable) => root(element).querySelector('ccm-column-chooser')?.shadowRoot?.querySelector<HTMLElement>('.floating');
  const isOpen = (element: CcmTable) => panel(element)?.matches(':popover-open') ?? false;
  const boxes = (element: CcmTable) => [...panel(element)!.querySelectorAll<HTMLInputElement>('input')];
  const open = async (element: CcmTable) => {
    chooser(element).click();
    await until('it is open', () => isOpen(element));
  };
  const focused = () => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at;
  };

  it('begins with those that are not hidden, and is offered only where the definition says so', async () => {
    const element = await mountTable(CONFIG, { data: STOCK });
    expect(labels(element)).to.deep.equal(['Name', 'Stock']);
    expect(column(element, 1)).to.deep.equal(['10', '9']);
    expect([chooser(element).title, chooser(element).ariaHasPopup]).to.deep.equal(['Columns', 'dialog']);
    expect(root(await mountTable({ columns: COLUMNS }, { data: STOCK })).querySelector('.choose') === null).to.equal(true);
    const all = await mountTable({ columns: COLUMNS.map((one) => ({ ...one, hidden: true })) }, { data: STOCK });
    expect(labels(all), 'one is shown all the same').to.deep.equal(['Name']);
  });

  it('is done by keys alone; the focus comes back, and the last column stays', async () => {
    const element = await mountTable({ ...CONFIG, searchable: true }, { data: STOCK });
    chooser(element).focus();
    await sendKeys({ press: 'Enter' });
    await until('it is open', () => isOpen(element) && focused() === boxes(element)[0]);
    expect([chooser(element).ariaExpanded, boxes(element).map(({ checked }) => checked)]).to.deep.equal(['true', [true, true, false]]);
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'Space' });
    await until('the third is shown', () => labels(element).join() === 'Name,Stock,Note');
    expect(column(element, 2)).to.deep.equal(['call', 'sold']);
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'Space' });
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'Space' });
    await until('two are hidden', () => labels(element).join() === 'Note');
    const last = boxes(element)[2]!;
    last.focus();
    await sendKeys({ press: 'Space' });
    await settled(element);
    expect([labels(element), last.checked, last.ariaDisabled, text(panel(element)!.querySelector('#why'))]).to.deep.equal([['Note'], true, 'true', 'One column stays.']);
    await expect(element).to.be.accessible();
    await sendKeys({ press: 'Tab' });
    expect(text(focused())).to.equal('Show all');
    await sendKeys({ press: 'Enter' });
    await until('all are shown', () => labels(element).length === 3);
    await sendKeys({ press: 'Escape' });
    await until('it is closed', () => !isOpen(element));
    expect([focused() === chooser(element), chooser(element).ariaExpanded]).to.deep.equal([true, 'false']);
  });

  it('lasts through new answers and an equal definition, until the columns are others', async () => {
    const element = await mountTable(CONFIG, { data: STOCK });
    await open(element);
    boxes(element)[0]!.click();
    await settled(element);
    await renew(element, [...STOCK, { id: 3, name: 'Desk', stock: 1 }]);
    element.widget = { ...tableOf({ ...CONFIG, columns: COLUMNS.map((one) => ({ ...one })) }), title: 'Other' };
    await settled(element);
    expect(labels(element)).to.deep.equal(['Stock']);
    element.widget = tableOf({ ...CONFIG, columns: COLUMNS.slice(0, 2) });
    await settled(element);
    expect(labels(element)).to.deep.equal(['Name', 'Stock']);
  });

  it('leaves the order and the search of the rows as they are; what is not shown is not searched', async () => {
    const element = await mountTable({ ...CONFIG, searchable: true }, { data: STOCK });
    await pressHead(element, 'Stock');
    await open(element);
    boxes(element)[1]!.click();
    await settled(element);
    expect(column(element, 0)).to.deep.equal(['Chair', 'Bureau']);
    await search(element, 'call');
    expect(root(element).querySelectorAll('.row:not([hidden])')).to.have.length(0);
    boxes(element)[2]!.click();
    await settled(element);
    expect(column(element, 0)).to.deep.equal(['Bureau']);
  });

  it('shows labels as they were typed', async () => {
    const words = '<img src=x onerror=window.pwned=1>';
    const element = await mountTable({ columns: [{ key: 'name', label: words }], columnChooser: true }, { data: STOCK });
    await open(element);
    expect(text(panel(element)!.querySelector('label'))).to.equal(words);
    expect(panel(element)!.querySelectorAll('img')).to.have.length(0);
  });
});

describe('ccm-table: what stands in place of values', () => {
  const mappings = [
    { value: 'paid', text: 'Paid', color: 'good', icon: 'Check' }, { special: 'null' as const, text: 'None' }, { from: 100, to: 200, color: 'red;background:url(//x)', text: 'Much' },
    { regex: 'late.*', text: 'Late', color: 'critical' },
  ];
  const data = [{ s: 'paid' }, { s: null }, { s: 150 }, { s: 'later' }, { s: 7 }];

  it('is shown with its colour and icon, in the text or the badge; else the value in its format', async () => {
    const element = await mountTable({ columns: [{ key: 's', mappings, thresholds: [{ value: 0, color: 'warning' }] }, { key: 's', label: 'Badge', badge: true, mappings }] }, { data });
    await until('the patterns are there', () => column(element, 0)[3] === 'Late');
    for (const at of [0, 1]) expect(column(element, at)).to.deep.equal(['Paid', 'None', 'Much', 'Late', '7']);
    const tones = data.map((_, row) => cell(element, row, 0).style.getPropertyValue('--_tone'));
    expect(tones).to.deep.equal(['var(--_good)', '', '', 'var(--_critical)', 'var(--_warning)']);
    await until('the icon is drawn', () => cell(element, 0, 1).querySelector('.badge .mark path') !== null);
    expect(cell(element, 1, 1).querySelector('.mark svg') === null).to.equal(true);
    await renew(element, [{ s: 7 }]);
    expect([text(cell(element, 0, 1)), cell(element, 0, 1).querySelector('.mark svg') === null]).to.deep.equal(['7', true]);
  });

  it('is found by the search, as is the value itself', async () => {
    const element = await mountTable({ columns: [{ key: 's', mappings }], searchable: true }, { data });
    await search(element, 'much');
    expect(column(element, 0)).to.deep.equal(['Much']);
    await search(element, '150');
    expect(column(element, 0)).to.deep.equal(['Much']);
  });
});

describe('ccm-table: the actions of a row', () => {
  const ACTIONS: RowAction[] = [{ label: 'Open order', icon: 'Check', action: 'open' }, { label: 'Edit', icon: 'Pencil', action: 'edit' }, { label: 'Remove <b>', icon: 'Trash2', action: 'remove' }];
  const CONFIG: TableConfig = { columns: COLUMNS.slice(0, 2), actions: ACTIONS };
  const buttons = (element: CcmTable, row = 0) => [...rowAt(element, row)!.querySelectorAll<HTMLButtonElement>('.actions button')];
  const menu = (element: CcmTable) => root(element).querySelector('ccm-menu')?.shadowRoot;
  const entries = (element: CcmTable) => [...(menu(element)?.querySelectorAll<HTMLElement>(':popover-open [role=menuitem]') ?? [])];
  const heardFrom = (element: CcmTable) => {
    const heard: ActionDetail[] = [];
    element.addEventListener('ccm-action', ({ detail }) => heard.push(detail));
    return heard;
  };

  it('are icons with names where there is room', async () => {
    const element = await mountTable(CONFIG, { data: STOCK });
    expect(buttons(element).map(({ title }) => title)).to.deep.equal(ACTIONS.map(({ label }) => label));
    await until('they are drawn', () => buttons(element).every((button) => button.querySelector('path') !== null));
    const heard = heardFrom(element);
    buttons(element, 1)[1]!.click();
    expect(heard).to.deep.equal([{ widgetId: 'orders', action: 'edit', row: STOCK[1], rowKey: '2' }]);
    await expect(element).to.be.accessible();
  });

  it('are in a menu where there is not, for the row that it was opened at, and come out again', async () => {
    const element = await mountTable(CONFIG, { data: STOCK, width: 260 });
    await until('there is one button', () => buttons(element).length === 1);
    expect([buttons(element)[0]!.title, buttons(element)[0]!.ariaHasPopup]).to.deep.equal(['Actions of this row', 'menu']);
    await expect(element).to.be.accessible();
    const heard = heardFrom(element);
    buttons(element, 1)[0]!.click();
    await until('it is open', () => entries(element).length === 3);
    expect(entries(element).map(text)).to.deep.equal(ACTIONS.map(({ label }) => label));
    entries(element)[2]!.click();
    expect(heard).to.deep.equal([{ widgetId: 'orders', action: 'remove', row: STOCK[1], rowKey: '2' }]);
    element.parentElement!.style.width = '640px';
    await until('they are out again', () => buttons(element).length === 3);
  });

  it('are all had by keys: Enter does the first, the menu key offers all, arrows lead back to the rows', async () => {
    const element = await mountTable(CONFIG, { data: STOCK });
    const heard = heardFrom(element);
    await press(element, 'ArrowDown');
    await press(element, 'ContextMenu');
    await until('it is open', () => entries(element).length === 3);
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    expect(heard.map(({ action, rowKey }) => [action, rowKey])).to.deep.equal([['edit', '1']]);
    await until('the focus is back at the row', () => root(element).activeElement === buttons(element)[0]);
    await sendKeys({ press: 'ArrowDown' });
    await settled(element);
    expect(root(element).activeElement?.className).to.contain('scroller');
    await sendKeys({ press: 'Enter' });
    expect(heard.at(-1)).to.deep.include({ action: 'open', rowKey: '2' });
  });
});

describe('ccm-table: the width of a column', () => {
  it('holds a date whole, also one of characters as wide as two', async () => {
    const columns: TableColumn[] = [{ key: 'name' }, { key: 'at', format: 'date' }, { key: 'name', label: 'Again' }, { key: 'name', label: 'And again' }];
    for (const locale of ['zh-CN', 'ja', 'ar', 'en-US']) {
      const display = { locale, timeZone: 'UTC' };
      const element = await mountTable({ columns }, { data: [{ name: 'Bureau in the corner', at: 1782604800 }], display, width: 280 });
      const { scrollWidth, clientWidth } = cell(element, 0, 1);
      expect(scrollWidth, locale).to.be.at.most(clientWidth);
      // As it is where each of its wide characters takes a whole square.
      const wide = [...text(cell(element, 0, 1))].filter((character) => character > '\u2e80').length;
      expect(clientWidth - 16, `${locale}, as wide as it is elsewhere`).to.be.at.least(wide * 13 + (text(cell(element, 0, 1)).length - wide) * 6.5);
    }
  });
});

describe('ccm-table: what goes on below its actions', () => {
  const ends = { columns: ['A', 'B', 'C', 'D', 'E'].map((label) => ({ key: 'name', label })) };
  const fade = (element: CcmTable) => getComputedStyle(root(element).querySelector('.grid')!, '::before');

  for (const dir of ['ltr', 'rtl'] as const) {
    it(`fades beside them, and not over them (${dir})`, async () => {
      const element = await mountTable({ ...ends, actions: [{ label: 'Open', action: 'open' }] }, { data: STOCK, dir, width: 320 });
      await until('it is wide', () => scroller(element).className.includes('wide'));
      expect(fade(element).content).to.equal('none');
      const [, x, blur, spread] = /(-?\d+)px 0px (\d+)px (-?\d+)px/.exec(getComputedStyle(root(element).querySelector('.actions')!).boxShadow)!.map(Number) as [number, number, number, number];
      expect(Math.sign(x)).to.equal(dir === 'ltr' ? -1 : 1);
      expect(Math.abs(x) + spread + blur / 2, 'no further than the padding').to.be.at.most(8);
    });
  }

  it('fades at the edge where only the head has an end', async () => {
    const element = await mountTable({ ...ends, columnChooser: true }, { data: STOCK, width: 320 });
    await until('it is wide', () => scroller(element).className.includes('wide'));
    expect(fade(element).content).to.equal('""');
    expect(Number(fade(element).zIndex)).to.be.at.most(Number(getComputedStyle(root(element).querySelector('.head')!).zIndex));
  });
});

describe('ccm-table: as a table', () => {
  it('has what is shown: columns, order and search; numbers stay numbers, times are written, nothing is null', async () => {
    const columns: TableColumn[] = [
      { key: 'name', label: 'Name' }, { key: 'sum', label: 'Sum', format: 'currency' }, { key: 'at', label: 'At', format: 'date' }, { key: 'hidden', hidden: true },
      { key: 'state', label: 'State', mappings: [{ value: 1, text: 'Open' }] },
    ];
    const data = [{ name: 'b', sum: 2.5, at: 1772668800, state: 1 }, { name: 'a', sum: NaN, at: 'garbage', state: 2 }, { name: 'c', sum: '7', at: null }];
    const element = await mountTable({ columns, searchable: true, pagination: { enabled: true, pageSize: 1 } }, { data });
    await pressHead(element, 'Name');
    expect(element.asTable()).to.deep.equal({
      columns: ['Name', 'Sum', 'At', 'State'].map((label) => ({ label, align: 'left' })),
      rows: [['a', null, null, 2], ['b', 2.5, 'Mar 5, 2026', 'Open'], ['c', '$7.00', null, null]],
    });
    await search(element, 'c');
    expect(element.asTable()!.rows).to.have.length(1);
  });

  it('is none where there is no table', async () => {
    const element = await mountTable({ columns: COLUMNS }, { data: STOCK });
    element.widget = { ...tableOf({ columns: COLUMNS }), tableConfig: undefined };
    await settled(element);
    expect((await mountTable({ columns: COLUMNS }, { data: [] })).asTable()?.rows).to.deep.equal([]);
  });
});
