import { expect } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { button, edgeOfSuite, edit, handle, heard, hushResizes, item, itemAt, items, mountDashboard, offers, openEditing, places, positions, pressOn, shownAt, status, text, THREE, untilShown } from '../../core/test/dashboard-on-page.js';
import { until as untilFrame } from '../../core/test/until.js';
import { ownClock } from '../../core/test/own-clock.js';
import { until } from '../../core/test/stand-in-edge.js';
import { layoutOf } from '../../core/test/stand-in-layouts.js';
import type { CcmDashboard } from '../ccm-dashboard.js';
import { AUTO_SAVE } from './saver.js';

describe('a dashboard while it is edited', () => {
  hushResizes();
  const clock = ownClock();
  const { layouts } = edgeOfSuite();

  const announced = (element: CcmDashboard) => text([...element.shadowRoot!.querySelectorAll('[role=status].visually-hidden')].at(-1));
  const lastWrite = async (count = 1) => {
    if (layouts.writes.length < count) await clock.pass(AUTO_SAVE * 1000);
    await until('it is saved', () => layouts.writes.length >= count);
    return layouts.writes.at(-1)!.widgets!;
  };

  describe('has handles', () => {
    it('with names, over widgets that stay the same elements where they are; Done takes them away again', async () => {
      const element = await mountDashboard({ editable: true });
      await untilShown(element, 3);
      await until('all widgets are fresh', () => items(element).every((one) => one.querySelector('ccm-widget')!.state === 'fresh'));
      const before = [items(element).map((one) => one.querySelector('ccm-widget')), places(element, 6)] as const;
      await edit(element);
      expect(handle(element, 'a').ariaLabel).to.equal('Move Daily Sales Summary');
      expect(text(itemAt(element, 'b')!.querySelector('.remove')) + itemAt(element, 'b')!.querySelector('.remove')!.ariaLabel).to.equal('Remove System Health');
      expect(items(element).every((one) => one.querySelector('.ui-resizable-handle') !== null)).to.equal(true);
      await shownAt(element, 6, before[1]);
      await expect(element).to.be.accessible();
      button(element, 'Done')!.click();
      await until('they are gone', () => element.shadowRoot!.querySelector('.handle, .remove, .ui-resizable-handle') === null && offers(element, 'Edit'));
      expect(items(element).map((one, at) => one.querySelector('ccm-widget') === before[0][at])).to.deep.equal([true, true, true]);
      await shownAt(element, 6, before[1]);
      expect(items(element).flatMap((one) => one.getAttributeNames().filter((name) => name.startsWith('gs-')))).to.deep.equal([]);
      expect(layouts.writes).to.deep.equal([]);
    });

    it('that come without moving anything, and go so', async () => {
      const element = await mountDashboard({ editable: true });
      await untilShown(element, 3);
      await until('all widgets are fresh', () => items(element).every((one) => one.querySelector('ccm-widget')!.state === 'fresh'));
      await until('it may be edited', () => offers(element, 'Edit'));
      const boxes = () => items(element).map((one) => ['left', 'top', 'width', 'height'].map((side) => Math.round(one.querySelector('.content')!.getBoundingClientRect()[side as 'left'])).join());
      const before = boxes();
      const moved = new Map<string, string>();
      for (const [press, there] of [['Edit', true], ['Done', false]] as const) {
        button(element, press)!.click();
        await new Promise(requestAnimationFrame);
        let frames = 0;
        // A transition would take ten frames.
        await untilFrame(`it came and stood after ${press}`, () => {
          boxes().forEach((box, at) => box !== before[at] && moved.set(`item ${at} on ${press}`, `${box} instead of ${before[at]}`));
          if ((element.shadowRoot!.querySelector('.ui-resizable-handle') !== null) === there) frames += 1;
          return frames > 30;
        });
      }
      expect([...moved]).to.deep.equal([]);
    });

    it('anew on the places of the other columns when its container changes', async () => {
      const element = await openEditing();
      await shownAt(element, 6, { a: [0, 0, 2, 1], b: [2, 0, 1, 1], c: [3, 0, 2, 2] });
      element.parentElement!.style.width = '500px';
      await shownAt(element, 2, { a: [0, 0, 2, 1], b: [0, 1, 1, 1], c: [0, 2, 2, 2] });
      await pressOn(element, 'b', 'ArrowRight');
      const widgets = await lastWrite();
      // What was arranged for the wide one stays.
      expect(positions(widgets)).to.deep.equal(positions(THREE));
      expect(widgets.find(({ itemId }) => itemId === 'b')!.positions).to.deep.equal({ '2': { x: 1, y: 1, w: 1, h: 1 } });
    });
  });

  describe('by the keyboard', () => {
    it('moves an item and says where it is; others make room', async () => {
      const element = await openEditing();
      const changes = heard(element, 'ccm-layout-change');
      expect((await pressOn(element, 'c', 'ArrowRight')).defaultPrevented).to.equal(true);
      expect(announced(element)).to.equal('Column 5, row 1, 2 wide, 2 high');
      // There is no sixth column for its second half.
      await pressOn(element, 'c', 'ArrowRight');
      expect(announced(element)).to.equal('Column 5, row 1, 2 wide, 2 high');
      await pressOn(element, 'b', 'ArrowLeft');
      expect(announced(element)).to.equal('Column 2, row 1, 1 wide, 1 high');
      const widgets = await lastWrite();
      expect(positions(widgets)).to.deep.equal({ a: [0, 1, 2, 1], b: [1, 0, 1, 1], c: [4, 0, 2, 2] });
      await shownAt(element, 6, positions(widgets));
      expect(new Set(changes.map(({ detail }) => detail.reason).filter((reason) => reason !== 'save'))).to.deep.equal(new Set(['move']));
      expect(positions(changes.at(-1)!.detail.layout.widgets)).to.deep.equal(positions(widgets));
    });

    it('moves an item past the one below it', async () => {
      layouts.reset(layoutOf('main', [item('a', 'sales-summary', [0, 0, 2, 1]), item('b', 'system-health', [0, 1, 2, 1])], { isDefault: true }));
      const element = await openEditing({}, 2);
      await pressOn(element, 'a', 'ArrowDown');
      expect(positions(await lastWrite())).to.deep.equal({ a: [0, 1, 2, 1], b: [0, 0, 2, 1] });
      await pressOn(element, 'a', 'ArrowUp');
      expect(positions(await lastWrite(2))).to.deep.equal({ a: [0, 0, 2, 1], b: [0, 1, 2, 1] });
    });

    it('moves an item to where it stays when handles begin anew: none rises past another that comes after it', async () => {
      layouts.reset(layoutOf('main', [item('a', 'sales-summary', [0, 0, 2, 1]), item('c', 'system-health', [2, 0, 1, 1]), item('b', 'low-stock-alert', [1, 1, 2, 1])], { isDefault: true }));
      const element = await openEditing();
      await pressOn(element, 'a', 'ArrowDown');
      const moved = { a: [0, 2, 2, 1], b: [1, 1, 2, 1], c: [2, 0, 1, 1] };
      await shownAt(element, 6, moved);
      button(element, 'Undo last change')!.click();
      await shownAt(element, 6, { ...moved, a: [0, 0, 2, 1] });
      button(element, 'Redo last change')!.click();
      await shownAt(element, 6, moved);
    });

    it('resizes it with Shift, within the grid, never to nothing', async () => {
      const element = await openEditing();
      await pressOn(element, 'a', 'ArrowDown', true);
      expect(announced(element)).to.equal('Column 1, row 1, 2 wide, 2 high');
      for (let times = 0; times < 4; times += 1) await pressOn(element, 'a', 'ArrowLeft', true);
      for (let times = 0; times < 4; times += 1) await pressOn(element, 'a', 'ArrowUp', true);
      expect(announced(element)).to.equal('Column 1, row 1, 1 wide, 1 high');
      for (let times = 0; times < 9; times += 1) await pressOn(element, 'c', 'ArrowRight', true);
      expect(announced(element)).to.equal('Column 4, row 1, 3 wide, 2 high');
      expect(positions(await lastWrite())).to.deep.equal({ a: [0, 0, 1, 1], b: [2, 0, 1, 1], c: [3, 0, 3, 2] });
    });

    it('tells a move once, and where it cannot move nothing, and saves nothing', async () => {
      const element = await openEditing();
      const changes = heard(element, 'ccm-layout-change');
      for (const [id, key, shift] of [['a', 'ArrowLeft', false], ['a', 'ArrowUp', false], ['b', 'ArrowLeft', true], ['b', 'ArrowUp', true]] as const) {
        await pressOn(element, id, key, shift);
        expect([changes.length, status(element)], `${id} ${key}`).to.deep.equal([0, 'Saved']);
      }
      await pressOn(element, 'c', 'ArrowRight');
      expect(changes.map(({ detail }) => detail.reason)).to.deep.equal(['move']);
    });

    it('leaves other keys to the page', async () => {
      const element = await openEditing();
      for (const key of ['Tab', 'Enter', 'x', 'Escape']) expect((await pressOn(element, 'a', key)).defaultPrevented, key).to.equal(false);
      expect([status(element), announced(element)]).to.deep.equal(['Saved', '']);
    });
  });

  describe('by the mouse', () => {
    afterEach(() => resetMouse());
    beforeEach(() => (meets.length = 0));

    const drag = async (from: Element, by: [number, number]) => {
      const { left, top, width, height } = from.getBoundingClientRect();
      const [x, y] = [Math.round(left + width / 2), Math.round(top + height / 2)];
      await sendMouse({ type: 'move', position: [x, y] });
      await sendMouse({ type: 'down' });
      for (const part of [0.1, 0.5, 1]) await sendMouse({ type: 'move', position: [Math.round(x + by[0] * part), Math.round(y + by[1] * part)] });
      meets.push(metAt(from));
      await sendMouse({ type: 'up' });
      meets.push(metAt(from));
    };
    /** What the pointer meets in the middle of an element of the dashboard: while it drags, and then. */
    const meets: string[] = [];
    const metAt = (one: Element) => {
      const { left, top, width, height } = one.getBoundingClientRect();
      return (one.getRootNode() as ShadowRoot).elementFromPoint(left + width / 2, top + height / 2)!.className.replace(/ .*/, '');
    };

    it('drags an item by its header, and resizes it at its corner', async () => {
      const element = await openEditing({ width: 780 }, 3);
      await shownAt(element, 2, { a: [0, 0, 2, 1], b: [0, 1, 1, 1], c: [0, 2, 2, 2] });
      await drag(handle(element, 'b'), [396, 0]);
      expect((await lastWrite()).find(({ itemId }) => itemId === 'b')!.positions).to.deep.equal({ '2': { x: 1, y: 1, w: 1, h: 1 } });
      await drag(itemAt(element, 'a')!.querySelector('.ui-resizable-handle')!, [-380, 0]);
      expect((await lastWrite(2)).find(({ itemId }) => itemId === 'a')!.positions).to.deep.equal({ '2': { x: 0, y: 0, w: 1, h: 1 } });
      expect(meets, 'no widget under the pointer hears of it').to.deep.equal(['shield', 'handle', 'shield', 'ui-resizable-handle']);
    });

    it('gives a drag up with Escape: all stand where they stood, and nothing is saved', async () => {
      const element = await openEditing({ width: 780 }, 3);
      await untilShown(element, 3);
      const places = () => items(element).map((one) => { const { left, top, width, height } = one.getBoundingClientRect(); return [one.dataset['item'], left, top, width, height].map(String).join(' '); });
      const before = places();
      const { left, top } = handle(element, 'b')!.getBoundingClientRect();
      const at: [number, number] = [Math.round(left) + 20, Math.round(top) + 10];
      await sendMouse({ type: 'move', position: at });
      await sendMouse({ type: 'down' });
      for (const by of [40, 200, 390]) await sendMouse({ type: 'move', position: [at[0] + by, at[1] + 5] });
      await until('it is dragged', () => element.shadowRoot!.querySelector('.ui-draggable-dragging') !== null);
      await sendKeys({ press: 'Escape' });
      await sendMouse({ type: 'up' });
      await until('all are back', () => String(places()) === String(before));
      expect([layouts.writes, metAt(handle(element, 'b')!)]).to.deep.equal([[], 'handle']);
    });

    it('goes on where what is dragged is taken away meanwhile: nothing lies over the others', async () => {
      const element = await openEditing({ width: 780 }, 3);
      await shownAt(element, 2, { a: [0, 0, 2, 1], b: [0, 1, 1, 1], c: [0, 2, 2, 2] });
      const { left, top } = handle(element, 'b').getBoundingClientRect();
      await sendMouse({ type: 'move', position: [Math.round(left) + 20, Math.round(top) + 10] });
      await sendMouse({ type: 'down' });
      await sendMouse({ type: 'move', position: [Math.round(left) + 60, Math.round(top) + 20] });
      await until('it is dragged', () => element.shadowRoot!.querySelector('.shield') !== null);
      itemAt(element, 'b')!.querySelector<HTMLButtonElement>('.remove')!.click();
      await untilShown(element, 2);
      await sendMouse({ type: 'up' });
      expect(element.shadowRoot!.querySelector('.shield') === null, 'the shield is gone').to.equal(true);
      await shownAt(element, 2, { a: [0, 0, 2, 1], c: [0, 1, 2, 2] });
      await Promise.all(itemAt(element, 'c')!.getAnimations().map(({ finished }) => finished));
      await drag(handle(element, 'c'), [0, -140]);
      expect((await lastWrite()).map(({ itemId, positions: { '2': at } = {} }) => [itemId, at?.y])).to.deep.equal([['a', 2], ['c', 0]]);
    });
  });

  describe('folded to their headers', () => {
    const fold = (element: CcmDashboard, id: string) => itemAt(element, id)!.querySelector('ccm-widget')!.shadowRoot!.querySelector<HTMLButtonElement>('.fold')!.click();
    const top = (element: CcmDashboard, id: string) => Math.round(itemAt(element, id)!.getBoundingClientRect().top);

    it('by a reader: for themselves, and what is below rises', async () => {
      layouts.reset(layoutOf('main', [item('a', 'sales-summary', [0, 0, 1, 2]), item('b', 'system-health', [0, 2, 1, 1])], { isDefault: true }));
      const element = await mountDashboard({ width: 400, editable: true });
      await untilShown(element, 2);
      await until('all widgets are fresh', () => items(element).every((one) => one.querySelector('ccm-widget')!.state === 'fresh'));
      const before = top(element, 'b');
      fold(element, 'a');
      await until('it rose', () => before - top(element, 'b') > 150);
      fold(element, 'a');
      await until('it is back', () => top(element, 'b') === before);
      expect(layouts.writes).to.deep.equal([]);
    });

    it('by who edits: for everybody, with a way back', async () => {
      const element = await openEditing();
      const height = (selector: string) => Math.round(itemAt(element, 'a')!.querySelector(selector)!.getBoundingClientRect().height);
      fold(element, 'a');
      const widgets = await lastWrite();
      expect([height('ccm-widget') < 60, height('.content')]).to.deep.equal([true, 120]);
      expect(widgets.map(({ itemId, collapsed }) => [itemId, collapsed])).to.deep.equal([['a', true], ['b', undefined], ['c', undefined]]);
      expect(positions(widgets)).to.deep.equal(positions(THREE));
      button(element, 'Undo')!.click();
      expect((await lastWrite(2)).some(({ collapsed }) => collapsed)).to.equal(false);
      await until('it is open', () => !itemAt(element, 'a')!.querySelector('ccm-widget')!.collapsed);
    });
  });

  it('with nothing on it says what to do, on the grid', async () => {
    const element = await openEditing();
    const empty = () => element.shadowRoot!.querySelector('.empty');
    expect(empty() === null).to.equal(true);
    for (const left of [2, 1, 0]) {
      items(element)[0]!.querySelector<HTMLElement>('.remove')!.click();
      await untilShown(element, left);
    }
    await until('it is said', () => text(empty()) === 'Nothing on this dashboard yetAdd the numbers you want to see every day.');
    const [words, grid] = [empty()!, element.shadowRoot!.querySelector('.grid')!].map((one) => one.getBoundingClientRect());
    expect(words!.top >= grid!.top && words!.bottom <= grid!.bottom).to.equal(true);
    await expect(element).to.be.accessible();
    button(element, 'Undo last change')!.click();
    await until('it is not said any more', () => empty() === null);
  });

  it('each in its own menu: another one like it, or none', async () => {
    const element = await openEditing();
    const widget = itemAt(element, 'b')!.querySelector('ccm-widget')!;
    const choose = async (words: string) => {
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
      widget.shadowRoot!.querySelector<HTMLButtonElement>('.menu-button')!.click();
      const entries = () => [...(widget.shadowRoot!.querySelector('ccm-menu')?.shadowRoot?.querySelectorAll<HTMLButtonElement>('[role=menuitem]') ?? [])];
      await until(`there is ${words}`, () => entries().some((one) => text(one) === words));
      entries().find((one) => text(one) === words)!.click();
    };
    await choose('Duplicate');
    await untilShown(element, 4);
    const widgets = await lastWrite();
    // Right below it: on both of its sides something stands.
    expect(widgets.filter(({ widgetId }) => widgetId === 'system-health').map(({ position: { x, y, w, h } }) => [x, y, w, h])).to.deep.equal([[2, 0, 1, 1], [2, 1, 1, 1]]);
    expect(new Set(widgets.map(({ itemId }) => itemId)).size).to.equal(4);
    await choose('Remove');
    await untilShown(element, 3);
    expect((await lastWrite(2)).some(({ itemId }) => itemId === 'b')).to.equal(false);
  });
});
