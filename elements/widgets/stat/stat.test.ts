import { expect, fixture, html } from '@open-wc/testing';
import { definition, SALES, SALES_DATA } from '../../core/test/samples.js';
import { until } from '../../core/test/stand-in-edge.js';
import { samplesOf } from './sparkline.js';
import { CcmStat } from './stat.js';
import { trendOf } from './trend.js';

CcmStat.define('ccm-stat');

const DISPLAY = { locale: 'en-US', currency: 'USD', timeZone: 'UTC' };

describe('ccm-stat', () => {
  const make = (data: unknown, statConfig = SALES.statConfig!) =>
    fixture<CcmStat>(html`<ccm-stat .widget=${{ ...definition(SALES), statConfig }} .data=${data} .display=${DISPLAY}></ccm-stat>`);
  const value = (element: CcmStat) => element.shadowRoot!.querySelector('.value')!.textContent;

  it('draws what the edge kept of its value', async () => {
    const element = await make({ total: 7 }, { primaryValue: 'total', sparkline: true });
    const spark = () => element.shadowRoot!.querySelector('.spark');
    expect(spark()).to.equal(null);
    element.history = [[1, 5], [2, 6], [3, 7]];
    await element.updateComplete;
    expect(spark()!.querySelectorAll('path')[1]!.getAttribute('d')!.split('L')).to.have.length(3);
  });

  it('is accessible', async () => {
    await expect(await make(SALES_DATA)).to.be.accessible();
  });

  it('writes the value in the tenant’s currency', async () => {
    expect(value(await make(SALES_DATA))).to.equal('$15,234.50');
  });

  it('shortens a value before it is cut, and lengthens it where there is room again', async () => {
    const element = await make({ total_sales: 123456789.12 });
    element.style.width = '150px';
    await until('it is short', () => value(element) === '$123.5M');
    element.style.width = '600px';
    await until('it is long', () => value(element) === '$123,456,789.12');
  });

  it('says in words what its colours say', async () => {
    const down = await make(SALES_DATA, { ...SALES.statConfig!, trend: { enabled: true, goodDirection: 'down' } });
    expect(down.shadowRoot!.querySelector('.trend [role=img]')!.getAttribute('aria-label')).to.equal('Up, worse');
    const reached = await make({ total_sales: 5 }, { ...SALES.statConfig!, thresholds: [{ value: 0, color: 'red' }] });
    expect(reached.shadowRoot!.querySelector('.status')!.textContent).to.equal('critical');
  });

  it('shows no trend where there was nothing to compare with', async () => {
    const element = await make({ ...SALES_DATA, trend: { direction: 'up', percentage: null, comparison: 'yesterday' } });
    expect(element.shadowRoot!.querySelector('.trend')).to.equal(null);
  });

  it('names the field that an answer lacks', async () => {
    const element = await make({ other: 1 });
    expect(element.shadowRoot!.textContent).to.contain('“total_sales”');
    expect(value(await make({ total_sales: null }))).to.equal('–');
  });
});

describe('trendOf', () => {
  const config = { enabled: true, compareWith: 'last week' };
  it('reads direction and comparison, and works out what is missing', () => {
    expect(trendOf({ trend: { percentage: -3 } }, config)).to.deep.equal({ direction: 'down', percentage: 3, comparison: 'last week', better: false });
    expect(trendOf({ trend: { percentage: '0' } }, config)).to.include({ direction: 'flat', better: undefined });
    expect(trendOf({ trend: { direction: 'up', comparison: 'May' } }, config)).to.include({ comparison: 'May', percentage: undefined });
  });

  it('is nothing where there is none', () => {
    for (const data of [null, 1, {}, { trend: 'up' }, { trend: { direction: 'sideways' } }, { trend: { percentage: 'NaN' } }]) {
      expect(trendOf(data, config), JSON.stringify(data)).to.equal(undefined);
    }
    expect(trendOf(SALES_DATA, undefined)).to.equal(undefined);
    expect(trendOf(SALES_DATA, { enabled: false })).to.equal(undefined);
  });
});

describe('samplesOf', () => {
  it('takes numbers and rows with a value, and leaves the rest out', () => {
    expect(samplesOf({ history: [1, '2', { value: 3 }, null, 'x', { value: 'NaN' }, []] })).to.deep.equal([1, 2, 3]);
    expect(samplesOf({ history: 7 })).to.deep.equal([]);
  });

  it('takes those that the edge kept where the answer has none of its own', () => {
    const kept = [[1, 5], [2, 6]] as const;
    expect(samplesOf({ total: 7 }, kept)).to.deep.equal([5, 6]);
    expect(samplesOf({ history: [1] }, kept)).to.deep.equal([1]);
    expect(samplesOf({}, Array.from({ length: 200 }, (_, index) => [index, index] as const))).to.have.length(120);
  });
});
