import { expect } from '@open-wc/testing';
import { http, HttpResponse } from 'msw';
import { handle, hushResizes, itemAt, openEditing, startEdge, THREE } from '../../core/test/dashboard-on-page.js';
import { EDGE, until, type StandIn } from '../../core/test/stand-in-edge.js';
import { layoutOf } from '../../core/test/stand-in-layouts.js';

describe('a card that fires while it is edited', () => {
  let edge: StandIn;

  hushResizes();
  before(async () => {
    const items = [{
      id: 'a1', widgetId: 'low-stock-alert', rule: 'empty', ruleId: 'r1', key: 'FUR-3', name: 'Chair 3', state: 'firing', severity: 'critical', value: 0, operator: '<', threshold: 5,
      since: new Date().toISOString(), title: 'Chair 3: stock level 0 is below 5', labels: {},
    }];
    const started = await startEdge([http.get(`${EDGE}/api/v1/alerts`, () => HttpResponse.json({ items, me: 'ann' }))]);
    edge = started.edge;
    edge.firing.add('low-stock-alert');
    started.layouts.reset(layoutOf('main', THREE, { isDefault: true }));
  });
  after(() => edge.close());

  it('has its badge above the handle, where it can be pressed', async () => {
    const element = await openEditing({ width: 700 });
    const badge = () => itemAt(element, 'c')!.querySelector('ccm-widget')!.shadowRoot!.querySelector<HTMLElement>('.alert button');
    await until('it has a badge', () => badge() !== null);
    itemAt(element, 'c')!.scrollIntoView();
    const { left, top, width, height } = badge()!.getBoundingClientRect();
    const hit = (x: number) => element.shadowRoot!.elementFromPoint(x, top + height / 2)?.localName;
    expect([width >= 24, height >= 24, hit(left + width / 2)]).to.deep.equal([true, true, 'ccm-widget']);
    // The rest of the header is still held by its handle.
    expect(hit(handle(element, 'c').getBoundingClientRect().left + 20)).to.equal('button');
    expect(hit(left - 8)).to.equal('button');
    const { right } = badge()!.getBoundingClientRect();
    expect(right).to.be.below(itemAt(element, 'c')!.querySelector('.remove')!.getBoundingClientRect().left);
  });
});
