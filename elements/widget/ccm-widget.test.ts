import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { ownClock } from '../core/test/own-clock.js';
import { startStandIn, until, EDGE } from '../core/test/stand-in-edge.js';
import type { StandIn } from '../core/test/stand-in-edge.js';
import { BAD_SHAPES, definition, HEALTH, HOSTILE, LOW_STOCK, LOW_STOCK_DATA, SALES, SALES_DATA } from '../core/test/samples.js';
import { define } from '../tags.js';
import type { CcmWidget } from './ccm-widget.js';

define();

const bodyText = (element: CcmWidget) => {
  const body = element.shadowRoot!.querySelector('.body')!;
  const view = body.querySelector<HTMLElement>(':scope > *')!;
  return (view.shadowRoot ?? view).textContent!.replace(/\s+/g, ' ').trim();
};
const shownText = (element: CcmWidget) => element.shadowRoot!.querySelector('article')!.textContent!.replace(/\s+/g, ' ').trim();

async function local(config: unknown, data?: unknown): Promise<CcmWidget> {
  const element = await fixture<CcmWidget>(html`<ccm-widget .config=${config as never} .data=${data}></ccm-widget>`);
  await until('its view is drawn', () => element.state !== 'loading' && !element.shadowRoot!.querySelector('.skeleton'));
  await element.updateComplete;
  return element;
}

describe('ccm-widget without an edge', () => {
  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible as stat, gauge and list (${theme})`, async () => {
      for (const [config, data] of [[SALES, SALES_DATA], [HEALTH, { health_score: 92 }], [LOW_STOCK, LOW_STOCK_DATA]]) {
        const element = await local(config, data);
        element.theme = theme;
        await element.updateComplete;
        await expect(element).to.be.accessible();
      }
    });
  }

  it('shows config and data', async () => {
    const element = await local(SALES, SALES_DATA);
    expect(element.state).to.equal('fresh');
    expect(element.getAttribute('state')).to.equal('fresh');
    expect(element.getAttribute('live')).to.equal('off');
    expect(shownText(element)).to.contain('Daily Sales Summary');
    expect(bodyText(element)).to.match(/15,234\.5|15\.2K/).and.to.contain('12.5%').and.to.contain('vs yesterday');
  });

  it('shows the data that the file holds, from a child script', async () => {
    const text = JSON.stringify({ ...SALES, data: { total_sales: 7 } });
    const element = await fixture<CcmWidget>(html`<ccm-widget></ccm-widget>`);
    const script = document.createElement('script');
    script.type = 'application/json';
    script.textContent = text;
    element.append(script);
    await until('the script is read', () => element.state === 'fresh');
    expect(bodyText(element)).to.contain('7');
  });

  it('shows a file, and says so when there is none', async () => {
    const file = URL.createObjectURL(new Blob(['{}']));
    const element = await fixture<CcmWidget>(html`<ccm-widget src=${file}></ccm-widget>`);
    await until('the scheme is refused', () => element.state === 'failed');
    element.src = '/there-is-no-such-widget.json';
    await until('the file is missed', () => element.state === 'failed' && shownText(element).includes('could not be loaded'));
    URL.revokeObjectURL(file);
  });

  it('says of a file what is wrong with it, not that the network is', async () => {
    const element = await fixture<CcmWidget>(html`<ccm-widget></ccm-widget>`);
    const codes: string[] = [];
    element.addEventListener('ccm-error', ({ detail }) => codes.push(`${detail.code} ${detail.detail}`));
    for (const src of ['/there-is-no-such-widget.json', '/mockServiceWorker.js', 'mailto:x']) {
      element.src = src;
      await until(`it says so of ${src}`, () => codes.at(-1)?.includes(src) === true);
    }
    expect(codes).to.deep.equal([
      'not_found /there-is-no-such-widget.json answered 404.', 'invalid /mockServiceWorker.js is not JSON.', 'invalid “mailto:x” is not an http address.',
    ]);
  });

  it('says what is wrong with a broken child script', async () => {
    const element = await fixture<CcmWidget>(html`<ccm-widget><script type="application/json">{"type": </script></ccm-widget>`);
    await until('it failed', () => element.state === 'failed');
    await expect(element).to.be.accessible();
  });

  it('tells data and readiness by events', async () => {
    const element = document.createElement('ccm-widget');
    element.config = SALES;
    element.data = SALES_DATA;
    const heard = Promise.all([oneEvent(element, 'ccm-data'), oneEvent(element, 'ccm-ready')]);
    document.body.append(element);
    const [data, ready] = await heard;
    expect(data.detail).to.include({ widgetId: 'sales-summary', stale: false });
    expect(data.bubbles && data.composed && ready.bubbles && ready.composed).to.equal(true);
    element.remove();
  });

  it('paints nothing for an equal answer', async () => {
    const element = await local(SALES, SALES_DATA);
    const view = element.shadowRoot!.querySelector('ccm-stat')!;
    let changes = 0;
    const observer = new MutationObserver((records) => (changes += records.length));
    observer.observe(view.shadowRoot!, { subtree: true, childList: true, characterData: true, attributes: true });
    element.data = { ...SALES_DATA };
    await element.updateComplete;
    await (view as CcmWidget).updateComplete;
    await new Promise(requestAnimationFrame);
    observer.disconnect();
    expect(changes).to.equal(0);
  });

  it('shows hostile strings as they were typed', async () => {
    for (const text of HOSTILE) {
      const stat = await local(
        { ...SALES, title: text, description: text, icon: text, statConfig: { ...SALES.statConfig, primaryLabel: text, thresholds: [{ value: 0, color: text, label: text }] } },
        { ...SALES_DATA, trend: { direction: 'up', percentage: 1, comparison: text } },
      );
      expect(stat.shadowRoot!.querySelector('h2')!.textContent).to.contain(text);
      expect(bodyText(stat)).to.contain(text);
      const list = await local({ ...LOW_STOCK, title: text }, { items: [{ product_name: text, sku: text, stock_level: text }] });
      expect(bodyText(list)).to.contain(text);
      const gauge = await local({ ...HEALTH, gaugeConfig: { ...HEALTH.gaugeConfig, unit: text } }, { health_score: 5 });
      await until('the gauge is drawn', () => bodyText(gauge).includes(text));
    }
    expect((window as { pwned?: unknown }).pwned).to.equal(undefined);
    expect(document.querySelectorAll('img[src="x"]')).to.have.length(0);
  });

  it('takes answers of any shape without throwing', async () => {
    const faults: unknown[] = [];
    const hear = (event: PromiseRejectionEvent | ErrorEvent) => faults.push(event);
    window.addEventListener('unhandledrejection', hear);
    for (const config of [SALES, HEALTH, LOW_STOCK]) {
      for (const data of BAD_SHAPES) {
        const element = await local({ ...config, data });
        expect(element.shadowRoot!.querySelector('.frame'), JSON.stringify(data)).to.exist;
        expect(element.state).to.be.oneOf(['fresh', 'empty']);
        element.remove();
      }
    }
    window.removeEventListener('unhandledrejection', hear);
    expect(faults).to.deep.equal([]);
    expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
  });

  it('takes definitions of any shape without throwing', async () => {
    for (const config of [{}, { type: 'stat' }, { type: 'stat', title: 1 }, { type: 'list', title: 'x' }, { type: 'gauge', gaugeConfig: null }, [], 7]) {
      const element = await local(config, { a: 1 });
      expect(shownText(element), JSON.stringify(config)).to.not.equal('');
      element.remove();
    }
  });

  it('names a type that it cannot show', async () => {
    const element = await local({ ...SALES, type: 'hologram' as 'map' }, { items: [] });
    expect(element.state).to.equal('failed');
    expect(shownText(element)).to.contain('“hologram”');
  });

  it('lays a layout item’s overrides over the definition', async () => {
    const element = await fixture<CcmWidget>(html`<ccm-widget .config=${SALES} .data=${SALES_DATA}
      .overrides=${{ title: 'Mine', statConfig: { primaryLabel: 'Till' }, dataSource: { type: 'static', data: { total_sales: 1 } } }}></ccm-widget>`);
    await until('it is drawn', () => element.shadowRoot!.querySelector('ccm-stat')?.shadowRoot?.querySelector('.value') != null);
    expect(shownText(element)).to.contain('Mine');
    expect(bodyText(element)).to.contain('Till').and.not.to.contain('Total Sales');
  });
});

describe('ccm-widget with an edge', () => {
  let edge: StandIn;

  const clock = ownClock();
  before(async () => {
    edge = await startStandIn(Object.fromEntries([SALES, HEALTH, LOW_STOCK].map((widget) => [widget.id, definition(widget)])));
  });
  after(() => edge.close());
  beforeEach(() => {
    edge.cut(false);
    edge.batches.length = 0;
    edge.messages.length = 0;
  });

  const tag = (id: string, token = `token-${Math.random()}`) =>
    fixture<CcmWidget>(html`<ccm-widget widget=${id} edge=${EDGE} token=${token}></ccm-widget>`);

  /** Far below what is seen, and it knows: of what was watched first the browser tells first. */
  async function leaveView(element: CcmWidget): Promise<void> {
    element.style.marginTop = '9000px';
    await new Promise<void>((resolve) => {
      const watch = new IntersectionObserver(([entry]) => {
        if (entry!.isIntersecting) return;
        watch.disconnect();
        resolve();
      });
      watch.observe(element);
    });
  }

  it('goes from loading to fresh, and hears what is pushed', async () => {
    edge.tell('sales-summary', { data: SALES_DATA });
    const element = await tag('sales-summary');
    expect(element.state).to.equal('loading');
    await expect(element).to.be.accessible();
    await until('it is fresh', () => element.state === 'fresh');
    await until('it is live', () => element.getAttribute('live') === 'ws');
    await until('it subscribed', () => edge.messages.some(({ action }) => action === 'subscribe'));
    edge.push('sales-summary', { data: { ...SALES_DATA, total_sales: 99 } });
    await until('the new value is painted', () => bodyText(element).includes('$99.00'));
    await expect(element).to.be.accessible();
  });

  /** The last entry of its menu. */
  const chooseWhy = async (element: CcmWidget) => {
    element.shadowRoot!.querySelector<HTMLButtonElement>('.menu-button')!.click();
    const menu = () => element.shadowRoot!.querySelector('ccm-menu')?.shadowRoot;
    await until('the menu is open', () => menu()?.querySelector(':popover-open') != null);
    [...menu()!.querySelectorAll<HTMLElement>('[role=menuitem]')].at(-1)!.click();
  };

  it('says how often it is refreshed, where its API allows no more', async () => {
    edge.tell('sales-summary', { data: SALES_DATA, every: 40 });
    edge.explained.set('sales-summary', { source: { type: 'module' }, interval: 10, every: 40, watchers: 1 });
    const element = await tag('sales-summary');
    await until('it is fresh', () => element.state === 'fresh');
    await chooseWhy(element);
    const panel = () => element.shadowRoot!.querySelector('ccm-widget-details')?.shadowRoot?.querySelector<HTMLElement>(':popover-open');
    await until('the panel is open', () => panel() != null);
    await until('it says so', () => panel()!.textContent!.includes('Every 40 seconds instead of 10 seconds: its API allows no more'));
  });

  it('goes on explaining while its panel stands open', async () => {
    edge.tell('sales-summary', { data: SALES_DATA });
    edge.explained.set('sales-summary', { source: { type: 'module' }, interval: 10, watchers: 1 });
    const element = await tag('sales-summary');
    await until('it is fresh', () => element.state === 'fresh');
    await chooseWhy(element);
    const panel = () => element.shadowRoot!.querySelector('ccm-widget-details')?.shadowRoot?.querySelector<HTMLElement>(':popover-open');
    const text = () => element.shadowRoot!.querySelector('ccm-widget-details')?.shadowRoot?.querySelector('.floating')?.textContent ?? '';
    const age = () => Number(/(\d+) seconds? ago/.exec(text())?.[1]);
    await until('it says how old it is', () => text().includes('1 page') && age() >= 0);
    const before = age();
    await clock.pass(3_000);
    await until('time goes by', () => age() >= before + 3);
    edge.explained.set('sales-summary', { source: { type: 'module' }, interval: 10, watchers: 7 });
    await clock.pass(2_000);
    await until('it is asked anew', () => text().includes('7 pages') && age() <= before + 3);
    panel()!.hidePopover();
    edge.explained.set('sales-summary', { source: { type: 'module' }, interval: 10, watchers: 8 });
    await clock.pass(20_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(text(), 'not once it is closed').not.to.contain('8 pages');
  });

  it('explains what was asked last, once at a time, also where the answers come late', async () => {
    const element = await tag('sales-summary');
    await until('it is there', () => element.shadowRoot!.querySelector('.menu-button') !== null);
    const answers: ((widgetId: string) => void)[] = [];
    element.explain = () => new Promise((resolve) => answers.push((widgetId) => resolve({ state: 'fresh', carrier: 'ws', from: 'edge', widgetId })));
    const why = async (times: number) => {
      await chooseWhy(element);
      await until('it is asked', () => answers.length === times);
    };
    const panel = () => element.shadowRoot!.querySelector('ccm-widget-details')!.shadowRoot!.querySelector<HTMLElement>('.floating')!;
    await why(1);
    panel().hidePopover();
    await why(2);
    await clock.pass(20_000);
    expect(answers.length, 'not again while it waits').to.equal(2);
    const lines = () => panel().querySelector('dl')?.parentElement;
    answers[1]!('the-second');
    await until('it is shown', () => lines()?.textContent?.includes('the-second') === true);
    expect(lines()!.ariaLive, 'it is read out, however late it came').to.equal('polite');
    answers[0]!('the-first');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(lines()!.textContent).to.contain('the-second');
  });

  it('keeps its data when it becomes stale, and says why', async () => {
    edge.tell('sales-summary', { data: SALES_DATA });
    const element = await tag('sales-summary');
    await until('it is fresh', () => element.state === 'fresh');
    await until('it subscribed', () => edge.messages.some(({ action }) => action === 'subscribe'));
    const heard = oneEvent(element, 'ccm-data');
    edge.push('sales-summary', { state: 'stale', error: { code: 'module_not_running', detail: 'sales is stopped' } });
    await until('it is stale', () => element.state === 'stale');
    expect((await heard).detail.stale).to.equal(true);
    expect(bodyText(element)).to.contain('12.5%');
    expect(element.shadowRoot!.querySelector('footer')!.textContent).to.contain('not running');
    await expect(element).to.be.accessible();
    edge.push('sales-summary', { data: SALES_DATA });
    await until('it mended itself', () => element.state === 'fresh' && element.shadowRoot!.querySelector('footer') === null);
  });

  it('says when the connection is lost for longer than a moment, and nothing more when it is back', async () => {
    edge.tell('sales-summary', { data: SALES_DATA });
    const element = await tag('sales-summary');
    await until('it is live', () => element.getAttribute('live') === 'ws');
    const footer = () => element.shadowRoot!.querySelector('footer')?.textContent.trim();
    edge.cut(true);
    await until('it is off', () => element.getAttribute('live') === 'off');
    expect(footer()).to.equal(undefined);
    await clock.pass(3000);
    expect(footer()).to.equal(undefined);
    await clock.pass(2000);
    await until('it is said', () => footer() !== undefined);
    expect(footer()).to.contain('Not connected');
    expect(element.state).to.equal('fresh');
    await expect(element).to.be.accessible();
    edge.cut(false);
    window.dispatchEvent(new Event('online'));
    await until('it is live again', () => element.getAttribute('live') === 'ws');
    await until('it says nothing more', () => footer() === undefined);
  });

  it('says the same where the last answer was that there is nothing: nobody knows that by now', async () => {
    edge.tell('sales-summary', { data: {} });
    const element = await tag('sales-summary');
    await until('it is live', () => element.getAttribute('live') === 'ws' && element.state === 'empty');
    const footer = () => element.shadowRoot!.querySelector('footer')?.textContent.trim();
    expect(footer()).to.equal(undefined);
    edge.cut(true);
    await until('it is off', () => element.getAttribute('live') === 'off');
    await clock.pass(5000);
    await until('it is said', () => footer() !== undefined);
    expect(footer()).to.contain('Not connected');
    expect(element.state).to.equal('empty');
    edge.cut(false);
    window.dispatchEvent(new Event('online'));
    await until('it says nothing more', () => footer() === undefined);
  });

  it('tells how news arrive also out of view, where it paints nothing', async () => {
    edge.tell('sales-summary', { data: SALES_DATA });
    const element = await tag('sales-summary');
    await until('it is live', () => element.getAttribute('live') === 'ws');
    await leaveView(element);
    edge.cut(true);
    await until('it is off', () => element.getAttribute('live') === 'off');
    edge.cut(false);
    window.dispatchEvent(new Event('online'));
    await until('it is live again', () => element.getAttribute('live') === 'ws');
  });

  it('out of view for a while it asks for nothing, keeps what it shows, and catches up once when it is seen', async () => {
    edge.tell('sales-summary', { data: SALES_DATA });
    const element = await tag('sales-summary');
    await until('it subscribed', () => edge.messages.some(({ action }) => action === 'subscribe'));
    await until('it has its answer', () => bodyText(element).includes('$15,234.50'));
    await leaveView(element);
    await clock.pass(5200);
    edge.tell('sales-summary', { data: { ...SALES_DATA, total_sales: 77 } });
    const asked = edge.batches.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(edge.batches.length).to.equal(asked);
    expect(bodyText(element)).to.contain('$15,234.50');
    element.style.marginTop = '0px';
    await until('it has caught up', () => bodyText(element).includes('$77.00'));
    expect(edge.batches.length).to.equal(asked + 1);
  });

  it('says what failed and tries again', async () => {
    edge.tell('system-health', { state: 'failed', error: { code: 'upstream_timeout', detail: 'No answer in 30 s.' } });
    let detail: unknown;
    const element = await tag('system-health');
    element.addEventListener('ccm-error', (event) => (detail = event.detail));
    await until('it failed', () => element.state === 'failed');
    await until('the event came', () => detail !== undefined);
    expect(detail).to.deep.equal({ widgetId: 'system-health', code: 'upstream_timeout', detail: 'No answer in 30 s.' });
    expect(shownText(element)).to.contain('takes too long');
    await expect(element).to.be.accessible();
    expect(element.shadowRoot!.querySelector('.message-action')!.textContent).to.equal('Try again');
  });

  it('is ready when what failed at first is mended', async () => {
    edge.tell('system-health', { state: 'failed', error: { code: 'upstream_timeout', detail: 'No answer in 30 s.' } });
    const element = await tag('system-health');
    let ready = 0;
    element.addEventListener('ccm-ready', () => ready++);
    await until('it failed', () => element.state === 'failed');
    await until('it is live', () => element.getAttribute('live') === 'ws');
    expect(ready).to.equal(0);
    edge.push('system-health', { data: { health_score: 92 } });
    await until('it is ready', () => ready === 1);
  });

  it('tells a refused viewer nothing', async () => {
    const element = await tag('not-there');
    await until('it is refused', () => element.state === 'refused');
    expect(shownText(element)).to.contain('Not available to you').and.not.to.contain('not-there');
    await expect(element).to.be.accessible();
  });

  it('is empty where the answer holds nothing', async () => {
    edge.tell('low-stock-alert', { data: { items: [] } });
    const element = await tag('low-stock-alert');
    await until('it is empty', () => element.state === 'empty');
    await expect(element).to.be.accessible();
  });

  it('asks for twenty tags in one request, over one connection', async () => {
    edge.tell('sales-summary', { data: SALES_DATA });
    edge.tell('system-health', { data: { health_score: 81 } });
    const before = edge.sockets;
    const ids = ['sales-summary', 'system-health'];
    const board = await fixture(html`<div>
      ${Array.from({ length: 20 }, (_, index) => html`<ccm-widget widget=${ids[index % 2]!} edge=${EDGE} token="shared"></ccm-widget>`)}
    </div>`);
    const tags = [...board.querySelectorAll('ccm-widget')];
    await until('all are fresh', () => tags.every(({ state }) => state === 'fresh'));
    await until('all are live', () => tags.every(({ live }) => live === 'ws'));
    expect(edge.batches).to.have.length(1);
    expect(edge.sockets - before).to.equal(1);
  });
});

describe('the menu of ccm-widget', () => {
  it('opens by key, is walked by arrows, and gives the focus back', async () => {
    const element = await local(SALES, SALES_DATA);
    const button = element.shadowRoot!.querySelector<HTMLButtonElement>('.menu-button')!;
    button.focus();
    button.click();
    const items = () => [...(element.shadowRoot!.querySelector('ccm-menu')?.shadowRoot?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const focused = () => element.shadowRoot!.querySelector('ccm-menu')!.shadowRoot!.activeElement;
    await until('the first item has the focus', () => items().length > 1 && focused() === items()[0]);
    expect(button.getAttribute('aria-expanded')).to.equal('true');
    await expect(element).to.be.accessible();
    const press = (key: string) =>
      focused()!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
    const all = items();
    press('ArrowDown');
    expect(focused()).to.equal(all[1]);
    press('End');
    expect(focused()).to.equal(all.at(-1));
    press('ArrowDown');
    expect(focused()).to.equal(all[0]);
    press('ArrowUp');
    expect(focused()).to.equal(all.at(-1));
    press('Home');
    expect(focused()).to.equal(all[0]);
    press('w');
    expect(focused()!.textContent).to.contain('Why?');
    press('Escape');
    await until('the focus is back', () => element.shadowRoot!.activeElement === button);
    expect(button.getAttribute('aria-expanded')).to.equal('false');
  });

  it('offers what can be done now, also where that changes while it is open', async () => {
    const element = await local(SALES, undefined);
    element.shadowRoot!.querySelector<HTMLButtonElement>('.menu-button')!.click();
    const menu = () => element.shadowRoot!.querySelector('ccm-menu')?.shadowRoot;
    const items = () => [...(menu()?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const entry = (label: string) => items().find((item) => item.textContent!.trim() === label);
    await until('the menu is open', () => menu()?.activeElement != null);
    expect(entry('Export CSV')).to.equal(undefined);
    entry('Why?')!.focus();
    element.data = SALES_DATA;
    await until('the rows can be saved', () => entry('Export CSV') !== undefined);
    expect(menu()!.activeElement).to.equal(entry('Why?'));
    expect(menu()!.querySelector('[role=menu]')!.getBoundingClientRect().bottom).to.be.at.most(innerHeight);
    entry('Export CSV')!.focus();
    element.data = null;
    await until('there is nothing to save', () => entry('Export CSV') === undefined);
    await until('the keyboard is in the menu still', () => menu()!.activeElement === items()[0]);
  });

  it('shows where the data comes from', async () => {
    const element = await local(SALES, SALES_DATA);
    element.shadowRoot!.querySelector<HTMLButtonElement>('.menu-button')!.click();
    const menu = () => element.shadowRoot!.querySelector('ccm-menu')?.shadowRoot;
    await until('the menu is open', () => menu()?.querySelector(':popover-open') != null);
    [...menu()!.querySelectorAll<HTMLElement>('[role=menuitem]')].at(-1)!.click();
    const panel = () => element.shadowRoot!.querySelector('ccm-widget-details')?.shadowRoot?.querySelector<HTMLElement>(':popover-open');
    await until('the panel is open', () => panel() != null);
    await until('it says what it knows', () => panel()!.textContent!.includes('sales-summary'));
    expect(panel()!.textContent).to.contain('This page');
    await expect(element).to.be.accessible();
  });

  it('carries the entries of the element around it', async () => {
    const element = await local(SALES, SALES_DATA);
    element.menuItems = [{ id: 'remove', label: 'Remove', icon: 'X' }];
    element.shadowRoot!.querySelector<HTMLButtonElement>('.menu-button')!.click();
    const items = () => [...(element.shadowRoot!.querySelector('ccm-menu')?.shadowRoot?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    await until('the entry is there', () => items().at(-1)?.textContent?.trim() === 'Remove');
    const heard = new Promise<Event>((resolve) => element.addEventListener('ccm-menu-select', resolve, { once: true }));
    items().at(-1)!.click();
    expect((await heard) as Event & { itemId: string }).to.have.property('itemId', 'remove');
  });
});
