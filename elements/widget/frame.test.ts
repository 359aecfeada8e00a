import { expect, fixture, html } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type { CcmCollapseEvent } from '../core/collapse-event.js';
import { until } from '../core/test/until.js';
import { HEALTH, SALES, SALES_DATA } from '../core/test/samples.js';
import { define } from '../tags.js';
import type { CcmWidget } from './ccm-widget.js';

define();

const part = <T extends HTMLElement = HTMLElement>(element: CcmWidget, selector: string) => element.shadowRoot!.querySelector<T>(selector)!;
const isSeen = (element: Element | null) => element?.checkVisibility() === true && element.getBoundingClientRect().height > 0;

describe('a widget that is folded to its header', () => {
  const folded = () => fixture<CcmWidget>(html`<ccm-widget collapsed .config=${SALES} .data=${SALES_DATA}></ccm-widget>`);

  it('shows the header alone, and the button that unfolds it', async () => {
    const element = await folded();
    expect(isSeen(part(element, '.body'))).to.equal(false);
    expect(isSeen(part(element, 'h2'))).to.equal(true);
    expect(isSeen(part(element, '.fold'))).to.equal(true);
    expect(part(element, '.fold').getAttribute('aria-expanded')).to.equal('false');
    expect(element.offsetHeight).to.be.below(60);
    await expect(element).to.be.accessible();
  });

  it('is unfolded by its viewer, who is heard by what is around it and no further', async () => {
    const element = await folded();
    const heard: unknown[] = [];
    element.addEventListener('ccm-collapse', (event) => heard.push([(event as CcmCollapseEvent).collapsed, event.bubbles, event.composed]));
    part(element, '.fold').click();
    await element.updateComplete;
    expect(element.collapsed).to.equal(false);
    expect(element.hasAttribute('collapsed')).to.equal(false);
    expect(part(element, '.fold').getAttribute('aria-expanded')).to.equal('true');
    expect(isSeen(part(element, '.body'))).to.equal(true);
    part(element, '.fold').click();
    expect(heard).to.deep.equal([[false, true, false], [true, true, false]]);
  });

  it('tells nobody what the page set itself', async () => {
    const element = await folded();
    element.addEventListener('ccm-collapse', () => expect.fail('told'));
    element.collapsed = false;
    await element.updateComplete;
    element.collapsed = true;
    await element.updateComplete;
    expect(isSeen(part(element, '.body'))).to.equal(false);
  });
});

/** What stands anywhere below, also in the shadow of what does. */
function find(root: ParentNode, selector: string): Element | null {
  return root.querySelector(selector) ?? [...root.querySelectorAll('*')].reduce<Element | null>((found, { shadowRoot }) => found ?? (shadowRoot && find(shadowRoot, selector)), null);
}

describe('a widget without a dashboard, on paper', () => {
  const rows = [{ day: 'Mon', hour: 8, a: 1, b: 2 }, { day: 'Tue', hour: 9, a: 2, b: 3 }];
  const chart = (chartConfig: object) => ({ title: 'Orders', type: 'chart', dataSource: { type: 'static', data: null }, chartConfig: { xAxis: 'day', ...chartConfig } });
  const series = ['a', 'b'].map((dataKey) => ({ dataKey, name: dataKey }));
  const printed = (element: Element, pseudo?: string) => getComputedStyle(element, pseudo).printColorAdjust;

  before(() => emulateMedia({ media: 'print' }));
  after(() => emulateMedia({ media: 'screen' }));

  for (const { about, marks, config, data } of [
    { about: 'a bar and its ranges', marks: ['.rail', '.fill', '.ranges span'], config: { ...HEALTH, gaugeConfig: { ...HEALTH.gaugeConfig, shape: 'bar' } }, data: { health_score: 60 } },
    { about: 'the series of a chart', marks: ['.swatch'], config: chart({ chartType: 'bar', series }), data: rows },
    { about: 'the scale of a heatmap', marks: ['.ramp'], config: chart({ chartType: 'heatmap', yAxis: 'hour', value: 'a' }), data: rows },
  ]) {
    it(`keeps the colours of ${about}, and leaves out the grounds that words stand on`, async () => {
      const element = await fixture<CcmWidget>(html`<ccm-widget .config=${config as never} .data=${data}><p slot="header"></p></ccm-widget>`);
      const root = element.shadowRoot!;
      await until('it is drawn', () => marks.every((mark) => find(root, mark) !== null));
      expect(marks.map((mark) => printed(find(root, mark)!))).to.deep.equal(marks.map(() => 'exact'));
      const view = root.querySelector('.body > *')!;
      // What shows a state by its ground draws it before its content.
      expect(printed(view, '::before')).to.equal('exact');
      expect([part(element, '.frame'), part(element, 'h2'), view, element.querySelector('p')!].map((one) => printed(one))).to.deep.equal(Array.from({ length: 4 }, () => 'economy'));
    });
  }

  it('is on the screen as it was', async () => {
    await emulateMedia({ media: 'screen' });
    const element = await fixture<CcmWidget>(html`<ccm-widget .config=${chart({ chartType: 'bar', series }) as never} .data=${rows}></ccm-widget>`);
    await until('it is drawn', () => find(element.shadowRoot!, '.swatch') !== null);
    expect(printed(find(element.shadowRoot!, '.swatch')!)).to.equal('economy');
  });
});

describe('the host’s own content in a widget', () => {
  const mine = (name: string) => html`<p slot=${name} class=${name}>Mine: ${name}</p>`;
  const all = () => [mine('header'), mine('empty'), mine('error')];
  const shown = (element: CcmWidget) => [...element.querySelectorAll('p')].filter(isSeen).map(({ className }) => className);

  it('stands beside the title, and nowhere else while there is something to show', async () => {
    const element = await fixture<CcmWidget>(html`<ccm-widget .config=${SALES} .data=${SALES_DATA}>${all()}</ccm-widget>`);
    await until('it is shown', () => element.state === 'fresh');
    expect(shown(element)).to.deep.equal(['header']);
  });

  it('stands for our words where there is nothing, and where it failed', async () => {
    const element = await fixture<CcmWidget>(html`<ccm-widget .config=${SALES} .data=${{}}>${all()}</ccm-widget>`);
    await until('it is empty', () => element.state === 'empty');
    await element.updateComplete;
    expect(shown(element)).to.deep.equal(['header', 'empty']);
    expect(isSeen(part(element, '.message'))).to.equal(false);
    element.config = { ...SALES, type: 'hologram' } as never;
    element.data = SALES_DATA;
    await until('it failed', () => element.state === 'failed');
    await element.updateComplete;
    expect(shown(element)).to.deep.equal(['header', 'error']);
    await expect(element).to.be.accessible();
  });

  it('is missed by nobody: without it our words stand there', async () => {
    const element = await fixture<CcmWidget>(html`<ccm-widget .config=${SALES} .data=${{}}></ccm-widget>`);
    await until('it is empty', () => element.state === 'empty');
    await element.updateComplete;
    expect(isSeen(part(element, '.message'))).to.equal(true);
  });
});

describe('the frame of a widget', () => {
  it('says its description as a tooltip and to who listens', async () => {
    const element = await fixture<CcmWidget>(html`<ccm-widget .config=${SALES} .data=${SALES_DATA}></ccm-widget>`);
    expect(part(element, 'h2').title).to.equal('Totals of today');
    expect(part(element, 'article').getAttribute('aria-description')).to.equal('Totals of today');
  });

  it('keeps the height from before the first answer on, of whatever kind it is', async () => {
    const kinds = ['stat', 'chart', 'table', 'list', 'gauge', 'map', 'text', 'custom'];
    // Each for itself, and all of them in view.
    const board = await fixture(html`<div>${kinds.map(() => html`<div style="position: absolute; inset: 0 0 auto"><ccm-widget></ccm-widget></div>`)}</div>`);
    const elements = [...board.querySelectorAll('ccm-widget')];
    for (const [at, element] of elements.entries()) element.config = { ...SALES, type: kinds[at] } as never;
    await Promise.all(elements.map(({ updateComplete }) => updateComplete));
    const heights = () => Object.fromEntries(elements.map(({ offsetHeight }, at) => [kinds[at], offsetHeight]));
    const before = heights();
    for (const element of elements) element.data = { items: [{ a: 1 }], total_sales: 1 };
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(heights()).to.deep.equal(before);
    await Promise.all(kinds.map((kind) => customElements.whenDefined(`ccm-${kind}`)));
    await until('all are there', () => elements.every((element) => part(element, 'ccm-skeleton') === null));
    expect(heights()).to.deep.equal(before);
  });

  it('opens its menu by the key for menus, but leaves that to the browser in a field', async () => {
    const element = await fixture<CcmWidget>(html`<ccm-widget .config=${SALES} .data=${SALES_DATA}><input slot="header" aria-label="Mine" /></ccm-widget>`);
    const press = (target: Element, init: KeyboardEventInit) => {
      const event = new KeyboardEvent('keydown', { bubbles: true, composed: true, cancelable: true, ...init });
      target.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(press(element.querySelector('input')!, { key: 'F10', shiftKey: true })).to.equal(false);
    expect(press(part(element, '.menu-button'), { key: 'F10' })).to.equal(false);
    expect(press(part(element, '.menu-button'), { key: 'ContextMenu' })).to.equal(true);
    await until('the menu is open', () => element.shadowRoot!.querySelector('ccm-menu')?.shadowRoot?.querySelector(':popover-open') != null);
  });
});

describe('a low card', () => {
  const rows = Array.from({ length: 8 }, (_, index) => ({ day: `2026-03-0${index + 1}`, hour: index, orders: index * 3, returns: index }));
  const widget = (title: string, part: object) => ({ title, dataSource: { type: 'static', data: rows }, ...part }) as never;
  const xAxis = 'day';
  const CASES = [
    { about: 'the legend of a chart', inside: 'ccm-chart', seen: '.legend', config: widget('Orders', { type: 'chart', chartConfig: { chartType: 'line', xAxis, series: [{ name: 'Orders', dataKey: 'orders' }, { name: 'Returns', dataKey: 'returns' }] } }) },
    { about: 'the scale of a heatmap', inside: 'ccm-heatmap', seen: '.scale', config: widget('Hours', { type: 'chart', chartConfig: { chartType: 'heatmap', xAxis, yAxis: 'hour', value: 'orders' } }) },
    { about: 'the search of a table', inside: 'ccm-table', seen: '.tools', config: widget('Rows', { type: 'table', tableConfig: { columns: [{ key: 'day' }], searchable: true } }) },
    { about: 'the pages of a table', inside: 'ccm-table', seen: '.pages', config: widget('Pages', { type: 'table', tableConfig: { columns: [{ key: 'day' }], pagination: { enabled: true, pageSize: 3 } } }) },
  ];
  for (const { about, inside, seen, config } of CASES) {
    it(`gives what room there is to the picture: ${about} comes and goes with the height`, async () => {
      const box = await fixture<HTMLElement>(html`<div style="height: 420px; width: 420px"><ccm-widget .config=${config} .data=${rows} style="--ccm-body-min-height: 0"></ccm-widget></div>`);
      const element = box.querySelector('ccm-widget')!;
      const part = () => find(find(element.shadowRoot!, inside)?.shadowRoot ?? document.createElement('p'), seen);
      await until('it is there', () => isSeen(part()));
      box.style.height = '130px';
      await until('it is gone', () => part() !== null && !isSeen(part()));
      box.style.height = '420px';
      await until('it is back', () => isSeen(part()));
    });
  }
});
