import { expect, fixture, html } from '@open-wc/testing';
import type { TableColumn, TableConfig } from '../../../sdk/contract/display.js';
import { BAD_SHAPES, HOSTILE } from '../../core/test/samples.js';
import { cell, column, heads, mountTable, pressHead, renew, ROW, rowAt, rows, scrollTo, search, settled, tableOf, text } from '../../core/test/table-on-page.js';
import { until } from '../../core/test/until.js';
import { CcmWidget } from '../../widget/ccm-widget.js';
import type { CcmTable } from './table.js';

CcmWidget.define('ccm-widget');


describe('ccm-table: cells', () => {
  const mount = (columns: TableColumn[], data: unknown, more: Partial<TableConfig> = {}) => mountTable({ columns, ...more }, { data });
  const alignments = (element: CcmTable) =>
    heads(element).map((head, at) => [getComputedStyle(head).textAlign, getComputedStyle(cell(element, 0, at)).textAlign]);

  it('are written in the column’s format, in the locale, zone and currency of the tenant', async () => {
    const at = '2026-03-05T23:30:00Z';
    const columns: TableColumn[] = [
      { key: 'sum', format: 'currency' }, { key: 'share', format: 'percent' }, { key: 'size', format: 'bytes' }, { key: 'at', format: 'datetime' },
      { key: 'deep.0.name' }, { key: 'cents', format: { style: 'currency', currency: 'EUR', minorUnits: true } }, { key: 'none', format: 'number' },
    ];
    const data = [{ sum: 1234.5, share: 12.5, size: 1500, at, deep: [{ name: 'inside' }], cents: 999, none: null }];
    const element = await mountTable({ columns }, { data, display: { locale: 'en-US', timeZone: 'Asia/Tokyo', currency: 'USD' } });
    expect(columns.map((_, index) => text(cell(element, 0, index)))).to.deep.equal(['$1,234.50', '12.5%', '1.5 kB', 'Mar 6, 2026, 8:30 AM', 'inside', '€9.99', '–']);
  });

  it('that say how long ago something was grow older while the answer stays the same, also in a table that was moved', async () => {
    const { now } = Date;
    let passed = 0;
    Date.now = () => now() + passed * 60_000;
    const at = new Date(now() - 5 * 60_000).toISOString();
    const columns: TableColumn[] = [{ key: 'at', format: 'relative' }, { key: 'at', label: 'Again', format: { style: 'relative' } }, { key: 'at', label: 'Exactly', format: 'text' }];
    // Those of a currency share a formatter, which has its clock since it was made.
    const element = await mountTable({ columns }, { data: [{ at }], display: { locale: 'en-US', timeZone: 'UTC', currency: 'CHF' } });
    const said = () => [0, 1, 2].map((column) => text(cell(element, 0, column)));
    const look = async (minutes: number) => {
      passed = minutes;
      document.dispatchEvent(new Event('visibilitychange'));
      await settled(element);
    };
    try {
      expect(said()).to.deep.equal(['5 min. ago', '5 min. ago', at]);
      await look(10);
      expect(said()).to.deep.equal(['15 min. ago', '15 min. ago', at]);
      const box = element.parentElement!;
      element.remove();
      box.append(element);
      await settled(element);
      await look(180);
      expect(said()).to.deep.equal(['3 hr. ago', '3 hr. ago', at]);
    } finally {
      Date.now = now;
    }
  });

  it('stand to the right where they are numbers, to the left where not, else as the definition says, under their heads', async () => {
    const columns: TableColumn[] = [{ key: 'name' }, { key: 'count' }, { key: 'count', label: 'Mark', badge: true }, { key: 'name', label: 'Middle', align: 'center' }, { key: 'count', label: 'Left', align: 'left' }];
    const element = await mount(columns, [{ name: 'a', count: 1 }]);
    expect(alignments(element)).to.deep.equal([['left', 'left'], ['right', 'right'], ['left', 'left'], ['center', 'center'], ['left', 'left']]);
  });

  it('in a page that is read from the right have their ones under each other all the same, and words begin at the right', async () => {
    const columns: TableColumn[] = [{ key: 'name' }, { key: 'sum', format: 'currency' }, { key: 'name', label: 'Middle', align: 'center' }];
    const data = [{ name: 'Aurora (north)', sum: 7.5 }, { name: 'متجر', sum: -1842.5 }];
    const element = await mountTable({ columns }, { data, dir: 'rtl', display: { locale: 'ar', timeZone: 'UTC', currency: 'USD' } });
    expect(alignments(element)).to.deep.equal([['right', 'right'], ['right', 'right'], ['center', 'center']]);
    // The sign is at the left of its digits, the currency at the left of both.
    expect([0, 1].map((row) => text(cell(element, row, 1)))).to.deep.equal(['\u200f7.50 US$\u200e', '\u200f\u200e-1,842.50\u200f US$\u200e']);
    const right = (row: number) => {
      const range = document.createRange();
      range.selectNodeContents(cell(element, row, 1));
      return Math.round(range.getBoundingClientRect().right);
    };
    expect(right(0)).to.equal(right(1));
  });

  it('are cut where their text is too long, in whatever script and width, and cost no clip where it is short', async () => {
    const texts = ['AB-12', 'W'.repeat(24), 'Ordinary words of a product', '東京都千代田区丸の内一丁目', '🚆🚆🚆🚆🚆🚆🚆🚆', 'مقاطعة طويلة جدا جدا', '١٢٣٤٥٦٧٨٩٠'];
    const columns: TableColumn[] = [{ key: 'text' }, { key: 'again', label: 'Again' }, { key: 'n' }];
    const element = await mount(columns, texts.map((one, n) => ({ text: one, again: one, n })));
    const isClipped = (one: HTMLElement) => getComputedStyle(one).overflowX === 'hidden';
    const reachesOut = (one: HTMLElement) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      return range.getBoundingClientRect().width > one.getBoundingClientRect().width;
    };
    const unclipped = () => rows(element).flatMap((row) => [...row.querySelectorAll<HTMLElement>('.cell')]).filter((one) => !isClipped(one));
    expect(isClipped(cell(element, 0, 0))).to.equal(false);
    for (const width of [640, 420, 300, 200, 640]) {
      element.parentElement!.style.width = `${width}px`;
      await settled(element);
      expect(unclipped().filter(reachesOut).map(text), `${width} pixels`).to.deep.equal([]);
    }
    expect(unclipped().length).to.be.greaterThan(6);
    await renew(element, [{ text: 'A name that was short before and is as long as three of them now', again: 'AB-12', n: 1 }]);
    expect([0, 1].map((at) => isClipped(cell(element, 0, at)))).to.deep.equal([true, false]);
  });

  it('are whole where they are numbers or times, however narrow the definition and the table are', async () => {
    const columns: TableColumn[] = [{ key: 'name', width: 90 }, { key: 'sum', format: 'currency', width: 50 }, { key: 'sum', label: 'Again', format: 'currency' }, { key: 'at', format: 'date', width: 40 }, { key: 'n', width: 30 }, { key: 'name', label: 'Text', format: 'text', width: 90 }];
    const data = [{ name: 'A name of some length', sum: 1_234_567.89, at: '2026-12-24T12:00:00Z', n: -123_456_789 }, { name: 'B', sum: -7.5, at: '2026-01-01T12:00:00Z', n: 1 }];
    for (const [locale, dir] of [['en-US', 'ltr'], ['es', 'rtl'], ['ar', 'rtl'], ['ar', 'ltr']] as const) {
      const element = await mountTable({ columns }, { data, dir, width: 320, display: { locale, timeZone: 'UTC', currency: 'USD' } });
      const cut = [0, 1].flatMap((row) => columns.map((_, at) => cell(element, row, at))).filter((one) => one.scrollWidth > one.clientWidth);
      expect(cut.map(text), `${locale} ${dir}`).to.deep.equal([data[0]!.name, data[0]!.name]);
      expect(cell(element, 0, 0).offsetWidth).to.equal(90);
    }
  });

  it('share their decimals in a column, unless the format says how many', async () => {
    const columns: TableColumn[] = [{ key: 'n' }, { key: 'n', label: 'Fixed', format: { style: 'number', digits: 1 } }, { key: 'whole' }];
    const element = await mount(columns, [{ n: 1, whole: 1000 }, { n: 2.5, whole: 2 }, { n: 3.14159, whole: 3 }, { n: null, whole: 4 }]);
    expect(column(element, 0)).to.deep.equal(['1.00', '2.50', '3.14', '–']);
    expect(column(element, 1)).to.deep.equal(['1.0', '2.5', '3.1', '–']);
    expect(column(element, 2)).to.deep.equal(['1,000', '2', '3', '4']);
  });

  it('without a format show words among numbers as they are', async () => {
    const element = await mount([{ key: 'stock' }], [{ stock: 5 }, { stock: 7 }]);
    await renew(element, [{ stock: 5 }, { stock: 'sold out' }]);
    expect(column(element, 0)).to.deep.equal(['5', 'sold out']);
  });

  it('say in full on hover what is cut, and are as wide as the definition says', async () => {
    const long = 'A description that is far too long for its column';
    const element = await mount([{ key: 'name', width: 90 }, { key: 'other' }], [{ name: long, other: 'x' }]);
    const first = cell(element, 0, 0);
    first.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    expect([first.title, Math.round(first.getBoundingClientRect().width)]).to.deep.equal([long, 90]);
    expect(first.scrollWidth).to.be.above(first.clientWidth);
  });

  it('have the tone of the threshold that they reached, in the text or the badge, and lose it with the value', async () => {
    const thresholds = [{ value: 0, color: 'red' }, { value: 10, color: '#00aa11' }, { value: 100, color: 'red;background:url(//x)' }];
    const element = await mount([{ key: 'n', thresholds }, { key: 'n', label: 'Badge', badge: true, thresholds }], [{ n: 5 }, { n: 10 }, { n: 100 }, { n: -1 }, { n: null }, { n: 'high' }]);
    const tones = () => rows(element).map((_, at) => cell(element, at, 0).style.getPropertyValue('--_tone'));
    expect(tones()).to.deep.equal(['var(--_critical)', '#00aa11', '', '', '', '']);
    expect(rows(element).map((_, at) => cell(element, at, 1).querySelector<HTMLElement>('.badge')!.style.getPropertyValue('--_tone'))).to.deep.equal(tones());
    expect(getComputedStyle(cell(element, 1, 0)).color).to.equal('rgb(0, 170, 17)');
    await renew(element, [{ n: null }, { n: 5 }]);
    expect(tones()).to.deep.equal(['', 'var(--_critical)']);
    expect(cell(element, 0, 0).classList.contains('toned')).to.equal(false);
  });
});

describe('ccm-table: links', () => {
  const config: TableConfig = { columns: [{ key: 'name', label: 'Name', link: 'url' }] };
  const link = (element: CcmTable, at: number) => cell(element, at, 0).querySelector<HTMLAnchorElement>('a[href]');

  it('lead to http, https and relative addresses; other origins open apart and learn nothing of this page', async () => {
    const urls = ['https://shop.example/1', 'http://shop.example/2', '/orders/3', 'orders/4', '?order=5'];
    const element = await mountTable(config, { data: urls.map((url) => ({ name: 'Order', url })) });
    const found = urls.map((_, at) => link(element, at)!);
    expect(found.map(({ href }) => href)).to.deep.equal(['https://shop.example/1', 'http://shop.example/2', ...urls.slice(2).map((url) => new URL(url, document.baseURI).href)]);
    for (const { rel } of found) expect(rel.split(' ')).to.include('noopener');
    expect(found.map(({ target }) => target)).to.deep.equal(['_blank', '_blank', '', '', '']);
  });

  for (const url of [
    'javascript:window.pwned=1', 'JaVaScRiPt:window.pwned=1', ' javascript:window.pwned=1', 'java\tscript:window.pwned=1', 'data:text/html,<script>1</script>',
    'vbscript:msgbox', 'file:///etc/passwd', 'blob:https://shop.example/1', 'http://', '', null, 7, {}, ['https://shop.example'],
    'https://bank.example@evil.example', 'http://user:pw@evil.example', '//evil.example', '/\t/evil.example', '\\\\evil.example', '/\\evil.example',
  ]) {
    it(`stay text for ${JSON.stringify(url)}`, async () => {
      const element = await mountTable(config, { data: [{ name: 'Order', url }] });
      expect(text(cell(element, 0, 0))).to.equal('Order');
      expect(link(element, 0)?.href).to.equal(undefined);
    });
  }

  it('do not stay on a row’s element when it shows another row', async () => {
    const data = Array.from({ length: 500 }, (_, index) => ({ name: `Row ${index}`, url: index < 250 ? `https://shop.example/${index}` : 'javascript:1' }));
    const element = await mountTable(config, { data });
    expect(link(element, 3)!.href).to.equal('https://shop.example/3');
    await scrollTo(element, 400 * ROW);
    expect(rowAt(element, 400)!.parentElement!.querySelectorAll('.row:not([hidden]) a[href]')).to.have.length(0);
    await scrollTo(element, 0);
    await renew(element, [{ name: 'None' }]);
    expect(link(element, 0)?.href).to.equal(undefined);
  });
});

describe('ccm-table: what it cannot show', () => {
  const config: TableConfig = { columns: [{ key: 'name', label: 'Name' }, { key: 'stock', label: 'Stock' }], searchable: true, actions: [{ label: 'Open', action: 'open' }] };
  const STOCK = [{ name: 'Bureau', stock: 10 }, { name: 'Chair', stock: 9 }];
  const message = (element: CcmTable) => text(element.shadowRoot!.querySelector('.message'));
  const faults: unknown[] = [];
  const hear = (event: Event) => faults.push((event as Event & { error?: unknown; reason?: unknown }).error ?? event);

  before(() => {
    addEventListener('unhandledrejection', hear);
    addEventListener('error', hear);
  });
  after(() => {
    removeEventListener('unhandledrejection', hear);
    removeEventListener('error', hear);
  });

  it('is told in words where there is no table in the definition, or nothing in the answer', async () => {
    const element = await mountTable(config, { data: [] });
    expect(message(element)).to.equal('Nothing to show yet');
    element.widget = { ...tableOf(config), tableConfig: undefined };
    await renew(element, STOCK);
    expect(message(element)).to.contain('another shape');
    element.widget = tableOf(config);
    await settled(element);
    expect(column(element, 0)).to.have.length(2);
  });

  it('is told by its card where the definition is broken, and the page hears of no fault', async () => {
    for (const tableConfig of [{}, { columns: null }, { columns: [null] }, { columns: [{}] }, 'none']) {
      const card = await fixture<CcmWidget>(html`<ccm-widget .config=${{ ...tableOf(config), tableConfig } as never} .data=${STOCK}></ccm-widget>`);
      const words = () => text(card.shadowRoot!.querySelector('.body .message')) || text(card.shadowRoot!.querySelector('ccm-table')?.shadowRoot?.querySelector('.message, .row'));
      await until(`there are words for ${JSON.stringify(tableConfig)}`, () => words() !== '');
    }
    expect(faults).to.deep.equal([]);
  });

  it('keeps inside what room there is, an icon beside it', async () => {
    for (const height of [80, 260]) {
      const element = await mountTable({ columns: config.columns }, { data: { page: 1, deals: STOCK }, width: 280, height });
      const box = element.shadowRoot!.querySelector('.message')!;
      expect([box.querySelectorAll('svg').length, text(box.querySelector('.message-hint'))]).to.deep.equal([1, 'Nothing to show at “items”. The rows may be at “deals”: set dataPath.']);
      expect(box.scrollHeight, `of ${height} px`).to.be.at.most(box.clientHeight);
      expect(box.getBoundingClientRect().height).to.equal(height);
    }
  });

  it('is told apart from an empty answer where the answer holds no rows at all', async () => {
    expect(message(await mountTable(config, { data: { page: 1, deals: STOCK } }))).to.contain('another shape').and.contain('The rows may be at “deals”: set dataPath.');
    for (const data of [{ total: 3 }, 'text', 7, { items: 'none' }]) {
      expect(message(await mountTable(config, { data })), JSON.stringify(data)).to.contain('another shape');
    }
  });

  it('never breaks it: any answer, any rows', async () => {
    const element = await mountTable(config, { data: STOCK });
    element.addEventListener('ccm-view-error', hear);
    for (const data of BAD_SHAPES) {
      await renew(element, data);
      expect(rows(element).length > 0 || message(element) !== '', JSON.stringify(data)).to.equal(true);
    }
    await renew(element, [null, 7, 'x', [['nested'], 1], {}, { name: { deep: 1 }, stock: {} }, { name: ['a', 'b'] }, { name: 'whole', stock: 2 }]);
    expect(column(element, 0)).to.deep.equal(['–', '–', '–', '–', '–', '–', 'a, b', 'whole']);
    expect(column(element, 1)).to.deep.equal(['–', '–', '–', '–', '–', '–', '–', '2']);
    await pressHead(element, 'Stock');
    await search(element, 'whole');
    expect(column(element, 0)).to.deep.equal(['whole']);
    expect(faults).to.deep.equal([]);
  });

  it('shows hostile strings as they were typed, and makes nothing of them', async () => {
    const elements = (element: CcmTable) => [...element.shadowRoot!.querySelectorAll('*')].map(({ localName }) => localName).sort().join();
    const mount = (words: string) =>
      mountTable(
        { columns: [{ key: 'name', label: words }, { key: 'stock', badge: true }, { key: 'sku', link: 'link' }], actions: [{ label: words, action: words }] },
        { data: [{ name: words, stock: words, sku: words, link: words }] },
      );
    const harmless = elements(await mount('plain'));
    for (const words of HOSTILE) {
      const element = await mount(words);
      expect([text(heads(element)[0]), ...[0, 1, 2, 3].map((at) => text(cell(element, 0, at)))]).to.deep.equal(Array.from({ length: 5 }, () => words));
      expect(elements(element)).to.equal(harmless);
    }
    expect((window as { pwned?: unknown }).pwned).to.equal(undefined);
  });

  it('reads own fields only', async () => {
    const columns = ['__proto__', 'constructor', 'constructor.name', 'toString'].map((key) => ({ key }));
    const element = await mountTable({ columns }, { data: [{ name: 'a' }] });
    expect(columns.map((_, at) => column(element, at)[0])).to.deep.equal(['–', '–', '–', '–']);
  });
});
