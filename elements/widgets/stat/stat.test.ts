import { expect, fixture, html } from '@open-wc/testing';
import { BAD_SHAPES, definition, HOSTILE, SALES, SALES_DATA } from '../../core/test/samples.js';
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

  it('is shortened once where that is enough, beside more values', async () => {
    const config = { primaryValue: 'profit', format: 'currency' as const, secondaryMetrics: [{ label: 'Margin', value: 'margin' }, { label: 'Difference', value: 'profit', format: 'currency' as const }] };
    for (const width of [300, 320, 340]) {
      const box = await fixture<HTMLElement>(html`<div style="container-type: size; height: 190px; width: ${width}px"></div>`);
      const element = document.createElement('ccm-stat') as CcmStat;
      Object.assign(element, { widget: { ...definition(SALES), statConfig: config }, display: DISPLAY, data: { profit: -15234.5, margin: -4.2 } });
      box.append(element);
      await element.updateComplete;
      await until('it is short', () => value(element) === '-$15.2K');
      await new Promise((done) => setTimeout(done, 100));
      expect(element.shadowRoot!.querySelector('.value')!.className.trim(), `in ${width}`).to.equal('value');
    }
  });

  it('has what belongs to a short label beside it', async () => {
    const element = await make({ total: 7, trend: { direction: 'flat', percentage: 0 } }, { primaryValue: 'total', primaryLabel: 'Kg', trend: { enabled: true } });
    const [label, trend] = ['.label > span', '.trend'].map((part) => element.shadowRoot!.querySelector(part)!.getBoundingClientRect());
    expect(trend!.left - label!.right).to.equal(10);
    const words = document.createRange();
    words.selectNodeContents(element.shadowRoot!.querySelector('.label > span')!);
    expect(label!.width).to.be.closeTo(words.getBoundingClientRect().width, 1);
  });

  it('writes an amount in one order, large and small', async () => {
    const secondaryMetrics = [{ label: 'Average', value: 'total', format: 'currency' as const }, { label: 'Profit', value: 'profit', format: { style: 'currency' as const, compact: true } }];
    const config = { primaryValue: 'total', format: 'currency' as const, secondaryMetrics };
    for (const dir of ['ltr', 'rtl']) {
      const page = await fixture(html`<div dir=${dir}>
        <ccm-stat .widget=${{ ...definition(SALES), statConfig: config }} .data=${{ total: 82.8, profit: -1_834_567 }} .display=${{ locale: 'ar', currency: 'USD' }}></ccm-stat>
      </div>`);
      const element = page.querySelector<CcmStat>('ccm-stat')!;
      await element.updateComplete;
      const lefts = (part: string) => {
        const text = [...element.shadowRoot!.querySelector(part)!.childNodes].find(({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent?.includes('$'))!;
        return (character: string) => {
          const range = document.createRange();
          const at = text.textContent!.indexOf(character);
          range.setStart(text, at);
          range.setEnd(text, at + 1);
          return range.getBoundingClientRect().left;
        };
      };
      for (const part of ['.value', 'dd']) {
        const left = lefts(part);
        expect(left('$'), `${part} in ${dir}`).to.be.below(left('8'));
      }
      const left = lefts('div:last-child > dd');
      expect(left('1') - left('-'), `the sign in ${dir}`).to.be.within(1, 20);
      expect(left('S'), `the currency in ${dir}`).to.be.below(left('$'));
    }
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

  it('shortens what no word is short for', async () => {
    const element = await make({ total_sales: 1e300 }, { primaryValue: 'total_sales' });
    element.style.width = '200px';
    await until('it is short', () => value(element) === '1E300');
    const bytes = await make({ total_sales: 1e300 }, { primaryValue: 'total_sales', format: 'bytes' });
    bytes.style.width = '200px';
    const shown = bytes.shadowRoot!.querySelector<HTMLElement>('.value')!;
    await until('it is cut', () => shown.classList.contains('tight'));
    expect(shown.getBoundingClientRect().width).to.be.at.most(200);
    expect(shown.title).to.equal(value(bytes));
    bytes.data = { total_sales: 1500 };
    await until('it is large again', () => value(bytes) === '1.5 kB' && !shown.classList.contains('tight'));
  });

  it('shows words, truths and days as they are', async () => {
    const plain = { primaryValue: 'total_sales' };
    expect(value(await make({ total_sales: 'On <b>hold</b>' }, plain))).to.equal('On <b>hold</b>');
    expect(value(await make({ total_sales: true }, plain))).to.equal('true');
    expect(value(await make({ total_sales: '1234.5' }, plain))).to.equal('1,234.5');
    expect(value(await make({ total_sales: '2026-03-09' }, { ...plain, format: 'date' }))).to.equal('Mar 9, 2026');
    const long = await make({ total_sales: 'word '.repeat(200) }, plain);
    long.style.width = '160px';
    const shown = long.shadowRoot!.querySelector<HTMLElement>('.value')!;
    expect(shown.getBoundingClientRect().width).to.be.at.most(160);
    expect(shown.title).to.have.length.above(900);
  });

  it('shows the text, the colour and the icon of the mapping that fits', async () => {
    const mappings = [
      { value: 0, text: 'Down', color: 'red', icon: 'TriangleAlert' },
      { from: 1, to: 5, text: 'Slow' },
      { from: 6, color: 'green' },
      { special: 'null', text: 'Not measured' },
    ] as const;
    const config = { primaryValue: 'total_sales', format: 'currency', mappings: [...mappings], thresholds: [{ value: 3, color: 'yellow', label: 'Watch' }] } as const;
    const element = await make({ total_sales: 0 }, { ...config, mappings: [...mappings], thresholds: [...config.thresholds] });
    const root = element.shadowRoot!;
    const tone = () => root.querySelector<HTMLElement>('.stat')!.style.getPropertyValue('--_tone');
    const word = () => root.querySelector('.status')?.textContent;
    const show = async (total_sales: unknown) => {
      element.data = { total_sales };
      await element.updateComplete;
      return [value(element), tone(), word()];
    };
    expect([value(element), tone(), word()]).to.deep.equal(['Down', 'var(--_critical)', undefined]);
    expect(root.querySelector('.value svg')).not.to.equal(null);
    await expect(element).to.be.accessible();
    expect(await show(4)).to.deep.equal(['Slow', 'var(--_warning)', 'Watch']);
    expect(root.querySelector('.value svg')).to.equal(null);
    expect(await show(7)).to.deep.equal(['$7.00', 'var(--_good)', 'good']);
    expect(await show(5.5)).to.deep.equal(['$5.50', 'var(--_warning)', 'Watch']);
    expect(await show(null)).to.deep.equal(['Not measured', '', undefined]);
    expect(await show(undefined)).to.deep.equal(['Not measured', '', undefined]);
  });

  it('fits patterns once their engine is there', async () => {
    const element = await make({ total_sales: 'ERR-17' }, { primaryValue: 'total_sales', mappings: [{ regex: 'ERR-\\d+', text: 'Failed' }, { regex: '(', text: 'never' }] });
    await until('the pattern fits', () => value(element) === 'Failed');
    element.data = { total_sales: '(' };
    await element.updateComplete;
    expect(value(element)).to.equal('(');
  });

  it('puts its colour where the definition says', async () => {
    const colored = (colorMode?: 'value' | 'background' | 'none') =>
      make({ total_sales: 5 }, { primaryValue: 'total_sales', thresholds: [{ value: 0, color: 'red' }], ...(colorMode ? { colorMode } : {}) });
    const look = (element: CcmStat) => {
      const stat = element.shadowRoot!.querySelector<HTMLElement>('.stat')!;
      return { filled: stat.classList.contains('filled'), tone: stat.style.getPropertyValue('--_tone'), word: stat.querySelector('.status')!.textContent };
    };
    expect(look(await colored())).to.deep.equal({ filled: false, tone: 'var(--_critical)', word: 'critical' });
    expect(look(await colored('none'))).to.deep.equal({ filled: false, tone: '', word: 'critical' });
    const filled = await colored('background');
    expect(look(filled)).to.deep.equal({ filled: true, tone: 'var(--_critical)', word: 'critical' });
    for (const theme of ['light', 'dark'] as const) {
      filled.theme = theme;
      await filled.updateComplete;
      await expect(filled).to.be.accessible();
    }
  });

  it('takes no style from a colour', async () => {
    const element = await make({ total_sales: 5 }, {
      primaryValue: 'total_sales', colorMode: 'background', mappings: [{ value: 5, color: 'red;background:url(//x)', icon: '<svg onload=1>' }],
    });
    const stat = element.shadowRoot!.querySelector<HTMLElement>('.stat')!;
    expect([stat.getAttribute('style'), stat.classList.contains('filled')]).to.deep.equal([null, false]);
  });

  it('draws something of every answer, and shows what was typed', async () => {
    const config = {
      ...SALES.statConfig!, sparkline: true, mappings: [{ special: 'nan' as const, text: 'None' }], thresholds: [{ value: 0, color: 'red' }],
    };
    for (const data of [...BAD_SHAPES, { total_sales: 'Infinity' }, { total_sales: '1e400' }, { total_sales: -0 }, { total_sales: 1e-9, history: [null, 'x', {}] }]) {
      const text = (await make(data, config)).shadowRoot!.textContent!.trim();
      expect(text, JSON.stringify(data)).to.match(/\S/).and.not.match(/NaN|undefined|\[object|null/);
    }
    for (const text of HOSTILE) {
      const element = await make({ total_sales: text, trend: { percentage: 3, comparison: text } }, {
        ...config, format: 'text', primaryLabel: text, secondaryMetrics: [{ value: 'total_sales', label: text }],
        mappings: [{ value: 'other', text }], thresholds: [{ value: 0, color: text, label: text }],
      });
      expect(value(element)).to.equal(text);
      expect(element.shadowRoot!.querySelector('img, script, svg[onload]') === null).to.equal(true);
    }
    expect(window).not.to.have.property('pwned');
  });

  it('shortens a change beyond measure', async () => {
    const element = await make({ ...SALES_DATA, trend: { percentage: 1_234_567 } });
    expect(element.shadowRoot!.querySelector('.change')!.textContent.trim()).to.equal('1.2M%');
  });

  it('shows what stands beside its value whole, or not at all', async () => {
    const metrics = ['Average order value', 'Returned', 'Conversion of visitors'].map((label, index) => ({ label, value: index ? 'few' : 'total_sales' }));
    const element = await make({ total_sales: 184, few: 3 }, { primaryValue: 'total_sales', primaryLabel: 'Orders', secondaryMetrics: metrics });
    const box = document.createElement('div');
    box.style.cssText = 'container-type: size';
    element.replaceWith(box);
    box.append(element);
    const root = element.shadowRoot!;
    for (const [width, height, most] of [[140, 60, 0], [220, 76, 2], [180, 160, 3], [300, 76, 3], [300, 56, 2], [420, 76, 3], [600, 76, 3]] as const) {
      box.style.width = `${width}px`;
      box.style.height = `${height}px`;
      const within = box.getBoundingClientRect();
      const rows = [...root.querySelectorAll('dl > div')].map((row) => ({ row, at: row.getBoundingClientRect() }));
      const shown = rows.filter(({ at }) => at.left < within.right && at.top < within.bottom);
      expect(shown.length, `${width} × ${height}`).to.equal(most);
      for (const { row, at } of shown) {
        expect(at.right, `${width} × ${height}`).to.be.at.most(within.right + 0.5);
        expect(at.bottom, `${width} × ${height}`).to.be.at.most(within.bottom + 0.5);
        for (const part of row.children) expect(part.scrollWidth, `${part.textContent!} at ${width}`).to.be.at.most(part.clientWidth);
      }
      const { left, right, top } = root.querySelector('.value')!.getBoundingClientRect();
      expect([left >= within.left, right <= within.right, top >= within.top], `${width} × ${height}`).to.deep.equal([true, true, true]);
    }
  });

  it('shows whole lines of many metrics where it is wide and low', async () => {
    const secondaryMetrics = Array.from({ length: 9 }, (_, index) => ({ label: `Metric ${index + 1}`, value: 'few' }));
    const element = await make({ total_sales: 184, few: 3 }, { primaryValue: 'total_sales', secondaryMetrics });
    const box = document.createElement('div');
    box.style.cssText = 'container-type: size; width: 640px';
    element.replaceWith(box);
    box.append(element);
    const list = element.shadowRoot!.querySelector('dl')!;
    for (const [height, most] of [[56, 4], [76, 6], [90, 8], [130, 9]] as const) {
      box.style.height = `${height}px`;
      const end = list.getBoundingClientRect().bottom;
      expect(end, `${height}`).to.be.at.most(box.getBoundingClientRect().bottom + 0.5);
      const rows = [...list.children].map((row) => row.getBoundingClientRect());
      expect(rows.filter(({ bottom }) => bottom <= end + 0.5).length, `${height}`).to.equal(most);
      expect(rows.filter(({ top, bottom }) => top < end - 0.5 && bottom > end + 0.5), `cut at ${height}`).to.deep.equal([]);
    }
  });

  it('cuts no trend for a label that has no room', async () => {
    const element = await make({ ...SALES_DATA, trend: { percentage: 12.5, comparison: 'yesterday' } });
    const box = document.createElement('div');
    box.style.cssText = 'container-type: size; height: 76px';
    element.replaceWith(box);
    box.append(element);
    const words = element.shadowRoot!.querySelector('.trend > .label > span')!;
    const text = document.createRange();
    text.selectNodeContents(words);
    for (let width = 150; width < 300; width += 7) {
      box.style.width = `${width}px`;
      expect(text.getBoundingClientRect().width, String(width)).to.be.at.most(words.getBoundingClientRect().width);
    }
  });

  it('is a table of its values', async () => {
    expect((await make(SALES_DATA)).asTable()).to.deep.equal({ columns: [{ label: 'Total Sales' }, { label: 'Orders' }], rows: [[15234.5, 47]] });
    expect((await make({ other: 1 })).asTable()).to.equal(undefined);
    expect((await make({ total_sales: '2026-03-09' }, { primaryValue: 'total_sales', format: 'date' })).asTable()).to.deep.equal({
      columns: [{ label: 'Daily Sales Summary' }], rows: [['2026-03-09']],
    });
  });

  it('names the field that an answer lacks', async () => {
    const element = await make({ other: 1 });
    expect(element.shadowRoot!.textContent).to.contain('“total_sales”');
    expect(value(await make({ total_sales: null }))).to.equal('–');
  });

  it('shows a lone value without being told where it is, and names what its definition lacks for any other', async () => {
    for (const statConfig of [undefined, {}] as (typeof SALES.statConfig)[]) {
      const widget = { ...definition(SALES), statConfig };
      const show = (data: unknown) => fixture<CcmStat>(html`<ccm-stat .widget=${widget} .data=${data} .display=${DISPLAY}></ccm-stat>`);
      const lone = await show(1234.5);
      expect(value(lone)).to.equal('1,234.5');
      expect(lone.asTable()).to.deep.equal({ columns: [{ label: 'Daily Sales Summary' }], rows: [[1234.5]] });
      expect([value(await show(0)), value(await show('On hold'))]).to.deep.equal(['0', 'On hold']);
      for (const data of [SALES_DATA, [1], null]) {
        const other = await show(data);
        expect(other.shadowRoot!.querySelector('.message')!.textContent, JSON.stringify(data)).to.contain('another shape').and.contain('“statConfig.primaryValue”');
        expect(other.asTable()).to.equal(undefined);
      }
    }
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
