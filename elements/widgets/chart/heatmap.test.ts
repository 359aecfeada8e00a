import { expect } from '@open-wc/testing';
import type { ChartConfig } from '../../../sdk/contract/display.js';
import { BAD_SHAPES, HOSTILE } from '../../core/test/samples.js';
import { until } from '../../core/test/until.js';
import type { CcmChart } from './chart.js';
import type { CcmHeatmap } from './heatmap.js';
import { chart, faults, frame, mount, root, text, type Mounting } from './test/chart-on-page.js';

const DATA = ['Mon', 'Tue', 'Wed'].flatMap((day, row) => [8, 9, 10, 11].map((hour, column) => ({ day, hour, orders: row === 2 && column === 0 ? null : row * 10 + column })));

const heatmap = (config: Partial<ChartConfig> = {}) => chart({ chartType: 'heatmap', xAxis: 'hour', yAxis: 'day', value: 'orders', ...config });

async function mountHeatmap(mounting: Mounting = {}): Promise<{ outer: CcmChart; view: CcmHeatmap; inside: ShadowRoot }> {
  const outer = await mount({ widget: heatmap(), data: DATA, ...mounting });
  const view = root(outer).querySelector('ccm-heatmap') as unknown as CcmHeatmap;
  await view.updateComplete;
  await frame();
  return { outer, view, inside: view.shadowRoot! };
}

const box = (inside: ShadowRoot) => inside.querySelector<HTMLElement>('.box')!;
const spoken = (inside: ShadowRoot) => text(inside.querySelector('[role=status]'));

async function press(view: CcmHeatmap, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    box(view.shadowRoot!).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
    await view.updateComplete;
  }
}

/** The colour in the middle of a cell. */
function colorAt(inside: ShadowRoot, row: number, column: number, rows = 3, columns = 4): number[] {
  const canvas = inside.querySelector('canvas')!;
  const ratio = devicePixelRatio;
  const left = canvas.width / ratio - box(inside).clientWidth + (Math.ceil(3 * 7.2) + 12);
  const [width, height] = [box(inside).clientWidth - left, box(inside).clientHeight - 22];
  // Beside the middle, where the value is written.
  const [x, y] = [left + ((column + 0.5) / columns) * width, ((row + 0.15) / rows) * height];
  return [...canvas.getContext('2d')!.getImageData(Math.round(x * ratio), Math.round(y * ratio), 1, 1).data];
}

describe('ccm-heatmap', () => {
  before(() => import('./hands.js'));
  beforeEach(() => faults.splice(0));
  afterEach(() => expect(faults).to.deep.equal([]));

  it('is painted anew in the colours that an element around it sets', async () => {
    const { outer, inside } = await mountHeatmap();
    const before = colorAt(inside, 1, 3);
    outer.parentElement!.style.setProperty('--ccm-chart-1', '#c2185b');
    outer.parentElement!.style.setProperty('--ccm-accent', '#c2185b');
    await until('it has another colour', () => String(colorAt(inside, 1, 3)) !== String(before));
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible (${theme})`, async () => {
      const { outer, view } = await mountHeatmap({ theme });
      await press(view, 'ArrowRight');
      await expect(outer).to.be.accessible();
      await expect(view).to.be.accessible();
    });
  }

  it('names itself, its size and its ends', async () => {
    const { inside } = await mountHeatmap();
    expect(box(inside).getAttribute('aria-label')).to.equal('Sales, 3 rows, 4 columns. Lowest 0, Highest 23');
    expect(text(inside.querySelector('.scale'))).to.match(/^Lowest 0 ?Highest 23$/);
    expect([box(inside).getAttribute('aria-roledescription'), inside.querySelector('canvas')!.ariaLabel]).to.deep.equal(['Chart', 'Sales']);
  });

  it('is darker where there is more, and bare where there is nothing', async () => {
    const { inside } = await mountHeatmap();
    const light = (row: number, column: number) => colorAt(inside, row, column).slice(0, 3).reduce((sum, part) => sum + part, 0);
    expect(light(0, 0)).to.be.greaterThan(light(1, 1));
    expect(light(1, 1)).to.be.greaterThan(light(2, 3));
    expect(colorAt(inside, 2, 0)[3]).to.equal(0);
    expect(colorAt(inside, 0, 0)[3]).to.equal(255);
  });

  it('is walked in both directions and says the cells', async () => {
    const { view, inside } = await mountHeatmap();
    await press(view, 'ArrowRight');
    expect(spoken(inside)).to.equal('Mon, 8: 0');
    await press(view, 'ArrowDown', 'ArrowRight');
    expect(spoken(inside)).to.equal('Tue, 9: 11');
    await press(view, 'End', 'ArrowRight');
    expect(spoken(inside)).to.equal('Tue, 11: 13');
    await press(view, 'PageDown', 'ArrowDown');
    expect(spoken(inside)).to.equal('Wed, 11: 23');
    await press(view, 'Home');
    expect(spoken(inside)).to.equal('Wed, 8: –');
    await press(view, 'PageUp', 'ArrowUp', 'ArrowLeft');
    expect(spoken(inside)).to.equal('Mon, 8: 0');
    expect(text(inside.querySelector('.tooltip'))).to.equal('8 Mon0');
    view.data = DATA.map((row) => ({ ...row, orders: 7 })).slice(1);
    await view.updateComplete;
    expect(text(inside.querySelector('.tooltip')), 'the reader stays on the cell').to.equal('8 Mon–');
    await press(view, 'Escape');
    expect([spoken(inside), inside.querySelector('.tooltip')]).to.deep.equal(['', null]);
  });

  it('follows the pointer', async () => {
    const { view, inside } = await mountHeatmap();
    const place = box(inside).getBoundingClientRect();
    const at = async (x: number, y: number) => {
      box(inside).dispatchEvent(new PointerEvent('pointermove', { clientX: place.left + x, clientY: place.top + y }));
      await view.updateComplete;
      return text(inside.querySelector('.tooltip'));
    };
    expect(await at(place.width - 5, 5)).to.equal('11 Mon3');
    const [tip, around] = [inside.querySelector('.tooltip')!.getBoundingClientRect(), place];
    expect(tip.right).to.be.at.most(around.right + 1);
    expect(await at(2, 5), 'the names are no cells').to.equal('');
    expect(await at(60, place.height - 30)).to.equal('8 Wed–');
  });

  it('shows 100 by 100 cells fast, and more than there are pixels', async () => {
    const grid = (across: number, down: number) => Array.from({ length: across * down }, (_, index) => ({ hour: index % across, day: Math.floor(index / across), orders: index }));
    const { inside } = await mountHeatmap();
    for (const [across, down] of [[100, 100], [1500, 250]] as const) {
      const data = grid(across, down);
      const start = performance.now();
      const { inside: large, outer } = await mountHeatmap({ data });
      expect(performance.now() - start, `${across} × ${down}`).to.be.lessThan(across > 100 ? 4000 : 600);
      expect(large.querySelector('canvas')!.width).to.equal(inside.querySelector('canvas')!.width);
      const canvas = large.querySelector('canvas')!;
      expect(canvas.getContext('2d')!.getImageData(canvas.width - 4, 4, 1, 1).data[3]).to.equal(255);
      outer.parentElement!.remove();
    }
  }).timeout(20_000);

  it('keeps to the ends that are told', async () => {
    const { inside } = await mountHeatmap({ widget: heatmap({ min: 0, max: 100 }) });
    expect(text(inside.querySelector('.scale'))).to.match(/^Lowest 0 ?Highest 100$/);
  });

  it('says so where there is nothing to show, whatever came, and takes numbers of every size', async () => {
    for (const data of [...BAD_SHAPES, [{ hour: 1, day: 'x', orders: 'Infinity' }], [{ hour: 1, day: 'x', orders: 1e400 }]]) {
      const { inside, outer } = await mountHeatmap({ data });
      expect(text(inside.querySelector('.message')), JSON.stringify(data) ?? 'undefined').to.not.equal('');
      outer.parentElement!.remove();
    }
    for (const values of [[0], [5, 5], [1e308, -1e308], [1e-12, 2e-12], [Number.MAX_VALUE, 1]]) {
      const { inside, outer } = await mountHeatmap({ data: values.map((orders, hour) => ({ hour, day: 'x', orders })) });
      expect(colorAt(inside, 0, 0, 1, values.length)[3], values.join()).to.equal(255);
      expect(text(inside.querySelector('.scale'))).to.not.match(/NaN|undefined|∞/);
      outer.parentElement!.remove();
    }
  });

  it('shows hostile names as they were typed', async () => {
    for (const name of HOSTILE) {
      const { view, inside } = await mountHeatmap({ data: [{ hour: name, day: name, orders: 1 }] });
      await press(view, 'ArrowRight');
      expect(text(inside.querySelector('.tooltip'))).to.contain(name);
      expect(inside.querySelectorAll('img, script, [onload], [onerror]')).to.have.length(0);
    }
    expect((window as { pwned?: unknown }).pwned).to.equal(undefined);
  });
});
