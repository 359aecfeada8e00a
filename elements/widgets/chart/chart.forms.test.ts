import { expect } from '@open-wc/testing';
import { HOSTILE } from '../../core/test/samples.js';
import { until } from '../../core/test/until.js';
import { canvas, chart, DAYS, faults, frame, mount, painted, point, press, root, ROWS, rowsOf, spoken, STOCK, text, tooltip } from './test/chart-on-page.js';
import type { CcmChart } from './chart.js';

const PINK = '#ff00aa';
const series = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `Series ${index + 1}`, dataKey: `s${index}` }));
const WIDE = DAYS.map((day, at) => ({ day, ...Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`s${index}`, 10 + index * 10 + at])) }));
const notes = (element: CcmChart) => [...root(element).querySelectorAll('.tooltip .note')].map(text);

/** The colour at a place of the plot, by the share of its field. */
function pixel(element: CcmChart, x: number, y: number): number[] {
  const [over, box] = [root(element).querySelector<HTMLElement>('.u-over')!.getBoundingClientRect(), canvas(element)!.getBoundingClientRect()];
  const [left, top] = [over.left - box.left + over.width * x, over.top - box.top + over.height * y];
  return [...canvas(element)!.getContext('2d')!.getImageData(Math.round(left * devicePixelRatio), Math.round(top * devicePixelRatio), 1, 1).data];
}

describe('the forms of a ccm-chart', () => {
  before(() => import('./hands.js'));
  beforeEach(() => faults.splice(0));
  afterEach(() => expect(faults).to.deep.equal([]));

  describe('scatter', () => {
    const POINTS = [{ x: 1, y: 10, r: 4 }, { x: 5, y: 50, r: 100 }, { x: 5, y: 20, r: 1 }, { x: 9, y: 90, r: 25 }];
    const scatter = (config = {}) => chart({ chartType: 'scatter', xAxis: 'x', yAxis: 'y', ...config });

    it('walks its points by keyboard and says them, also those of one x', async () => {
      const element = await mount({ widget: scatter({ size: 'r' }), data: POINTS });
      const said: string[] = [];
      for (let step = 0; step < 4; step += 1) {
        await press(element, 'ArrowRight');
        // The first key loads what reads the points.
        await until('it says the next', () => spoken(element) !== (said.at(-1) ?? ''));
        said.push(spoken(element));
      }
      expect(said).to.deep.equal(['1: Sales 10, r 4', '5: Sales 50, r 100', '5: Sales 20, r 1', '9: Sales 90, r 25']);
      expect(rowsOf(element)).to.deep.equal([['Sales', '90'], ['r', '25']]);
      await press(element, 'Home');
      expect(spoken(element)).to.contain('1: ');
    });

    it('takes the point that is nearest to the pointer, none where none is near', async () => {
      const element = await mount({ widget: scatter({ min: 0, max: 100 }), data: [{ x: 0, y: 50 }, { x: 100, y: 50 }, { x: 49, y: 100 }] });
      await point(element, 0.03);
      expect(text(tooltip(element)!.querySelector('.at'))).to.equal('0');
      await point(element, 0.5);
      expect(tooltip(element)).to.equal(null);
    });

    it('makes points larger by a field', async () => {
      const inked = async (size?: string) => painted(await mount({ widget: scatter({ ...(size ? { size } : {}), series: [{ name: 'A', dataKey: 'y', color: PINK }] }), data: POINTS }), PINK);
      const [small, large] = [await inked(), await inked('r')];
      expect(small).to.be.greaterThan(0);
      expect(large).to.be.greaterThan(small);
    });

    it('cuts no point at its edge, however large and low it is', async () => {
      const data = [{ x: 1, y: 0, r: 100 }, { x: 5, y: 30, r: 10 }, { x: 9, y: 90, r: 100 }];
      const isPink = ([red = 0, green = 0, , alpha = 0]: number[]) => alpha > 60 && red > 160 && green < 80;
      for (const height of [300, 160, 76]) {
        const element = await mount({ widget: scatter({ size: 'r', series: [{ name: 'A', dataKey: 'y', color: PINK }] }), data, width: 260 });
        element.parentElement!.style.height = `${height}px`;
        await frame();
        element.data = [...data];
        await element.updateComplete;
        await frame();
        const all = Array.from({ length: 400 }, (_, at) => at / 400);
        const { clientWidth, clientHeight } = root(element).querySelector<HTMLElement>('.u-over')!;
        expect(painted(element, PINK), `${height} px`).to.be.greaterThan(0);
        // It may touch the edge; what is cut has a flat side.
        for (const line of [0, 1 - 1 / clientHeight]) expect(all.filter((x) => isPink(pixel(element, x, line))).length, `${height} px at ${line}`).to.be.below(4);
        for (const line of [0, 1 - 1 / clientWidth]) expect(all.filter((y) => isPink(pixel(element, line, y))).length, `${height} px beside`).to.be.below(4);
      }
    });

    it('stands over times and over names', async () => {
      const times = await mount({ widget: scatter({ xAxis: 'day', yAxis: 'sales' }) });
      await press(times, 'Home');
      expect(spoken(times)).to.equal('1 Mar 2026: 120');
      const names = await mount({ widget: scatter({ xAxis: 'category', yAxis: 'stock' }), data: [...STOCK, { category: 'Chairs', stock: 3 }] });
      await press(names, 'Home');
      await press(names, 'ArrowRight');
      expect(spoken(names)).to.equal('Chairs: 3');
    });

    it('takes one point, and numbers of every size', async () => {
      for (const data of [[{ x: 0, y: 0 }], [{ x: 1e308, y: 1e308 }, { x: -1e308, y: -1e308 }], [{ x: 1e-9, y: 1 }, { x: 2e-9, y: 1 }]]) {
        const element = await mount({ widget: scatter({ size: 'y' }), data });
        await press(element, 'Home');
        expect(tooltip(element), JSON.stringify(data)).to.exist;
        expect(text(tooltip(element))).to.not.match(/NaN|undefined/);
      }
    });
  });

  describe('thresholds', () => {
    const thresholds = [{ value: 50, color: '#00aa11', label: 'Fair' }, { value: 150, color: PINK, label: 'Fine' }];
    const flat = (thresholdStyle: 'line' | 'band' | 'none') => mount({ data: DAYS.map((day) => ({ day, sales: 10 })), widget: chart({ thresholds, thresholdStyle, min: 0, max: 200 }) });

    it('are lines, bands or nothing', async () => {
      const lines = await flat('line');
      expect(painted(lines, PINK)).to.be.greaterThan(300);
      const bands = await flat('band');
      expect(painted(bands, PINK)).to.equal(0);
      expect(pixel(bands, 0.7, 0.12)[3], 'a tint over the highest').to.be.within(15, 40);
      expect(pixel(bands, 0.7, 0.12)[1]).to.be.lessThan(40);
      expect(pixel(bands, 0.7, 0.6)[1], 'another below it').to.be.greaterThan(100);
      expect(pixel(bands, 0.7, 0.9)[3], 'none below the lowest').to.equal(0);
      const none = await flat('none');
      expect(painted(none, PINK)).to.equal(0);
      expect(pixel(none, 0.7, 0.12)[3]).to.equal(0);
    });
  });

  describe('ends of the value axis', () => {
    it('are where they are told to be, but bars stand on zero', async () => {
      const data = DAYS.map((day) => ({ day, sales: 100 }));
      const area = await mount({ data, widget: chart({ chartType: 'area', min: 0, max: 200, series: [{ name: 'A', dataKey: 'sales', color: PINK }] }) });
      expect(pixel(area, 0.5, 0.45)[3]).to.equal(0);
      expect(pixel(area, 0.5, 0.8)[3]).to.be.greaterThan(10);
      const bar = await mount({ data, widget: chart({ chartType: 'bar', min: 90, max: 200, series: [{ name: 'A', dataKey: 'sales', color: PINK }] }) });
      expect(pixel(bar, 0.5, 0.95)[3], 'from the floor up').to.equal(255);
      expect(pixel(bar, 0.5, 0.55)[3], 'to half of the height').to.equal(255);
      for (const config of [{ min: 500 }, { max: -5 }, { min: 5, max: 5 }]) {
        const element = await mount({ data, widget: chart(config) });
        expect(canvas(element), JSON.stringify(config)).to.exist;
      }
    });
  });

  describe('annotations', () => {
    const annotations = [{ at: '2026-03-02', label: 'Release', color: PINK }, { at: '2026-03-03', to: '2026-03-04T12:00', label: 'Strike', color: '#00aa11' }, { at: 'never', label: 'Nowhere' }, { at: '1999-01-01', label: 'Long ago' }];

    it('are said where they hold, shown in the tooltip and in the table', async () => {
      for (const chartType of ['line', 'bar'] as const) {
        const element = await mount({ widget: chart({ chartType, aggregation: 'daily', annotations }) });
        expect(painted(element, PINK), chartType).to.be.greaterThan(20);
        await press(element, 'Home');
        expect([spoken(element), notes(element)]).to.deep.equal(['1 Mar 2026: 120', []]);
        await press(element, 'ArrowRight');
        expect([spoken(element), notes(element)]).to.deep.equal(['2 Mar 2026: 90. Release', ['Release']]);
        await press(element, 'ArrowRight');
        expect(notes(element)).to.deep.equal(['Strike']);
        expect(element.asTable()!.rows.map((row) => row[2]), chartType).to.deep.equal(['', 'Release', 'Strike', 'Strike', '']);
      }
    });

    it('stand at names too', async () => {
      const element = await mount({ widget: chart({ chartType: 'bar', xAxis: 'category', yAxis: 'stock', annotations: [{ at: 'Tables', label: 'New' }] }), data: STOCK });
      expect(element.asTable()!.rows.map((row) => row[2])).to.deep.equal(['', 'New', '', '']);
    });

    it('show hostile labels as typed and take only colours as colours', async () => {
      for (const label of HOSTILE) {
        const element = await mount({ widget: chart({ annotations: [{ at: DAYS[0]!, label, color: label }] }) });
        await press(element, 'Home');
        expect(notes(element)).to.deep.equal([label]);
        expect(root(element).querySelectorAll('img, script, [onload], [onerror]')).to.have.length(0);
      }
      expect((window as { pwned?: unknown }).pwned).to.equal(undefined);
    });
  });

  describe('patterns', () => {
    it('tell series apart besides their colour from the third on, in the legend too', async () => {
      for (const chartType of ['line', 'area', 'bar'] as const) {
        const element = await mount({ widget: chart({ chartType, patterns: true, series: series(4) }), data: WIDE });
        const samples = [...root(element).querySelectorAll('.legend .sample')];
        expect(samples).to.have.length(4);
        const shapes = samples.map((sample) => sample.querySelectorAll('path').length + sample.querySelectorAll('g').length);
        expect(shapes[0], chartType).to.equal(shapes[1]);
        expect(shapes[2], chartType).to.be.greaterThan(shapes[1]!);
        await expect(element).to.be.accessible();
      }
    });

    it('are of the series, not of what is shown', async () => {
      const config = { chartType: 'bar' as const, series: [...series(2), { name: 'Third', dataKey: 's2', color: PINK }] };
      const whole = painted(await mount({ widget: chart(config), data: WIDE }), PINK);
      const element = await mount({ widget: chart({ ...config, patterns: true }), data: WIDE });
      for (const button of [...root(element).querySelectorAll<HTMLButtonElement>('.legend button')].slice(0, 2)) button.click();
      await element.updateComplete;
      await frame();
      expect(painted(element, PINK), 'hatched still, alone as it is').to.be.within(1, whole * 2.4);
    });

    it('hatch slices', async () => {
      const element = await mount({ widget: chart({ chartType: 'donut', xAxis: 'category', yAxis: 'stock', patterns: true }), data: STOCK });
      const fills = [...root(element).querySelectorAll('.slice')].map((slice) => slice.getAttribute('fill'));
      expect(fills).to.deep.equal([null, null, 'url(#hatching-2)', 'url(#hatching-3)']);
      for (const fill of fills.slice(2)) expect(root(element).querySelector(`pattern${fill!.slice(4, -1)}`)).to.exist;
    });
  });

  describe('bad input', () => {
    const VALUES = [null, Number.NaN, 'Infinity', 1e400, -1e400, '', 'many', [], {}, true];
    const TIMES = ['2026-03-01', '2026-03-01T10:00:00Z', '2026-03-01T10:00:00+02:00', 1_772_360_000, 1_772_360_000_000, '1772360000', 'yesterday-ish', null, Number.NaN, 1e400];

    it('is a picture of what there is, or a message, and never NaN', async () => {
      for (const chartType of ['line', 'area', 'bar', 'scatter', 'heatmap', 'pie'] as const) {
        const mixed = TIMES.map((day, index) => ({ day, group: `g${index % 2}`, sales: index % 3 === 0 ? VALUES[index] : index }));
        await Promise.all([mixed, VALUES.map((sales, index) => ({ day: DAYS[index % 5], group: 'g', sales })), mixed.slice(1, 2), [...mixed, null, 5, 'x', []]].map(async (data) => {
          const element = await mount({ data, widget: chart({ chartType, ...(chartType === 'heatmap' ? { yAxis: 'group', value: 'sales' } : {}), stacked: true, thresholds: [{ value: 3, color: 'red', label: 'Three' }], annotations: [{ at: '2026-03-01', label: 'Note' }] }) });
          const inner = root(element).querySelector('ccm-heatmap')?.shadowRoot;
          if (root(element).querySelector('.box')) await press(element, 'End');
          const shown = `${text(root(element).querySelector('.box, .slices, .message'))} ${root(element).querySelector('.box')?.ariaLabel ?? ''} ${inner?.textContent ?? ''} ${spoken(element)} ${JSON.stringify(element.asTable()?.rows ?? [])}`;
          expect(shown, `${chartType}: ${shown}`).to.not.match(/NaN|undefined|\[object|Infinity|∞/);
          element.parentElement!.remove();
        }));
      }
    });

    it('may be a million rows', async () => {
      const data = Array.from({ length: 1_000_000 }, (_, index) => ({ day: 1.7e12 + index * 1000, sales: index % 997, cost: index % 89 }));
      for (const chartType of ['line', 'area', 'bar', 'scatter'] as const) {
        const start = performance.now();
        const element = await mount({ data, widget: chart({ chartType, stacked: true, series: [{ name: 'Sales', dataKey: 'sales', color: PINK }, { name: 'Cost', dataKey: 'cost' }] }) });
        // Far above what it takes, for a machine that has more to do.
        expect(performance.now() - start, chartType).to.be.lessThan(8000);
        expect(painted(element, PINK) + painted(element, '#da780d'), chartType).to.be.greaterThan(400);
        await press(element, 'End');
        await until('it is said', () => spoken(element).includes('Cost'));
        element.parentElement!.remove();
      }
    }).timeout(60_000);
  });

  it('is told apart by what it is: the parts of rare forms load where they are asked for', async () => {
    const element = await mount({ widget: chart({ chartType: 'area', stacked: true, series: [{ name: 'Sales', dataKey: 'sales' }, { name: 'Cost', dataKey: 'cost' }] }), data: ROWS });
    expect(canvas(element)!.role).to.equal('img');
    expect(canvas(element)!.ariaLabel).to.equal('Sales');
  });
});
