import { expect, fixture, html } from '@open-wc/testing';
import { http, HttpResponse } from 'msw';
import type { CatalogueItem } from '../../sdk/client/client.js';
import { defineWidget } from '../../sdk/define/define-widget.js';
import type { CcmWidgetAddEvent } from '../core/events.js';
import { provideKinds } from '../core/kinds.js';
import { registerTranslation } from '../core/localize.js';
import { definition, HOSTILE, SALES, SALES_DATA } from '../core/test/samples.js';
import { EDGE, startStandIn, until, type StandIn } from '../core/test/stand-in-edge.js';
import { define } from '../tags.js';
import { categoriesOf, fitting, tagsOf } from './catalogue.js';
import { CcmMarketplace } from './ccm-marketplace.js';

define();
CcmMarketplace.define('ccm-marketplace');

const item = (id: string, title: string, more: Partial<CatalogueItem> = {}): CatalogueItem => ({ ...definition(SALES), id, title, description: '', ...more });
const ALL = [
  item('stock', 'Stock levels', { category: 'Inventory', tags: ['live', 'stock'], author: 'Acme', version: '1.2.0' }),
  item('charges', 'Stripe charges', { category: 'Finance', tags: ['live'], requires: { connector: 'stripe', credential: 'stripe', met: false } }),
  item('sales', 'Sales today', { category: 'Finance', description: 'All that was sold', refreshInterval: 120 }),
  item('loose', 'A loose one'),
];

describe('ccm-marketplace', () => {
  let edge: StandIn;
  let catalogue: CatalogueItem[] = ALL;
  let asked: URLSearchParams[] = [];
  let fails = false;
  let held: Promise<void> | undefined;

  before(async () => {
    provideKinds(() => Promise.resolve([]));
    edge = await startStandIn(Object.fromEntries(ALL.map((one) => [one.id, one])), [
      http.get(`${EDGE}/api/v1/widgets`, async ({ request }) => {
        await held;
        const query = new URL(request.url).searchParams;
        asked.push(query);
        if (fails) return HttpResponse.json({ code: 'internal', detail: 'No.' }, { status: 500, headers: { 'content-type': 'application/problem+json' } });
        const from = Number(query.get('cursor') ?? 0);
        const all = catalogue.filter(({ title }) => title.includes(query.get('query') ?? ''));
        const until = from + Number(query.get('limit'));
        return HttpResponse.json({ items: all.slice(from, until), ...(until < all.length ? { cursor: String(until) } : {}) });
      }),
    ]);
    for (const { id } of ALL) edge.tell(id, { data: SALES_DATA });
  });
  after(() => edge.close());
  beforeEach(() => {
    catalogue = ALL;
    asked = [];
    fails = false;
    held = undefined;
  });

  async function mount(given: Partial<CcmMarketplace> & { width?: number } = {}): Promise<CcmMarketplace> {
    const { width = 900, ...rest } = given;
    const box = await fixture<HTMLElement>(html`<div></div>`);
    box.style.width = `${width}px`;
    const element = Object.assign(document.createElement('ccm-marketplace'), { edge: EDGE, token: `token-${Math.random()}`, ...rest });
    box.append(element);
    await until('it is shown', () => titles(element).length > 0 || element.shadowRoot!.querySelector('.message') !== null);
    return element;
  }
  const text = (node: Element | null | undefined) => node?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  const titles = (element: CcmMarketplace) => [...element.shadowRoot!.querySelectorAll('.entry .about b')].map(text);
  const search = (element: CcmMarketplace) => element.shadowRoot!.querySelector<HTMLInputElement>('.search')!;
  const key = (target: Element, name: string) => target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true, cancelable: true }));
  const write = async (element: CcmMarketplace, words: string) => {
    search(element).value = words;
    search(element).dispatchEvent(new Event('input'));
    await element.updateComplete;
  };
  const chip = (element: CcmMarketplace, words: string) => [...element.shadowRoot!.querySelectorAll<HTMLButtonElement>('.chip')].find((one) => text(one).startsWith(words))!;

  it('finds as one types, in titles, descriptions, tags, authors', async () => {
    const element = await mount();
    expect(titles(element)).to.deep.equal(['A loose one', 'Sales today', 'Stock levels', 'Stripe charges']);
    for (const [words, found] of [['sold', ['Sales today']], ['acme stock', ['Stock levels']], ['LIVE', ['Stock levels', 'Stripe charges']], ['xyz', []]] as const) {
      await write(element, words);
      expect(titles(element), words).to.deep.equal([...found]);
      expect(text(chip(element, 'All')), words).to.equal(`All ${found.length}`);
    }
    expect(text(element.shadowRoot!.querySelector('.message'))).to.contain('Nothing matches');
    element.shadowRoot!.querySelector<HTMLButtonElement>('.message-action')!.click();
    await element.updateComplete;
    expect(titles(element).length).to.equal(4);
  });

  it('narrows down by category and tag', async () => {
    const element = await mount();
    chip(element, 'Finance').click();
    await element.updateComplete;
    expect(titles(element)).to.deep.equal(['Sales today', 'Stripe charges']);
    chip(element, 'live').click();
    await element.updateComplete;
    expect(titles(element)).to.deep.equal(['Stripe charges']);
    expect(chip(element, 'Finance').ariaPressed).to.equal('true');
    chip(element, 'All').click();
    await element.updateComplete;
    expect(titles(element)).to.deep.equal(['Stock levels', 'Stripe charges']);
  });

  it('begins with the category and words that it is given', async () => {
    expect(titles(await mount({ category: 'Finance', query: 'sales' }))).to.deep.equal(['Sales today']);
  });

  it('shows the chosen one with its real data, what it needs and who made it', async () => {
    const element = await mount();
    const details = () => element.shadowRoot!.querySelector('.details')!;
    element.shadowRoot!.querySelectorAll<HTMLElement>('.what')[2]!.focus();
    await element.updateComplete;
    expect(text(details())).to.contain('Stock levels').and.contain('Acme').and.contain('1.2.0');
    await until('its data are shown', () => text(details().querySelector('ccm-widget')?.shadowRoot?.querySelector('ccm-stat')?.shadowRoot?.querySelector('.value')).includes('15,234'));
    element.shadowRoot!.querySelectorAll<HTMLElement>('.what')[3]!.focus();
    await element.updateComplete;
    expect(text(details())).to.contain('Needs a connection to stripe. You do not have it yet');
    expect(text(element.shadowRoot!.querySelectorAll('.entry')[3])).to.contain('Not connected');
  });

  it('calls its kind as settings call it in the page’s language', async () => {
    registerTranslation('de-x-kinds', { settings: { choices: { stat: 'Zahl' } } });
    for (const [locale, kind] of [['de-x-kinds', 'Zahl'], ['en', 'stat']] as const) {
      const element = await mount({ locale });
      expect([...element.shadowRoot!.querySelectorAll('.details dd')].map(text), locale).to.include(kind);
    }
  });

  it('adds with one click, and by the keyboard alone', async () => {
    const element = await mount();
    const added: string[] = [];
    element.addEventListener('ccm-widget-add', (event) => added.push((event as CcmWidgetAddEvent).detail.widgetId));
    element.shadowRoot!.querySelectorAll<HTMLButtonElement>('.plus')[0]!.click();
    search(element).focus();
    key(search(element), 'ArrowDown');
    const first = element.shadowRoot!.activeElement!;
    expect(text(first)).to.contain('A loose one');
    key(first, 'ArrowDown');
    key(element.shadowRoot!.activeElement!, 'Enter');
    element.shadowRoot!.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', repeat: true, bubbles: true, composed: true, cancelable: true }));
    key(element.shadowRoot!.activeElement!, 'End');
    key(element.shadowRoot!.activeElement!, 'Enter');
    key(element.shadowRoot!.activeElement!, 'Home');
    key(element.shadowRoot!.activeElement!, 'ArrowUp');
    expect(element.shadowRoot!.activeElement).to.equal(search(element));
    await write(element, 'stock');
    key(search(element), 'Enter');
    expect(added).to.deep.equal(['loose', 'sales', 'charges', 'stock']);
    await element.updateComplete;
    expect(text(element.shadowRoot!.querySelector('.visually-hidden[role=status]'))).to.equal('Stock levels added');
  });

  it('adds what Enter was pressed for before the list came, unless other words were typed since', async () => {
    const added = async (typed: (element: CcmMarketplace) => Promise<void>): Promise<string[]> => {
      let open: (() => void) | undefined;
      held = new Promise((resolve) => (open = resolve));
      const element = Object.assign(document.createElement('ccm-marketplace'), { edge: EDGE, token: `held-${Math.random()}` });
      const ids: string[] = [];
      element.addEventListener('ccm-widget-add', (event) => ids.push((event as CcmWidgetAddEvent).detail.widgetId));
      (await fixture<HTMLElement>(html`<div></div>`)).append(element);
      await until('one may type', () => element.shadowRoot!.querySelector('.search') !== null);
      await typed(element);
      open!();
      await until('the list is there', () => titles(element).length > 0);
      await element.updateComplete;
      return ids;
    };
    const enter = async (element: CcmMarketplace) => {
      await write(element, 'stock');
      key(search(element), 'Enter');
    };
    expect(await added(enter)).to.deep.equal(['stock']);
    expect(await added(async (element) => {
      await enter(element);
      await write(element, 'sales');
    })).to.deep.equal([]);
  });

  it('adds to the dashboard that it is for', async () => {
    const box = await fixture<HTMLElement>(html`<div><div id="board"></div></div>`);
    const got: string[] = [];
    Object.assign(box.querySelector('#board')!, { addWidget: ({ id }: CatalogueItem) => Promise.resolve(got.push(id) < 2) });
    const element = Object.assign(document.createElement('ccm-marketplace'), { edge: EDGE, token: 'for', htmlFor: 'board' });
    box.append(element);
    await until('it is shown', () => titles(element).length > 0);
    let told = false;
    element.addEventListener('ccm-widget-add', () => (told = true));
    element.shadowRoot!.querySelectorAll<HTMLButtonElement>('.plus')[0]!.click();
    expect(got).to.deep.equal(['loose']);
    expect(told).to.equal(false);
    const said = () => text(element.shadowRoot!.querySelector('.visually-hidden[role=status]'));
    await until('it is said', () => said() === 'A loose one added');
    element.shadowRoot!.querySelectorAll<HTMLButtonElement>('.plus')[0]!.click();
    await until('it is said that it was not', () => said().startsWith('A loose one could not be added'));
  });

  it('where it is narrow, the chosen one opens in place of the list, and back is where one was', async () => {
    const element = await mount({ width: 360 });
    const beside = () => getComputedStyle(element.shadowRoot!.querySelector('.beside')!).display;
    expect(beside()).to.equal('none');
    element.shadowRoot!.querySelectorAll<HTMLButtonElement>('.what')[1]!.click();
    await element.updateComplete;
    expect(beside()).to.equal('block');
    element.shadowRoot!.querySelector<HTMLButtonElement>('.back')!.click();
    await element.updateComplete;
    await until('the focus is back', () => text(element.shadowRoot!.activeElement).includes('Sales today'));
  });

  it('offers to make and change widgets to those alone who may', async () => {
    const element = await mount();
    expect(element.shadowRoot!.querySelector('.make')).to.equal(null);
    catalogue = ALL.map((one) => ({ ...one, permissions: [] }));
    const manager = await mount();
    expect(manager.shadowRoot!.querySelector('.make')).not.to.equal(null);
  });

  it('has kinds of one’s own: what they say of themselves, and those with no widget yet', async () => {
    defineWidget({ tag: 'acme-dial', name: 'Dial', description: 'A round one', icon: 'Gauge', author: 'Acme', schema: { type: 'object' }, sample: { options: {}, data: [] } });
    defineWidget({ tag: 'acme-unused', name: 'Unused', schema: { type: 'object' }, sample: { options: {}, data: [] } });
    catalogue = [{ ...item('dial', 'My dial', { type: 'custom', customConfig: { element: 'acme-dial' }, permissions: [] }), description: undefined, icon: undefined } as CatalogueItem];
    const element = await mount();
    expect(text(element.shadowRoot!.querySelector('.entry'))).to.contain('A round one');
    expect(text(element.shadowRoot!.querySelector('.kind'))).to.contain('Unused');
  });

  it('of a large catalogue the edge searches', async () => {
    catalogue = Array.from({ length: 620 }, (_, index) => item(`w${index}`, `Widget number ${index}`));
    const element = await mount();
    await until('five pages came', () => titles(element).length === 500);
    expect(text(element.shadowRoot!.querySelector('.number'))).to.contain('There are more');
    await write(element, 'number 61');
    await until('the edge found them', () => asked.some((query) => query.get('query') === 'number 61'));
    await until('they are shown', () => titles(element).includes('Widget number 619'));
    expect(text(element.shadowRoot!.querySelector('.number'))).not.to.contain('There are more');
    const begun = await mount({ query: 'number 615' });
    await until('what it begins with is searched there too', () => titles(begun).includes('Widget number 615'));
  });

  it('says what went wrong, and tries again', async () => {
    fails = true;
    const element = await mount();
    expect(text(element.shadowRoot!.querySelector('.message'))).to.contain('could not be loaded');
    fails = false;
    element.shadowRoot!.querySelector<HTMLButtonElement>('.message-action')!.click();
    await until('it is there', () => titles(element).length === 4);
  });

  it('hazard: stored XSS: hostile words are shown as typed', async () => {
    catalogue = HOSTILE.map((words, index) => item(`h${index}`, words, { description: words, category: words, tags: [words], author: words, version: words }));
    const element = await mount();
    expect(titles(element).sort()).to.deep.equal([...HOSTILE].sort());
    expect(element.shadowRoot!.querySelectorAll('script, img, iframe').length).to.equal(0);
    expect((window as { pwned?: unknown }).pwned).to.equal(undefined);
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible (${theme})`, async () => {
      const element = await mount({ theme });
      element.parentElement!.style.background = theme === 'dark' ? '#171b23' : '#ffffff';
      await expect(element).to.be.accessible();
    });
  }
});

describe('the catalogue', () => {
  it('is sorted as people count, what has no category last', () => {
    const some = [item('c', 'Item 10'), item('b', 'Item 2', { category: 'Z' }), item('a', 'Item 1', { category: 'A', author: 'Zed' })];
    const wish = { words: '', category: undefined, tags: new Set<string>() };
    expect(fitting(some, { ...wish, sort: 'title' }, 'en').map(({ id }) => id)).to.deep.equal(['a', 'b', 'c']);
    expect(fitting(some, { ...wish, sort: 'category' }, 'en').map(({ id }) => id)).to.deep.equal(['a', 'b', 'c']);
    expect(fitting(some, { ...wish, sort: 'author' }, 'en').map(({ id }) => id)).to.deep.equal(['a', 'b', 'c']);
    expect(categoriesOf(some, 'en')).to.deep.equal([['A', 1], ['Z', 1], ['', 1]]);
    expect(tagsOf(ALL, 1)).to.deep.equal(['live']);
  });

  it('hazard: ReDoS: is searched for 50 kB of anything in no time', () => {
    const wish = { category: undefined, tags: new Set<string>(), sort: 'title' as const };
    const long = [item('a', 'a'.repeat(50_000), { description: `${'a '.repeat(25_000)}!` })];
    for (const words of ['(a+)+$', 'a'.repeat(50_000), 'a '.repeat(25_000), '('.repeat(50_000), `${'\\'.repeat(50_000)}$`]) {
      const began = performance.now();
      fitting(long, { ...wish, words }, 'en');
      expect(performance.now() - began, words.slice(0, 9)).to.be.lessThan(50);
    }
  });
});
