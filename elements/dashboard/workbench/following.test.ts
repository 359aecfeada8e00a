import { expect } from '@open-wc/testing';
import type { WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import { dialog, edgeOfSuite, edit, heard, hushResizes, item, itemAt, items, mountDashboard, openDashboard, openEditing, pressOn, shown, status, text, THREE, untilShown } from '../../core/test/dashboard-on-page.js';
import { EDGE, until } from '../../core/test/stand-in-edge.js';
import { layoutOf } from '../../core/test/stand-in-layouts.js';
import type { CcmDashboard } from '../ccm-dashboard.js';

/** As another page of this user arranged it. */
const THEIRS: WidgetLayoutItem[] = [item('b', 'system-health', [0, 0, 2, 1])];

describe('a dashboard that is not alone', () => {
  hushResizes();
  const suite = edgeOfSuite(() => [layoutOf('main', THREE, { isDefault: true, name: 'Main' }), layoutOf('other', THEIRS, { name: 'Other' })]);
  const { layouts } = suite;

  const xOf = (widgets: readonly WidgetLayoutItem[] | undefined, id: string) => widgets?.find(({ itemId }) => itemId === id)?.position.x;
  const saved = (element: CcmDashboard) => until('it is saved', () => status(element) === 'Saved');

  describe('follows what is saved elsewhere', () => {
    const live = () => until('it is live', () => suite.edge.messages.some(({ action }) => action === 'subscribe'));

    it('while nothing is unsaved, also in the midst of editing', async () => {
      const element = await openEditing();
      await live();
      layouts.save('main', THEIRS);
      suite.edge.send({ action: 'changed', layouts: ['main'] });
      await untilShown(element, 1);
      await until('it has handles', () => itemAt(element, 'b')?.querySelector('.ui-resizable-handle') != null);
      expect(layouts.writes).to.deep.equal([]);
    });

    it('twice, where the second was saved before the first was here', async () => {
      const element = await openEditing();
      await live();
      const asked = () => layouts.asked.filter((one) => one.startsWith('GET'));
      layouts.asked.length = 0;
      const giveFirst = layouts.hold();
      suite.edge.send({ action: 'changed', layouts: ['main'] });
      await until('it looked', () => asked().length === 1);
      const giveSecond = layouts.hold();
      suite.edge.send({ action: 'changed', layouts: ['main'] });
      await until('it looked again', () => asked().length === 2);
      layouts.save('main', THREE.slice(0, 2));
      giveFirst();
      await untilShown(element, 2);
      layouts.save('main', THEIRS);
      giveSecond();
      await untilShown(element, 1);
    });

    describe('while it was away', () => {
      const carrier = (element: CcmDashboard) => element.shadowRoot!.querySelector('ccm-widget')?.live;
      const away = async (element: CcmDashboard) => {
        await until('it is connected', () => carrier(element) === 'ws');
        suite.edge.cut(true);
        await until('it is away', () => carrier(element) === 'off');
      };
      const back = () => {
        suite.edge.cut(false);
        dispatchEvent(new Event('online'));
      };
      afterEach(() => suite.edge.cut(false));

      it('once it is back', async () => {
        const element = await openDashboard({ editable: true });
        await untilShown(element, 3);
        await away(element);
        expect(layouts.asked.filter((asked) => asked.startsWith('GET')), 'nothing is asked twice for the first connection').to.have.length(1);
        layouts.save('main', THEIRS);
        back();
        await untilShown(element, 1);
      });

      it('or saves what could not be saved', async () => {
        const element = await openEditing();
        await away(element);
        layouts.refuse.PATCH = 'going_away';
        await pressOn(element, 'c', 'ArrowRight');
        await until('it says so', () => status(element) === 'Could not be saved');
        layouts.refuse = {};
        back();
        await saved(element);
        expect(xOf(layouts.stored('main')?.widgets, 'c')).to.equal(4);
      });
    });

    it('not what it saved itself, nor another layout', async () => {
      const element = await openEditing();
      await live();
      await pressOn(element, 'c', 'ArrowRight');
      await saved(element);
      const changes = heard(element, 'ccm-layout-change');
      layouts.asked.length = 0;
      suite.edge.send({ action: 'changed', layouts: ['other'] });
      suite.edge.send({ action: 'changed', layouts: ['main'] });
      await until('it looked', () => layouts.asked.length > 0);
      await pressOn(element, 'c', 'ArrowLeft');
      await until('it is saved again', () => layouts.writes.length === 2 && status(element) === 'Saved');
      expect(layouts.asked.filter((asked) => asked.startsWith('GET'))).to.have.length(1);
      expect(changes.map(({ detail }) => detail.reason)).to.not.include('load');
    });

    it('not while something is unsaved: then the save finds out', async () => {
      const element = await openEditing();
      await live();
      await pressOn(element, 'c', 'ArrowRight');
      layouts.save('main', THEIRS);
      layouts.asked.length = 0;
      suite.edge.send({ action: 'changed', layouts: ['main'] });
      await until('there is a choice', () => dialog(element) !== null);
      expect(layouts.asked).to.deep.equal(['PATCH main', 'GET main']);
      expect(items(element)).to.have.length(3);
    });

    it('to the end: one that was removed is no longer shown', async () => {
      const element = await mountDashboard({ layout: 'main' });
      await untilShown(element, 3);
      await live();
      layouts.remove('main');
      suite.edge.send({ action: 'changed', layouts: ['main'] });
      await until('it is refused', () => shown(element).includes('Not available to you'));
    });
  });

  describe('shows another layout, and before that', () => {
    const choice = (element: CcmDashboard) => element.shadowRoot!.querySelector('select')!;
    const choose = async (element: CcmDashboard, name: string) => {
      await until('there is a choice', () => choice(element) !== null);
      choice(element).value = [...choice(element).options].find((option) => text(option) === name)!.value;
      choice(element).dispatchEvent(new Event('change'));
    };
    const chosen = (element: CcmDashboard) => text(choice(element).selectedOptions[0]);

    it('offers the user’s layouts, the one that is shown first', async () => {
      const element = await openEditing();
      await until('there is a choice', () => choice(element) !== null);
      expect([...choice(element).options].map(text)).to.deep.equal(['Main (default)', 'Other']);
      expect([chosen(element), choice(element).ariaLabel]).to.deep.equal(['Main (default)', 'Dashboard']);
    });

    it('keeps the choice for this tab, where the page leaves it to the user and it is still there', async () => {
      const first = await openDashboard({ editable: true });
      await choose(first, 'Other');
      await untilShown(first, 1);
      first.remove();
      const again = await openDashboard({ editable: true }, 1);
      expect(again.layout).to.equal('other');
      again.remove();
      const named = await openDashboard({ editable: true, layout: 'main' });
      await until('there is a choice', () => choice(named) !== null);
      expect(named.layout).to.equal('main');
      named.remove();
      layouts.reset(layoutOf('main', THREE, { isDefault: true, name: 'Main' }), layoutOf('third', [], { name: 'Third' }));
      sessionStorage.setItem(`ccm-layout ${EDGE} u-1`, 'other');
      const without = await openDashboard({ editable: true });
      await until('it was forgotten', () => sessionStorage.length === 0 && without.layout === 'default');
      await untilShown(without, 3);
    });

    it('saves what is unsaved, then shows the one that was chosen', async () => {
      const element = await openEditing();
      await pressOn(element, 'c', 'ArrowRight');
      await choose(element, 'Other');
      await untilShown(element, 1);
      expect(layouts.writes.map(({ id, widgets }) => [id, xOf(widgets, 'c')])).to.deep.equal([['main', 4]]);
      expect([element.layout, chosen(element), element.shadowRoot!.querySelector('.handle') === null]).to.deep.equal(['other', 'Other', true]);
      element.layout = 'main';
      await untilShown(element, 3);
      await until('the choice says so', () => chosen(element) === 'Main (default)');
    });

    it('stays where it is when that cannot be saved, and its choice says so', async () => {
      const element = await openEditing();
      layouts.refuse.PATCH = 'internal';
      await pressOn(element, 'c', 'ArrowRight');
      await choose(element, 'Other');
      await until('it was asked to save', () => layouts.writes.length === 1);
      await until('it says what is shown', () => chosen(element) === 'Main (default)');
      expect([element.layout, items(element).length]).to.deep.equal(['default', 3]);
      await edit(element);
      await until('it says so', () => status(element) === 'Could not be saved');
    });

    it('saves what is unsaved, also when the page itself names another', async () => {
      const element = await openEditing();
      await pressOn(element, 'c', 'ArrowRight');
      element.layout = 'other';
      await untilShown(element, 1);
      await until('the first is saved', () => xOf(layouts.stored('main')?.widgets, 'c') === 4);
      expect(layouts.writes.map(({ id }) => id)).to.deep.equal(['main']);
    });

    it('saves what is unsaved when it is taken out of the page', async () => {
      const element = await openEditing();
      await pressOn(element, 'c', 'ArrowRight');
      element.remove();
      await until('it is saved', () => xOf(layouts.stored('main')?.widgets, 'c') === 4);
    });

    it('saves what is unsaved when it is moved in the page, and shows that', async () => {
      const element = await openEditing();
      const changes = heard(element, 'ccm-layout-change');
      await pressOn(element, 'c', 'ArrowRight');
      const box = element.parentElement!;
      element.remove();
      box.append(element);
      await until('it is saved', () => xOf(layouts.stored('main')?.widgets, 'c') === 4);
      await until('it is shown', () => changes.at(-1)!.detail.reason !== 'move' && xOf(changes.at(-1)!.detail.layout.widgets, 'c') === 4);
    });
  });
});
