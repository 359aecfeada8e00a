import { expect } from '@open-wc/testing';
import { button, edgeOfSuite, edit, heard, hushResizes, ids, items, mountDashboard, offers, openDashboard, openEditing, positions, pressOn, shown, text, THREE, untilShown } from '../../../core/test/dashboard-on-page.js';
import { ownClock } from '../../../core/test/own-clock.js';
import { definition, SALES } from '../../../core/test/samples.js';
import { until } from '../../../core/test/stand-in-edge.js';
import { layoutOf } from '../../../core/test/stand-in-layouts.js';
import type { CcmDashboard } from '../../ccm-dashboard.js';
import { AUTO_SAVE } from '../saver.js';
import { fileName, layoutFile } from './export-file.js';

describe('dashboards are managed', () => {
  hushResizes();
  const clock = ownClock();
  const { layouts } = edgeOfSuite(() => [layoutOf('main', THREE, { isDefault: true, name: 'Main' }), layoutOf('other', THREE.slice(0, 1), { name: 'Other' })]);
  beforeEach(() => {
    layouts.presets = [{ role: 'user', name: 'Everybody', description: 'For all', widgets: ['sales-summary'], layout: [{ widgetId: 'sales-summary', position: { x: 0, y: 0, w: 2, h: 1 } }] }];
  });

  const menu = (element: CcmDashboard) => element.shadowRoot!.querySelector('ccm-menu')?.shadowRoot;
  const entries = (element: CcmDashboard) => [...(menu(element)?.querySelectorAll<HTMLButtonElement>('[role=menuitem]') ?? [])];
  const openMenu = async (element: CcmDashboard) => {
    await until('there is a menu', () => offers(element, 'More for this dashboard'));
    // The page may still scroll after the test before, and a scroll closes a menu.
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    button(element, 'More for this dashboard')!.click();
    await until('the menu is open', () => menu(element)?.querySelector(':popover-open') != null);
  };
  const choose = async (element: CcmDashboard, words: string) => {
    await openMenu(element);
    entries(element).find((one) => text(one) === words)!.click();
  };
  /** The open dialog's shadow root. */
  const dialog = (element: CcmDashboard) =>
    [...element.shadowRoot!.children].map((one) => one.shadowRoot).find((root) => root?.querySelector('dialog[open]') != null);
  const opened = async (element: CcmDashboard) => {
    await until('the dialog is open', () => dialog(element) !== undefined);
    await expect(element).to.be.accessible();
    return dialog(element)!;
  };
  const press = (root: ShadowRoot, words: string) => [...root.querySelectorAll('button')].find((one) => text(one) === words || one.ariaLabel === words)!.click();
  const fill = (root: ShadowRoot, id: string, value: string) => {
    const field = root.querySelector<HTMLInputElement>(`#${id}`)!;
    field.value = value;
    field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input'));
  };
  const saved = async (count = 1) => {
    await clock.pass(AUTO_SAVE * 1000);
    await until('it is saved', () => layouts.writes.length === count);
  };
  const closed = (element: CcmDashboard) => until('the dialog is closed', () => dialog(element) === undefined);

  it('from one menu: what cannot be done with the default is not offered', async () => {
    const element = await openDashboard({ editable: true });
    await openMenu(element);
    await expect(element).to.be.accessible();
    const words = entries(element).map(text);
    expect(words).to.include('This is your default').and.not.include('Delete …').and.not.include('Discard changes …');
    expect(entries(element).find((one) => text(one) === 'This is your default')!.ariaDisabled).to.equal('true');
  });

  it('made new, with a name, and edited at once', async () => {
    const element = await openDashboard({ editable: true });
    await choose(element, 'New dashboard …');
    const root = await opened(element);
    fill(root, 'name', '   ');
    press(root, 'Create');
    await until('it says so', () => text(root.querySelector('#note')) === 'Give it a name.');
    fill(root, 'name', 'Evening');
    press(root, 'Create');
    await closed(element);
    await until('it is there and edited', () => layouts.asked.includes('MADE made-2') && element.layout === 'made-2' && offers(element, 'Done'));
    expect(layouts.stored('made-2')).to.include({ name: 'Evening' });
  });

  it('renamed, with a way back; the focus is at the menu again', async () => {
    const element = await openDashboard({ editable: true });
    await choose(element, 'Rename …');
    const root = await opened(element);
    expect(root.querySelector<HTMLInputElement>('#name')!.value).to.equal('Main');
    fill(root, 'name', 'Morning');
    press(root, 'Rename');
    await saved();
    expect(layouts.writes[0]!.patch).to.deep.equal({ name: 'Morning' });
    expect(element.shadowRoot!.activeElement?.getAttribute('title')).to.equal('More for this dashboard');
    button(element, 'Undo')!.click();
    await saved(2);
    expect(layouts.stored('main')).to.include({ name: 'Main' });
  });

  it('copied, and the copy is shown', async () => {
    const element = await openDashboard({ editable: true });
    await choose(element, 'Duplicate');
    await until('the copy is shown', () => element.layout === 'made-2' && element.shadowRoot!.querySelector('select')?.selectedOptions[0]?.text === 'Main (copy)');
    expect(positions(layouts.stored('made-2')!.widgets)).to.deep.equal(positions(THREE));
  });

  it('made the default, and then the one before it deleted, once that is sure', async () => {
    const element = await openDashboard({ editable: true, layout: 'other' }, 1);
    await choose(element, 'Make default');
    await until('it is', () => layouts.stored('other')!.isDefault && !layouts.stored('main')!.isDefault);
    element.layout = 'main';
    await untilShown(element, 3);
    await choose(element, 'Delete …');
    const root = await opened(element);
    press(root, 'Cancel');
    await closed(element);
    expect(layouts.stored('main')).to.not.equal(undefined);
    await choose(element, 'Delete …');
    press(await opened(element), 'Delete');
    await untilShown(element, 1);
    expect([layouts.stored('main'), element.layout]).to.deep.equal([undefined, 'default']);
  });

  it('made the default, and what is done meanwhile stays', async () => {
    const element = await openEditing({ layout: 'other' }, 1);
    const release = layouts.hold('writes');
    await choose(element, 'Make default');
    await until('it is asked', () => layouts.asked.includes('PATCH other'));
    await pressOn(element, 'a', 'ArrowRight');
    release();
    await until('it is', () => layouts.stored('other')!.isDefault);
    await saved(2);
    await until('both are', () => layouts.stored('other')!.widgets[0]!.position.x === 1);
    expect(layouts.stored('other')!.isDefault).to.equal(true);
  });

  it('reset to the preset, which an undo takes back', async () => {
    const element = await openEditing();
    await choose(element, 'Reset to your preset …');
    const root = await opened(element);
    expect(text(root.querySelector('.fields'))).to.contain('“Everybody”');
    press(root, 'Reset');
    await untilShown(element, 1);
    await saved();
    button(element, 'Undo last change')!.click();
    await untilShown(element, 3);
    await saved(2);
    expect(positions(layouts.stored('main')!.widgets)).to.deep.equal(positions(THREE));
    button(element, 'Redo last change')!.click();
    await untilShown(element, 1);
  });

  it('begun from a preset, as a new one', async () => {
    const element = await openDashboard({ editable: true });
    await choose(element, 'Start from a preset …');
    const root = await opened(element);
    expect(text(root.querySelector('li'))).to.contain('Everybody For all 1 widget');
    press(root, 'As a new dashboard');
    await until('it is shown', () => element.layout === 'made-2');
    expect(layouts.stored('made-2')).to.include({ name: 'Everybody' });
  });

  it('set back to what was saved', async () => {
    layouts.reset(layoutOf('main', THREE, { isDefault: true, settings: { autoSave: 0 } }));
    const element = await openEditing();
    button(element, 'Remove System Health')!.click();
    await untilShown(element, 2);
    await choose(element, 'Discard changes …');
    press(await opened(element), 'Discard');
    await untilShown(element, 3);
    expect([layouts.writes.length, offers(element, 'Undo')]).to.deep.equal([0, false]);
  });

  it('copied, made the default or left only once what is saved by hand is saved or discarded', async () => {
    const mine = { isDefault: true, name: 'Main', settings: { autoSave: 0 } };
    for (const [way, words] of [['Duplicate', 'Save'], ['Duplicate', 'Discard'], ['Duplicate', 'Cancel']] as const) {
      layouts.reset(layoutOf('main', THREE, mine));
      const element = await openEditing();
      button(element, 'Remove System Health')!.click();
      await untilShown(element, 2);
      await choose(element, way);
      press(await opened(element), words);
      await closed(element);
      if (words === 'Cancel') {
        for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
        expect([layouts.asked.filter((one) => one.startsWith('MADE')), element.layout, items(element).length, offers(element, 'Done')]).to.deep.equal([[], 'default', 2, true]);
      } else {
        await until('the copy is shown', () => element.layout === 'made-1');
        expect([words, layouts.writes.length, layouts.stored('made-1')!.widgets.length]).to.deep.equal(words === 'Save' ? ['Save', 1, 2] : ['Discard', 0, 3]);
      }
      element.remove();
    }
  });

  it('from one menu, also where it is asked for twice before it is there', async () => {
    const element = await openDashboard({ editable: true });
    await until('there is a menu', () => offers(element, 'More for this dashboard'));
    button(element, 'More for this dashboard')!.click();
    button(element, 'More for this dashboard')!.click();
    await until('the menu is open', () => menu(element) != null);
    for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
    expect(element.shadowRoot!.querySelectorAll('ccm-menu')).to.have.length(1);
  });

  it('in dialogs that a press beside them closes, but not a text that is selected to beyond their edge', async () => {
    const element = await openDashboard({ editable: true });
    await choose(element, 'Rename …');
    const root = await opened(element);
    const box = root.querySelector('dialog')!;
    const at = (target: Element, type: string) => target.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true }));
    at(root.querySelector('#name')!, 'pointerdown');
    at(box, 'click');
    expect(box.open).to.equal(true);
    at(box, 'pointerdown');
    at(box, 'click');
    await closed(element);
  });

  describe('by files', () => {
    const importText = async (element: CcmDashboard, value: string) => {
      if (!dialog(element)) await choose(element, 'Import JSON …');
      const root = await opened(element);
      fill(root, 'text', value);
      await (root.host as CcmDashboard).updateComplete;
      press(root, 'Check');
      await until('it is checked', () => text(root.querySelector('#outcome')) !== '');
      return root;
    };

    it('that hold what a user made and no more, and come back the same', async () => {
      const layout = layoutOf('main', THREE, { name: 'Main', columns: 12, settings: { density: 'compact' }, variables: [{ name: 'region', type: 'string' }], timeRange: { from: 'today', to: 'now' } });
      const { name, columns, widgets, variables, timeRange, settings } = layout;
      expect(JSON.parse(layoutFile(layout))).to.deep.equal({ name, columns, widgets, variables, timeRange, settings });
      const element = await openDashboard({ editable: true });
      const root = await importText(element, layoutFile(layout));
      expect(text(root.querySelector('#outcome'))).to.equal('“Main” with 3 widgets');
      press(root, 'As a new dashboard');
      await until('it is shown', () => element.layout === 'made-2');
      expect(layouts.stored('made-2')).to.deep.include({ name, columns, variables, timeRange, settings });
      expect(positions(layouts.stored('made-2')!.widgets)).to.deep.equal(positions(THREE));
    });

    it('with names that any system takes', () => {
      expect(['Main', 'Ça va? / ok', '../../etc', '🙂', '数据'].map(fileName)).to.deep.equal(['main', 'ça-va-ok', 'etc', 'dashboard', '数据']);
    });

    it('whose faults are told by path, and that bring nothing then', async () => {
      const element = await openDashboard({ editable: true });
      for (const [value, words] of [
        ['{', 'not JSON'], ['null', 'must be'], ['[]', 'must be'],
        [JSON.stringify({ name: 'x', widgets: [{ widgetId: 'a', position: { x: 0, y: 0, w: 0, h: 1 } }] }), 'widgets.0.position.w'],
        [JSON.stringify({ name: 'x', widgets: [], evil: '<img src=x onerror=alert(1)>' }), 'evil'],
        ['x'.repeat(1024 * 1024 + 1), 'too large'],
      ] as const) {
        const root = await importText(element, value);
        expect(text(root.querySelector('#outcome')), value.slice(0, 20)).to.contain(words);
        expect([...root.querySelectorAll('button')].map(text)).to.not.include('As a new dashboard');
      }
      expect(layouts.asked.filter((one) => one.startsWith('MADE'))).to.deep.equal([]);
    });

    it('whose widgets are looked for in the catalogue, page by page, and not one by one', async () => {
      const widgets = Array.from({ length: 120 }, (_, at) => ({ widgetId: `w${at}`, position: { x: 0, y: at, w: 1, h: 1 } }));
      layouts.catalogue = widgets.slice(0, -1).map(({ widgetId }) => ({ ...definition(SALES), id: widgetId, requires: { met: true } }));
      const element = await openDashboard({ editable: true });
      const asked: string[] = [];
      const watch = new PerformanceObserver((list) => asked.push(...list.getEntries().map(({ name }) => new URL(name).pathname)));
      watch.observe({ type: 'resource' });
      const root = await importText(element, JSON.stringify({ name: 'Many', widgets }));
      expect([...root.querySelectorAll('#outcome code')].map(text)).to.deep.equal(['w119']);
      await until('it was seen', () => asked.some((path) => path.endsWith('/api/v1/widgets')));
      watch.disconnect();
      expect(asked.filter((path) => /\/widgets\/w/.test(path))).to.deep.equal([]);
    });

    it('of which nobody can say whether their widgets are there', async () => {
      const element = await openDashboard({ editable: true });
      layouts.refuse.GET = 'rate_limited';
      const root = await importText(element, JSON.stringify({ name: 'x', widgets: [{ widgetId: 'no-such', position: { x: 0, y: 0, w: 1, h: 1 } }] }));
      expect(text(root.querySelector('#outcome'))).to.contain('Whether you may see its widgets could not be found out.').and.not.contain('no-such');
      expect([...root.querySelectorAll('button')].map(text)).to.include('As a new dashboard');
    });

    it('that say which widgets are not there, and take the place of this one with a way back', async () => {
      const element = await openEditing();
      const file = { name: 'Mixed', widgets: [{ widgetId: 'sales-summary', position: { x: 0, y: 0, w: 2, h: 1 } }, { widgetId: 'no-such', position: { x: 2, y: 0, w: 2, h: 1 } }] };
      const root = await importText(element, JSON.stringify(file));
      expect(text(root.querySelector('#outcome'))).to.contain('“Mixed” with 2 widgets').and.contain('no-such').and.not.contain('sales-summary');
      press(root, 'Replace this one');
      await untilShown(element, 2);
      await saved();
      expect(layouts.stored('main')).to.include({ name: 'Main' });
      button(element, 'Undo last change')!.click();
      await untilShown(element, 3);
      expect(new Set(ids(element))).to.deep.equal(new Set(['a', 'b', 'c']));
    });
  });

  it('with settings: density, refresh, variables, a time range, in one change', async () => {
    const element = await openEditing();
    await choose(element, 'Dashboard settings …');
    const root = await opened(element);
    fill(root, 'density', 'compact');
    fill(root, 'interval', '5');
    press(root, 'Add a variable');
    await (root.host as CcmDashboard).updateComplete;
    fill(root, 'name-0', '1x');
    press(root, 'Apply');
    await (root.host as CcmDashboard).updateComplete;
    expect([text(root.querySelector('#interval-note')), text(root.querySelector('#fault-0'))]).to.deep.equal(['Between 10 and 3600 seconds, or empty.', 'A letter, then letters, digits, “_”, “.” or “-”; 60 at most.']);
    await expect(element).to.be.accessible();
    fill(root, 'interval', '30');
    fill(root, 'name-0', 'sales.region-1');
    for (const wrong of [Array.from({ length: 101 }, (_, at) => `o${at}`).join(), `north, ${'x'.repeat(101)}`]) {
      fill(root, 'options-0', wrong);
      await until('it says so', () => text(root.querySelector('#fault-0')) === 'At most 100 choices, each of at most 100 characters.');
    }
    const marked = () => [...root.querySelectorAll('.variable [aria-invalid=true]')].map(({ id }) => id);
    await until('the choices are what is wrong', () => marked().join() === 'options-0');
    fill(root, 'type-0', 'number');
    fill(root, 'options-0', '1, 2');
    fill(root, 'fallback-0', 'two');
    await until('where it begins is what is wrong', () => marked().join() === 'fallback-0' && text(root.querySelector('#fault-0')) === 'These are not all numbers.');
    fill(root, 'type-0', 'string');
    fill(root, 'name-0', '__proto__');
    await until('it says so', () => text(root.querySelector('#fault-0')).startsWith('A letter'));
    fill(root, 'name-0', 'region');
    fill(root, 'options-0', 'north, south');
    fill(root, 'fallback-0', 'north');
    root.querySelectorAll<HTMLInputElement>('[type=checkbox]')[1]!.click();
    press(root, 'Apply');
    await closed(element);
    await saved();
    expect(layouts.writes[0]!.patch).to.deep.equal({
      settings: { density: 'compact', refreshInterval: 30 }, timeRange: { from: '-24h', to: 'now' }, variables: [{ name: 'region', type: 'string', default: 'north', options: ['north', 'south'] }],
    });
    await until('it is shown', () => element.shadowRoot!.querySelector('.controls') !== null && element.dataset['density'] === 'compact');
    await until('the grid has its rows', () => Math.round(items(element)[0]!.querySelector('.content')!.getBoundingClientRect().height) === 108);
    button(element, 'Undo last change')!.click();
    await saved(2);
    expect(layouts.writes[1]!.patch).to.deep.equal({ settings: {}, timeRange: null, variables: [] });
    await until('it is gone', () => element.shadowRoot!.querySelector('.controls') === null);
  });

  it('with a time range, and the boxes that are being edited stay as they are', async () => {
    const element = await openEditing();
    const before = items(element);
    const width = before[0]!.getBoundingClientRect().width;
    await choose(element, 'Dashboard settings …');
    const root = await opened(element);
    root.querySelectorAll<HTMLInputElement>('[type=checkbox]')[1]!.click();
    press(root, 'Apply');
    await closed(element);
    await until('it is shown', () => element.shadowRoot!.querySelector('.controls') !== null);
    expect(items(element)).to.deep.equal(before);
    expect(before[0]!.getBoundingClientRect().width).to.equal(width);
    expect(before.every((one) => one.querySelector('.ui-resizable-handle'))).to.equal(true);
  });

  it('and tells when the edge refuses', async () => {
    const element = await openDashboard({ editable: true });
    const errors = heard(element, 'ccm-error');
    layouts.refuse.GET = 'rate_limited';
    await choose(element, 'Start from a preset …');
    await until('it says so', () => text(element.shadowRoot!.querySelector('.toast')).includes('The stand-in says rate_limited.'));
    expect(errors.map(({ detail }) => detail.code)).to.deep.equal(['rate_limited']);
    expect(shown(element)).to.equal('');
  });

  it('from a preset: what is changed makes the user’s own copy', async () => {
    layouts.reset(layoutOf('default', THREE, { isDefault: true, preset: 'user', name: 'Everybody' }));
    const element = await mountDashboard({ editable: true });
    await untilShown(element, 3);
    await edit(element);
    await choose(element, 'Rename …');
    const root = await opened(element);
    fill(root, 'name', 'Mine');
    press(root, 'Rename');
    await clock.pass(AUTO_SAVE * 1000);
    await until('there is a copy', () => layouts.stored('mine') !== undefined);
    expect(layouts.stored('mine')).to.include({ name: 'Mine', isDefault: true });
  });
});
