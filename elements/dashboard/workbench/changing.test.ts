import { expect } from '@open-wc/testing';
import type { CatalogueItem } from '../../../sdk/client/client.js';
import { definition, HEALTH, LOW_STOCK, SALES } from '../../core/test/samples.js';
import { button, edgeOfSuite, handle, heard, hushResizes, ids, item, itemAt, offers, openDashboard, openEditing, positions, pressOn, shownAt, status, text, THREE, untilShown } from '../../core/test/dashboard-on-page.js';
import { MenuSelectEvent } from '../../core/menu-item.js';
import { ownClock } from '../../core/test/own-clock.js';
import { until } from '../../core/test/stand-in-edge.js';
import { layoutOf } from '../../core/test/stand-in-layouts.js';
import type { CcmDashboard } from '../ccm-dashboard.js';
import { AUTO_SAVE } from './saver.js';

const CATALOGUE: CatalogueItem[] = [
  { ...definition(SALES), category: 'Sales', tags: ['money'] },
  { ...definition(HEALTH), category: 'System' },
  { ...definition(LOW_STOCK), category: 'Sales', description: 'What runs out' },
];

describe('a dashboard whose widgets are removed and added', () => {
  hushResizes();
  const clock = ownClock();
  const suite = edgeOfSuite();
  const { layouts } = suite;
  beforeEach(() => {
    layouts.catalogue = CATALOGUE;
  });

  const toast = (element: CcmDashboard) => text(element.shadowRoot!.querySelector('.toast'));
  const lastWrite = async (count = 1) => {
    if (layouts.writes.length < count) await clock.pass(AUTO_SAVE * 1000);
    await until('it is saved', () => layouts.writes.length >= count);
    return layouts.writes.at(-1)!.widgets!;
  };

  describe('removes', () => {
    it('by Delete, and brings back where it was by Undo', async () => {
      const element = await openEditing();
      const [removed, changes] = [heard(element, 'ccm-widget-remove'), heard(element, 'ccm-layout-change')];
      await pressOn(element, 'b', 'Delete');
      expect(ids(element)).to.not.include('b');
      expect(removed.map(({ detail, bubbles, composed }) => [detail, bubbles, composed])).to.deep.equal([[{ widgetId: 'system-health', itemId: 'b' }, true, true]]);
      expect(toast(element)).to.equal('System Health removedUndo');
      expect(positions(await lastWrite())).to.deep.equal({ a: [0, 0, 2, 1], c: [3, 0, 2, 2] });
      await until('it is saved', () => status(element) === 'Saved');
      button(element, 'Undo')!.click();
      await untilShown(element, 3);
      await shownAt(element, 6, positions(THREE));
      expect(positions(await lastWrite(2))).to.deep.equal(positions(THREE));
      await until('all of it was told', () => changes.length === 4);
      expect(changes.map(({ detail }) => detail.reason)).to.deep.equal(['remove', 'save', 'undo', 'save']);
      expect([toast(element), handle(element, 'b').ariaLabel]).to.deep.equal(['', 'Move System Health']);
    });

    it('by the button; what stood below rises, also in what is saved, and sinks again by Undo', async () => {
      const stacked = [item('a', 'sales-summary', [0, 0, 2, 1]), item('b', 'system-health', [0, 1, 2, 1]), item('c', 'low-stock-alert', [0, 2, 2, 1])];
      layouts.reset(layoutOf('main', stacked, { isDefault: true }));
      const element = await openEditing();
      button(element, 'Remove System Health')!.click();
      expect(positions(await lastWrite())).to.deep.equal({ a: [0, 0, 2, 1], c: [0, 1, 2, 1] });
      await shownAt(element, 6, { a: [0, 0, 2, 1], c: [0, 1, 2, 1] });
      button(element, 'Undo')!.click();
      expect(positions(await lastWrite(2))).to.deep.equal(positions(stacked));
      await shownAt(element, 6, positions(stacked));
    });

    it('and then moves: Undo takes back the moves, and nothing before them', async () => {
      const element = await openEditing();
      await pressOn(element, 'b', 'Delete');
      for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowLeft']) await pressOn(element, 'c', key);
      expect(toast(element)).to.contain('Undo').and.not.contain('removed');
      button(element, 'Undo')!.click();
      await until('it is taken back', () => toast(element) === '');
      expect(positions(await lastWrite())).to.deep.equal({ a: [0, 0, 2, 1], c: [3, 0, 2, 2] });
    });

    for (const [what, show] of [
      ['another layout', (element: CcmDashboard) => (element.layout = 'other')],
      ['what another page saved', () => suite.edge.send({ action: 'changed', layouts: ['main'] })],
    ] as const) {
      it(`without a way back once ${what} is shown`, async () => {
        layouts.reset(layoutOf('main', THREE, { isDefault: true }), layoutOf('other', THREE.slice(0, 1)));
        const element = await openEditing();
        await pressOn(element, 'b', 'Delete');
        await lastWrite();
        await until('it is saved', () => status(element) === 'Saved');
        expect(offers(element, 'Undo')).to.equal(true);
        layouts.save('main', THREE.slice(0, 1));
        show(element);
        await untilShown(element, 1);
        expect(offers(element, 'Undo')).to.equal(false);
      });
    }

    it('only the one of two that show the same widget', async () => {
      layouts.reset(layoutOf('main', [item('one', 'sales-summary', [0, 0, 2, 1]), item('two', 'sales-summary', [2, 0, 2, 1])], { isDefault: true }));
      const element = await openEditing({}, 2);
      const stays = itemAt(element, 'two')!.querySelector('ccm-widget');
      await pressOn(element, 'one', 'Backspace');
      expect(ids(element)).to.deep.equal(['two']);
      expect(itemAt(element, 'two')!.querySelector('ccm-widget') === stays).to.equal(true);
      expect(positions(await lastWrite())).to.deep.equal({ two: [2, 0, 2, 1] });
    });

    it('without losing the place of one who works by keys', async () => {
      const element = await openEditing();
      handle(element, 'a').focus();
      await pressOn(element, 'a', 'Delete');
      await until('the focus is somewhere in the dashboard', () => element.shadowRoot!.activeElement !== null);
    });

    it('and what had the focus in it gives that to the next one, and back, also while it is not edited', async () => {
      const element = await openDashboard({ editable: true });
      await until('it may be edited', () => offers(element, 'Edit'));
      const widgetAt = (id: string) => itemAt(element, id)!.querySelector('ccm-widget')!;
      const atMenuOf = (id: string) => element.shadowRoot!.activeElement === widgetAt(id) && widgetAt(id).shadowRoot!.activeElement?.className === 'menu-button';
      widgetAt('a').shadowRoot!.querySelector<HTMLElement>('.menu-button')!.focus();
      widgetAt('a').dispatchEvent(new MenuSelectEvent('remove'));
      await untilShown(element, 2);
      expect(atMenuOf('b')).to.equal(true);
      button(element, 'Undo')!.focus();
      button(element, 'Undo')!.click();
      await until('the one that is back has it', () => itemAt(element, 'a') !== undefined && atMenuOf('a'));
    });

    it('the last one while it is not edited, and leaves the focus with the dashboard', async () => {
      layouts.reset(layoutOf('main', THREE.slice(0, 1), { isDefault: true }));
      const element = await openDashboard({ editable: true }, 1);
      await until('it may be edited', () => offers(element, 'Edit'));
      const widget = itemAt(element, 'a')!.querySelector('ccm-widget')!;
      widget.shadowRoot!.querySelector<HTMLElement>('.menu-button')!.focus();
      widget.dispatchEvent(new MenuSelectEvent('remove'));
      await untilShown(element, 0);
      expect((element.shadowRoot!.activeElement as HTMLElement).title).to.equal('More for this dashboard');
    });

    it('and says so in a place that was there before: of one that comes with its words nobody is told', async () => {
      const element = await openEditing();
      const places = [...element.shadowRoot!.querySelectorAll('[role=status]')];
      await pressOn(element, 'b', 'Delete');
      expect(places.map(text).filter((words) => words.includes('removed'))).to.deep.equal(['System Health removedUndo']);
    });

    it('the last one, and keeps room to add another', async () => {
      layouts.reset(layoutOf('main', THREE.slice(0, 1), { isDefault: true }));
      const element = await openEditing({}, 1);
      await pressOn(element, 'a', 'Delete');
      expect(await lastWrite()).to.deep.equal([]);
      expect(offers(element, 'Add widget')).to.equal(true);
      button(element, 'Undo')!.click();
      await untilShown(element, 1);
    });
  });

  describe('adds from the marketplace', () => {
    const market = (element: CcmDashboard) => element.shadowRoot!.querySelector('ccm-market-dialog')?.shadowRoot;
    const entries = (element: CcmDashboard) => [...(market(element)?.querySelector('ccm-marketplace')?.shadowRoot?.querySelectorAll('.entry') ?? [])];
    const openMarket = async (element: CcmDashboard) => {
      button(element, 'Add widget')!.click();
      await until('the marketplace is there', () => market(element)?.querySelector('dialog[open]') !== null && entries(element).length === CATALOGUE.length);
    };
    const choose = (element: CcmDashboard, title: string) => entries(element).map((one) => one.querySelector<HTMLButtonElement>('.plus')!).find(({ ariaLabel }) => ariaLabel?.endsWith(title))!.click();

    it('that says what is on the dashboard, in a dialog that gives the focus back', async () => {
      layouts.reset(layoutOf('main', THREE.slice(0, 2), { isDefault: true }));
      layouts.catalogue = CATALOGUE;
      const element = await openEditing({}, 2);
      button(element, 'Add widget')!.focus();
      await openMarket(element);
      expect(entries(element).filter((one) => text(one).includes('On the dashboard')).map((one) => text(one.querySelector('b'))).sort()).to.deep.equal(['Daily Sales Summary', 'System Health']);
      expect(market(element)!.activeElement?.localName).to.equal('ccm-marketplace');
      market(element)!.querySelector<HTMLButtonElement>('.close')!.click();
      await until('it is closed', () => market(element)!.querySelector('dialog[open]') === null);
      expect(text(element.shadowRoot!.activeElement)).to.equal('Add widget');
    });

    it('that has its list also where it is opened again before the browser told that it was closed', async () => {
      layouts.catalogue = CATALOGUE;
      const element = await openEditing();
      await openMarket(element);
      market(element)!.querySelector<HTMLButtonElement>('.close')!.click();
      void element.shadowRoot!.querySelector<HTMLElement & { open(): Promise<void> }>('ccm-market-dialog')!.open();
      await new Promise((resolve) => market(element)!.querySelector('dialog')!.addEventListener('close', resolve, { once: true }));
      await until('the list is there', () => entries(element).length === CATALOGUE.length);
    });

    it('to the first place that is free, with a way back', async () => {
      const element = await openEditing();
      const added = heard(element, 'ccm-widget-add');
      await openMarket(element);
      choose(element, 'Daily Sales Summary');
      await untilShown(element, 4);
      expect(market(element)!.querySelector('dialog[open]') === null).to.equal(true);
      const { widgetId, itemId } = added[0]!.detail;
      expect([added.length, widgetId, added[0]!.bubbles && added[0]!.composed]).to.deep.equal([1, 'sales-summary', true]);
      const widgets = await lastWrite();
      expect(positions(widgets)).to.deep.equal({ ...positions(THREE), [itemId]: [0, 1, 2, 1] });
      await until('it has its handle', () => handle(element, itemId) !== null && itemAt(element, itemId)!.querySelector('.ui-resizable-handle') !== null);
      await shownAt(element, 6, positions(widgets));
      expect(toast(element)).to.equal('Daily Sales Summary addedUndo');
      button(element, 'Undo')!.click();
      await untilShown(element, 3);
      expect(positions(await lastWrite(2))).to.deep.equal(positions(THREE));
    });

    it('where there are fewer columns, without disturbing the wide arrangement', async () => {
      const element = await openEditing({ width: 500 });
      const added = heard(element, 'ccm-widget-add');
      await openMarket(element);
      choose(element, 'Low Stock Alert');
      const widgets = await lastWrite();
      const one = widgets.find(({ itemId }) => itemId === added[0]!.detail.itemId)!;
      expect([one.position, one.positions]).to.deep.equal([{ x: 0, y: 2, w: 2, h: 1 }, { '2': { x: 0, y: 4, w: 2, h: 1 } }]);
      expect(positions(widgets.slice(0, 3))).to.deep.equal(positions(THREE));
    });

    it('where there are fewer columns, below what stands there: also when editing ends, and for a copy', async () => {
      const element = await openEditing({ width: 500 });
      const here: Record<string, number[]> = { a: [0, 0, 2, 1], b: [0, 1, 1, 1], c: [0, 2, 2, 2] };
      await shownAt(element, 2, here);
      const added = heard(element, 'ccm-widget-add');
      await openMarket(element);
      choose(element, 'Low Stock Alert');
      await untilShown(element, 4);
      here[added[0]!.detail.itemId] = [0, 4, 2, 1];
      await shownAt(element, 2, here);
      button(element, 'Done')!.click();
      await until('editing has ended', () => offers(element, 'Edit'));
      await shownAt(element, 2, here);
      itemAt(element, 'a')!.querySelector('ccm-widget')!.dispatchEvent(new MenuSelectEvent('duplicate'));
      await untilShown(element, 5);
      await shownAt(element, 2, { ...here, [added[1]!.detail.itemId]: [0, 5, 2, 1] });
    });

    it('in half units where the layout has them', async () => {
      layouts.reset({ ...layoutOf('main', [item('a', 'system-health', [0, 0, 2, 2])], { isDefault: true }), columns: 12 });
      layouts.catalogue = CATALOGUE;
      const element = await openEditing({}, 1);
      await openMarket(element);
      choose(element, 'Low Stock Alert');
      expect((await lastWrite()).at(-1)!.position).to.deep.equal({ x: 2, y: 0, w: 4, h: 2 });
    });
  });
});
