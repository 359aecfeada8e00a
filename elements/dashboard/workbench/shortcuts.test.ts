import { expect } from '@open-wc/testing';
import { button, edgeOfSuite, hushResizes, ids, itemAt, openDashboard, openEditing, status, text, THREE, untilShown } from '../../core/test/dashboard-on-page.js';
import { until } from '../../core/test/stand-in-edge.js';
import { layoutOf } from '../../core/test/stand-in-layouts.js';
import type { CcmDashboard } from '../ccm-dashboard.js';

describe('the keys of a dashboard', () => {
  hushResizes();
  const suite = edgeOfSuite(() => [layoutOf('main', THREE, { isDefault: true, name: 'Main', settings: { autoSave: 0 } }), layoutOf('other', [])]);
  const { layouts } = suite;

  const press = (target: EventTarget, key: string, more: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const command = { ctrlKey: true };
  /** One whose keys are awake: somebody is at it. */
  const awake = async (element: CcmDashboard) => {
    element.dispatchEvent(new PointerEvent('pointerenter'));
    button(element, 'Done')?.focus();
    await until('its keys are heard', () => press(button(element, 'Done') ?? button(element, 'Edit')!, '?'));
    await until('the list is shown', () => help(element) != null);
    help(element)!.querySelector<HTMLButtonElement>('footer button')!.click();
    await until('it is closed', () => help(element) == null);
    return element;
  };
  const help = (element: CcmDashboard) => element.shadowRoot!.querySelector('ccm-keys-dialog')?.shadowRoot?.querySelector('dialog[open]');
  const inItem = (element: CcmDashboard, id: string) => {
    const widget = itemAt(element, id)!.querySelector('ccm-widget')!;
    const target = itemAt(element, id)!.querySelector<HTMLElement>('.handle') ?? widget.shadowRoot!.querySelector<HTMLElement>('.menu-button')!;
    target.focus();
    return target;
  };

  it('are listened for once, however many wake them at a time, and not after it has gone', async () => {
    const element = await openDashboard({ editable: true });
    await until('it may be edited', () => button(element, 'Edit') !== undefined);
    const heard = new Set<unknown>();
    const { addEventListener: add, removeEventListener: remove } = document;
    Object.assign(document, {
      addEventListener: (...given: Parameters<typeof add>) => (given[0] === 'keydown' && heard.add(given[1]), add.apply(document, given)),
      removeEventListener: (...given: Parameters<typeof remove>) => (given[0] === 'keydown' && heard.delete(given[1]), remove.apply(document, given)),
    });
    try {
      element.dispatchEvent(new PointerEvent('pointerenter'));
      element.dispatchEvent(new FocusEvent('focusin'));
      await until('its keys are heard', () => press(button(element, 'Edit')!, '?'));
      for (let frame = 0; frame < 5; frame += 1) await new Promise(requestAnimationFrame);
      expect(heard.size).to.equal(1);
      element.remove();
      expect(heard.size).to.equal(0);
    } finally {
      for (const name of ['addEventListener', 'removeEventListener']) Reflect.deleteProperty(document, name);
    }
  });

  it('take back, do again, and save', async () => {
    const element = await awake(await openEditing());
    button(element, 'Remove System Health')!.click();
    expect(press(button(element, 'Done')!, 'z', command)).to.equal(true);
    await untilShown(element, 3);
    expect(press(button(element, 'Done')!, 'Z', { ...command, shiftKey: true })).to.equal(true);
    await untilShown(element, 2);
    expect(status(element)).to.equal('Not saved yet');
    expect(press(button(element, 'Done')!, 's', { metaKey: true })).to.equal(true);
    await until('it is saved', () => status(element) === 'Saved');
    expect(layouts.stored('main')!.widgets.map(({ itemId }) => itemId)).to.deep.equal(['a', 'c']);
  });

  it('remove and refresh the selected widget', async () => {
    const element = await awake(await openEditing());
    suite.edge.messages.length = suite.edge.batches.length = 0;
    const item = inItem(element, 'b');
    expect(press(item, 'r')).to.equal(true);
    await until('it is asked anew', () => suite.edge.messages.some(({ action }) => action === 'refresh'));
    expect(press(item, 'Delete')).to.equal(true);
    await untilShown(element, 2);
    expect(ids(element)).to.not.include('b');
    // Nothing selected: the page's.
    expect(['r', 'e', 'Delete'].map((key) => press(button(element, 'Done')!, key))).to.deep.equal([false, false, false]);
  });

  it('open the marketplace, the choice of dashboards, the settings of a widget', async () => {
    const element = await awake(await openEditing());
    await until('there is a choice', () => element.shadowRoot!.querySelector('.bar select') !== null);
    expect(press(button(element, 'Done')!, 'l', command)).to.equal(true);
    expect(element.shadowRoot!.activeElement?.localName).to.equal('select');
    expect(press(inItem(element, 'a'), 'e')).to.equal(true);
    const panel = () => element.shadowRoot!.querySelector('ccm-widget-settings')?.shadowRoot;
    await until('its settings are open', () => panel()?.querySelector('dialog[open]') != null);
    panel()!.querySelector('dialog')!.close();
    expect(press(button(element, 'Done')!, 'k', command)).to.equal(true);
    await until('the marketplace is open', () => element.shadowRoot!.querySelector('ccm-market-dialog')?.shadowRoot?.querySelector('dialog[open]') != null);
  });

  it('are the page’s while somebody types, in a menu or a dialog, elsewhere, or where the page took them', async () => {
    const element = await awake(await openEditing());
    const field = document.createElement('input');
    const text = Object.assign(document.createElement('div'), { contentEditable: 'true', tabIndex: 0 });
    element.parentElement!.append(field, text);
    for (const target of [field, text, document.body]) {
      target.focus();
      for (const [key, more] of [['k', command], ['s', command], ['r', {}], ['?', {}], ['Delete', {}]] as const) expect(press(target, key, more), `${target.localName} ${key}`).to.equal(false);
    }
    const taken = (event: Event) => event.preventDefault();
    element.addEventListener('keydown', taken);
    inItem(element, 'a');
    press(itemAt(element, 'a')!.querySelector('.handle')!, 'r');
    expect(ids(element)).to.have.length(3);
    element.removeEventListener('keydown', taken);
    for (const key of ['Escape', 'Enter', 'x']) expect(press(inItem(element, 'a'), key), key).to.equal(false);
    expect(press(inItem(element, 'a'), 'r', { altKey: true })).to.equal(false);
  });

  it('begin nothing on the whole screen, where there is no toolbar to end it', async () => {
    const element = await awake(await openDashboard({ editable: true }));
    element.dataset['tv'] = 'awake';
    for (const [key, more] of [['k', command], ['l', command], ['e', {}], ['z', command]] as const) expect(press(inItem(element, 'a'), key, more), key).to.equal(false);
    expect(press(inItem(element, 'a'), 'r')).to.equal(true);
    for (let frame = 0; frame < 5; frame += 1) await new Promise(requestAnimationFrame);
    expect(element.shadowRoot!.querySelector('.handle, ccm-market-dialog')).to.equal(null);
    delete element.dataset['tv'];
    expect(press(inItem(element, 'a'), 'k', command)).to.equal(true);
    await until('the marketplace is open', () => element.shadowRoot!.querySelector('ccm-market-dialog')?.shadowRoot?.querySelector('dialog[open]') != null);
  });

  it('are let go with the dashboard', async () => {
    const element = await awake(await openDashboard({ editable: true }));
    const box = element.parentElement!;
    element.remove();
    expect(press(document.body, '?')).to.equal(false);
    box.append(element);
    await untilShown(element, 3);
    await until('they are back', () => press(button(element, 'Edit')!, '?'));
    await until('the list is shown', () => text(help(element)).includes('Refresh the selected widget'));
    await expect(element).to.be.accessible();
  });
});
