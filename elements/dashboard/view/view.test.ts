import { expect } from '@open-wc/testing';
import { button, heard, items, mountDashboard, offers, openDashboard, edit, text, untilShown } from '../../core/test/dashboard-on-page.js';
import { MenuSelectEvent } from '../../core/menu-item.js';
import type { CcmWidget } from '../../widget/ccm-widget.js';
import type { CcmDashboard } from '../ccm-dashboard.js';
import { definition, HEALTH, HOSTILE, SALES, SALES_DATA } from '../../core/test/samples.js';
import { startStandIn, until, type StandIn } from '../../core/test/stand-in-edge.js';
import { layoutOf, StandInLayouts } from '../../core/test/stand-in-layouts.js';

const REGIONAL = { ...definition(SALES), id: 'regional', refreshInterval: 60, params: { from: { type: 'string' }, to: { type: 'string' }, region: { type: 'string' }, limit: { type: 'number' } } } as const;
const PLAIN = { ...definition(HEALTH), id: 'plain' };
const at = (x: number) => ({ x, y: 0, w: 2, h: 1 });
const TWO = [{ itemId: 'a', widgetId: 'regional', position: at(0) }, { itemId: 'b', widgetId: 'plain', position: at(2) }];
const REGION = { name: 'region', label: 'Region', type: 'string' as const, default: 'north', options: ['north', 'south'] };
const TIME = { from: '-24h', to: 'now' };

const loaded: string[] = [];
new PerformanceObserver((list) => loaded.push(...list.getEntries().map(({ name }) => name))).observe({ type: 'resource', buffered: true });
const chunks = () => loaded.filter((url) => new URL(url).pathname.match(/dashboard\/view\/(?!.*\.test)/));

describe('time, variables and settings of a dashboard', () => {
  let edge: StandIn;
  const layouts = new StandInLayouts();

  before(async () => {
    edge = await startStandIn({ regional: REGIONAL, plain: PLAIN }, layouts.handlers);
    edge.tell('regional', { data: SALES_DATA });
    edge.tell('plain', { data: { health_score: 92 } });
  });
  after(() => edge.close());
  beforeEach(() => {
    layouts.reset(layoutOf('main', TWO, { isDefault: true, variables: [REGION], timeRange: TIME }));
    edge.batches.length = edge.defined.length = 0;
  });

  const controls = (element: CcmDashboard) => element.shadowRoot!.querySelector('.controls');
  /** Those of the dashboards that are on the page: one that a test before has left may still ask. */
  const batches = () => edge.batches.filter(({ token }) => [...document.querySelectorAll('ccm-dashboard')].some((one) => token === `Bearer ${one.token}`));
  /** What each batch asked: ids with their params. */
  const asked = () => batches().map(({ body }) => body.widgets.map(({ id, params }) => [id, params]));
  const fresh = (element: CcmDashboard) => until('all are fresh', () => items(element).length > 0 && items(element).every((one) => one.querySelector('ccm-widget')!.state === 'fresh'));
  const open = async (given: Parameters<typeof mountDashboard>[0] & Partial<CcmDashboard> = {}) => {
    const element = await mountDashboard(given);
    await untilShown(element, 2);
    await fresh(element);
    return element;
  };
  const choose = async (element: CcmDashboard, value: string) => {
    const select = controls(element)!.querySelector('select')!;
    select.value = [...select.options].find((option) => text(option) === value)!.value;
    select.dispatchEvent(new Event('change'));
    await element.updateComplete;
  };
  const picker = (element: CcmDashboard) => element.shadowRoot!.querySelector('ccm-time-dialog')?.shadowRoot;
  const openPicker = async (element: CcmDashboard) => {
    controls(element)!.querySelector('button')!.click();
    await until('the dialog is open', () => picker(element)?.querySelector('dialog[open]') != null);
    return picker(element)!;
  };

  // First: a page loads a module once.
  it('cost nothing where a layout has none', async () => {
    layouts.reset(layoutOf('main', TWO, { isDefault: true }));
    const element = await open();
    for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
    expect(chunks()).to.deep.equal([]);
    expect(controls(element) === null).to.equal(true);
    expect(asked()).to.deep.equal([[['regional', undefined], ['plain', undefined]]]);
  });

  it('reach the widgets that declare them, and no other is asked again', async () => {
    const element = await open();
    expect(edge.defined).to.deep.equal(['regional', 'plain']);
    expect(asked()).to.deep.equal([[['regional', { from: '-24h', to: 'now', region: 'north' }], ['plain', undefined]]]);
    await expect(element).to.be.accessible();
  });

  for (const [how, withheld] of [['leaves one out', new Set(['regional'])], ['does not answer', 'all' as const]] as const) {
    it(`reach a widget with its second question where the edge, asked what it declares, ${how}`, async () => {
      edge.withheld = withheld;
      try {
        const element = await open();
        await until('it was asked with them', () => asked().length === 2);
        await fresh(element);
        expect(asked()).to.deep.equal([[['regional', undefined], ['plain', undefined]], [['regional', { from: '-24h', to: 'now', region: 'north' }]]]);
      } finally {
        edge.withheld = new Set();
      }
    });
  }

  it('reach each of two that show the same, and one that comes when it is scrolled to', async () => {
    const far = { itemId: 'c', widgetId: 'regional', position: { x: 0, y: 40, w: 2, h: 1 } };
    layouts.reset(layoutOf('main', [...TWO, far], { isDefault: true, variables: [REGION] }));
    const element = await mountDashboard();
    await untilShown(element, 3);
    await until('the first is answered', () => asked().length === 1);
    element.shadowRoot!.querySelector('[data-item=c]')!.scrollIntoView();
    await fresh(element);
    expect(asked()).to.deep.equal([[['regional', { region: 'north' }], ['plain', undefined]]]);
  });

  it('are asked for in one batch when a reader changes one, without touching the layout', async () => {
    const element = await open();
    edge.batches.length = 0;
    await choose(element, 'south');
    await until('it was asked anew', () => asked().length > 0);
    await fresh(element);
    expect(asked()).to.deep.equal([[['regional', { from: '-24h', to: 'now', region: 'south' }]]]);
    expect(layouts.writes).to.deep.equal([]);
  });

  it('come from the page before the layout: `from`, `to`, `variables`', async () => {
    const element = await open({ from: '-7d', variables: { region: 'south', limit: 5 } } as object);
    expect(asked()).to.deep.equal([[['regional', { region: 'south', limit: 5, from: '-7d', to: 'now' }], ['plain', undefined]]]);
    expect(text(controls(element)!.querySelector('button'))).to.equal('Last 7 days');
    element.variables = { region: 'west' };
    await until('it was asked with the new one', () => asked().length === 2);
    expect(asked()[1]).to.deep.equal([['regional', { region: 'west', from: '-7d', to: 'now' }]]);
  });

  it('send nothing that is no value, nor of another type than declared', async () => {
    layouts.reset(layoutOf('main', TWO, { isDefault: true, variables: [{ name: 'limit', type: 'string', default: '5' }, { name: 'region', type: 'string' }] }));
    await open({ variables: { region: '', toString: 'x', from: Number.NaN } } as object);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(asked()).to.deep.equal([[['regional', undefined], ['plain', undefined]]]);
  });

  it('are picked from the usual ranges, by a dialog that gives the focus back', async () => {
    const element = await open();
    const time = controls(element)!.querySelector('button')!;
    expect([text(time), time.ariaLabel]).to.deep.equal(['Last 24 hours', 'Time range: Last 24 hours']);
    time.focus();
    const dialog = await openPicker(element);
    await expect(element).to.be.accessible();
    [...dialog.querySelectorAll<HTMLButtonElement>('.quick button')].find((one) => text(one) === 'This month')!.click();
    await until('it was asked anew', () => asked().length === 2);
    expect(asked()[1]).to.deep.equal([['regional', { from: 'startOfMonth', to: 'now', region: 'north' }]]);
    await until('it says so', () => text(time) === 'This month');
    expect(element.shadowRoot!.activeElement === time).to.equal(true);
    expect(picker(element)).to.equal(undefined);
  });

  it('are written by hand, relative or exact in a zone; what is wrong is said at its field', async () => {
    const element = await open();
    const dialog = await openPicker(element);
    const field = (id: string) => dialog.querySelector<HTMLInputElement>(`#${id}`)!;
    const write = async (id: string, value: string, type = 'input') => {
      field(id).value = value;
      field(id).dispatchEvent(new Event(type));
      await (dialog.host as CcmDashboard).updateComplete;
    };
    const apply = async () => {
      dialog.querySelector<HTMLButtonElement>('.primary')!.click();
      await (dialog.host as CcmDashboard).updateComplete;
      await (dialog.host as CcmDashboard).updateComplete;
    };
    await write('from', 'yesterdayish');
    await apply();
    expect(text(dialog.querySelector('#from-note'))).to.contain('Write it like');
    expect([field('from').ariaInvalid, dialog.activeElement?.id]).to.deep.equal(['true', 'from']);
    await write('from', 'now-1h');
    await write('to', '-2h');
    await apply();
    expect(text(dialog.querySelector('#to-note'))).to.equal('The end lies before the beginning.');
    await write('zone', 'Mars/Base', 'change');
    expect(text(dialog.querySelector('#zone-note'))).to.equal('There is no such time zone.');
    await write('zone', 'Asia/Tokyo', 'change');
    dialog.querySelectorAll<HTMLInputElement>('[name=way]')[1]!.click();
    await (dialog.host as CcmDashboard).updateComplete;
    await write('from', '2026-03-01T09:00');
    await write('to', '2026-03-01T18:00');
    edge.batches.length = 0;
    await apply();
    await until('it was asked anew', () => asked().length > 0);
    expect(asked()[0]).to.deep.equal([['regional', { from: '2026-03-01T00:00:00.000Z', to: '2026-03-01T09:00:00.000Z', region: 'north' }]]);
    await until('it is in words', () => text(controls(element)!.querySelector('button')).startsWith('Mar 1, 2026, 9:00'));
    expect(text(controls(element)!.querySelector('button'))).to.match(/ · Asia\/Tokyo$/);
  });

  it('are stepped through by the length of the range, and widened', async () => {
    const element = await open({ from: '2026-03-01T08:00:00.000Z', to: '2026-03-01T10:00:00.000Z' });
    const press = async (label: string) => {
      edge.batches.length = 0;
      button(element, label)!.click();
      await until('it was asked anew', () => asked().length > 0);
      return asked();
    };
    const range = (from: string, to: string) => [[['regional', { from: `2026-03-01T${from}:00:00.000Z`, to: `2026-03-01T${to}:00:00.000Z`, region: 'north' }]]];
    expect(await press('Earlier')).to.deep.equal(range('06', '08'));
    expect(await press('Zoom out')).to.deep.equal(range('05', '09'));
    expect(await press('Later')).to.deep.equal(range('09', '13'));
    await expect(element).to.be.accessible();
  });

  it('say in the dialog which widgets follow', async () => {
    const element = await open();
    expect(text((await openPicker(element)).querySelector('.fields > .hint'))).to.equal('1 of 2 widgets follows it.');
  });

  it('stay as the reader chose where the first change of a preset becomes a layout of their own', async () => {
    layouts.reset(layoutOf('default', TWO, { isDefault: true, preset: 'user', variables: [REGION], timeRange: TIME }));
    const element = await open({ editable: true });
    await edit(element);
    button(element, 'Remove System Health')!.click();
    button(element, 'Done')!.click();
    await until('it is no longer edited', () => offers(element, 'Edit'));
    await choose(element, 'south');
    await until('it has become a layout', () => layouts.stored('mine') !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(controls(element)!.querySelector('select')!.selectedOptions[0]!.text).to.equal('south');
  });

  it('are set up by who knows what the widgets declare: how many follow the time, and names for variables', async () => {
    const element = await open({ editable: true });
    await until('there is a menu', () => offers(element, 'More for this dashboard'));
    button(element, 'More for this dashboard')!.click();
    const menu = () => [...(element.shadowRoot!.querySelector('ccm-menu')?.shadowRoot?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    await until('the menu is open', () => menu().some((one) => text(one) === 'Dashboard settings …'));
    menu().find((one) => text(one) === 'Dashboard settings …')!.click();
    const dialog = () => element.shadowRoot!.querySelector('ccm-dashboard-settings')?.shadowRoot;
    await until('it says how many', () => [...(dialog()?.querySelectorAll('.hint') ?? [])].some((one) => text(one) === '1 of 2 widgets follows it.'));
    await expect(element).to.be.accessible();
    const names = dialog()!.querySelector<HTMLInputElement>('#name-0')!.list!;
    expect([...names.options].map(({ value }) => value)).to.deep.equal(['limit', 'region']);
  });

  it('reach the previews, too: of an item’s settings, which offer the fields of that answer, and of what may be added', async () => {
    layouts.catalogue = [REGIONAL].map((one) => ({ ...one, requires: undefined }));
    const element = await open({ editable: true });
    await edit(element);
    items(element)[0]!.querySelector('ccm-widget')!.dispatchEvent(new MenuSelectEvent('settings'));
    const settings = () => element.shadowRoot!.querySelector<HTMLElement & { data: unknown }>('ccm-widget-settings');
    const preview = () => settings()?.shadowRoot?.querySelector('ccm-widget');
    await until('the preview shows it', () => preview()?.state === 'fresh' && settings()!.data !== undefined);
    expect(settings()!.data).to.deep.equal(SALES_DATA);
    settings()!.remove();
    button(element, 'Add widget')!.click();
    const market = () => element.shadowRoot!.querySelector('ccm-market-dialog')?.shadowRoot?.querySelector('ccm-marketplace')?.shadowRoot;
    await until('it may be chosen', () => market()?.querySelector<HTMLElement>('.entry') != null);
    market()!.querySelector<HTMLElement>('.entry')!.click();
    await until('it is shown', () => market()!.querySelector<CcmWidget>('.details ccm-widget')?.state === 'fresh');
    const alike = new Set(asked().flat().filter(([id]) => id === 'regional').map(([, params]) => JSON.stringify(params)));
    expect([...alike].map((params) => JSON.parse(params!) as unknown), 'nothing else was asked').to.deep.equal([{ from: '-24h', to: 'now', region: 'north' }]);
  });

  it('stay as the reader chose where the page says the same again in another object', async () => {
    const element = await open({ variables: { limit: 5 } } as object);
    await choose(element, 'south');
    await until('it was asked with it', () => JSON.stringify(asked().at(-1)).includes('south'));
    const before = asked().length;
    element.variables = { limit: 5 };
    await element.updateComplete;
    for (let frame = 0; frame < 5; frame += 1) await new Promise(requestAnimationFrame);
    expect([asked().length, controls(element)!.querySelector('select')!.selectedOptions[0]!.text]).to.deep.equal([before, 'south']);
    element.variables = { limit: 6 };
    await until('it was asked with the other', () => JSON.stringify(asked().at(-1)).includes('"limit":6'));
    expect(controls(element)!.querySelector('select')!.selectedOptions[0]!.text).to.equal('north');
  });

  it('are shown where their zone is none', async () => {
    layouts.reset(layoutOf('main', TWO, { isDefault: true, timeRange: { from: '2026-03-01T08:00:00.000Z', to: 'now', timeZone: 'Mars/Base' } }));
    const element = await open();
    await until('they are there', () => text(controls(element)?.querySelector('button')).startsWith('Mar 1, 2026'));
  });

  it('are the layout’s own while it is edited, with a way back', async () => {
    const element = await open({ editable: true });
    await edit(element);
    const changes = heard(element, 'ccm-layout-change');
    await choose(element, 'south');
    await until('it is saved', () => layouts.writes.length === 1);
    expect(layouts.writes[0]!.patch).to.deep.equal({ variables: [{ ...REGION, default: 'south' }] });
    expect(changes[0]!.detail.reason).to.equal('variables');
    button(element, 'Undo last change')!.click();
    await until('it is saved again', () => layouts.writes.length === 2);
    expect(layouts.writes[1]!.patch).to.deep.equal({ variables: [REGION] });
    expect(controls(element)!.querySelector('select')!.selectedOptions[0]!.text).to.equal('north');
  });

  it('show every name and choice as it is written', async () => {
    layouts.reset(layoutOf('main', TWO, { isDefault: true, timeRange: { from: HOSTILE[0]!, to: HOSTILE[1]! }, variables: HOSTILE.map((words, at) => ({ ...REGION, name: `v${at}`, label: words, options: [words], default: words })) }));
    const element = await open();
    expect(text(controls(element)!.querySelector('button'))).to.equal(`${HOSTILE[0]} – ${HOSTILE[1]}`);
    expect([...controls(element)!.querySelectorAll('option:checked')].map(text)).to.deep.equal(HOSTILE);
    expect(controls(element)!.querySelector('img, script') === null).to.equal(true);
  });

  // Its settings.
  for (const [density, gap, row] of [['compact', 8, 108], ['spacious', 16, 136]] as const) {
    it(`give it its density (${density}) before its widgets are there`, async () => {
      layouts.reset(layoutOf('main', TWO, { isDefault: true, settings: { density } }));
      const element = await openDashboard({}, 2);
      const { columnGap } = getComputedStyle(element.shadowRoot!.querySelector('.grid')!);
      expect([columnGap, items(element)[0]!.getBoundingClientRect().height]).to.deep.equal([`${gap}px`, row]);
    });
  }

  it('give it its theme, unless the page says another', async () => {
    layouts.reset(layoutOf('main', TWO, { isDefault: true, settings: { theme: 'dark' } }));
    const element = await openDashboard({}, 2);
    await until('it is dark', () => element.dataset['theme'] === 'dark' && items(element)[0]!.querySelector('ccm-widget')!.dataset['theme'] === 'dark');
    const own = await openDashboard({ theme: 'light' }, 2);
    await own.updateComplete;
    expect([own.theme, own.dataset['theme']]).to.deep.equal(['light', 'light']);
  });

  it('give their interval to widgets that name none, neither here nor in their definition', async () => {
    const [a, b] = TWO;
    const here = { ...b!, itemId: 'c', config: { refreshInterval: 30 }, position: { x: 4, y: 0, w: 2, h: 1 } };
    layouts.reset(layoutOf('main', [a!, b!, here], { isDefault: true, settings: { refreshInterval: 300 } }));
    const element = await openDashboard({}, 3);
    await fresh(element);
    const intervals = () => items(element).map((one) => one.querySelector('ccm-widget')!.refreshInterval ?? null);
    await until('it is given', () => intervals().includes(300));
    expect(intervals()).to.deep.equal([null, 300, null]);
    expect(batches(), 'nobody is asked again for it').to.have.length(1);
  });

  it('still what is in the cards', async () => {
    layouts.reset(layoutOf('main', TWO, { isDefault: true, settings: { animation: false } }));
    const element = await openDashboard({}, 2);
    await fresh(element);
    const gauge = () => items(element)[1]!.querySelector('ccm-widget')!.shadowRoot!.querySelector('ccm-gauge')!;
    await until('it is drawn', () => gauge()?.shadowRoot?.querySelector('.reading') != null);
    gauge().toggleAttribute('moving', true);
    expect(getComputedStyle(gauge().shadowRoot!.querySelector('.reading')!).transitionDuration).to.equal('0s');
  });

  it('save by hand where they say so: a button, and leaving', async () => {
    layouts.reset(layoutOf('main', TWO, { isDefault: true, settings: { autoSave: 0 } }));
    const element = await openDashboard({ editable: true }, 2);
    await fresh(element);
    await edit(element);
    button(element, 'Remove System Health')!.click();
    await until('it may be saved', () => offers(element, 'Save'));
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(layouts.writes).to.deep.equal([]);
    button(element, 'Save')!.click();
    await until('it is saved', () => layouts.writes.length === 1);
    await until('it says so', () => !offers(element, 'Save'));
  });
});
