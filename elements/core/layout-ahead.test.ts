import { expect } from '@open-wc/testing';
import type { CcmDashboard } from '../dashboard/ccm-dashboard.js';
import { askLayoutsAhead } from './layout-ahead.js';
import { EDGE, startStandIn, until, type StandIn } from './test/stand-in-edge.js';
import { layoutOf, StandInLayouts } from './test/stand-in-layouts.js';

describe('the layouts of tags whose code is on its way', () => {
  let edge: StandIn;
  const layouts = new StandInLayouts();

  /** Tags as a page writes them: nothing is defined yet. */
  function page(markup: string): HTMLElement {
    const box = document.createElement('div');
    box.innerHTML = markup;
    document.body.append(box);
    return box;
  }

  before(async () => {
    edge = await startStandIn({}, layouts.handlers);
  });
  after(() => edge.close());
  beforeEach(() => layouts.reset(layoutOf('main', [], { isDefault: true }), layoutOf('night', [])));

  it('are not asked for where the tag says another source, no edge, or has no token yet', async () => {
    const box = page(`
      <ccm-dashboard edge="${EDGE}" token="t-0" src="/a.json"></ccm-dashboard>
      <ccm-dashboard edge="${EDGE}" token="t-0" preset="admin"></ccm-dashboard>
      <ccm-dashboard edge="${EDGE}"></ccm-dashboard>
      <ccm-dashboard token="t-0"></ccm-dashboard>`);
    const given = document.createElement('ccm-dashboard');
    Object.assign(given, { edge: EDGE, token: 't-0', value: layoutOf('given', []) });
    box.append(given);
    askLayoutsAhead();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(layouts.asked).to.deep.equal([]);
    box.remove();
  });

  it('are asked for at once, by each tag’s own edge, token and id, and not again by the element', async () => {
    const box = page(`<ccm-provider edge="${EDGE}" token="t-1"><ccm-dashboard></ccm-dashboard><ccm-dashboard layout="night"></ccm-dashboard></ccm-provider>`);
    askLayoutsAhead();
    await until('both are asked for', () => layouts.asked.length === 2);
    (await import('../dashboard/ccm-dashboard.js')).CcmDashboard.define('ccm-dashboard');
    const shown = [...box.querySelectorAll<CcmDashboard>('ccm-dashboard')];
    await until('both are shown', () => shown.every(({ shadowRoot }) => shadowRoot?.querySelector('.empty')));
    expect(layouts.asked.sort()).to.deep.equal(['GET default', 'GET night']);
    box.remove();
  });
});
