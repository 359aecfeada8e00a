import { expect } from '@open-wc/testing';
import type { AlertEvent } from '../../sdk/contract/alert.js';
import { details, mountAlerts, press, root, startAlerts, text, untilLines, untilLive } from '../core/test/alerts-on-page.js';
import { firing, type StandInAlerts } from '../core/test/stand-in-alerts.js';
import { until, type StandIn } from '../core/test/stand-in-edge.js';
import type { CcmAlerts } from './ccm-alerts.js';

const DAY = 86_400_000;
let ids = 0;
const event = (what: AlertEvent['what'], ago: number, more: Partial<AlertEvent> = {}): AlertEvent => ({
  id: `h${++ids}`, alertId: 'lamp', rule: 'Low stock', key: 'lamp', name: 'Lamp', severity: 'warning', at: new Date(Date.now() - ago).toISOString(), what, ...more,
});
const events = (element: CcmAlerts) => [...root(element).querySelectorAll('.history .event')].map((one) => text(one.querySelector('.happened')));

describe('the history of alerts', () => {
  let edge: StandIn;
  let api: StandInAlerts;

  before(async () => {
    ({ edge, api } = await startAlerts());
  });
  after(() => edge.close());
  beforeEach(() => {
    api.reset(firing('Lamp is low', { id: 'lamp' }));
  });

  async function opened(): Promise<CcmAlerts> {
    const before = edge.sockets;
    const element = await mountAlerts();
    await untilLines(element, 1);
    await untilLive(edge, before);
    press(root(element), 'History');
    return element;
  }

  it('is a time line by day: what happened, and who did it', async () => {
    api.events = [
      event('commented', 0, { by: 'anna', text: 'Called them' }), event('assigned', 1000, { by: 'anna', text: 'ben' }), event('assigned', 1500, { by: 'ben' }),
      event('notNotified', 2000, { text: 'ops-mail' }), event('fired', 3000, { value: 3 }), event('resolved', 3 * DAY, { name: 'Desk', value: 12 }),
    ];
    const element = await opened();
    await until('it is shown', () => events(element).length === 6);
    expect(events(element)).to.deep.equal([
      'Commented by annaCalled them', 'Assigned to ben by anna', 'Assigned to nobody by ben', 'Could not be toldops-mail', 'Began to fire: 3', 'Resolved: 12',
    ]);
    expect(text(root(element).querySelector('.day h3'))).to.equal('Today');
    expect([...root(element).querySelectorAll('.day')].length).to.be.at.least(2);
    await expect(element).to.be.accessible();
  });

  it('tells what one silence did to many at once as one thing, and of which', async () => {
    const silenced = (name: string, more: Partial<AlertEvent> = {}) => event('silenced', 0, { name, by: 'anna', text: 'Stocktaking', at: '2026-03-01T08:00:10.000Z', ...more });
    api.events = [silenced('Lamp'), silenced('Desk'), silenced('Chair'), silenced('Fork', { by: 'ben' }), event('fired', 0, { at: '2026-03-01T08:00:00.000Z', name: 'Cup' }), event('fired', 0, { at: '2026-03-01T08:00:00.000Z', name: 'Jug' })];
    const element = await opened();
    await until('it is shown', () => events(element).length > 0);
    expect(events(element)).to.deep.equal(['Silenced by annaStocktaking', 'Silenced by benStocktaking', 'Began to fire', 'Began to fire']);
    const others = root(element).querySelector('.event details');
    expect(text(others?.querySelector('summary'))).to.equal('and 2 more');
    expect(text(others)).to.contain('Desk, Chair');
    await expect(element).to.be.accessible();
  });

  it('loads earlier pages on demand, and what is new as it happens', async () => {
    api.events = Array.from({ length: 120 }, (_, index) => event('fired', index * 60_000, { value: index }));
    const element = await opened();
    await until('a page is shown', () => events(element).length === 50);
    press(root(element), 'Show earlier');
    await until('two are', () => events(element).length === 100);
    press(root(element), 'Show earlier');
    await until('all are', () => events(element).length === 120);
    expect(root(element).querySelector('.history .more')).to.equal(null);
    api.events = [event('acked', 0, { by: 'ben' }), ...api.events];
    edge.send(api.change('lamp', { ack: { by: 'ben', at: new Date().toISOString() } }));
    await until('the news is first', () => events(element)[0] === 'Acknowledged by ben');
    expect(events(element).length).to.equal(121);
  });

  it('says that nothing happened, that it could not be loaded, or that it is not for the viewer', async () => {
    const said = (element: CcmAlerts) => text(root(element).querySelector('.message'));
    const element = await opened();
    await until('nothing happened', () => said(element).includes('Nothing happened yet'));
    api.refuse = { HISTORY: 'store_unavailable' };
    press(root(element), 'Now');
    await element.updateComplete;
    press(root(element), 'History');
    await until('it failed', () => said(element).includes('could not be loaded'));
    api.refuse = {};
    api.events = [event('fired', 0)];
    press(root(element), 'Try again');
    await until('it is shown', () => events(element).length === 1);
    api.refuse = { HISTORY: 'forbidden' };
    const other = await opened();
    await until('it is refused', () => said(other).includes('Not available to you'));
  });

  it('survives events of any shape', async () => {
    api.events = [event('fired', 0, { at: 'never', value: { x: 1 }, name: '', severity: 'odd' as never }), event('odd' as never, 0, { text: '<img src=x onerror=alert(1)>' }), event('resolved', 0, { value: Number.NaN })];
    const element = await opened();
    await until('they are shown', () => events(element).length === 3);
    expect(text(root(element).querySelector('.center'))).not.to.match(/NaN|undefined|\[object|Invalid/);
    expect(root(element).querySelector('img')).to.equal(null);
  });

  it('of one alert is in its details, and grows as it happens', async () => {
    api.events = [event('fired', 1000, { value: 3 }), event('fired', 0, { alertId: 'other', value: 9 })];
    const before = edge.sockets;
    const element = await mountAlerts();
    await untilLines(element, 1);
    await untilLive(edge, before);
    await element.open('lamp');
    await until('it is there', () => text(details(element)?.querySelector('.line')).includes('Began to fire: 3'));
    expect(text(details(element)!.querySelector('.line'))).not.to.contain('fire: 9');
    api.events = [event('acked', 0, { by: 'ben' }), ...api.events];
    edge.send(api.change('lamp', { ack: { by: 'ben', at: new Date().toISOString() } }));
    await until('it is told', () => text(details(element)!.querySelector('.line')).startsWith('Acknowledged by ben'));
  });
});
