import { expect, fixture, html } from '@open-wc/testing';
import { BAD_SHAPES, HOSTILE } from '../../core/test/samples.js';
import { until } from '../../core/test/until.js';
import { Plot } from '../../plot/plot.js';
import { box, canvas, chart, DAYS, DISPLAY, faults, frame, mount, painted, press, root, ROWS, rowsOf, spoken, STOCK, text, tooltip } from './test/chart-on-page.js';

describe('ccm-chart', () => {
  // What answers the reader loads at the first touch; here it shall be there at once.
  before(() => import('./hands.js'));
  beforeEach(() => faults.splice(0));
  afterEach(() => expect(faults).to.deep.equal([]));

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible in every form (${theme})`, async () => {
      for (const chartType of ['line', 'area', 'bar', 'scatter'] as const) {
        const element = await mount({ widget: chart({ chartType, series: [{ name: 'Sales', dataKey: 'sales' }, { name: 'Cost', dataKey: 'cost' }] }), theme });
        await press(element, 'End');
        await expect(element).to.be.accessible();
      }
      for (const chartType of ['pie', 'donut'] as const) {
        const element = await mount({ widget: chart({ chartType, xAxis: 'category', yAxis: 'stock' }), data: STOCK, theme });
        await press(element, 'ArrowDown');
        await expect(element).to.be.accessible();
      }
    });
  }

  it('tells its frame of a picture that cannot be drawn, also where its size brings it', async () => {
    const { show } = Plot.prototype;
    const fault = new Error('cannot be drawn');
    Plot.prototype.show = () => {
      throw fault;
    };
    try {
      await mount({});
      await until('it was told', () => faults.length > 0);
      expect(faults.splice(0)).to.deep.equal([fault]);
    } finally {
      Plot.prototype.show = show;
    }
  });

  it('writes its days and numbers alike, whatever the direction of the page', async () => {
    for (const [locale, chartType] of [['de', 'line'], ['ar', 'line'], ['de', 'bar']] as const) {
      const data = ROWS.map((row) => ({ ...row, sales: -row.sales! }));
      const element = await mount({ widget: chart({ chartType }), data, display: { locale, timeZone: 'UTC', currency: 'USD' } });
      const pictures = [];
      for (const dir of ['ltr', 'rtl'] as const) {
        element.parentElement!.dir = dir;
        element.data = [...data];
        await element.updateComplete;
        await frame();
        pictures.push(root(element).querySelector('canvas')!.toDataURL());
      }
      expect(pictures[1] === pictures[0], `${locale} ${chartType}`).to.equal(true);
    }
  });

  it('leaves what room there is to the picture where it is low', async () => {
    const element = await mount({ widget: chart({ series: [{ name: 'Sales', dataKey: 'sales' }, { name: 'Cost', dataKey: 'cost' }] }) });
    const box = element.parentElement!;
    box.style.containerType = 'size';
    const isShown = () => root(element).querySelector<HTMLElement>('.legend')!.offsetHeight > 0;
    expect(isShown()).to.equal(true);
    box.style.height = '80px';
    expect(isShown()).to.equal(false);
  });

  it('makes its pie smaller before it cuts the names beside it', async () => {
    const data = [['Technology', 836], ['Office supplies', 719], ['Spare parts', 118]].map(([category, stock]) => ({ category, stock }));
    const element = await mount({ widget: chart({ chartType: 'donut', xAxis: 'category', yAxis: 'stock' }), data, width: 266 });
    const names = [...root(element).querySelectorAll<HTMLElement>('.slices .name')];
    const cut = () => names.filter((name) => name.scrollWidth > name.clientWidth).length;
    const pie = () => root(element).querySelector('svg')!.getBoundingClientRect().width;
    expect([cut(), pie() > 90]).to.deep.equal([0, true]);
    names[1]!.textContent = 'A name that is longer than there is room for';
    expect([cut(), pie() > 90]).to.deep.equal([1, true]);
  });

  it('writes a total in full where that is no longer, and large enough to be read where the donut is small', async () => {
    const totalOf = async (locale: string, stock: number) => {
      const element = await mount({ widget: chart({ chartType: 'donut', xAxis: 'category', yAxis: 'stock' }), data: [{ category: 'Chairs', stock }], display: { ...DISPLAY, locale } });
      element.parentElement!.style.height = '76px';
      await frame();
      const total = root(element).querySelector<SVGTextElement>('.total')!;
      expect(Number.parseFloat(getComputedStyle(total).fontSize) * 0.76).to.be.above(11);
      return text(total);
    };
    expect([await totalOf('es', 2646), await totalOf('ar', 2646), await totalOf('en', 2_646_000)]).to.deep.equal(['2646', '2,646', '2.6M']);
  });

  it('is accessible where its legend has to scroll', async () => {
    const element = await mount({ widget: chart({ chartType: 'donut', xAxis: 'category', yAxis: 'stock' }), data: Array.from({ length: 9 }, (_, index) => ({ category: `Category ${index}`, stock: index + 1 })) });
    element.parentElement!.style.height = '90px';
    await frame();
    const list = root(element).querySelector('.slices')!;
    expect(list.scrollHeight).to.be.greaterThan(list.clientHeight);
    await expect(element).to.be.accessible();
  });

  it('draws lines, areas and bars in the colour of the series', async () => {
    for (const chartType of ['line', 'area', 'bar'] as const) {
      const element = await mount({ widget: chart({ chartType, series: [{ name: 'Sales', dataKey: 'sales', color: '#ff00aa' }] }) });
      expect(painted(element, '#ff00aa'), chartType).to.be.greaterThan(40);
    }
  });

  it('stacks areas and bars', async () => {
    for (const chartType of ['area', 'bar'] as const) {
      const element = await mount({
        widget: chart({ chartType, stacked: true, series: [{ name: 'Sales', dataKey: 'sales', color: '#ff00aa' }, { name: 'Cost', dataKey: 'cost', color: '#00aa11' }] }),
      });
      expect(painted(element, '#ff00aa')).to.be.greaterThan(40);
      expect(painted(element, '#00aa11')).to.be.greaterThan(40);
      // What is read off it stays the value itself, not the height that it is stacked to.
      await press(element, 'Home');
      expect(rowsOf(element)).to.deep.equal([['Sales', '120'], ['Cost', '80']]);
    }
  });

  it('says its name, its range and its latest values', async () => {
    const element = await mount({ widget: chart({ aggregation: 'daily', series: [{ name: 'Sales', dataKey: 'sales' }, { name: 'Cost', dataKey: 'cost' }] }) });
    expect(box(element).getAttribute('aria-label')).to.equal('Sales, 1 Mar 2026 – 5 Mar 2026. Sales 1,180, Cost 400');
  });

  it('names a form that it cannot draw', async () => {
    expect(text(root(await mount({ widget: chart({ chartType: 'sankey' as 'line' }) })).querySelector('.message'))).to.contain('sankey');
  });

  it('moves through its points by keyboard and says them', async () => {
    const element = await mount({ widget: chart({ aggregation: 'daily', format: 'currency' }) });
    expect(tooltip(element)).to.equal(null);
    expect((await press(element, 'ArrowRight')).defaultPrevented).to.equal(true);
    expect(spoken(element)).to.equal('1 Mar 2026: US$120.00');
    await press(element, 'ArrowRight');
    expect(spoken(element)).to.equal('2 Mar 2026: US$90.00');
    expect(text(tooltip(element)!.querySelector('.at'))).to.equal('2 Mar 2026');
    await press(element, 'End');
    expect(spoken(element)).to.equal('5 Mar 2026: US$1,180.00');
    await press(element, 'ArrowRight');
    expect(spoken(element)).to.contain('5 Mar');
    await press(element, 'ArrowLeft');
    expect(spoken(element)).to.contain('4 Mar');
    await press(element, 'Home');
    expect(spoken(element)).to.contain('1 Mar');
    await press(element, 'ArrowLeft');
    expect(spoken(element)).to.contain('1 Mar');
    await press(element, 'Escape');
    expect(tooltip(element)).to.equal(null);
    expect(spoken(element)).to.equal('');
    expect((await press(element, 'Tab')).defaultPrevented).to.equal(false);
    await press(element, 'ArrowLeft');
    expect(spoken(element), 'backwards begins at the end').to.contain('5 Mar');
    box(element).dispatchEvent(new FocusEvent('blur'));
    await element.updateComplete;
    expect(tooltip(element)).to.equal(null);
  });

  it('follows the pointer, lists series by their value, and keeps inside its box', async () => {
    for (const width of [220, 480]) {
      const element = await mount({
        width,
        widget: chart({ chartType: 'bar', aggregation: 'daily', series: [{ name: 'Cost of all that was bought', dataKey: 'cost' }, { name: 'Sales', dataKey: 'sales' }] }),
      });
      const over = root(element).querySelector<HTMLElement>('.u-over')!;
      const place = over.getBoundingClientRect();
      for (const [share, day, order] of [[0.1, '1 Mar 2026', ['Sales', 'Cost of all that was bought']], [0.3, '2 Mar 2026', ['Cost of all that was bought', 'Sales']], [0.95, '5 Mar 2026', ['Sales', 'Cost of all that was bought']]] as const) {
        const at = { clientX: place.left + place.width * share, clientY: place.top + 20, bubbles: true, composed: true };
        over.dispatchEvent(new MouseEvent('mouseenter', at));
        over.dispatchEvent(new MouseEvent('mousemove', at));
        await frame();
        await element.updateComplete;
        expect(text(tooltip(element)!.querySelector('.at'))).to.equal(day);
        expect(rowsOf(element).map(([name]) => name)).to.deep.equal([...order]);
        const [shown, around] = [tooltip(element)!.getBoundingClientRect(), box(element).getBoundingClientRect()];
        expect(shown.left, `${width} ${share}`).to.be.at.least(around.left - 1);
        expect(shown.right, `${width} ${share}`).to.be.at.most(around.right + 1);
      }
      over.dispatchEvent(new MouseEvent('mouseleave', { bubbles: true, composed: true }));
      await frame();
      await element.updateComplete;
      expect(tooltip(element)).to.equal(null);
    }
  });

  it('filters rows into series and puts a gap where one has none', async () => {
    const data = { items: [['EU', 'a', 1], ['EU', 'b', 2], ['US', 'b', 7], ['EU', 'c', 'many']].map(([region, name, value]) => ({ region, name, value })) };
    const element = await mount({
      data,
      widget: chart({ chartType: 'bar', xAxis: 'name', series: [{ name: 'Europe', dataKey: 'value', filter: { region: 'EU' } }, { name: 'America', dataKey: 'value', filter: { region: 'US' } }] }),
    });
    expect([...root(element).querySelectorAll('.legend .name')].map(text)).to.deep.equal(['Europe', 'America']);
    await press(element, 'Home');
    expect(spoken(element)).to.equal('a: Europe 1, America –');
    await press(element, 'ArrowRight');
    expect(spoken(element)).to.equal('b: America 7, Europe 2');
    await press(element, 'ArrowRight');
    expect(spoken(element)).to.equal('c: Europe –, America –');
  });

  it('adds up by hour, day and month in the zone of the tenant', async () => {
    const data = ['2026-03-01T22:30:00Z', '2026-03-01T23:30:00Z', '2026-03-02T10:00:00Z', '2026-04-02T10:00:00Z'].map((day) => ({ day, sales: 10 }));
    const display = { ...DISPLAY, timeZone: 'Europe/Berlin' };
    const daily = await mount({ data: data.slice(0, 3), display, widget: chart({ aggregation: 'daily' }) });
    await press(daily, 'Home');
    expect(spoken(daily)).to.equal('1 Mar 2026: 10');
    await press(daily, 'ArrowRight');
    expect(spoken(daily)).to.equal('2 Mar 2026: 20');
    const monthly = await mount({ data, display, widget: chart({ chartType: 'bar', aggregation: 'monthly', aggregate: 'count' }) });
    await press(monthly, 'Home');
    expect(spoken(monthly)).to.equal('1 Mar 2026: 3');
    const hourly = await mount({ data: data.slice(0, 2), display, widget: chart({ aggregation: 'hourly' }) });
    await press(hourly, 'End');
    expect(spoken(hourly)).to.match(/2 Mar 2026, 00:00: 10/);
  });

  it('says of days that come added up already only which they are', async () => {
    const display = { ...DISPLAY, timeZone: 'Europe/Berlin' };
    const said = async (...times: string[]) => {
      const element = await mount({ data: times.map((day) => ({ day, sales: 10 })), display, widget: chart({}) });
      await press(element, 'End');
      return spoken(element);
    };
    // The clocks go forward on the 29th.
    expect(await said('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z')).to.equal('30 Mar 2026: 10');
    expect(await said('2026-03-28T23:00:00Z', '2026-03-29T23:00:00Z')).to.equal('30 Mar 2026, 01:00: 10');
  });

  it('shows a value that stands between gaps', async () => {
    const data = [1, null, 3, null, 2].map((sales, index) => ({ day: DAYS[index], sales }));
    const element = await mount({ data, widget: chart({ series: [{ name: 'Sales', dataKey: 'sales', color: '#ff00aa' }, { name: 'Cost', dataKey: 'cost' }] }) });
    expect(painted(element, '#ff00aa')).to.be.greaterThan(10);
  });

  it('replaces the numbers without building the canvas anew, and stays where the reader is', async () => {
    const element = await mount({ widget: chart({ aggregation: 'daily', yAxis: 'sales' }) });
    const before = canvas(element);
    await press(element, 'Home');
    await press(element, 'ArrowRight');
    element.data = ROWS.map((row) => ({ ...row, sales: row.sales! * 2 }));
    await element.updateComplete;
    await frame();
    expect(canvas(element)).to.equal(before);
    expect(rowsOf(element)).to.deep.equal([['Sales', '180']]);
    // The window moves on by a day: the reader stays on the day, not on the place.
    element.data = [...ROWS.slice(1), { day: '2026-03-06', sales: 50, cost: 1 }];
    await element.updateComplete;
    await frame();
    expect(canvas(element)).to.equal(before);
    expect(text(tooltip(element)!.querySelector('.at'))).to.equal('2 Mar 2026');
    await press(element, 'ArrowRight');
    expect(spoken(element)).to.equal('3 Mar 2026: 160');
  });

  it('draws anew for another theme', async () => {
    const element = await mount({ widget: chart({}) });
    expect(painted(element, '#2f5fd0')).to.be.greaterThan(40);
    element.theme = 'dark';
    await element.updateComplete;
    await frame();
    expect(painted(element, '#2f5fd0')).to.equal(0);
    expect(painted(element, '#86a8ff')).to.be.greaterThan(40);
    expect(root(element).querySelectorAll('canvas')).to.have.length(1);
  });

  it('draws anew when an element around it sets other colours or another font, and when it takes them back', async () => {
    const element = await mount({ widget: chart({}) });
    const { style } = element.parentElement!;
    for (const [color, gone] of [['#c2185b', '#2f5fd0'], ['', '#c2185b']] as const) {
      style.setProperty('--ccm-chart-1', color);
      await until(`it is drawn in ${color || 'its own colour'}`, () => painted(element, color || '#2f5fd0') > 40);
      expect(painted(element, gone)).to.equal(0);
    }
    const before = canvas(element)!.toDataURL();
    style.setProperty('--ccm-font', 'monospace');
    style.fontFamily = 'monospace';
    await until('it is written in the other font', () => canvas(element)!.toDataURL() !== before);
  });

  it('takes the size of its box, also one that comes later', async () => {
    const element = await mount({ width: 480 });
    expect(canvas(element)!.getBoundingClientRect().width).to.be.closeTo(480, 2);
    const first = canvas(element);
    element.parentElement!.style.width = '300px';
    await until('it is narrower', () => Math.abs(canvas(element)!.getBoundingClientRect().width - 300) < 2);
    expect(canvas(element) === first, 'the same canvas').to.equal(true);
    const place = await fixture<HTMLElement>(html`<div hidden></div>`);
    const hidden = Object.assign(document.createElement('ccm-chart'), { widget: chart({}), data: ROWS, display: DISPLAY });
    place.append(hidden);
    await hidden.updateComplete;
    expect(canvas(hidden) === null, 'nothing is drawn without a size').to.equal(true);
    Object.assign(place.style, { width: '360px', height: '240px' });
    place.hidden = false;
    await until('it is drawn', () => canvas(hidden) !== null);
  });

  it('is drawn again when it is moved in the page', async () => {
    const element = await mount({});
    const elsewhere = await fixture<HTMLElement>(html`<div></div>`);
    Object.assign(elsewhere.style, { width: '300px', height: '200px' });
    elsewhere.append(element);
    await element.updateComplete;
    await frame();
    expect(root(element).querySelectorAll('canvas')).to.have.length(1);
    expect(painted(element, '#2f5fd0')).to.be.greaterThan(40);
  });

  it('changes its form when the definition does', async () => {
    const element = await mount({});
    for (const [chartType, selector] of [['donut', 'svg path'], ['bar', 'canvas'], ['scatter', 'canvas'], ['area', 'canvas']] as const) {
      element.widget = chart({ chartType });
      await element.updateComplete;
      await frame();
      await until(`there is a ${chartType}`, () => root(element).querySelector(selector) !== null);
      expect(root(element).querySelectorAll('canvas').length, chartType).to.equal(selector === 'canvas' ? 1 : 0);
    }
  });

  it('lets the reader walk the slices by keyboard', async () => {
    const element = await mount({ widget: chart({ chartType: 'donut', xAxis: 'category', yAxis: 'stock' }), data: STOCK });
    const list = root(element).querySelector('.slices')!;
    const active = () => text(root(element).getElementById(list.getAttribute('aria-activedescendant') ?? ''));
    const total = () => text(root(element).querySelector('.total'));
    expect(total()).to.equal('100');
    expect(root(element).querySelector('svg')!.getAttribute('aria-label')).to.equal('Sales: Chairs 40 (40%), Tables 25 (25%), Phones 20 (20%), Paper 15 (15%)');
    await press(element, 'ArrowDown');
    expect(active()).to.equal('Chairs 40 40%');
    expect(total()).to.equal('40');
    await press(element, 'End');
    expect(active()).to.contain('Paper');
    await press(element, 'ArrowUp');
    expect(active()).to.contain('Phones');
    expect(root(element).querySelectorAll('.slice.faded')).to.have.length(3);
    await press(element, 'Escape');
    expect(list.hasAttribute('aria-activedescendant')).to.equal(false);
    expect(total()).to.equal('100');
  });

  it('shows hostile names as they were typed', async () => {
    for (const name of HOSTILE) {
      await Promise.all((['line', 'bar', 'donut'] as const).map(async (chartType) => {
        const data = [{ name, value: 1 }, { name: 'other', value: 2 }];
        const widget = { ...chart({ chartType, xAxis: 'name', series: [{ name, dataKey: 'value', color: name }, { name: 'Two', dataKey: 'value' }] }), title: name };
        const element = await mount({ widget, data });
        if (chartType !== 'donut') await press(element, 'Home');
        expect(text(root(element).querySelector('.legend, .slices'))).to.contain(name);
        if (chartType !== 'donut') expect(text(tooltip(element))).to.contain(name);
        expect(root(element).querySelectorAll('img, script, [onload], [onerror]')).to.have.length(0);
      }));
    }
    expect((window as { pwned?: unknown }).pwned).to.equal(undefined);
  });

  it('takes only colours as colours', async () => {
    for (const color of ['red;background:url(//x)', 'url(//x)', 'var(--_surface)', 'inherit', 'expression(1)', '']) {
      const element = await mount({
        widget: chart({ series: [{ name: 'Sales', dataKey: 'sales', color }, { name: 'Cost', dataKey: 'cost' }], thresholds: [{ value: 100, color }] }),
      });
      expect(root(element).querySelector<HTMLElement>('.swatch')!.style.cssText, color).to.equal('background: var(--_chart-1);');
      expect(painted(element, '#2f5fd0'), color).to.be.greaterThan(20);
    }
    const tone = await mount({ widget: chart({ series: [{ name: 'Sales', dataKey: 'sales', color: 'red' }], legend: true }) });
    expect(root(tone).querySelector<HTMLElement>('.swatch')!.style.background).to.equal('var(--_critical)');
    expect(painted(tone, '#c22f2f')).to.be.greaterThan(40);
  });

  it('says so where there is nothing to draw, whatever came', async () => {
    for (const chartType of ['line', 'area', 'bar', 'scatter', 'pie', 'donut'] as const) {
      await Promise.all([...BAD_SHAPES, [{ day: 'x', sales: Number.NaN }], [{ day: DAYS[0], sales: '' }], 'a'.repeat(100_000)].map(async (data) => {
        const element = await mount({ widget: chart({ chartType }), data });
        expect(text(root(element).querySelector('.message')), `${chartType} ${(JSON.stringify(data) ?? 'undefined').slice(0, 40)}`).to.not.equal('');
        element.parentElement!.remove();
      }));
    }
    const negative = await mount({ widget: chart({ chartType: 'pie', xAxis: 'category', yAxis: 'stock' }), data: [{ category: 'a', stock: -1 }] });
    expect(text(root(negative).querySelector('.message'))).to.not.equal('');
  });

  it('takes numbers of every size', async () => {
    const sizes: number[][] = [[0], [0, 0], [5], [-5, -5], [1e308, -1e308], [1e21, 2e21], [1e-12, 2e-12], [Number.MAX_VALUE, 1], [0.01, 0.02]];
    for (const chartType of ['line', 'area', 'bar'] as const) {
      for (const stacked of [false, true]) {
        await Promise.all(sizes.map(async (values) => {
          const data = values.map((sales, index) => ({ day: DAYS[index], sales, cost: sales }));
          const element = await mount({ data, widget: chart({ chartType, stacked, series: [{ name: 'Sales', dataKey: 'sales' }, { name: 'Cost', dataKey: 'cost' }] }) });
          await until('it is drawn', () => root(element).querySelector('.u-over') !== null);
          await press(element, 'Home');
          await until(`${chartType} ${values.join()}: it says its first`, () => tooltip(element) !== null);
          const over = root(element).querySelector('.u-over')!.getBoundingClientRect();
          expect(over.width, `${chartType} ${values.join()}: room for the plot`).to.be.greaterThan(250);
          element.parentElement!.remove();
        }));
      }
    }
  });

  it('takes 200,000 rows', async () => {
    const data = Array.from({ length: 200_000 }, (_, index) => ({ day: `n${index}`, at: 1.7e12 + index * 60_000, sales: index % 97 }));
    for (const config of [{ chartType: 'line', xAxis: 'day' }, { chartType: 'line', xAxis: 'at' }, { chartType: 'bar', xAxis: 'at' }] as const) {
      const element = await mount({ data, widget: chart(config) });
      expect(canvas(element), JSON.stringify(config)).to.exist;
      await press(element, 'End');
      expect(spoken(element)).to.not.equal('');
      element.parentElement!.remove();
    }
  }).timeout(30_000);

  it('falls back where the locale or the zone is none', async () => {
    const element = await mount({ display: { locale: 'no_such_LOCALE', timeZone: 'Mars/Base', currency: 'XX' }, widget: chart({ aggregation: 'daily', format: 'currency' }) });
    await press(element, 'End');
    expect(spoken(element)).to.contain('1,180');
  });
});
