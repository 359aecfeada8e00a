import { expect } from '@open-wc/testing';
import { hushResizes, items, mountDashboard, openDashboard, startEdge, THREE, untilShown } from '../core/test/dashboard-on-page.js';
import { until, type StandIn } from '../core/test/stand-in-edge.js';
import { layoutOf } from '../core/test/stand-in-layouts.js';

describe('a dashboard that is printed', () => {
  let edge: StandIn;

  hushResizes();
  before(async () => {
    const started = await startEdge();
    edge = started.edge;
    started.layouts.reset(layoutOf('main', [{ ...THREE[0]!, position: { x: 0, y: 0, w: 2, h: 20 } }, { ...THREE[1]!, position: { x: 0, y: 20, w: 1, h: 1 } }], { isDefault: true }));
  });
  after(() => edge.close());

  const states = (element: Element) => items(element as never).map((one) => one.querySelector('ccm-widget')!.state);
  const grid = (element: Element) => element.shadowRoot!.querySelector<HTMLElement>('.grid')!;

  it('has all of its widgets, also those that nobody came to yet', async () => {
    const element = await mountDashboard();
    await untilShown(element, 2);
    await until('the first is fresh', () => states(element)[0] === 'fresh');
    expect(states(element)[1]).to.equal('loading');
    dispatchEvent(new Event('beforeprint'));
    await until('the other is fresh', () => states(element)[1] === 'fresh');
    dispatchEvent(new Event('afterprint'));
  });

  it('stands on the paper as it stands on the screen, smaller where that is wide', async () => {
    for (const [width, zoomed] of [[1200, true], [700, false]] as const) {
      const element = await openDashboard({ width }, 2);
      dispatchEvent(new Event('beforeprint'));
      expect([grid(element).style.width, grid(element).style.zoom !== '']).to.deep.equal([`${width}px`, zoomed]);
      dispatchEvent(new Event('afterprint'));
      expect([grid(element).style.width, grid(element).style.zoom]).to.deep.equal(['', '']);
    }
  });
});
