import { expect } from '@open-wc/testing';
import { provideTags } from '../../core/ensure.js';
import { MenuSelectEvent } from '../../core/menu-item.js';
import { until, type StandIn } from '../../core/test/stand-in-edge.js';
import { layoutOf } from '../../core/test/stand-in-layouts.js';

// A tag keeps its first loader: said before the dashboard says its own.
const offline = () => Promise.reject(new Error('offline'));
provideTags({ 'ccm-widget-settings': offline, 'ccm-marketplace': offline });
const { button, heard, hushResizes, itemAt, openEditing, startEdge, text, THREE } = await import('../../core/test/dashboard-on-page.js');

describe('a dashboard of which some code cannot be loaded says so, and tells it', () => {
  let edge: StandIn;

  hushResizes();
  before(async () => {
    const started = await startEdge();
    edge = started.edge;
    started.layouts.reset(layoutOf('main', THREE, { isDefault: true }));
  });
  after(() => edge.close());

  for (const [what, act] of [
    ['what there is to add', (element) => button(element, 'Add widget')!.click()],
    ['the settings of a widget', (element) => itemAt(element, 'a')!.querySelector('ccm-widget')!.dispatchEvent(new MenuSelectEvent('settings'))],
  ] as [string, (element: Awaited<ReturnType<typeof openEditing>>) => void][]) {
    it(what, async () => {
      const element = await openEditing();
      const errors = heard(element, 'ccm-error');
      act(element);
      await until('it says so', () => text(element.shadowRoot!.querySelector('.toast')) === 'This could not be loaded');
      expect(errors.map(({ detail }) => detail.code)).to.deep.equal(['load']);
    });
  }
});
