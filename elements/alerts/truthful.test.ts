import { expect, fixture, html } from '@open-wc/testing';
import type { AlertRule } from '../../sdk/contract/alert.js';
import { details, line, lines, mountAlerts, press, root, startAlerts, text, toasts, untilLines, untilLive } from '../core/test/alerts-on-page.js';
import { firing, type StandInAlerts } from '../core/test/stand-in-alerts.js';
import { ownClock } from '../core/test/own-clock.js';
import { EDGE, until, type StandIn } from '../core/test/stand-in-edge.js';
import type { CcmWidget } from '../widget/ccm-widget.js';
import type { CcmAlerts } from './ccm-alerts.js';

const TENANT = { id: 't', name: 'T', timeZone: 'Asia/Tokyo', currency: 'EUR' };
const rule = (more: Partial<AlertRule> = {}): AlertRule => ({
  id: 'r1', name: 'temperature > 8', widgetId: 'cold-room', field: 'temperature', operator: '>', value: 8, severity: 'critical', notifications: ['dashboard'], enabled: true, origin: 'widget', ...more,
});
const coldRoom = (more = {}) => firing('Cold room: temperature 11 is above 8', {
  id: 'cold', widgetId: 'cold-room', name: 'Cold room', key: '', rule: 'temperature > 8', ruleId: 'r1', severity: 'critical', value: 11, operator: '>', threshold: 8, ...more,
});
const message = (element: CcmAlerts) => text(root(element).querySelector('.message'));
const bell = (element: CcmAlerts) => root(element).querySelector<HTMLButtonElement>('.bell')!;

describe('what alerts say', () => {
  let edge: StandIn;
  let api: StandInAlerts;

  const clock = ownClock();
  before(async () => {
    ({ edge, api } = await startAlerts());
  });
  after(() => edge.close());
  beforeEach(() => {
    edge.cut(false);
    api.reset();
    api.widgets = [{ id: 'cold-room', title: 'Cold room', type: 'stat', size: 'small', statConfig: { primaryValue: 'temperature', format: { style: 'number', unit: '°C', digits: 0 } } }];
  });

  describe('of numbers', () => {
    it('has the widget’s unit in the list, the details and the history; a rule that nobody named is in words', async () => {
      api.rules = [rule()];
      api.alerts = [coldRoom()];
      api.events = [{ id: 'h1', alertId: 'cold', widgetId: 'cold-room', rule: 'temperature > 8', key: '', name: 'Cold room', severity: 'critical', at: '2026-03-01T16:30:00.000Z', what: 'fired', value: 11 }];
      api.tenant = TENANT;
      const element = await mountAlerts();
      await until('it has its unit', () => text(line(element, 'cold')?.querySelector('.number')) === '11 °Cabove 8 °C');
      expect(text(line(element, 'cold')!.querySelector('.about b')), 'the number stands beside it').to.equal('Cold room');
      await element.open('cold');
      await until('it is open', () => text(details(element)?.querySelector('.figure')) === '11 °C above 8 °C');
      expect(text(details(element))).to.contain('Temperature above 8 °C');
      press(root(element), 'History');
      await until('its history is there', () => text(root(element).querySelector('.history .happened')) === 'Began to fire: 11 °C');
      expect(text(root(element).querySelector('.history .note'))).to.equal('Temperature above 8 °C');
      expect(text(root(element).querySelector('.history time')), 'in the tenant’s zone').to.equal('1:30 AM');
      expect(text(root(element).querySelector('.day h3'))).to.contain('March 2, 2026');
    });

    it('never has two numbers that read the same and are not', async () => {
      api.rules = [rule()];
      api.alerts = [coldRoom({ value: 8.04 })];
      const element = await mountAlerts();
      await until('it has its unit', () => text(line(element, 'cold')?.querySelector('.number')) === '8.04 °Cabove 8.00 °C');
    });

    it('has no unit that is not known to be its own', async () => {
      api.rules = [rule({ reduce: { by: 'count' } }), rule({ id: 'r2', field: 'humidity' })];
      api.alerts = [coldRoom(), coldRoom({ id: 'damp', ruleId: 'r2' }), coldRoom({ id: 'gone', ruleId: 'r3' })];
      const element = await mountAlerts();
      await untilLines(element, 3);
      await until('the rules are read', () => text(line(element, 'damp')!.querySelector('.about b')) === 'Cold room: humidity');
      for (const id of ['cold', 'damp', 'gone']) expect(text(line(element, id)!.querySelector('.number')), id).to.equal('11above 8');
    });

    it('asks once for the rules, however many of them are not to be found', async () => {
      api.alerts = Array.from({ length: 20 }, (_, index) => coldRoom({ id: `a${index}`, ruleId: `gone${index}` }));
      const element = await mountAlerts();
      await untilLines(element, 20);
      await until('they are asked for', () => api.count('RULES') > 0);
      for (let tick = 0; tick < 3; tick++) {
        element.requestUpdate();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(api.count('RULES')).to.equal(1);
    });

    it('is not said twice by what tells of it', async () => {
      const before = edge.sockets;
      const element = await mountAlerts({ compact: true });
      await untilLive(edge, before);
      await until('it is read again', () => api.count('LIST') >= 2);
      await new Promise((resolve) => setTimeout(resolve, 100));
      edge.send(api.add(coldRoom({ id: 'own', ruleId: 'none', title: 'It is 11 in there' })));
      await until('it is told', () => toasts(element).includes('It is 11 in there'));
      expect(root(element).querySelector('.toast .facts')).to.equal(null);
      api.rules = [rule({ id: 'r9' })];
      edge.send(api.add(coldRoom({ id: 'two', ruleId: 'r9' })));
      await until('it is told with its unit', () => [...root(element).querySelectorAll('.toast')].some((one) => text(one.querySelector('.plain')) === 'Cold room' && text(one.querySelector('.facts')) === '11 °C · above 8 °C'));
    });
  });

  describe('where rules have no data', () => {
    const lacking = () => firing('Cold room: no data for temperatur', { id: 'n1', widgetId: 'cold-room', state: 'noData', reason: 'noData', value: null, text: '12 is a number, the limit "8" is text.', firedAt: undefined });

    it('is no tick but how many lack it, and why', async () => {
      api.alerts = [lacking(), { ...lacking(), id: 'n2', ruleId: 'r2', text: undefined }];
      const element = await mountAlerts();
      await until('it is said', () => message(element).includes('2 rules have no data'));
      expect(root(element).querySelector('.calm')).to.equal(null);
      await expect(element).to.be.accessible();
      press(root(element), 'Show them');
      await untilLines(element, 2);
      expect(text(line(element, 'n1'))).to.contain('12 is a number, the limit "8" is text.');
      expect(text(line(element, 'n2'))).to.contain('There was nothing to compare.');
    });

    it('is said by the bell too', async () => {
      api.alerts = [lacking()];
      const element = await mountAlerts({ compact: true });
      await until('it is said', () => bell(element).title === 'Alerts: Nothing fires. 1 rule has no data');
      expect(text(bell(element).querySelector('.sign'))).to.equal('?');
      await expect(element).to.be.accessible();
    });
  });

  it('that they may be old, where the connection is lost for as long as widgets bear it', async () => {
    api.alerts = [coldRoom()];
    const token = `token-${Math.random()}`;
    const before = edge.sockets;
    const element = await mountAlerts({ token });
    const small = await mountAlerts({ token, compact: true });
    await untilLive(edge, before);
    await untilLines(element, 1);
    edge.tell('cold-room', { data: { temperature: 11 } });
    // It tells how news arrive, to all of this client.
    const widget = await fixture<CcmWidget>(html`<ccm-widget widget="cold-room" edge=${EDGE} token=${token}></ccm-widget>`);
    await until('it is live', () => widget.live === 'ws');
    const stale = () => text(root(element).querySelector('.stale'));
    expect([stale(), bell(small).classList.contains('old')]).to.deep.equal(['', false]);
    edge.cut(true);
    await until('it is off', () => widget.live === 'off');
    await clock.pass(4000);
    expect([stale(), bell(small).classList.contains('old')], 'most are back before').to.deep.equal(['', false]);
    await clock.pass(1000);
    await until('it is said', () => stale().includes('Not connected, trying again') && bell(small).classList.contains('old'));
    expect(bell(small).title).to.contain('Not connected, trying again');
    await expect(element).to.be.accessible();
    edge.cut(false);
    dispatchEvent(new Event('online'));
    await until('it is back', () => stale() === '' && !bell(small).classList.contains('old'));
  });

  describe('of the one that the page’s address names', () => {
    const address = location.href;
    const go = (id: string) => history.replaceState(undefined, '', `${location.pathname}?${new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(location.search)), alert: id }).toString()}`);
    afterEach(() => history.replaceState(undefined, '', address));

    it('is all, once', async () => {
      go('cold');
      api.alerts = [coldRoom(), firing('Lamp is low', { id: 'lamp' })];
      const element = await mountAlerts();
      await until('it is open', () => details(element) !== null);
      expect(text(details(element)!.querySelector('h3'))).to.contain('Cold room');
      press(details(element), 'Close');
      await until('it is closed', () => details(element) === null);
      edge.send(api.change('lamp', { comments: 1 }));
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(details(element)).to.equal(null);
    });

    it('is what is known of it where it is over', async () => {
      go('past');
      api.events = [{ id: 'h2', alertId: 'past', widgetId: 'cold-room', rule: 'Too warm', key: '', name: 'Cold room', severity: 'critical', at: new Date().toISOString(), what: 'resolved', value: 7 }];
      const element = await mountAlerts();
      await until('it is open', () => details(element) !== null);
      expect(text(details(element))).to.contain('Resolved').and.contain('Cold room: Too warm');
      expect([...details(element)!.querySelectorAll('button')].map(text)).not.to.include('Acknowledge');
      await expect(element).to.be.accessible();
    });

    it('is nothing where the viewer may not see it, and nothing in the bell', async () => {
      go('secret');
      api.alerts = [firing('Lamp is low', { id: 'lamp' })];
      const element = await mountAlerts();
      await untilLines(element, 1);
      await until('it was looked for', () => api.count('HISTORY') === 1);
      expect(details(element)).to.equal(null);
      go('lamp');
      const small = await mountAlerts({ compact: true });
      await until('it is read', () => text(bell(small)) === '1');
      expect(details(small)).to.equal(null);
    });
  });

  it('in a panel as wide as the bell’s, all filters are seen whole', async () => {
    api.alerts = [coldRoom(), firing('Lamp is low', { id: 'lamp' })];
    const element = await mountAlerts({ width: 320 });
    await untilLines(element, 2);
    const box = root(element).querySelector('.filters')!.getBoundingClientRect();
    for (const chip of root(element).querySelectorAll('.filters .chip')) expect(chip.getBoundingClientRect().right, text(chip)).to.be.at.most(box.right);
    expect(lines(element).length).to.equal(2);
  });
});
