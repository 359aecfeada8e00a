import { expect } from '@open-wc/testing';
import { button, edgeOfSuite, heard, ids, items, mountDashboard, offers, openDashboard, shown, text, THREE, untilShown } from '../core/test/dashboard-on-page.js';
import { EDGE, until } from '../core/test/stand-in-edge.js';
import { layoutOf } from '../core/test/stand-in-layouts.js';
import type { CcmDashboard } from './ccm-dashboard.js';

const ghosts = (element: CcmDashboard) => element.shadowRoot!.querySelectorAll('.ghost').length;
const fileOf = (value: unknown) => URL.createObjectURL(new Blob([JSON.stringify(value)], { type: 'application/json' }));

describe('ccm-dashboard', () => {
  const suite = edgeOfSuite();
  const { layouts } = suite;

  describe('shows what there is', () => {
    it('shows the shape of what comes, then the layout', async () => {
      const letGo = layouts.hold();
      const element = await mountDashboard();
      await until('its width is known', () => ghosts(element) === 6);
      expect(element.shadowRoot!.querySelector('.grid')!.getAttribute('aria-busy')).to.equal('true');
      await expect(element).to.be.accessible();
      letGo();
      await untilShown(element, 3);
      expect(ghosts(element)).to.equal(0);
    });

    for (const theme of ['light', 'dark'] as const) {
      it(`is accessible with its widgets (${theme})`, async () => {
        const element = await openDashboard({ theme, editable: true });
        element.parentElement!.style.background = theme === 'dark' ? '#0e1116' : '#f5f6f8';
        await until('all widgets are fresh', () => items(element).every((one) => one.querySelector('ccm-widget')!.state === 'fresh'));
        await until('the toolbar is there', () => offers(element, 'Edit'));
        expect(items(element)[0]!.querySelector('ccm-widget')!.dataset['theme']).to.equal(theme);
        await expect(element).to.be.accessible();
      });
    }

    it('asks for all widgets in one request, with its own token', async () => {
      const element = await openDashboard({ token: 'of-the-dashboard' });
      await until('all are fresh', () => items(element).every((one) => one.querySelector('ccm-widget')!.state === 'fresh'));
      expect(suite.edge.batches.map(({ body, token }) => [body.widgets.length, token])).to.deep.equal([[3, 'Bearer of-the-dashboard']]);
    });

    it('says of an empty layout what would be there: to a reader, and to one who may add', async () => {
      layouts.reset(layoutOf('main', [], { isDefault: true }));
      const reader = await mountDashboard();
      await until('it is empty', () => shown(reader) !== '');
      expect(shown(reader)).to.equal('Nothing on this dashboard yetWhoever owns it can add widgets.');
      await expect(reader).to.be.accessible();
      const owner = await mountDashboard({ editable: true });
      await until('it is empty', () => shown(owner).includes('Add the numbers'));
      await until('there is a way to add', () => offers(owner, 'Add widget'));
      await expect(owner).to.be.accessible();
      button(owner, 'Add widget')!.click();
      await until('it is edited, with what there is to add', () => offers(owner, 'Done') && owner.shadowRoot!.querySelector('ccm-market-dialog')?.shadowRoot?.querySelector('dialog[open]') != null);
      owner.shadowRoot!.querySelector('ccm-market-dialog')!.shadowRoot!.querySelector('dialog')!.close();
      expect(text(owner.shadowRoot!.activeElement)).to.equal('Add widget');
    });

    it('tells one who may not see it nothing', async () => {
      const element = await mountDashboard({ layout: 'somebody-elses' });
      const errors = heard(element, 'ccm-error');
      await until('it is refused', () => shown(element) !== '');
      expect(shown(element)).to.equal('Not available to youAsk your administrator if you need it.');
      expect(errors.map(({ detail }) => detail.code)).to.deep.equal(['not_found']);
      await expect(element).to.be.accessible();
    });

    it('says that an edge fails, and shows the layout once it is asked again', async () => {
      layouts.refuse.GET = 'internal';
      const element = await mountDashboard();
      const errors = heard(element, 'ccm-error');
      await until('it failed', () => element.shadowRoot!.querySelector('[role=alert]') !== null);
      expect(shown(element)).to.contain('This could not be loaded').and.contain('The stand-in says internal.');
      expect(errors.map(({ detail }) => detail)).to.deep.equal([{ code: 'internal', detail: 'The stand-in says internal.' }]);
      await expect(element).to.be.accessible();
      layouts.refuse = {};
      button(element, 'Try again')!.click();
      await untilShown(element, 3);
      expect(shown(element)).to.equal('');
    });

    it('says that no edge is named, also where a preset is wanted', async () => {
      for (const preset of [undefined, 'user']) {
        const element = await mountDashboard({ edge: undefined, token: undefined, preset });
        await until(`it says so (${preset ?? 'layout'})`, () => shown(element).includes('No edge is named'));
        expect(offers(element, 'Try again')).to.equal(false);
      }
    });

    it('shows the layout that was asked for last, whichever answer comes last', async () => {
      layouts.reset(layoutOf('one', THREE), layoutOf('two', THREE.slice(0, 1)));
      const letGo = layouts.hold();
      const element = await mountDashboard({ layout: 'one' });
      const changes = heard(element, 'ccm-layout-change');
      await until('the first was asked for', () => layouts.asked.includes('GET one'));
      element.layout = 'two';
      await until('the second was asked for', () => layouts.asked.includes('GET two'));
      letGo();
      await untilShown(element, 1);
      expect(changes.map(({ detail }) => detail.layout.layoutId)).to.deep.equal(['two']);
    });

    it('tells what it loaded and that it is ready, across every boundary', async () => {
      const element = await mountDashboard();
      const [changes, ready] = [heard(element, 'ccm-layout-change'), heard(element, 'ccm-ready')];
      await until('it is ready', () => ready.length > 0);
      expect(items(element)).to.have.length(3);
      expect(changes.map(({ detail: { layout, etag, reason } }) => [layout.layoutId, etag, reason])).to.deep.equal([['main', layouts.etag('main'), 'load']]);
      expect([changes[0]!, ready[0]!].every(({ bubbles, composed }) => bubbles && composed)).to.equal(true);
      expect(ready.map(({ detail }) => detail)).to.deep.equal([{}]);
    });
  });

  describe('takes a layout of its own', () => {
    const own = layoutOf('file', [{ widgetId: 'sales-summary', position: { x: 0, y: 0, w: 2, h: 1 } }, { widgetId: 'system-health', position: { x: 2, y: 0, w: 1, h: 1 } }]);

    it('from `value`, and another one after it, asking no edge for one', async () => {
      const element = await openDashboard({ value: own, editable: true }, 2);
      expect(new Set(ids(element)).size).to.equal(2);
      element.value = { ...own, widgets: own.widgets.slice(0, 1) };
      await untilShown(element, 1);
      expect(layouts.asked).to.deep.equal([]);
      expect(offers(element, 'Edit')).to.equal(false);
      element.value = undefined;
      await untilShown(element, 3);
      expect(layouts.asked).to.include('GET default');
    });

    it('from a file, and says what is wrong with one that is none', async () => {
      const { name, widgets } = own;
      const src = fileOf({ name, widgets });
      const element = await openDashboard({ src }, 2);
      const errors = heard(element, 'ccm-error');
      const wrong = fileOf({ name, widgets: [{ widgetId: 'x', position: { x: 0, y: 0, w: 0, h: 1 } }] });
      for (const [bad, words] of [['/there-is-no-such-layout.json', '404'], [wrong, 'widgets.0.position.w'], [URL.createObjectURL(new Blob(['{'])), 'not JSON']] as const) {
        element.src = bad;
        await until(`it says ${words}`, () => shown(element).includes(words));
        await expect(element).to.be.accessible();
      }
      expect(errors.map(({ detail }) => detail.code)).to.deep.equal(['not_found', 'invalid', 'invalid']);
      element.src = src;
      await untilShown(element, 2);
    });

    it('from a file that was on its way while the element was moved', async () => {
      const element = await mountDashboard({ src: fileOf({ name: 'x', widgets: own.widgets }) });
      const box = element.parentElement!;
      element.remove();
      box.append(element);
      await untilShown(element, 2);
    });

    it('from a role’s preset, for reading; one that is not there is said to be so', async () => {
      layouts.presets = [{ role: 'user', name: 'Everybody', description: '', widgets: ['sales-summary'], layout: own.widgets }];
      const element = await openDashboard({ preset: 'user', editable: true }, 2);
      expect(offers(element, 'Edit')).to.equal(false);
      const none = await mountDashboard({ preset: 'boss' });
      const errors = heard(none, 'ccm-error');
      await until('it says so', () => shown(none).includes('“boss”'));
      layouts.refuse.GET = 'rate_limited';
      none.preset = 'user';
      await until('it says why', () => shown(none).includes('asked too often'));
      expect(errors.map(({ detail }) => detail.code)).to.deep.equal(['not_found', 'rate_limited']);
    });

    it('from a `value` that frameworks hand in anew at each render, or as they were told of it, once', async () => {
      const element = await openDashboard({ value: own }, 2);
      const widgets = () => [...element.shadowRoot!.querySelectorAll('ccm-widget')];
      const [first, changes] = [widgets(), heard(element, 'ccm-layout-change')];
      for (const value of [{ ...own }, structuredClone(own)]) {
        element.value = value;
        await element.updateComplete;
      }
      expect([widgets().every((one, at) => one === first[at]), first.length, changes.length]).to.deep.equal([true, 2, 0]);
      element.addEventListener('ccm-layout-change', ({ detail }) => (element.value = structuredClone(detail.layout)));
      element.value = { ...own, name: 'Another' };
      for (let frames = 0; frames < 5; frames += 1) await new Promise(requestAnimationFrame);
      element.value = own;
      await until('it shows the first again', () => changes.length === 2);
      expect(changes.map(({ detail }) => detail.layout.name)).to.deep.equal(['Another', own.name]);
    });

    it('that is shown already, and stays with it though a file was on its way', async () => {
      const named = { ...own, widgets: own.widgets.map((item) => ({ ...item, itemId: item.widgetId })) };
      const element = await openDashboard({ value: named }, 2);
      const changes = heard(element, 'ccm-layout-change');
      Object.assign(element, { value: undefined, src: fileOf({ name: 'x', widgets: own.widgets.slice(0, 1) }) });
      await element.updateComplete;
      element.value = structuredClone(named);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect([ids(element).length, changes.length]).to.deep.equal([2, 0]);
    });

    it('and is over a fault of the one before when it shows another', async () => {
      const element = await mountDashboard({ src: '/there-is-no-such-layout.json' });
      await until('it failed', () => shown(element).includes('404'));
      const letGo = layouts.hold();
      element.src = undefined;
      await element.updateComplete;
      await until('it is loading', () => ghosts(element) > 0);
      letGo();
      await untilShown(element, 3);
    });

    it('and is ready with it, as with one of the edge', async () => {
      layouts.presets = [{ role: 'user', name: 'Everybody', description: '', widgets: [], layout: own.widgets }];
      for (const given of [{ value: own }, { src: fileOf({ name: 'x', widgets: own.widgets }) }, { preset: 'user' }]) {
        const element = await mountDashboard({ edge: undefined });
        const ready = heard(element, 'ccm-ready');
        Object.assign(element, { edge: EDGE, ...given });
        await untilShown(element, 2);
        await until(`it is ready by ${Object.keys(given).join()}`, () => ready.length === 1);
      }
    });
  });
});
