import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { hushResizes, items, mountDashboard, openDashboard, startEdge, text, THREE, untilShown } from '../core/test/dashboard-on-page.js';
import { until, type StandIn } from '../core/test/stand-in-edge.js';
import { layoutOf } from '../core/test/stand-in-layouts.js';

describe('a dashboard that is printed', () => {
  let edge: StandIn;

  hushResizes();
  before(async () => {
    const started = await startEdge();
    edge = started.edge;
    started.layouts.reset(layoutOf('main', [{ ...THREE[0]!, position: { x: 0, y: 0, w: 2, h: 20 } }, { ...THREE[1]!, position: { x: 0, y: 20, w: 1, h: 1 } }], { isDefault: true, name: 'Main' }));
  });
  after(() => edge.close());

  const states = (element: Element) => items(element as never).map((one) => one.querySelector('ccm-widget')!.state);
  const grid = (element: Element) => element.shadowRoot!.querySelector<HTMLElement>('.grid')!;

  const sheet = (element: Element) => text(element.shadowRoot!.querySelector('.sheet'));
  /** Its code comes a little later. */
  const print = (element: Element) =>
    until('it is laid out for paper', () => {
      dispatchEvent(new Event('beforeprint'));
      return sheet(element) !== '';
    });

  it('has all of its widgets, also those that nobody came to yet', async () => {
    const element = await mountDashboard();
    await untilShown(element, 2);
    await until('the first is fresh', () => states(element)[0] === 'fresh');
    expect(states(element)[1]).to.equal('loading');
    await print(element);
    await until('the other is fresh', () => states(element)[1] === 'fresh');
    dispatchEvent(new Event('afterprint'));
  });

  it('stands on the paper as it stands on the screen, no wider than the page has room for it there', async () => {
    for (const [width, paper] of [[1200, 681], [700, 640], [600, 681]] as const) {
      const element = await openDashboard({ width }, 2);
      await print(element);
      element.parentElement!.style.width = `${paper}px`;
      const columns = getComputedStyle(grid(element)).gridTemplateColumns.split(' ').length;
      expect(grid(element).getBoundingClientRect().width, `${width} on ${paper}`).to.be.closeTo(Math.min(width, paper), 1);
      expect(columns).to.equal(width === 1200 ? 6 : 2);
      dispatchEvent(new Event('afterprint'));
      expect([grid(element).style.width, grid(element).style.zoom, element.style.containerType]).to.deep.equal(['', '', '']);
    }
  });

  it('is there also where its width is its content’s', async () => {
    const element = await openDashboard({ width: 1200 }, 2);
    element.style.display = 'inline-block';
    await print(element);
    expect([element.style.containerType, grid(element).getBoundingClientRect().width > 200]).to.deep.equal(['', true]);
    dispatchEvent(new Event('afterprint'));
  });

  it('has its name and the time above it, on paper alone, and what was asked with as text', async () => {
    const element = await openDashboard({ editable: true }, 2);
    await until('there is a toolbar', () => element.shadowRoot!.querySelector('.bar button') !== null);
    await print(element);
    const seen = (selector: string) => element.shadowRoot!.querySelector(selector)!.getClientRects().length > 0;
    expect(sheet(element)).to.match(/^Main ?Printed .*\d{4}/);
    expect([seen('.sheet'), seen('.bar')]).to.deep.equal([false, true]);
    await emulateMedia({ media: 'print' });
    try {
      expect([seen('.sheet'), seen('.bar')]).to.deep.equal([true, false]);
      const dot = element.shadowRoot!.querySelector('ccm-widget')!.shadowRoot!.querySelector('.dot')!;
      expect([getComputedStyle(dot).printColorAdjust, getComputedStyle(dot.closest('.frame')!).printColorAdjust]).to.deep.equal(['exact', 'economy']);
    } finally {
      await emulateMedia({ media: 'screen' });
    }
    dispatchEvent(new Event('afterprint'));
    expect(element.shadowRoot!.querySelector('.sheet')).to.equal(null);
  });
});
