import { expect } from '@open-wc/testing';
import { button, edgeOfSuite, item, items, mountDashboard, offers, openDashboard, THREE, untilShown } from '../core/test/dashboard-on-page.js';
import { until } from '../core/test/stand-in-edge.js';
import { layoutOf } from '../core/test/stand-in-layouts.js';

/** All that the page loads from here on: the browser's own list is cut off after 250. */
const loaded: string[] = [];
new PerformanceObserver((list) => loaded.push(...list.getEntries().map(({ name }) => name))).observe({ type: 'resource', buffered: true });

/** What was listened to since then and is not let go. */
function spyOnListeners(...targets: EventTarget[]): { left(): string[]; stop(): void } {
  const held = new Map<unknown, string[]>();
  for (const target of targets) {
    const { addEventListener: add, removeEventListener: remove } = target;
    target.addEventListener = function (this: EventTarget, ...given: Parameters<EventTarget['addEventListener']>) {
      const [type, listener, options] = given;
      if (listener && !(typeof options === 'object' && (options.once || options.signal))) held.set(listener, [...(held.get(listener) ?? []), type]);
      add.apply(target, given);
    };
    target.removeEventListener = function (this: EventTarget, ...given: Parameters<EventTarget['removeEventListener']>) {
      const [type, listener] = given;
      const types = [...(held.get(listener) ?? [])];
      if (types.includes(type)) types.splice(types.indexOf(type), 1);
      held.set(listener, types);
      remove.apply(target, given);
    };
  }
  return {
    left: () => [...held.values()].flat(),
    stop() {
      // What was put on the objects hides what they inherit.
      for (const target of targets) for (const name of ['addEventListener', 'removeEventListener']) Reflect.deleteProperty(target, name);
    },
  };
}

describe('ccm-dashboard costs its page', () => {
  const suite = edgeOfSuite();
  const { layouts } = suite;

  // First: a page loads a module once.
  const chunks = (name: RegExp) => loaded.filter((url) => name.test(new URL(url).pathname));
  const settled = async () => {
    // Entries are handed over in a task of their own.
    for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
  };

  it('the code for editing only where it may be edited, and gridstack only on Edit; `readonly` wins', async () => {
    for (const mounting of [{}, { editable: true, readonly: true }, { editable: true, value: layoutOf('own', THREE) }]) {
      const element = await openDashboard(mounting);
      await until('all widgets are fresh', () => items(element).every((one) => one.querySelector('ccm-widget')!.state === 'fresh'));
      await settled();
      expect(offers(element, 'Edit')).to.equal(false);
      expect(element.shadowRoot!.querySelector('.bar, .handle, ccm-market-dialog') === null).to.equal(true);
    }
    expect(chunks(/dashboard\/workbench\/|gridstack/)).to.deep.equal([]);
    const element = await openDashboard({ editable: true });
    await until('it may be edited', () => offers(element, 'Edit'));
    await settled();
    expect(chunks(/workbench\/workbench/)).to.have.length(1);
    expect(chunks(/gridstack/)).to.deep.equal([]);
    button(element, 'Edit')!.click();
    await until('there are handles', () => element.shadowRoot!.querySelectorAll('.handle').length === 3);
    await until('gridstack was loaded', () => chunks(/gridstack/).length > 0);
    element.readonly = true;
    await until('the handles are gone', () => element.shadowRoot!.querySelector('.bar, .handle, ccm-market-dialog') === null);
    expect(items(element)).to.have.length(3);
  });

  it('asks for its first screen before that is drawn, and for what is below when it comes near', async () => {
    layouts.reset(layoutOf('main', [item('a', 'sales-summary', [0, 0, 6, 20]), item('z', 'system-health', [0, 20, 2, 1])], { isDefault: true }));
    const element = await mountDashboard();
    await untilShown(element, 2);
    const [first, last] = items(element).map((one) => one.querySelector('ccm-widget')!);
    expect([first!.loading, last!.loading]).to.deep.equal(['eager', 'lazy']);
    await until('the first is shown', () => first!.state === 'fresh');
    const asked = () => suite.edge.batches.flatMap(({ body }) => body.widgets.map(({ id }) => id));
    expect(asked()).to.deep.equal(['sales-summary']);
    last!.scrollIntoView();
    await until('the last is shown', () => last!.state === 'fresh');
    expect(asked()).to.deep.equal(['sales-summary', 'system-health']);
    scrollTo(0, 0);
  });

  it('leaves no listener at the window or the document after it came and went twenty times', async function () {
    this.timeout(30_000);
    // What all elements of a page share is listened for once and stays. Itself it goes: what it loads later would count.
    (await openDashboard()).remove();
    const listeners = spyOnListeners(window, document);
    const element = await mountDashboard({ editable: true });
    const box = element.parentElement!;
    for (let round = 0; round < 20; round += 1) {
      if (!element.isConnected) box.append(element);
      await untilShown(element, 3);
      await until('it may be edited', () => offers(element, 'Edit'));
      if (round % 5 === 0) {
        button(element, 'Edit')!.click();
        await until('there are handles', () => element.shadowRoot!.querySelectorAll('.handle').length === 3);
      }
      expect(listeners.left()).to.include('beforeunload');
      element.remove();
    }
    // The page's client outlives its last element by some seconds.
    const deadline = performance.now() + 8000;
    while (listeners.left().length > 0 && performance.now() < deadline) await new Promise(requestAnimationFrame);
    listeners.stop();
    expect(listeners.left()).to.deep.equal([]);
  });
});
