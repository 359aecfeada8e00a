import { expect } from '@open-wc/testing';
import type { WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import { button, dialog, edgeOfSuite, heard, hushResizes, ids, item, itemAt, items, offers, openEditing, pressOn, status, text, THREE, untilShown } from '../../core/test/dashboard-on-page.js';
import { ownClock } from '../../core/test/own-clock.js';
import { until } from '../../core/test/stand-in-edge.js';
import { layoutOf } from '../../core/test/stand-in-layouts.js';
import type { CcmDashboard } from '../ccm-dashboard.js';
import { AUTO_SAVE } from './saver.js';

/** As another page of this user arranged it. */
const THEIRS: WidgetLayoutItem[] = [item('b', 'system-health', [0, 0, 2, 1])];

/** The stand-in's worker gives the page up when it hears `beforeunload`: what listens for that from now on is told here. */
const leaving = new EventTarget();
function divert(): void {
  const { addEventListener: add, removeEventListener: remove } = window;
  type Given = [string, EventListenerOrEventListenerObject, (boolean | AddEventListenerOptions)?];
  const at = (type: string) => (type === 'beforeunload' ? leaving : window) as Window;
  window.addEventListener = (...given: Given) => add.apply(at(given[0]), given);
  window.removeEventListener = (...given: Given) => remove.apply(at(given[0]), given);
}

describe('a dashboard saves', () => {
  hushResizes();
  const clock = ownClock();
  const { layouts } = edgeOfSuite(() => [layoutOf('main', THREE, { isDefault: true, name: 'Main' }), layoutOf('other', THEIRS, { name: 'Other' })]);
  before(divert);
  after(() => {
    for (const name of ['addEventListener', 'removeEventListener']) Reflect.deleteProperty(window, name);
  });

  const xOf = (widgets: readonly WidgetLayoutItem[] | undefined, id: string) => widgets?.find(({ itemId }) => itemId === id)?.position.x;
  /** The quiet after a change is over. */
  const rest = () => clock.pass(AUTO_SAVE * 1000);
  const saved = (element: CcmDashboard) => until('it is saved', () => status(element) === 'Saved');
  /** Whether the browser would ask before it leaves the page. */
  const asksBeforeLeaving = () => !leaving.dispatchEvent(new Event('beforeunload', { cancelable: true }));

  it('changes once, after a pause, if nobody saved meanwhile', async () => {
    const element = await openEditing();
    const changes = heard(element, 'ccm-layout-change');
    for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowRight']) {
      await pressOn(element, 'c', key);
      for (let frames = 0; frames < 4; frames += 1) await new Promise(requestAnimationFrame);
    }
    expect([status(element), layouts.writes.length]).to.deep.equal(['Not saved yet', 0]);
    await saved(element);
    const first = layouts.etag('main');
    expect(layouts.writes).to.have.length(1);
    expect([layouts.writes[0]!.id, layouts.writes[0]!.ifMatch, xOf(layouts.writes[0]!.widgets, 'c')]).to.deep.equal(['main', '"main-1"', 4]);
    expect(changes.at(-1)!.detail).to.deep.equal({ layout: layouts.stored('main'), etag: first, reason: 'save' });
    await pressOn(element, 'c', 'ArrowLeft');
    await rest();
    await until('the next is saved', () => layouts.writes.length > 1 && status(element) === 'Saved');
    expect(layouts.writes.map(({ ifMatch }) => ifMatch)).to.deep.equal(['"main-1"', first]);
  });

  it('what was changed while it saved, after that', async () => {
    const element = await openEditing();
    const changes = heard(element, 'ccm-layout-change');
    const letGo = layouts.hold();
    await pressOn(element, 'c', 'ArrowRight');
    await rest();
    await until('it is saving', () => status(element) === 'Saving …');
    await pressOn(element, 'c', 'ArrowLeft');
    letGo();
    await until('the first is saved', () => changes.at(-1)!.detail.reason === 'save');
    await rest();
    await until('both are saved', () => layouts.writes.length === 2 && status(element) === 'Saved');
    expect(layouts.writes.map(({ widgets, ifMatch }) => [xOf(widgets, 'c'), ifMatch])).to.deep.equal([[4, '"main-1"'], [3, '"main-2"']]);
    expect(xOf(layouts.stored('main')?.widgets, 'c')).to.equal(3);
  });

  describe('all that was changed while it saved, to where it belongs', () => {
    /** Saves one change while another is made: returns how to let the first answer go, and the second's. */
    const twice = async (element: CcmDashboard) => {
      const first = layouts.hold('writes');
      await pressOn(element, 'c', 'ArrowRight');
      await rest();
      await until('it is saving', () => layouts.writes.length === 1);
      await pressOn(element, 'c', 'ArrowLeft');
      return [first, layouts.hold('writes')] as const;
    };
    const written = () => layouts.writes.map(({ id, widgets, ifMatch }) => [id, xOf(widgets, 'c'), ifMatch]);
    const both = [['main', 4, '"main-1"'], ['main', 3, '"main-2"']];

    it('when it is removed', async () => {
      const element = await openEditing();
      const [first, second] = await twice(element);
      element.remove();
      first();
      second();
      await until('both are saved', () => layouts.writes.length === 2 && xOf(layouts.stored('main')?.widgets, 'c') === 3);
      expect(written()).to.deep.equal(both);
    });

    it('when its client is another', async () => {
      const token = `token-${Math.random()}`;
      const element = await openEditing({ token });
      const [first, second] = await twice(element);
      // A newer token of the same kind would go to the same client.
      Object.assign(element, { token: undefined, getToken: () => Promise.resolve(`${token}-next`) });
      await element.updateComplete;
      first();
      await until('the next is on its way', () => layouts.writes.length === 2);
      second();
      await until('both are saved', () => xOf(layouts.stored('main')?.widgets, 'c') === 3);
      expect([written(), layouts.writes.map((write) => write.token)]).to.deep.equal([both, [`Bearer ${token}`, `Bearer ${token}`]]);
    });

    it('on Done, and when another layout is wanted', async () => {
      const element = await openEditing();
      const changes = heard(element, 'ccm-layout-change');
      const [first, second] = await twice(element);
      button(element, 'Done')!.click();
      element.layout = 'other';
      await element.updateComplete;
      first();
      await until('the next is on its way', () => layouts.writes.length === 2);
      for (let frames = 0; frames < 10; frames += 1) await new Promise(requestAnimationFrame);
      second();
      await untilShown(element, 1);
      for (let frames = 0; frames < 10; frames += 1) await new Promise(requestAnimationFrame);
      expect(written()).to.deep.equal(both);
      const told = changes.map(({ detail: { reason, layout } }) => [reason, layout.layoutId, layout.widgets.length].join(' '));
      expect(told).to.deep.equal(['move main 3', 'move main 3', 'save main 3', 'save main 3', 'load other 1']);
    });

    it('when another layout is on its way', async () => {
      const element = await openEditing();
      const letGo = layouts.hold();
      element.layout = 'other';
      await until('it was asked for', () => layouts.asked.includes('GET other'));
      await pressOn(element, 'c', 'ArrowRight');
      letGo();
      await untilShown(element, 1);
      await until('it is saved', () => xOf(layouts.stored('main')?.widgets, 'c') === 4);
      expect([layouts.stored('other')?.widgets, ids(element), asksBeforeLeaving()]).to.deep.equal([THEIRS, ['b'], false]);
    });
  });

  it('at once on Done', async () => {
    const element = await openEditing();
    await pressOn(element, 'c', 'ArrowRight');
    button(element, 'Done')!.click();
    await until('it is asked to save', () => layouts.writes.length === 1);
    await until('nothing is left to save', () => !asksBeforeLeaving());
  });

  it('a preset as the user’s own copy, and from then on that', async () => {
    layouts.reset(layoutOf('preset-user', THREE, { isDefault: true, preset: 'user' }));
    const element = await openEditing();
    await pressOn(element, 'c', 'ArrowRight');
    await rest();
    await saved(element);
    await pressOn(element, 'c', 'ArrowLeft');
    await rest();
    await until('the next is saved', () => layouts.writes.length === 2 && status(element) === 'Saved');
    expect(layouts.writes.map(({ id }) => id)).to.deep.equal(['default', 'mine']);
    expect(layouts.writes[1]!.ifMatch).to.equal('"mine-1"');
  });

  describe('only when asked to, where its settings say so', () => {
    const byHand = () => layouts.reset(layoutOf('main', THREE, { isDefault: true, name: 'Main', settings: { autoSave: 0 } }), layoutOf('other', THEIRS, { name: 'Other' }));
    const ask = (element: CcmDashboard) => element.shadowRoot!.querySelector('ccm-ask-dialog')?.shadowRoot;
    const answer = async (element: CcmDashboard, words: string) => {
      await until('it is asked', () => ask(element)?.querySelector('dialog[open]') != null);
      [...ask(element)!.querySelectorAll('button')].find((one) => text(one) === words)!.click();
      await until('it is answered', () => ask(element) === undefined);
      for (let frames = 0; frames < 10; frames += 1) await new Promise(requestAnimationFrame);
    };
    const changed = async () => {
      byHand();
      const element = await openEditing();
      await pressOn(element, 'c', 'ArrowRight');
      return element;
    };

    it('not when the page is left: that is asked, and nothing is written', async () => {
      const element = await changed();
      expect(asksBeforeLeaving()).to.equal(true);
      for (let frames = 0; frames < 10; frames += 1) await new Promise(requestAnimationFrame);
      expect([layouts.writes.length, status(element)]).to.deep.equal([0, 'Not saved yet']);
    });

    it('not when it is moved in the page, and what was done is there still', async () => {
      const element = await changed();
      const box = element.parentElement!;
      element.remove();
      box.append(element);
      await untilShown(element, 3);
      for (let frames = 0; frames < 10; frames += 1) await new Promise(requestAnimationFrame);
      expect([layouts.writes.length, status(element), asksBeforeLeaving()]).to.deep.equal([0, 'Not saved yet', true]);
      button(element, 'Save')!.click();
      await until('it is saved', () => xOf(layouts.stored('main')?.widgets, 'c') === 4 && !asksBeforeLeaving());
    });

    for (const [words, written, x, editing] of [['Save', 1, 4, false], ['Discard', 0, 3, false], ['Cancel', 0, 3, true]] as const) {
      it(`on Done: ${words}`, async () => {
        const element = await changed();
        button(element, 'Done')!.click();
        await until('it is asked', () => ask(element)?.querySelector('dialog[open]') != null);
        await expect(element).to.be.accessible();
        await answer(element, words);
        await until('it is done', () => offers(element, 'Done') === editing);
        expect([layouts.writes.length, xOf(layouts.stored('main')?.widgets, 'c'), asksBeforeLeaving()]).to.deep.equal([written, x, editing]);
      });

      it(`before another is shown: ${words}`, async () => {
        const element = await changed();
        const select = element.shadowRoot!.querySelector('select')!;
        select.value = 'other';
        select.dispatchEvent(new Event('change'));
        await answer(element, words);
        await untilShown(element, editing ? 3 : 1);
        expect([layouts.writes.length, xOf(layouts.stored('main')?.widgets, 'c'), offers(element, 'Done')]).to.deep.equal([written, x, editing]);
      });

      it(`before the page shows another: ${words}`, async () => {
        const element = await changed();
        element.layout = 'other';
        await answer(element, words);
        await untilShown(element, editing ? 3 : 1);
        expect([layouts.writes.length, xOf(layouts.stored('main')?.widgets, 'c'), element.layout]).to.deep.equal([written, x, editing ? 'default' : 'other']);
        // It can be asked for again.
        if (!editing) return;
        element.layout = 'other';
        await answer(element, 'Discard');
        await untilShown(element, 1);
      });
    }
  });

  describe('not, and says so', () => {
    it('where the edge fails; what was done stays, and is saved when it is tried again', async () => {
      const element = await openEditing();
      layouts.refuse.PATCH = 'internal';
      await pressOn(element, 'c', 'ArrowRight');
      await rest();
      await until('it says so', () => status(element) === 'Could not be saved');
      expect([asksBeforeLeaving(), items(element).length]).to.deep.equal([true, 3]);
      await expect(element).to.be.accessible();
      // Asked whether it may be left, it tried once more.
      await until('it may be tried again', () => offers(element, 'Try again'));
      layouts.refuse = {};
      button(element, 'Try again')!.click();
      await saved(element);
      expect(xOf(layouts.stored('main')?.widgets, 'c')).to.equal(4);
      expect(offers(element, 'Try again')).to.equal(false);
    });

    it('by an event too', async () => {
      const element = await openEditing();
      const errors = heard(element, 'ccm-error');
      layouts.refuse.PATCH = 'forbidden';
      await pressOn(element, 'c', 'ArrowRight');
      await rest();
      await until('it says so', () => status(element) === 'Could not be saved');
      expect(errors.map(({ detail }) => detail)).to.deep.equal([{ code: 'forbidden', detail: 'The stand-in says forbidden.' }]);
    });

    it('before the page is left, while something is unsaved', async () => {
      const element = await openEditing();
      expect(asksBeforeLeaving()).to.equal(false);
      await pressOn(element, 'c', 'ArrowRight');
      expect(asksBeforeLeaving()).to.equal(true);
      // Asked to leave, it saves at once.
      await until('it is asked to save', () => layouts.writes.length === 1);
      await saved(element);
      expect(asksBeforeLeaving()).to.equal(false);
    });
  });

  describe('after a lost race what the user says', () => {
    const lose = async () => {
      const element = await openEditing();
      layouts.save('main', THEIRS);
      await pressOn(element, 'c', 'ArrowRight');
      await rest();
      await until('there is a choice', () => dialog(element) !== null);
      return element;
    };

    it('asks whose arrangement stays, and does not go away by itself', async () => {
      const element = await lose();
      expect(dialog(element)!.matches(':modal')).to.equal(true);
      expect(text(dialog(element))).to.contain('This dashboard was changed elsewhere').and.contain(new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }).format(new Date('2026-03-02T09:10:11Z')));
      await expect(element).to.be.accessible();
      dialog(element)!.dispatchEvent(new Event('cancel', { cancelable: true }));
      await pressOn(element, 'c', 'ArrowLeft');
      expect([dialog(element) !== null, layouts.writes.length, asksBeforeLeaving()]).to.deep.equal([true, 1, true]);
    });

    it('keeps mine: with the etag of theirs, and all that was done meanwhile', async () => {
      const element = await lose();
      await pressOn(element, 'b', 'Delete');
      button(element, 'Keep mine')!.click();
      await saved(element);
      expect(layouts.writes.map(({ ifMatch }) => ifMatch)).to.deep.equal(['"main-1"', '"main-2"']);
      expect(layouts.stored('main')!.widgets.map(({ itemId, position }) => [itemId, position.x])).to.deep.equal([['a', 0], ['c', 4]]);
      expect([dialog(element) === null, ids(element).sort()]).to.deep.equal([true, ['a', 'c']]);
    });

    it('keeps mine: also of what was changed only there', async () => {
      const element = await openEditing();
      layouts.save('main', THREE, { name: 'Theirs', settings: { density: 'compact' } });
      await pressOn(element, 'c', 'ArrowRight');
      await rest();
      await until('there is a choice', () => dialog(element) !== null);
      button(element, 'Keep mine')!.click();
      await saved(element);
      const { name, settings } = layouts.stored('main')!;
      expect([name, settings]).to.deep.equal(['Main', {}]);
    });

    it('takes theirs: shows it, and writes nothing', async () => {
      const element = await lose();
      const changes = heard(element, 'ccm-layout-change');
      button(element, 'Take theirs')!.click();
      await untilShown(element, 1);
      expect([ids(element), dialog(element) === null, status(element), asksBeforeLeaving()]).to.deep.equal([['b'], true, 'Saved', false]);
      expect(changes.map(({ detail }) => [detail.reason, detail.etag])).to.deep.equal([['load', '"main-2"']]);
      // It is edited on from there.
      await until('it has handles', () => itemAt(element, 'b')!.querySelector('.ui-resizable-handle') !== null);
      await pressOn(element, 'b', 'ArrowRight');
      await rest();
      await until('it is saved', () => layouts.writes.length === 2);
      expect(layouts.writes[1]!.ifMatch).to.equal('"main-2"');
    });

    it('asks again where it is lost again', async () => {
      const element = await lose();
      layouts.save('main', THREE.slice(0, 1));
      button(element, 'Keep mine')!.click();
      await until('there is another choice', () => layouts.writes.length === 2 && dialog(element) !== null);
      button(element, 'Keep mine')!.click();
      await saved(element);
      expect(layouts.writes.at(-1)!.ifMatch).to.equal('"main-3"');
    });
  });
});
