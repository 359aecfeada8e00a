import { aTimeout, expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { CustomConfig } from '../../../sdk/contract/display.js';
import type { WidgetDefinition } from '../../../sdk/contract/widget.js';
import { defineWidget } from '../../../sdk/define/define-widget.js';
import type { WidgetInput, WidgetKind } from '../../../sdk/define/widget-kind.js';
import type { CcmActionEvent } from '../../core/events.js';
import { ownClock } from '../../core/test/own-clock.js';
import { BAD_SHAPES, HOSTILE } from '../../core/test/samples.js';
import { until } from '../../core/test/until.js';
import type { ViewErrorEvent } from '../../core/widget-view.js';
import { CcmCustom } from './custom.js';

CcmCustom.define('ccm-custom');

const AT = '/elements/widgets/custom/test';

const widget = (customConfig: CustomConfig | undefined): WidgetDefinition =>
  ({ id: 'mine', title: 'Mine', type: 'custom', size: 'medium', dataSource: { type: 'static' }, ...(customConfig && { customConfig }) });

const make = (customConfig: CustomConfig | undefined, data: unknown = {}) =>
  fixture<CcmCustom>(html`<ccm-custom .widget=${widget(customConfig)} .data=${data} .display=${{ locale: 'en-US', currency: 'USD' }}></ccm-custom>`);

/** Makes it and gives the error that it tells; the console is silent meanwhile. */
async function failing(customConfig: CustomConfig, data: unknown = {}): Promise<unknown> {
  const element = document.createElement('ccm-custom') as CcmCustom;
  element.widget = widget(customConfig);
  element.data = data;
  return quiet(async () => {
    const told = oneEvent(element, 'ccm-view-error');
    const place = await fixture(html`<div></div>`);
    place.append(element);
    return ((await told) as unknown as ViewErrorEvent).error;
  });
}

async function quiet<Result>(run: () => Promise<Result>): Promise<Result> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await run();
  } finally {
    console.warn = warn;
  }
}

const inside = (element: CcmCustom) => element.shadowRoot!.querySelector<HTMLElement & Record<string, unknown>>('.place > *');
const textOf = (element: CcmCustom) => element.shadowRoot!.textContent.replace(/\s+/g, ' ').trim();

let count = 0;
const kind = (more: Partial<WidgetKind>): string => {
  const tag = `test-kind-${(count += 1)}`;
  defineWidget({ tag, name: 'Test', schema: { type: 'object' }, sample: { options: {}, data: {} }, ...more } as WidgetKind);
  return tag;
};
const element = (type: CustomElementConstructor): string => {
  const tag = `test-element-${(count += 1)}`;
  customElements.define(tag, type);
  return tag;
};

describe('ccm-custom: an element', () => {
  const clock = ownClock();

  it('is given what it shows, and is the same for the next answer', async () => {
    const tag = element(class extends HTMLElement {});
    const view = await make({ element: tag, options: { a: 1 } }, [1]);
    const node = inside(view)!;
    expect(node.localName).to.equal(tag);
    expect(node['data']).to.deep.equal([1]);
    expect(node['options']).to.deep.equal({ a: 1 });
    expect(node['input']).to.include({ theme: 'light', locale: 'en-US', currency: 'USD', loading: false, error: undefined });
    expect((node['input'] as WidgetInput).format(3, 'currency')).to.equal('$3.00');
    view.data = [2];
    await view.updateComplete;
    expect(inside(view)).to.equal(node);
    expect(node['data']).to.deep.equal([2]);
  });

  it('of another dashboard finds the properties that it has, and keeps its methods', async () => {
    const tag = element(class extends HTMLElement {
      config = undefined;
      loading: unknown = 'x';
      get error() {
        return this.localName;
      }
      refresh() {
        return 'its own';
      }
    });
    const node = inside(await make({ element: tag, options: { b: 2 } }))!;
    expect(node['config']).to.deep.equal({ b: 2 });
    expect(node['loading']).to.equal(false);
    expect(node['error']).to.equal(tag);
    expect((node['refresh'] as () => string)()).to.equal('its own');
    expect(inside(await make({ element: element(class extends HTMLElement {}) }))).not.to.have.property('refresh');
  });

  it('acts and refreshes through its widget', async () => {
    const view = await make({ element: element(class extends HTMLElement {}) });
    let refreshed = 0;
    view.refresh = () => (refreshed += 1);
    const input = inside(view)!['input'] as WidgetInput;
    input.refresh();
    expect(refreshed).to.equal(1);
    const told = oneEvent(document, 'ccm-action');
    input.act('open', { id: 7 }, '7');
    expect(((await told) as unknown as CcmActionEvent).detail).to.deep.equal({ widgetId: 'mine', action: 'open', row: { id: 7 }, rowKey: '7' });
  });

  it('is waited for, and comes when it comes', async () => {
    const view = await make({ element: 'test-comes-late' });
    expect(view.shadowRoot!.querySelector('.wait')).not.to.equal(null);
    customElements.define('test-comes-late', class extends HTMLElement {});
    await until('it is there', () => inside(view)?.localName === 'test-comes-late');
  });

  it('that does not come is told of after some seconds, and still comes', async () => {
    const view = await make({ element: 'test-comes-very-late' });
    await clock.pass(3000);
    expect(textOf(view)).to.equal('');
    await clock.pass(1200);
    expect(textOf(view)).to.contain('still loading').and.contain('“test-comes-very-late”');
    customElements.define('test-comes-very-late', class extends HTMLElement {});
    await until('it is there', () => inside(view)?.localName === 'test-comes-very-late');
  });

  it('must be named, and by the name of an element that is not ours', async () => {
    expect(textOf(await make(undefined))).to.contain('names no element');
    expect(textOf(await make({}))).to.contain('names no element');
    for (const name of ['script', 'IFRAME', 'ccm-custom', 'ccm-dashboard', 'a', '', ...HOSTILE, 7 as unknown as string]) {
      const view = await make({ element: name });
      expect(textOf(view), String(name)).to.contain('cannot be the element of a widget');
      expect(inside(view)).to.equal(null);
    }
  });
});

describe('ccm-custom: a kind that draws', () => {
  it('has a box of its own, filled again at each answer and cleaned up', async () => {
    const told: string[] = [];
    const tag = kind({
      render(box, { data }) {
        box.innerHTML = '';
        box.append(String(data));
        told.push(`draw ${data as string}`);
        return () => told.push(`clean ${data as string}`);
      },
    });
    const view = await make({ element: tag }, 'a');
    expect(inside(view)!.shadowRoot!.textContent).to.equal('a');
    view.data = 'b';
    await view.updateComplete;
    expect(inside(view)!.shadowRoot!.textContent).to.equal('b');
    const { parentElement } = view;
    view.remove();
    await aTimeout(0);
    expect(told).to.deep.equal(['draw a', 'clean a', 'draw b', 'clean b']);
    parentElement!.append(view);
    await view.updateComplete;
    expect(told.at(-1)).to.equal('draw b');
    expect(inside(view)!.shadowRoot!.textContent).to.equal('b');
  });

  it('says which of its options do not fit, and draws nothing', async () => {
    let drawn = 0;
    const tag = kind({
      schema: { type: 'object', properties: { steps: { type: 'array', items: { type: 'object', required: ['label'] } }, max: { type: 'number' } }, required: ['max'], additionalProperties: false },
      render: () => void (drawn += 1),
    });
    const view = await make({ element: tag, options: { steps: [{}], more: '<b>' } });
    expect(textOf(view)).to.contain('options of this widget do not fit').and.contain('steps.0.label is required').and.contain('max is required');
    expect(drawn).to.equal(0);
    view.widget = widget({ element: tag, options: { max: 1 } });
    await view.updateComplete;
    expect(drawn).to.equal(1);
  });

  it('is given any answer as it is', async () => {
    const seen: unknown[] = [];
    const tag = kind({ render: (_box, { data }) => void seen.push(data) });
    for (const data of BAD_SHAPES) await make({ element: tag }, data);
    expect(seen).to.have.length(BAD_SHAPES.length);
  });
});

describe('ccm-custom: a fault', () => {
  const fail = (): never => {
    throw new Error('on purpose');
  };
  const WAYS: Record<string, () => string> = {
    'in a setter': () => element(class extends HTMLElement {
      set data(_value: unknown) {
        fail();
      }
    }),
    'in an update of its own': () => element(class extends HTMLElement {
      get updateComplete() {
        return Promise.reject(new Error('on purpose'));
      }
    }),
    'while it draws': () => kind({ render: fail }),
    'in the promise of what it draws': () => kind({ render: () => Promise.reject(new Error('on purpose')) }),
    'when it says so later': () => kind({ render: (_box, input) => void setTimeout(() => input.fail(new Error('on purpose'))) }),
  };
  for (const [way, make] of Object.entries(WAYS)) {
    it(`${way} is told to its widget`, async () => {
      expect(await failing({ element: make() })).to.have.property('message', 'on purpose');
    });
  }

  it('in one answer leaves the next one to be drawn', async () => {
    const tag = kind({
      render(box, { data }) {
        if (data === 'bad') fail();
        box.textContent = String(data);
      },
    });
    const view = await make({ element: tag }, 'good');
    await quiet(async () => {
      view.data = 'bad';
      await view.updateComplete;
    });
    expect(inside(view)).to.equal(null);
    view.data = 'well';
    await view.updateComplete;
    expect(inside(view)!.shadowRoot!.textContent).to.equal('well');
  });

  it('of its cleanup is nobody’s', async () => {
    await quiet(async () => {
      const view = await make({ element: kind({ render: () => fail }) });
      view.widget = widget({ element: kind({ render: (box) => void (box.textContent = 'next') }) });
      await view.updateComplete;
      expect(inside(view)!.shadowRoot!.textContent).to.equal('next');
    });
  });
});

describe('ccm-custom: a module', () => {
  const hashOf = async (path: string) => {
    const bytes = await (await fetch(path)).arrayBuffer();
    return `sha384-${btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-384', bytes))))}`;
  };

  it('is loaded once, and says by itself what it brings', async () => {
    const config = { module: `${AT}/good-module.ts`, options: { word: 'a' } };
    const [one, two] = [await make(config), await make({ ...config, element: 'test-good-module' })];
    await until('both are there', () => inside(one)?.shadowRoot?.textContent === 'good a' && inside(two)?.shadowRoot?.textContent === 'good a');
    expect((globalThis as { goodModuleRuns?: number }).goodModuleRuns).to.equal(1);
  });

  it('of another hash does not run, and of the right one does', async () => {
    const module = `${AT}/hashed-module.ts`;
    const runs = () => (globalThis as { hashedModuleRuns?: number }).hashedModuleRuns;
    const wrong = `sha384-${'A'.repeat(64)}`;
    expect(await failing({ module, element: 'test-hashed-module', integrity: wrong })).to.have.property('message').that.contains('is not the file of its hash');
    expect(runs()).to.equal(undefined);
    const view = await make({ module, element: 'test-hashed-module', integrity: await hashOf(module) });
    await until('it is there', () => inside(view) !== null);
    expect(runs()).to.equal(1);
  });

  it('that runs already is not said to have a hash that nobody checked', async () => {
    const module = `${AT}/good-module.ts`;
    expect(await failing({ module, integrity: await hashOf(module) })).to.have.property('message').that.contains('loaded before');
  });

  it('that throws, is not there, says nothing or has no address for one, is told of', async () => {
    expect(await failing({ module: `${AT}/throwing-module.ts` })).to.have.property('message', 'thrown while it loaded');
    expect(await failing({ module: '/nothing-there.js' })).to.be.instanceOf(Error);
    for (const module of ['javascript:alert(1)', 'data:text/javascript,1', 'blob:x', 'https://a@b.example/x.js', 'http://']) {
      expect(await failing({ module }), module).to.have.property('message').that.contains('no address of a module');
    }
  });

  it('is relative to the edge of its widget, where it has one', async () => {
    const frame = await fixture<HTMLElement & { client?: unknown }>(html`<div></div>`);
    frame.client = { edge: new URL(AT, location.href).href };
    const view = document.createElement('ccm-custom') as CcmCustom;
    view.widget = widget({ module: './good-module.ts' });
    frame.attachShadow({ mode: 'open' }).append(view);
    await until('it is there', () => inside(view)?.shadowRoot?.textContent === 'good ');
  });
});
