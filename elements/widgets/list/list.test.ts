import { expect, fixture, html } from '@open-wc/testing';
import type { ListConfig } from '../../../sdk/contract/display.js';
import { definition, LOW_STOCK, LOW_STOCK_DATA } from '../../core/test/samples.js';
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
    expect((await make({ total: 3 })).shadowRoot!.textContent).to.contain('another shape');
    expect(titles(await make([null, 7, 'x', {}], { sortBy: undefined, maxItems: 9 }))).to.deep.equal(['–', '–', '–', '–']);
  });
});
