import { expect } from '@open-wc/testing';
import { http, HttpResponse } from 'msw';
import type { NotificationSettings } from '../../sdk/contract/notification.js';
import { mountAlerts, press, root, text } from '../core/test/alerts-on-page.js';
import { StandInAlerts } from '../core/test/stand-in-alerts.js';
import { EDGE, startStandIn, until, type StandIn } from '../core/test/stand-in-edge.js';
import type { CcmAlerts } from './ccm-alerts.js';

const ME = `${EDGE}/api/v1/me`;
const form = (element: CcmAlerts) => root(element).querySelector('ccm-notifications')!.shadowRoot!;
const isOpen = (element: CcmAlerts) => root(element).querySelector('ccm-notifications')?.shadowRoot?.querySelector('dialog')?.open === true;
const said = (element: CcmAlerts) => text(form(element).querySelector('form'));
const problem = (status: number, code: string, errors?: object[]) =>
  HttpResponse.json({ code, detail: `The stand-in says ${code}.`, ...(errors && { errors }) }, { status, headers: { 'content-type': 'application/problem+json' } });

describe('how a viewer is told of alerts', () => {
  let edge: StandIn;
  const api = new StandInAlerts();
  let settings: NotificationSettings;
  let sent: unknown[];
  let key: string | undefined;
  let refuse: object[] | undefined;

  before(async () => {
    edge = await startStandIn({}, [
      http.get(`${ME}/notifications`, () => HttpResponse.json(settings)),
      http.put(`${ME}/notifications`, async ({ request }) => {
        sent.push(await request.json());
        if (refuse) return problem(422, 'invalid', refuse);
        settings = sent.at(-1) as NotificationSettings;
        return HttpResponse.json(settings);
      }),
      http.get(`${ME}/push-key`, () => HttpResponse.json({ publicKey: key ?? null })),
      http.post(`${ME}/push-subscriptions`, async ({ request }) => {
        sent.push(await request.json());
        return new HttpResponse(null, { status: 204 });
      }),
      http.delete(`${ME}/push-subscriptions`, ({ request }) => {
        sent.push(new URL(request.url).searchParams.get('endpoint'));
        return new HttpResponse(null, { status: 204 });
      }),
      ...api.handlers,
    ]);
  });
  after(() => edge.close());
  beforeEach(() => {
    api.reset();
    settings = { addresses: [{ type: 'email', to: 'ada@example.com', from: 'critical' }] };
    sent = [];
    key = refuse = undefined;
  });

  async function opened(): Promise<CcmAlerts> {
    const element = await mountAlerts();
    await until('it is read', () => root(element).querySelector('.gear') !== null);
    root(element).querySelector<HTMLButtonElement>('.gear')!.click();
    await until('the form is open', () => isOpen(element) && form(element).querySelector('fieldset') !== null);
    return element;
  }
  async function put(element: CcmAlerts, control: HTMLInputElement | HTMLSelectElement, value: string): Promise<void> {
    control.value = value;
    for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
    await root(element).querySelector('ccm-notifications')!.updateComplete;
  }
  const all = (element: CcmAlerts, name: string) => [...form(element).querySelectorAll<HTMLInputElement>(`[name=${name}]`)];

  it('is by addresses, each from a severity on, and quiet in some hours', async () => {
    const element = await opened();
    await expect(root(element).querySelector('ccm-notifications')!).to.be.accessible();
    expect(all(element, 'to').map(({ value }) => value)).to.deep.equal(['ada@example.com']);
    press(form(element), 'Add an address');
    await until('there is room', () => all(element, 'to').length === 2);
    await put(element, all(element, 'type')[1]!, 'sms');
    await put(element, all(element, 'to')[1]!, ' +4915112345678 ');
    await put(element, all(element, 'severity')[1]!, 'info');
    press(form(element), 'Add an address');
    all(element, 'quiet')[0]!.click();
    await until('hours are asked for', () => all(element, 'start').length === 1);
    await put(element, all(element, 'end')[0]!, '06:30');
    await expect(root(element).querySelector('ccm-notifications')!).to.be.accessible();
    press(form(element), 'Save');
    await until('it is taken', () => !isOpen(element));
    const week = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
    expect(sent).to.deep.equal([{
      addresses: [{ type: 'email', to: 'ada@example.com', from: 'critical' }, { type: 'sms', to: '+4915112345678', from: 'info' }],
      quietHours: [{ weekdays: week, times: [{ start: '22:00', end: '24:00' }] }, { weekdays: week, times: [{ start: '00:00', end: '06:30' }] }],
    }]);
  });

  it('says at which address the edge takes offence, and keeps what was typed', async () => {
    const element = await opened();
    await put(element, all(element, 'to')[0]!, 'ada');
    refuse = [{ path: 'addresses.0.to', message: 'must be an email address' }];
    press(form(element), 'Save');
    await until('it is said', () => text(form(element).querySelector('#wrong-0')) === 'must be an email address');
    expect(all(element, 'to')[0]!.value).to.equal('ada');
    expect(form(element).activeElement).to.equal(all(element, 'to')[0]);
    await expect(root(element).querySelector('ccm-notifications')!).to.be.accessible();
  });

  it('keeps hours that cannot be typed here', async () => {
    settings = { addresses: [], quietHours: [{ daysOfMonth: [{ from: 1, to: 2 }] }], push: 'info' };
    const element = await opened();
    press(form(element), 'Save');
    await until('it is taken', () => !isOpen(element));
    expect(sent).to.deep.equal([settings]);
  });

  describe('by this browser', () => {
    const known = navigator.serviceWorker.getRegistration.bind(navigator.serviceWorker);
    let subscription: object | null;
    let worker: object | undefined;
    beforeEach(() => {
      key = 'BKey';
      subscription = null;
      const made = { endpoint: 'https://push.test/1', toJSON: () => ({ endpoint: 'https://push.test/1', keys: { p256dh: 'p', auth: 'a' } }), unsubscribe: () => Promise.resolve((subscription = null) === null) };
      worker = { pushManager: { getSubscription: () => Promise.resolve(subscription), subscribe: () => Promise.resolve((subscription = made)) } };
      navigator.serviceWorker.getRegistration = () => Promise.resolve(worker as ServiceWorkerRegistration | undefined);
      Object.defineProperty(Notification, 'permission', { value: 'default', configurable: true });
    });
    afterEach(() => {
      navigator.serviceWorker.getRegistration = known;
      Reflect.deleteProperty(Notification, 'permission');
    });

    it('says why it cannot be', async () => {
      key = undefined;
      const element = await opened();
      await until('it is said', () => said(element).includes('This service does not tell browsers.'));
      key = 'BKey';
      worker = undefined;
      const without = await opened();
      await until('it is said', () => said(without).includes('This page has no worker'));
      worker = { pushManager: {} };
      Object.defineProperty(Notification, 'permission', { value: 'denied', configurable: true });
      const denied = await opened();
      await until('it is said', () => said(denied).includes('Allow them in its settings'));
      expect(all(denied, 'push')).to.deep.equal([]);
    });

    it('begins and ends with a press, and is kept with a severity', async () => {
      const element = await opened();
      await until('it can', () => said(element).includes('Tell this browser'));
      press(form(element), 'Tell this browser');
      await until('it is on', () => said(element).includes('also while the page is closed') && sent.length === 2);
      expect(sent).to.deep.equal([{ endpoint: 'https://push.test/1', keys: { p256dh: 'p', auth: 'a' } }, { ...settings, push: 'warning' }]);
      await expect(root(element).querySelector('ccm-notifications')!).to.be.accessible();
      press(form(element), 'Tell it no more');
      await until('it is off', () => said(element).includes('only while the page is open'));
      expect([sent.at(-1), subscription]).to.deep.equal(['https://push.test/1', null]);
    });
  });
});
