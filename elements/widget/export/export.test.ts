import { expect, fixture, html } from '@open-wc/testing';
import { SALES, SALES_DATA, LOW_STOCK, LOW_STOCK_DATA, BAD_SHAPES } from '../../core/test/samples.js';
import { until } from '../../core/test/until.js';
import type { WidgetView } from '../../core/widget-view.js';
import { define } from '../../tags.js';
import type { CcmWidget } from '../ccm-widget.js';
import type { WidgetFacts } from '../facts.js';
import { MOST_ROWS, tableOf } from './export-rows.js';
import { paintCard } from './paint/paint-card.js';

define();

const nothing = () => undefined;
const factsOf = (definition: unknown, data: unknown, view: Partial<WidgetView> = {}) =>
  ({ definition, snapshot: { state: 'fresh', data }, view: { asTable: nothing, ...view } }) as unknown as WidgetFacts;

describe('the rows of an export', () => {
  it('are those that the view says', async () => {
    const own = { columns: [{ label: 'A' }], rows: [[1]] };
    expect(await tableOf(factsOf({ type: 'chart' }, [{ a: 2 }], { asTable: () => own }), nothing)).to.deep.equal({ table: own, total: 1 });
  });

  it('are the answer’s where it says none, with the columns of the definition', async () => {
    const definition = { type: 'table', tableConfig: { columns: [{ key: 'who.name', label: 'Name' }, { key: 'n' }] } };
    const { table } = await tableOf(factsOf(definition, { items: [{ who: { name: 'Ann' }, n: -1.5, more: true }, { n: [1] }, null] }), nothing);
    expect(table).to.deep.equal({ columns: [{ label: 'Name' }, { label: 'n' }], rows: [['Ann', -1.5], [null, '[1]'], [null, null]] });
  });

  it('are its fields where it has no rows', async () => {
    const { table } = await tableOf(factsOf({ type: 'stat' }, { total: 7, ok: true, trend: { up: 1 } }), nothing);
    expect(table.rows).to.deep.equal([['total', 7], ['ok', 'true'], ['trend', '{"up":1}']]);
  });

  it('are fetched window by window where the view holds only the first, up to a cap that is told', async () => {
    const asked: unknown[] = [];
    const told: unknown[] = [];
    const all = MOST_ROWS + 10;
    const window: WidgetView['window'] = (request) => {
      asked.push(request);
      const count = Math.min(request.count, all - request.from);
      return Promise.resolve({ rows: Array.from({ length: count }, (_, index) => ({ n: request.from + index })), total: all });
    };
    const { table, total } = await tableOf(factsOf({ type: 'table' }, [{ n: 0 }], { total: all, sort: '-n', window }), (...progress) => told.push(progress));
    expect([table.rows.length, total, table.rows.at(-1)]).to.deep.equal([MOST_ROWS, all, [MOST_ROWS - 1]]);
    expect(asked[0]).to.deep.equal({ from: 0, count: 5000, sort: '-n' });
    expect(asked).to.have.length(20);
    expect(told[1]).to.deep.equal([5000, MOST_ROWS]);
  });

  it('are all of one answer: asked for anew where another comes between, once', async () => {
    const fetched = async (cursors: string[]) => {
      const asked: number[] = [];
      const window: WidgetView['window'] = ({ from }) => {
        const cursor = cursors[asked.length] ?? cursors.at(-1)!;
        asked.push(from);
        return Promise.resolve({ rows: Array.from({ length: 5_000 }, (_, index) => ({ n: from + index, of: cursor })), total: 15_000, cursor });
      };
      const { table } = await tableOf(factsOf({ type: 'table' }, [], { total: 15_000, window }), nothing);
      return { asked, length: table.rows.length, of: [...new Set(table.rows.map(([, of]) => of))] };
    };
    expect(await fetched(['a'])).to.deep.equal({ asked: [0, 5000, 10_000], length: 15_000, of: ['a'] });
    expect(await fetched(['a', 'a', 'b'])).to.deep.equal({ asked: [0, 5000, 10_000, 0, 5000, 10_000], length: 15_000, of: ['b'] });
    expect((await fetched(['a', 'b', 'b', 'c', 'd', 'e'])).asked).to.deep.equal([0, 5000, 0, 5000, 10_000]);
  });

  it('end where the edge has no more, whatever it said before', async () => {
    const window = ({ from }: { from: number }) => Promise.resolve({ rows: from === 0 ? [{ n: 1 }] : [], total: 50 });
    expect((await tableOf(factsOf({ type: 'table' }, [], { total: 50, window }), nothing)).table.rows).to.deep.equal([[1]]);
  });

  it('come of answers of any shape without throwing', async () => {
    for (const data of BAD_SHAPES) for (const type of ['stat', 'table', 'list', 'text']) await tableOf(factsOf({ type }, data), nothing);
    expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
  });
});

describe('the picture of a card', () => {
  const shown = async (config: unknown, data: unknown) => {
    const element = await fixture<CcmWidget>(html`<ccm-widget .config=${config as never} .data=${data}></ccm-widget>`);
    await until('it is drawn', () => element.state === 'fresh' && element.shadowRoot!.querySelector('.skeleton') === null && element.shadowRoot!.querySelector('.body > *')?.shadowRoot?.textContent !== '');
    return element.shadowRoot!.querySelector<HTMLElement>('.frame')!;
  };
  /** Colours in a part of the page, as `r,g,b`, with how often each is. */
  const colorsIn = (canvas: HTMLCanvasElement, frame: Element, part: Element | DOMRect) => {
    const from = frame.getBoundingClientRect();
    const box = part instanceof Element ? part.getBoundingClientRect() : part;
    const { data } = canvas.getContext('2d')!.getImageData((box.left - from.left) * 2, (box.top - from.top) * 2, box.width * 2, box.height * 2);
    const counts = new Map<string, number>();
    for (let at = 0; at < data.length; at += 4) {
      const color = `${data[at]},${data[at + 1]},${data[at + 2]},${data[at + 3]}`;
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
    return counts;
  };

  it('is the card at twice its size, with its colours, its text in place, and round corners', async () => {
    const frame = await shown(SALES, SALES_DATA);
    const canvas = await paintCard(frame);
    const { width, height, left, top } = frame.getBoundingClientRect();
    expect([canvas.width, canvas.height]).to.deep.equal([Math.round(width * 2), Math.round(height * 2)]);
    expect(colorsIn(canvas, frame, new DOMRect(left, top, 1, 1)).keys().next().value).to.equal('0,0,0,0');
    expect(colorsIn(canvas, frame, new DOMRect(left + width / 2, top + 5, 20, 3))).to.deep.equal(new Map([['255,255,255,255', 240]]));
    // The title is ink where the page has it, and only there.
    expect(colorsIn(canvas, frame, frame.querySelector('h2')!).get('20,26,38,255')).to.be.above(100);
    const value = frame.querySelector('ccm-stat')!.shadowRoot!.querySelector('.value')!;
    expect(colorsIn(canvas, frame, value).size).to.be.above(20);
  });

  it('has nothing of what only the pointer sees, and leaves the page as it was', async () => {
    const frame = await shown(SALES, SALES_DATA);
    const before = frame.outerHTML;
    const canvas = await paintCard(frame);
    expect([...colorsIn(canvas, frame, frame.querySelector('.menu-button')!).keys()]).to.deep.equal(['255,255,255,255']);
    expect(frame.outerHTML).to.equal(before);
  });

  it('ends a text without room in dots, inside its box', async () => {
    const frame = await shown({ ...LOW_STOCK, title: 'A title that is much too long for its card '.repeat(20) }, LOW_STOCK_DATA);
    const canvas = await paintCard(frame);
    const title = frame.querySelector('h2')!.getBoundingClientRect();
    expect(colorsIn(canvas, frame, title).get('20,26,38,255')).to.be.above(100);
    const beyond = new DOMRect(title.right + 1, title.top, frame.getBoundingClientRect().right - title.right - 4, title.height);
    expect([...colorsIn(canvas, frame, beyond).keys()]).to.deep.equal(['255,255,255,255']);
  });

  it('is made in no time of a text without end, whichever way it is written', async () => {
    for (const dir of ['ltr', 'rtl']) {
      const frame = await shown({ ...LOW_STOCK, title: 'Müllabfuhr und Straßenreinigung '.repeat(1_000) }, LOW_STOCK_DATA);
      (frame.getRootNode() as ShadowRoot).host.setAttribute('dir', dir);
      const from = performance.now();
      await paintCard(frame);
      expect(performance.now() - from, dir).to.be.below(2_000);
    }
  }).timeout(60_000);

  describe('of a chart, on a screen with fewer pixels', () => {
    const DATA = ['Mon', 'Tue', 'Wed', 'Thu'].map((day, index) => ({ day, hour: 8, a: 10 + index, b: 20 - index, c: 12 }));
    const chart = (chartConfig: object) => ({ id: 'c', title: 'C', type: 'chart', size: 'large', dataSource: { type: 'static' }, chartConfig });
    const canvasOf = (frame: HTMLElement) => {
      const inside = frame.querySelector('ccm-chart')?.shadowRoot;
      return inside?.querySelector('canvas') ?? inside?.querySelector('ccm-heatmap')?.shadowRoot?.querySelector('canvas');
    };
    const drawn = async (config: object) => {
      const element = await fixture<CcmWidget>(html`<ccm-widget .config=${chart(config) as never} .data=${DATA}></ccm-widget>`);
      const frame = element.shadowRoot!.querySelector<HTMLElement>('.frame')!;
      const isPainted = (canvas?: HTMLCanvasElement | null) => true === canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte > 0);
      await until('its canvas is drawn', () => isPainted(canvasOf(frame)));
      await new Promise(requestAnimationFrame);
      return { frame, canvas: canvasOf(frame)! };
    };
    const bars = { chartType: 'bar', xAxis: 'day', yAxis: 'a' };
    /** Lengths of the runs of one colour, down a column of the picture or along a line of it, beginning at the corner of the canvas. */
    const runs = (picture: HTMLCanvasElement, frame: Element, canvas: Element, color: string, at: { x: number } | { y: number }) => {
      const [from, box] = [frame.getBoundingClientRect(), canvas.getBoundingClientRect()];
      const [left, top] = [(box.left - from.left) * 2, (box.top - from.top) * 2];
      const [x, y, width, height] = 'x' in at ? [left + at.x * 2, top, 1, box.height * 2] : [left, top + at.y * 2, box.width * 2, 1];
      const { data } = picture.getContext('2d')!.getImageData(x, y, width, height);
      const colors = Array.from({ length: data.length / 4 }, (_, index) => data.slice(index * 4, index * 4 + 4).join());
      return colors.reduce<number[]>((all, one, index) => {
        if (one !== color) return all;
        return colors[index - 1] === color ? [...all.slice(0, -1), all.at(-1)! + 1] : [...all, 1];
      }, []);
    };

    it('has hairlines and words with all of the picture’s pixels', async () => {
      const { frame, canvas } = await drawn(bars);
      const picture = await paintCard(frame);
      const { width } = canvas.getBoundingClientRect();
      // Beside the last bar: nothing but lines.
      const lines = runs(picture, frame, canvas, '223,227,234,255', { x: Math.round(width) - 4 });
      expect(lines.length).to.be.above(3);
      expect(lines).to.deep.equal(lines.map(() => 2));
      // Pixels that are wholly of the colour of words are few where they were made larger.
      const { left, bottom } = canvas.getBoundingClientRect();
      expect(colorsIn(picture, frame, new DOMRect(left, bottom - 20, width, 20)).get('90,101,119,255') ?? 0).to.be.above(150);
    });

    it('has cells of a heatmap with sharp edges', async () => {
      const { frame, canvas } = await drawn({ chartType: 'heatmap', xAxis: 'day', yAxis: 'hour', value: 'a' });
      const picture = await paintCard(frame);
      // Between two cells the card is seen, a pixel of the page wide.
      expect(runs(picture, frame, canvas, '255,255,255,255', { y: 6 }).slice(1)).to.deep.equal([2, 2, 2, 2]);
    });

    for (const [name, config] of Object.entries({
      bars, 'hatched areas': { chartType: 'area', xAxis: 'day', series: ['a', 'b', 'c'].map((dataKey) => ({ dataKey, name: dataKey })), patterns: true }, heatmap: { chartType: 'heatmap', xAxis: 'day', yAxis: 'hour', value: 'a' },
    })) {
      it(`leaves the page as it was, in each of its frames (${name})`, async () => {
        const { frame, canvas } = await drawn(config);
        const look = () => [canvas.width, canvas.height, canvas.toDataURL(), canvas.getBoundingClientRect().width].join();
        const before = look();
        const seen = new Set<string>();
        let watching = true;
        const watch = () => {
          seen.add(look());
          if (watching) requestAnimationFrame(watch);
        };
        watch();
        await paintCard(frame);
        await new Promise(requestAnimationFrame);
        watching = false;
        await new Promise(requestAnimationFrame);
        expect([...seen].map((one) => one === before)).to.deep.equal([true]);
        expect(canvasOf(frame) === canvas).to.equal(true);
      });
    }
  });

  it('can be saved: nothing in it is another’s', async () => {
    const canvas = await paintCard(await shown(LOW_STOCK, LOW_STOCK_DATA));
    const file = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    expect(file!.type).to.equal('image/png');
    expect(file!.size).to.be.above(2000);
  });
});
