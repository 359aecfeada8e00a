import { expect } from '@open-wc/testing';
import type { Silence, SilenceInput } from '../../sdk/contract/alert.js';
import { line, listen, mountAlerts, press, root, startAlerts, text, untilLines } from '../core/test/alerts-on-page.js';
import { firing, type StandInAlerts } from '../core/test/stand-in-alerts.js';
import { until, type StandIn } from '../core/test/stand-in-edge.js';
import type { CcmAlerts } from './ccm-alerts.js';

const TENANT = { id: 't', name: 'T', timeZone: 'Europe/Berlin', currency: 'EUR' };
const plan = (element: CcmAlerts) => root(element).querySelector('ccm-silence-plan');
const form = (element: CcmAlerts) => plan(element)!.shadowRoot!;
const said = (element: CcmAlerts) => text(form(element).querySelector('form'));
const field = <T extends HTMLElement = HTMLInputElement>(element: CcmAlerts, name: string) => form(element).querySelector<T>(`[name="${name}"]`)!;
const isOpen = (element: CcmAlerts) => plan(element)?.shadowRoot?.querySelector('dialog')?.open === true;

async function put(element: CcmAlerts, name: string, value: string): Promise<void> {
  const control = field<HTMLInputElement | HTMLSelectElement>(element, name);
  control.value = value;
  control.dispatchEvent(new Event('input', { bubbles: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
  await plan(element)!.updateComplete;
}

describe('silences that are planned', () => {
  let edge: StandIn;
  let api: StandInAlerts;

  before(async () => {
    ({ edge, api } = await startAlerts());
  });
  after(() => edge.close());
  beforeEach(() => {
    api.reset();
    api.tenant = TENANT;
  });

  async function opened(): Promise<CcmAlerts> {
    const element = await mountAlerts();
    await until('it is read', () => api.count('LIST') > 0 && root(element).querySelector('[data-tab=silences]') !== null);
    press(root(element), 'Silences');
    await until('they are read', () => text(root(element).querySelector('.view')).includes('New silence'));
    press(root(element), 'New silence');
    await until('the form is open', () => isOpen(element));
    return element;
  }

  it('begin before anything fires: a widget, once, from a moment to another in the tenant’s zone', async () => {
    const element = await opened();
    await until('widgets are known', () => field<HTMLSelectElement>(element, 'value').options.length > 1);
    await expect(plan(element)!).to.be.accessible();
    press(form(element), 'Silence');
    await until('a value is asked for', () => said(element).includes('without a value it would be everything'));
    expect(form(element).activeElement).to.equal(field(element, 'value'));
    expect(api.count('SILENCE')).to.equal(0);
    await put(element, 'value', 'stock');
    expect(text(form(element).querySelector('.found'))).to.equal('Fits nothing that fires now');
    await put(element, 'from', '2036-03-08T22:00');
    await put(element, 'until', '2036-03-08T20:00');
    press(form(element), 'Silence');
    await until('its end is too early', () => text(form(element).querySelector('#until-fault')).includes('has to end after it begins'));
    await put(element, 'until', '2036-03-09T06:00');
    await put(element, 'why', 'New racks');
    press(form(element), 'Silence');
    await until('it is taken', () => !isOpen(element));
    expect(api.bodies).to.deep.equal([{
      matchers: [{ name: 'widgetId', value: 'stock' }], from: '2036-03-08T21:00:00.000Z', until: '2036-03-09T05:00:00.000Z', why: 'New racks',
    }]);
    await until('it is listed', () => text(root(element).querySelector('.silences')).includes('Widget is Stock levels'));
  });

  it('recur on days of the week, over midnight, in a zone', async () => {
    const element = await opened();
    await put(element, 'name', 'severity');
    await put(element, 'how', '!=');
    await put(element, 'value', 'critical');
    press(form(element), 'Add a condition');
    await plan(element)!.updateComplete;
    const [, second] = form(element).querySelectorAll<HTMLSelectElement>('select[name=name]');
    second!.value = '';
    second!.dispatchEvent(new Event('change', { bubbles: true }));
    await plan(element)!.updateComplete;
    await put(element, 'label', 'team');
    const values = form(element).querySelectorAll<HTMLInputElement>('[name=value]');
    values[1]!.value = 'warehouse';
    values[1]!.dispatchEvent(new Event('input', { bubbles: true }));
    await plan(element)!.updateComplete;
    form(element).querySelector<HTMLInputElement>('[value=weekly]')!.click();
    await plan(element)!.updateComplete;
    for (const day of ['saturday', 'friday']) {
      field(element, day).click();
      await plan(element)!.updateComplete;
    }
    await put(element, 'zone', 'Mars/Base');
    press(form(element), 'Silence');
    await until('the zone is asked for', () => text(form(element).querySelector('#zone-fault')).includes('Europe/Berlin'));
    await put(element, 'zone', 'Asia/Tokyo');
    expect(said(element)).to.contain('On the next day');
    await expect(plan(element)!).to.be.accessible();
    press(form(element), 'Silence');
    await until('it is taken', () => !isOpen(element));
    const [input] = api.bodies as [SilenceInput];
    expect(input.matchers).to.deep.equal([{ name: 'severity', value: 'critical', isEqual: false }, { name: 'team', value: 'warehouse' }]);
    expect(input.recurring).to.deep.equal([
      { weekdays: ['friday', 'sunday'], times: [{ start: '22:00', end: '24:00' }], timeZone: 'Asia/Tokyo' },
      { weekdays: ['monday', 'saturday'], times: [{ start: '00:00', end: '06:00' }], timeZone: 'Asia/Tokyo' },
    ]);
    expect(Date.parse(input.until) - Date.parse(input.from)).to.be.greaterThan(80 * 86_400_000);
    await until('it is listed', () => /Fri, Sun.*\(Asia\/Tokyo\)/.test(text(root(element).querySelector('.silences'))));
    expect(text(root(element).querySelector('.silences'))).to.contain('Severity is not Critical, team is warehouse');
  });

  it('are said to be over once they are, and new ones are there, while they are looked at', async () => {
    const silence: Silence = { id: 's1', createdBy: 'ben', state: 'active', why: 'Stocktaking', from: '2026-01-01T08:00:00.000Z', until: '2036-01-01T08:00:00.000Z', matchers: [{ name: 'rule', value: 'Low stock' }] };
    api.silences = [silence];
    const element = await mountAlerts();
    await until('it is read', () => root(element).querySelector('[data-tab=silences]') !== null);
    press(root(element), 'Silences');
    const listed = () => [...root(element).querySelectorAll('.silence')].map((line) => [line.getAttribute('data-id'), line.className.split(' ').at(-1)]);
    await until('it is listed', () => listed().length === 1);
    api.silences = [{ ...silence, state: 'expired' }, { ...silence, id: 's2' }];
    // As the clock of the page does by itself.
    document.dispatchEvent(new Event('visibilitychange'));
    await until('it is told', () => listed().length === 2);
    expect(listed()).to.deep.equal([['s2', 'active'], ['s1', 'expired']]);
    press(root(element), 'Now');
    const asked = api.count('SILENCES');
    document.dispatchEvent(new Event('visibilitychange'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(api.count('SILENCES'), 'nobody looks').to.equal(asked);
  });

  it('are changed by another one that stands before the old one ends', async () => {
    api.alerts = [firing('Lamp is low', { id: 'lamp' })];
    api.silences = [{ id: 's1', createdBy: 'ben', state: 'active', why: 'Stocktaking', from: '2026-01-01T08:00:30.000Z', until: '2036-01-01T08:00:00.000Z', matchers: [{ name: 'rule', value: 'Low.*', isRegex: true }] }];
    const element = await mountAlerts();
    await untilLines(element, 1);
    press(root(element), 'Silences');
    await until('it is listed', () => text(root(element).querySelector('.silences')).includes('Stocktaking'));
    const heard = listen(element, 'status');
    press(root(element), 'Change: Stocktaking');
    await until('the form is open', () => isOpen(element));
    expect(text(form(element).querySelector('.found'))).to.equal('Fits 1 alert that fires now');
    expect(field(element, 'until').value).to.equal('2036-01-01T09:00');
    await put(element, 'why', 'Stocktaking, longer');
    await put(element, 'until', '2036-02-01T09:00');
    press(form(element), 'Save');
    await until('it is taken', () => !isOpen(element));
    expect(api.bodies).to.deep.equal([{ matchers: [{ name: 'rule', value: 'Low.*', isRegex: true }], from: '2026-01-01T08:00:30.000Z', until: '2036-02-01T08:00:00.000Z', why: 'Stocktaking, longer' }]);
    const order = api.asked.filter((one) => one === 'SILENCE' || one.startsWith('END'));
    expect(order).to.deep.equal(['SILENCE', 'END s1']);
    await until('it is said', () => heard.includes('Silence saved'));
  });

  it('say so where the old one could not be ended, and keep what was typed where the edge refuses', async () => {
    api.silences = [{ id: 's1', createdBy: 'ben', state: 'active', why: 'Stocktaking', from: '2026-01-01T08:00:00.000Z', until: '2036-01-01T08:00:00.000Z', matchers: [{ name: 'rule', value: 'Low stock' }] }];
    const element = await mountAlerts();
    await until('it is read', () => api.count('LIST') > 0);
    press(root(element), 'Silences');
    await until('it is listed', () => text(root(element).querySelector('.silences')).includes('Stocktaking'));
    press(root(element), 'Change: Stocktaking');
    await until('the form is open', () => isOpen(element));
    await put(element, 'why', 'Longer');
    api.refuse = { SILENCE: 'invalid' };
    press(form(element), 'Save');
    await until('it is said', () => text(form(element).querySelector('.wrong')).includes('The stand-in says invalid'));
    expect(field(element, 'why').value).to.equal('Longer');
    api.refuse = { END: 'internal' };
    press(form(element), 'Save');
    await until('it is said', () => text(root(element).querySelector('.view .wrong')).includes('could not be ended'));
    expect(isOpen(element)).to.equal(false);
  });

  it('do not open for who closes the dialog by Escape and acts on the list', async () => {
    api.alerts = [firing('Lamp is low', { id: 'lamp' })];
    const element = await opened();
    form(element).querySelector('dialog')!.close();
    await until('it is empty', () => form(element).querySelector('form') === null);
    press(root(element), 'Now');
    await until('the list is there', () => line(element, 'lamp') !== undefined);
  });
});
