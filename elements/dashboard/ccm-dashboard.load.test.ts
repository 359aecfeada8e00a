import { expect } from '@open-wc/testing';
import { http, HttpResponse } from 'msw';
import { ownClock } from '../core/test/own-clock.js';
import { until } from '../core/test/stand-in-edge.js';
import { CcmDashboard } from './ccm-dashboard.js';

describe('a dashboard part of whose code cannot be loaded', () => {
  it('says so of its widgets, each time it comes into the page', async () => {
    // Nobody said yet how a widget is loaded.
    CcmDashboard.define('ccm-dashboard');
    const element = document.createElement('ccm-dashboard');
    const codes: string[] = [];
    element.addEventListener('ccm-error', ({ detail }) => codes.push(detail.code));
    for (const times of [1, 2]) {
      document.body.append(element);
      await until('it says so', () => codes.length === times);
      element.remove();
    }
    expect(codes).to.deep.equal(['load', 'load']);
  });

  it('says so of what editing needs, once, and tries again at the next connect or press of Edit', async () => {
    const { button, heard, items, mountDashboard, offers, startEdge, THREE, untilShown } = await import('../core/test/dashboard-on-page.js');
    const { layoutOf } = await import('../core/test/stand-in-layouts.js');
    let lost = '';
    const asked: string[] = [];
    const { edge, layouts } = await startEdge([
      http.get(/\/workbench\/(workbench|drag)\.[jt]s/, ({ request }) => {
        asked.push(request.url);
        return lost && request.url.includes(lost) ? HttpResponse.error() : undefined;
      }),
    ]);
    layouts.reset(layoutOf('main', THREE, { isDefault: true }));
    lost = 'workbench/workbench';
    const element = await mountDashboard({ editable: true });
    const errors = heard(element, 'ccm-error');
    await untilShown(element, 3);
    await until('it says so', () => errors.length > 0);
    for (let updates = 0; updates < 3; updates += 1) {
      element.requestUpdate();
      await element.updateComplete;
    }
    expect([errors.map(({ detail }) => detail.code), asked.length, items(element).length]).to.deep.equal([['load'], 1, 3]);
    lost = 'workbench/drag';
    const box = element.parentElement!;
    element.remove();
    box.append(element);
    await until('it may be edited', () => offers(element, 'Edit'));
    button(element, 'Edit')!.click();
    await until('it says so', () => errors.length > 1);
    expect([errors[1]!.detail.code, offers(element, 'Done')]).to.deep.equal(['load', false]);
    lost = '';
    button(element, 'Edit')!.click();
    await until('there are handles', () => element.shadowRoot!.querySelectorAll('.handle').length === 3);
    edge.close();
  });
});

describe('a dashboard whose page gave it what it has not read', () => {
  it('says which, where it was rendered before its code came', async () => {
    CcmDashboard.define('ccm-dashboard');
    const said: unknown[] = [];
    const { warn } = console;
    console.warn = (text: unknown) => said.push(text);
    const box = document.createElement('div');
    box.innerHTML = '<ccm-dashboard value="[object Object]" gettoken="async () => 1" onclick="() => 1" title="functional [object"></ccm-dashboard>';
    document.body.append(box);
    await until('it says so', () => said.length > 0);
    console.warn = warn;
    box.remove();
    const named = said.map((text) => /“(.+)” of <ccm-dashboard>/.exec(String(text))?.[1]);
    expect(named).to.deep.equal(['value', 'gettoken']);
  });
});

describe('a dashboard whose edge is away', () => {
  const clock = ownClock();

  it('says so, and shows its layout by itself once the edge is there again', async () => {
    const { button, mountDashboard, shown, startEdge, THREE, untilShown } = await import('../core/test/dashboard-on-page.js');
    const { layoutOf } = await import('../core/test/stand-in-layouts.js');
    let isAway = true;
    const { edge, layouts } = await startEdge([http.get(/\/dashboards\/layouts\//, () => (isAway ? HttpResponse.error() : undefined))]);
    layouts.reset(layoutOf('main', THREE, { isDefault: true }));
    edge.cut(true);
    const element = await mountDashboard();
    await until('it says so', () => shown(element).includes('The connection is lost.'));
    expect(button(element, 'Try again')).not.to.equal(undefined);
    isAway = false;
    edge.cut(false);
    dispatchEvent(new Event('online'));
    await untilShown(element, 3);
    edge.close();
  });

  it('looks for it again by itself where a proxy spoke for the edge, and not for what is not there', async () => {
    const { items, mountDashboard, shown, startEdge, THREE, untilShown } = await import('../core/test/dashboard-on-page.js');
    const { layoutOf } = await import('../core/test/stand-in-layouts.js');
    const { edge, layouts } = await startEdge();
    layouts.reset(layoutOf('main', THREE, { isDefault: true }));
    layouts.refuse.GET = 'internal';
    const element = await mountDashboard();
    await until('it says so', () => shown(element).includes('This could not be loaded'));
    const said = shown(element);
    await clock.pass(15_000);
    await until('it looked', () => layouts.asked.length === 2);
    expect(shown(element)).to.equal(said);
    layouts.refuse = {};
    // The wait begins anew with the answer, which is still on its way.
    for (let waits = 0; waits < 20 && items(element).length === 0; waits += 1) await clock.pass(15_000);
    await untilShown(element, 3);
    const gone = await mountDashboard({ layout: 'nothing' });
    await until('it is refused', () => shown(gone) !== '');
    layouts.asked.length = 0;
    await clock.pass(60_000);
    expect(layouts.asked.filter((asked) => asked.includes('nothing'))).to.deep.equal([]);
    edge.close();
  });
});
