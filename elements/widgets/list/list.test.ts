import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ListConfig } from '../../../sdk/contract/display.js';
import type { CcmActionEvent } from '../../core/events.js';
import { BAD_SHAPES, definition, HOSTILE, LOW_STOCK, LOW_STOCK_DATA } from '../../core/test/samples.js';
import { until } from '../../core/test/stand-in-edge.js';
import { itemsOf, nameOf } from './items.js';
import { CcmList } from './list.js';

CcmList.define('ccm-list');

describe('ccm-list', () => {
  const make = (data: unknown, config: Partial<ListConfig> = {}) =>
    fixture<CcmList>(html`<ccm-list .widget=${{ ...definition(LOW_STOCK), listConfig: { ...LOW_STOCK.listConfig!, ...config } }}
      .data=${data} .display=${{ locale: 'en-US' }}></ccm-list>`);
  const titles = (element: CcmList) => [...element.shadowRoot!.querySelectorAll('.title')].map(({ textContent }) => textContent);

  it('is accessible', async () => {
    await expect(await make(LOW_STOCK_DATA)).to.be.accessible();
  });

  it('sorts, cuts, and says how many more there are', async () => {
    const element = await make(LOW_STOCK_DATA);
    expect(titles(element)).to.deep.equal(['Chair 3', 'Chair 1', 'Chair 2']);
    expect(element.shadowRoot!.querySelector('.more')!.textContent).to.equal('and 2 more');
    const all = await make(LOW_STOCK_DATA, { maxItems: 99, sortOrder: 'desc' });
    expect(titles(all)[0]).to.equal('Chair 0');
    expect(all.shadowRoot!.querySelector('.more')).to.equal(null);
  });

  it('keeps a row’s element when the order changes', async () => {
    const element = await make(LOW_STOCK_DATA);
    const first = element.shadowRoot!.querySelector('li');
    element.data = { items: LOW_STOCK_DATA.items.map((row) => (row.sku === 'FUR-3' ? { ...row, stock_level: 4 } : row)) };
    await element.updateComplete;
    expect(titles(element)).to.deep.equal(['Chair 1', 'Chair 3', 'Chair 2']);
    expect(element.shadowRoot!.querySelectorAll('li')[1]).to.equal(first);
  });

  it('loses no row of two with the same key', async () => {
    expect(titles(await make([{ id: 1, product_name: 'A' }, { id: 1, product_name: 'B' }], { sortBy: undefined }))).to.deep.equal(['A', 'B']);
    // Nor where a key looks like one that tells two apart.
    const keys = ['1#2', '1', '1', '1#2', '1'].map((id, at) => ({ id, product_name: `P${at}` }));
    const element = await make(keys, { sortBy: undefined, maxItems: 9 });
    element.data = [...keys].reverse();
    await element.updateComplete;
    expect(titles(element)).to.deep.equal(['P4', 'P3', 'P2', 'P1', 'P0']);
    const found = itemsOf(keys, undefined, {} as ListConfig).map(({ key }) => key);
    expect(new Set(found).size, found.join()).to.equal(5);
  });

  it('colours a badge by its threshold, its definition, or the row', async () => {
    const tones = async (config: Partial<ListConfig>, row: object = {}) => {
      const element = await make([{ product_name: 'A', stock_level: 3, ...row }], config);
      return element.shadowRoot!.querySelector<HTMLElement>('.badge')!.style.getPropertyValue('--_tone');
    };
    const { itemTemplate } = LOW_STOCK.listConfig!;
    expect(await tones({})).to.equal('var(--_critical)');
    expect(await tones({ thresholds: [{ value: 0, color: 'green' }] })).to.equal('var(--_good)');
    expect(await tones({ itemTemplate: { ...itemTemplate, badgeColor: 'level' } }, { level: 'yellow' })).to.equal('var(--_warning)');
    expect(await tones({ itemTemplate: { ...itemTemplate, badgeColor: 'level' } }, { level: 'red;background:url(//x)' })).to.equal('');
  });

  it('says that a list is empty, and that an answer is none', async () => {
    expect((await make({ items: [] })).shadowRoot!.textContent).to.contain('Nothing on the list');
    expect((await make({ total: 3 })).shadowRoot!.textContent).to.contain('another shape').and.not.contain('set dataPath');
    expect((await make({ deals: [{ name: 'a' }] })).shadowRoot!.textContent).to.contain('The rows may be at “deals”: set dataPath.');
    expect(titles(await make([null, 7, 'x', {}], { sortBy: undefined, maxItems: 9 }))).to.deep.equal(['–', '–', '–', '–']);
  });

  const { itemTemplate } = LOW_STOCK.listConfig!;
  const badge = (element: CcmList, index = 0) => {
    const mark = element.shadowRoot!.querySelectorAll<HTMLElement>('.badge')[index];
    return mark && { text: mark.textContent!.replaceAll(/\s+/g, ' ').trim(), icon: mark.querySelector('svg') !== null, tone: mark.style.getPropertyValue('--_tone') };
  };

  it('says what a badge’s colour says: by a label, an icon and a spoken word, or a mapping', async () => {
    const rows = [{ product_name: 'A', stock_level: 3, level: 'yellow' }];
    const plain = { ...itemTemplate, badgeColor: undefined };
    expect(badge(await make(rows, { itemTemplate }))).to.deep.equal({ text: '3', icon: false, tone: 'var(--_critical)' });
    expect(badge(await make(rows, { itemTemplate: plain, thresholds: [{ value: 0, color: 'red', label: 'Low' }] }))).to.deep.equal({ text: '3 Low', icon: false, tone: 'var(--_critical)' });
    expect(badge(await make(rows, { itemTemplate: plain, thresholds: [{ value: 0, color: 'red' }] }))).to.deep.equal({ text: '3, critical', icon: true, tone: 'var(--_critical)' });
    expect(badge(await make(rows, { itemTemplate: { ...plain, badgeColor: 'level' } }))).to.deep.equal({ text: '3, warning', icon: true, tone: 'var(--_warning)' });
    const mappings = [{ value: 3, text: 'Nearly gone', color: 'orange', icon: 'Info' }, { special: 'null' as const, text: 'Unknown' }];
    expect(badge(await make(rows, { itemTemplate, mappings }))).to.deep.equal({ text: 'Nearly gone', icon: true, tone: 'var(--_warning)' });
    expect(badge(await make([{ product_name: 'A' }], { itemTemplate: plain, mappings }))).to.deep.equal({ text: 'Unknown', icon: false, tone: '' });
    expect(badge(await make([{ product_name: 'A' }], { itemTemplate }))).to.equal(undefined);
  });

  it('fits patterns once their engine is there', async () => {
    const element = await make([{ product_name: 'A', stock_level: 'ERR-4' }], { mappings: [{ regex: 'ERR-.', text: 'Failed', color: 'red' }] });
    await until('the pattern fits', () => badge(element)?.text === 'Failed');
  });

  it('draws each row’s own icon, and a neutral one for names that nobody knows', async () => {
    const rows = [{ product_name: 'A', kind: 'Lock' }, { product_name: 'B', kind: 'NoSuchIcon' }, { product_name: 'C' }, { product_name: 'D', kind: { evil: 1 } }];
    const drawn = async (config: object) => {
      const element = await make(rows, { sortBy: undefined, maxItems: 9, itemTemplate: { ...itemTemplate, ...config } });
      const paths = () => [...element.shadowRoot!.querySelectorAll('li')].map((item) => item.querySelector('svg path')?.getAttribute('d'));
      await until('they are there', () => paths().every((path) => path !== undefined));
      return paths();
    };
    const [lock, unknown, none, object] = await drawn({ iconKey: 'kind' });
    expect(new Set([lock, unknown]).size).to.equal(2);
    expect([none, object]).to.deep.equal([unknown, unknown]);
    const [, , general] = await drawn({ iconKey: 'kind', icon: 'Lock' });
    expect(general).to.equal(lock);
  });

  it('leads only to addresses of the web', async () => {
    const links = ['https://example.com/a', '/orders/1', 'javascript:alert(1)', 'data:text/html,x', '//evil.example', 'https://bank.example@evil.example', 7, null, 'java\nscript:alert(1)'];
    const element = await make(links.map((to, index) => ({ product_name: `P${index}`, to })), { sortBy: undefined, maxItems: 99, itemTemplate: { ...itemTemplate, link: 'to' } });
    const anchors = [...element.shadowRoot!.querySelectorAll('a')];
    expect(anchors.map(({ href, target, rel }) => [href, target, rel])).to.deep.equal([
      ['https://example.com/a', '_blank', 'noopener noreferrer'], [new URL('/orders/1', location.href).href, '', 'noopener noreferrer'],
    ]);
    expect(titles(element)).to.have.length(links.length);
  });

  const ACTIONS = [{ label: 'Reorder', action: 'reorder' }, { label: 'Remove', action: 'remove', icon: 'X' }];
  const focused = (element: CcmList) => element.shadowRoot!.activeElement?.getAttribute('aria-label') ?? element.shadowRoot!.activeElement?.textContent;

  it('tells the page which row was acted on', async () => {
    const element = await make(LOW_STOCK_DATA, { actions: ACTIONS });
    await expect(element).to.be.accessible();
    setTimeout(() => element.shadowRoot!.querySelector<HTMLElement>('button[aria-label="Remove: Chair 1"]')!.click());
    const { detail, bubbles, composed } = (await oneEvent(element, 'ccm-action')) as CcmActionEvent;
    expect(detail).to.deep.equal({ widgetId: 'low-stock-alert', action: 'remove', row: LOW_STOCK_DATA.items[1], rowKey: 'FUR-1' });
    expect([bubbles, composed]).to.deep.equal([true, true]);
  });

  it('is one stop of the Tab key, walked by arrows', async () => {
    const page = await fixture<HTMLElement>(html`<div><button id="before"></button>
      <ccm-list .widget=${{ ...definition(LOW_STOCK), listConfig: { ...LOW_STOCK.listConfig!, actions: ACTIONS } }} .data=${LOW_STOCK_DATA}></ccm-list>
      <button id="after"></button></div>`);
    const element = page.querySelector<CcmList>('ccm-list')!;
    page.querySelector<HTMLElement>('#before')!.focus();
    await sendKeys({ press: 'Tab' });
    expect(focused(element)).to.equal('Reorder: Chair 3');
    await sendKeys({ press: 'ArrowDown' });
    expect(focused(element)).to.equal('Reorder: Chair 1');
    await sendKeys({ press: 'ArrowRight' });
    await sendKeys({ press: 'ArrowRight' });
    expect(focused(element)).to.equal('Remove: Chair 1');
    await sendKeys({ press: 'End' });
    await sendKeys({ press: 'ArrowDown' });
    expect(focused(element)).to.equal('Remove: Chair 2');
    await sendKeys({ press: 'Tab' });
    expect(document.activeElement!.id).to.equal('after');
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ up: 'Shift' });
    expect(focused(element)).to.equal('Remove: Chair 2');
    await sendKeys({ press: 'Home' });
    await sendKeys({ press: 'ArrowLeft' });
    expect(focused(element)).to.equal('Reorder: Chair 3');
    setTimeout(() => void sendKeys({ press: 'Enter' }));
    expect(((await oneEvent(element, 'ccm-action')) as CcmActionEvent).detail.rowKey).to.equal('FUR-3');
  });

  it('walks the other way where text runs from the right', async () => {
    const page = await fixture<HTMLElement>(html`<div dir="rtl">
      <ccm-list .widget=${{ ...definition(LOW_STOCK), listConfig: { ...LOW_STOCK.listConfig!, actions: ACTIONS } }} .data=${LOW_STOCK_DATA}></ccm-list></div>`);
    const element = page.querySelector<CcmList>('ccm-list')!;
    element.shadowRoot!.querySelector<HTMLElement>('.control')!.focus();
    await sendKeys({ press: 'ArrowLeft' });
    expect(focused(element)).to.equal('Remove: Chair 3');
  });

  it('leaves the focus on the row where an answer moves it', async () => {
    const element = await make(LOW_STOCK_DATA, { actions: ACTIONS });
    element.shadowRoot!.querySelector<HTMLElement>('button[aria-label="Reorder: Chair 3"]')!.focus();
    element.data = { items: LOW_STOCK_DATA.items.map((row) => (row.sku === 'FUR-3' ? { ...row, stock_level: 6 } : row)) };
    await element.updateComplete;
    expect(titles(element)).to.deep.equal(['Chair 1', 'Chair 2', 'Chair 3']);
    expect(focused(element)).to.equal('Reorder: Chair 3');
    element.data = { items: [] };
    await element.updateComplete;
    expect(element.shadowRoot!.textContent).to.contain('Nothing on the list');
  });

  it('keeps up with 10,000 items', async () => {
    const items = Array.from({ length: 10_000 }, (_, index) => ({ product_name: `Chair ${index}`, sku: `FUR-${index}`, stock_level: (index * 7919) % 10_007 }));
    const element = await make({ items }, { maxItems: undefined });
    expect(titles(element)).to.have.length(50);
    expect(element.shadowRoot!.querySelector('.more')!.textContent).to.equal('and 9950 more');
    const start = performance.now();
    element.data = { items: [...items].reverse() };
    await element.updateComplete;
    expect(performance.now() - start).to.be.below(250);
    expect(element.asTable()!.rows).to.have.length(10_000);
  });

  it('is a table of all its rows, numbers as numbers', async () => {
    const table = (await make(LOW_STOCK_DATA)).asTable()!;
    expect(table.columns.map(({ label }) => label)).to.deep.equal(['Product name', 'Sku', 'Stock level']);
    expect(table.rows).to.have.length(5);
    expect(table.rows[0]).to.deep.equal(['Chair 3', 'FUR-3', 0]);
    expect((await make({ items: [] })).asTable()).to.equal(undefined);
    expect(['customer.fullName', 'unit-price', 'Total', ''].map(nameOf)).to.deep.equal(['Full name', 'Unit price', 'Total', '']);
  });

  it('draws something of every answer, and shows what was typed', async () => {
    const config = { itemTemplate: { ...itemTemplate, iconKey: 'sku', link: 'sku' }, actions: ACTIONS, thresholds: [{ value: 0, color: 'red' }], mappings: [{ special: 'nan' as const, text: 'None' }] };
    for (const data of [...BAD_SHAPES, [Number.NaN, Infinity, [[]], { product_name: {}, stock_level: 'Infinity', sku: Number.NaN }]]) {
      expect((await make(data, config)).shadowRoot!.textContent!.trim(), JSON.stringify(data)).to.match(/\S/).and.not.match(/NaN|undefined|\[object/);
    }
    for (const text of HOSTILE) {
      const element = await make([{ product_name: text, sku: text, stock_level: text }], { ...config, actions: [{ label: text, action: 'x' }], mappings: [{ value: 'other', text }] });
      expect(titles(element)).to.deep.equal([text]);
      expect(element.shadowRoot!.querySelector('.mark')!.textContent).to.equal(text);
      expect(element.shadowRoot!.querySelector('button')!.textContent).to.equal(text);
      expect(element.shadowRoot!.querySelector('img, script, svg[onload], a:not([href^="http"])') === null).to.equal(true);
    }
    expect(window).not.to.have.property('pwned');
  });
});
