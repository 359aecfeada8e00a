import { expect } from '@open-wc/testing';
import type { Alert } from '../../sdk/contract/alert.js';
import { details, key, line, listen, mountAlerts, press, root, startAlerts, text, untilLines } from '../core/test/alerts-on-page.js';
import { firing, type StandInAlerts } from '../core/test/stand-in-alerts.js';
import { until, type StandIn } from '../core/test/stand-in-edge.js';
import type { CcmAlerts } from './ccm-alerts.js';

const form = (element: CcmAlerts) => root(element).querySelector('ccm-silence-form')!.shadowRoot!;
const isOpen = (element: CcmAlerts) => form(element).querySelector('dialog')!.open;
const focused = (element: CcmAlerts) => root(element).activeElement as HTMLElement | null;
const type = (within: ParentNode | null | undefined, name: string, value: string) => {
  const field = within!.querySelector<HTMLInputElement>(`[name=${name}]`)!;
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return field;
};

describe('what is done about alerts', () => {
  let edge: StandIn;
  let api: StandInAlerts;

  before(async () => {
    ({ edge, api } = await startAlerts());
  });
  after(() => edge.close());
  beforeEach(() => {
    api.reset(firing('Lamp is low', { id: 'lamp' }), firing('Desk is out', { id: 'desk', severity: 'critical' }));
  });

  async function list(): Promise<CcmAlerts> {
    const element = await mountAlerts();
    await untilLines(element, 2);
    return element;
  }
  async function opened(id = 'lamp'): Promise<CcmAlerts> {
    const element = await list();
    await element.open(id);
    await until('it is open', () => details(element) !== null);
    return element;
  }

  it('acknowledges with one press; busy until the edge has taken it, and once', async () => {
    const element = await list();
    const acked: Alert[] = [];
    element.addEventListener('ccm-alert-ack', (event) => acked.push(event.detail.alert));
    const said = listen(element, 'status');
    const letGo = api.hold();
    const button = line(element, 'lamp')!.querySelector<HTMLButtonElement>('.act')!;
    button.focus();
    button.click();
    button.click();
    await until('it is busy', () => line(element, 'lamp')!.ariaBusy === 'true');
    expect(text(line(element, 'lamp'))).not.to.contain('Acknowledged by');
    letGo();
    await until('it is acknowledged', () => text(line(element, 'lamp')).includes('Acknowledged by anna, just now'));
    expect(api.count('ack lamp')).to.equal(1);
    expect(acked.map(({ id, ack }) => [id, ack?.by])).to.deep.equal([['lamp', 'anna']]);
    await until('it is said', () => said.includes('Lamp is low acknowledged'));
    expect(focused(element)?.closest<HTMLElement>('.alert')?.dataset['id'], 'the focus stays with it').to.equal('lamp');
  });

  it('acknowledges with a comment, from the details', async () => {
    const element = await opened();
    type(details(element), 'comment', '  On my way  ');
    press(details(element), 'Acknowledge');
    await until('it is acknowledged', () => text(details(element)).includes('Acknowledged by anna'));
    expect(api.bodies).to.deep.equal([{ comment: 'On my way' }]);
    expect(text(details(element)!.querySelector('q'))).to.equal('On my way');
    await until('it is in the time line', () => text(details(element)!.querySelector('.line')).includes('Acknowledged by anna'));
    expect(details(element)!.querySelector<HTMLTextAreaElement>('[name=comment]')!.value).to.equal('');
  });

  it('keeps what was typed where the edge does not take it, and says why', async () => {
    api.refuse = { comment: 'store_unavailable' };
    const element = await opened();
    const field = type(details(element), 'comment', 'Called the supplier');
    press(details(element), 'Comment');
    await until('it is said', () => text(details(element)!.querySelector('.wrong')).includes('store_unavailable'));
    expect(field.value).to.equal('Called the supplier');
    api.refuse = {};
    press(details(element), 'Comment');
    await until('it is taken', () => field.value === '');
    expect(details(element)!.querySelector('.wrong')).to.equal(null);
  });

  it('asks for a comment and a name before it asks the edge', async () => {
    const element = await opened();
    press(details(element), 'Comment');
    await until('it says so', () => text(details(element)!.querySelector('.wrong')).includes('Write a comment first'));
    expect(focused(element)?.getAttribute('name')).to.equal('comment');
    press(details(element), 'Assign');
    await until('it says so', () => text(details(element)!.querySelector('.wrong')).includes('Name who takes it'));
    expect(api.asked.filter((one) => / lamp/.test(one))).to.deep.equal([]);
  });

  it('assigns to a name, to me, and to nobody', async () => {
    const element = await opened();
    type(details(element), 'assignee', 'ben');
    press(details(element), 'Assign');
    await until('ben has it', () => text(details(element)).includes('Assigned to ben'));
    press(details(element), 'Assign to me');
    await until('anna has it', () => text(line(element, 'lamp')).includes('Assigned to anna'));
    press(details(element), 'Assign to nobody');
    await until('nobody has it', () => !text(line(element, 'lamp')).includes('Assigned to'));
    expect(api.bodies).to.deep.equal([{ assignee: 'ben' }, { assignee: 'anna' }, { assignee: null }]);
  });

  it('offers no “to me” and no “mine” where the edge does not say who I am', async () => {
    api.me = undefined;
    const element = await opened();
    expect(text(details(element))).not.to.contain('Assign to me');
    expect(text(root(element).querySelector('.filters'))).not.to.contain('Mine');
  });

  it('reads the list again where an alert is not there any more', async () => {
    const element = await list();
    api.alerts = api.alerts.filter(({ id }) => id !== 'lamp');
    line(element, 'lamp')!.querySelector<HTMLButtonElement>('.act')!.click();
    await untilLines(element, 1);
  });

  it('goes on showing an alert that is over while it is read, without what can be done no more', async () => {
    const element = await opened();
    edge.send(api.change('lamp', { state: 'resolved' }));
    await until('it is over', () => text(details(element)!.querySelector('.state')).includes('Resolved'));
    expect(line(element, 'lamp')).to.equal(undefined);
  });

  it('silences for an hour, this alert only, and ends it again', async () => {
    const element = await list();
    press(line(element, 'lamp'), 'Silence Lamp is low');
    await until('the form is open', () => isOpen(element));
    await expect(root(element).querySelector('ccm-silence-form') as HTMLElement).to.be.accessible();
    type(form(element), 'why', 'Stocktaking');
    press(form(element), 'Silence');
    await until('it is silenced', () => /Silenced until .*: Stocktaking/.test(text(line(element, 'lamp'))));
    expect(isOpen(element)).to.equal(false);
    const [input] = api.bodies as [{ matchers: unknown[]; from: string; until: string; why: string }];
    expect(input.matchers).to.deep.equal([{ name: 'widgetId', value: 'stock' }, { name: 'rule', value: 'Low stock' }, { name: 'key', value: 'FUR-lamp' }]);
    expect(Date.parse(input.until) - Date.parse(input.from)).to.equal(3_600_000);
    press(root(element), 'Silences');
    await until('it is listed', () => text(root(element).querySelector('.silences')).includes('Stocktaking'));
    expect(text(root(element).querySelector('.silences'))).to.contain('Rule is Low stock').and.contain('by anna').and.contain('Active');
    await expect(element).to.be.accessible();
    press(root(element), 'End now: Stocktaking');
    await until('it is over', () => text(root(element).querySelector('.silences')).includes('Ended'));
    press(root(element), 'Now');
    await until('it is told again', () => line(element, 'lamp') !== undefined && !text(line(element, 'lamp')).includes('Silenced'));
  });

  it('asks for a silence also where the form is opened again before the browser told that it was closed', async () => {
    const element = await list();
    press(line(element, 'lamp'), 'Silence Lamp is low');
    await until('the form is open', () => isOpen(element));
    const dialog = form(element).querySelector('dialog')!;
    const told = new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
    dialog.close();
    press(line(element, 'desk'), 'Silence Desk is out');
    await told;
    await until('it is there', () => isOpen(element) && text(form(element).querySelector('.about')).includes('Desk is out'));
  });

  it('silences a whole rule until a time that is still to come', async () => {
    const element = await list();
    press(line(element, 'lamp'), 'Silence Lamp is low');
    await until('the form is open', () => isOpen(element));
    form(element).querySelector<HTMLInputElement>('[value=custom]')!.click();
    form(element).querySelector<HTMLInputElement>('[value=rule]')!.click();
    await until('a time is asked for', () => form(element).querySelector('[name=until]') !== null);
    type(form(element), 'until', '2020-01-01T08:00');
    press(form(element), 'Silence');
    await until('it says so', () => text(form(element).querySelector('.fault')).includes('still to come'));
    expect(api.count('SILENCE')).to.equal(0);
    type(form(element), 'until', '2036-01-01T08:00');
    press(form(element), 'Silence');
    await until('it is taken', () => !isOpen(element));
    const [input] = api.bodies as [{ matchers: unknown[]; until: string; why: string }];
    expect(input.matchers).to.deep.equal([{ name: 'widgetId', value: 'stock' }, { name: 'rule', value: 'Low stock' }]);
    expect(new Date(input.until).getFullYear()).to.equal(2036);
    expect(input.why).to.equal('No reason given');
  });

  it('offers no silences to who may not manage alerts; who learns it from the edge is told plainly', async () => {
    api.mayManage = false;
    const without = await list();
    expect(text(root(without).querySelector('.center'))).not.to.contain('Silences');
    expect(root(without).querySelector('[aria-label^="Silence "]')).to.equal(null);
    api.mayManage = undefined;
    api.refuse = { SILENCE: 'forbidden', SILENCES: 'forbidden' };
    const element = await list();
    press(line(element, 'lamp'), 'Silence Lamp is low');
    await until('the form is open', () => isOpen(element));
    press(form(element), 'Silence');
    await until('it is said', () => text(form(element).querySelector('.wrong')).includes('You may not silence alerts'));
    form(element).querySelector('dialog')!.close();
    await until('it is not offered any more', () => line(element, 'lamp')!.querySelector('[aria-label^="Silence "]') === null);
    expect([...root(element).querySelectorAll('[role=tab]')].map(text)).to.deep.equal(['Now', 'History']);
  });

  it('says that one may not acknowledge', async () => {
    api.refuse = { ack: 'forbidden' };
    const element = await list();
    const said = listen(element, 'status');
    line(element, 'lamp')!.querySelector<HTMLButtonElement>('.act')!.click();
    await until('it is said', () => said.includes('You may not do this. Ask an administrator.'));
    expect(text(line(element, 'lamp'))).not.to.contain('Acknowledged');
  });

  it('tells the page which alert is opened', async () => {
    const element = await list();
    const heard: string[] = [];
    document.addEventListener('ccm-alert-open', (event) => heard.push(event.detail.alert.id), { once: true });
    line(element, 'desk')!.querySelector<HTMLButtonElement>('.what')!.click();
    expect(heard).to.deep.equal(['desk']);
  });

  describe('by the keyboard', () => {
    it('J, K, the arrows, Home and End go through the lines; one of them is in the order of Tab', async () => {
      const element = await list();
      api.add(firing('Chair is low', { id: 'chair' }));
      edge.send({ alert: api.alerts[0]! });
      await untilLines(element, 3);
      const at = () => focused(element)?.closest<HTMLElement>('.alert')?.dataset['id'];
      line(element, 'desk')!.querySelector<HTMLElement>('.what')!.focus();
      for (const [pressed, where] of [['j', 'chair'], ['ArrowDown', 'lamp'], ['j', 'lamp'], ['k', 'chair'], ['ArrowUp', 'desk'], ['ArrowUp', 'desk'], ['End', 'lamp'], ['Home', 'desk']]) {
        key(focused(element), pressed!);
        expect(at(), pressed).to.equal(where);
      }
      await element.updateComplete;
      expect([...root(element).querySelectorAll<HTMLElement>('.what')].filter(({ tabIndex }) => tabIndex === 0).length).to.equal(1);
      expect(line(element, 'desk')!.querySelector<HTMLElement>('.what')!.tabIndex).to.equal(0);
    });

    it('A acknowledges, S silences, C comments, Escape closes and gives the focus back', async () => {
      const element = await list();
      line(element, 'lamp')!.querySelector<HTMLElement>('.what')!.focus();
      key(focused(element), 'a');
      await until('it is acknowledged', () => api.count('ack lamp') === 1);
      key(focused(element), 's');
      await until('the form is open', () => isOpen(element));
      form(element).querySelector('dialog')!.close();
      await until('the focus is back', () => focused(element)?.classList.contains('what') === true);
      key(focused(element), 'c');
      await until('one writes', () => focused(element)?.getAttribute('name') === 'comment');
      key(focused(element), 'a');
      await element.updateComplete;
      expect(api.count('ack lamp'), 'a letter in a field is a letter').to.equal(1);
      key(focused(element), 'Escape');
      await until('it is closed', () => details(element) === null);
      await until('the focus is back', () => focused(element)?.closest<HTMLElement>('.alert')?.dataset['id'] === 'lamp');
      key(focused(element), 's', { ctrlKey: true });
      expect(isOpen(element), 'the keys of the browser stay its own').to.equal(false);
    });

    it('Enter opens, and the focus goes to what is opened', async () => {
      const element = await list();
      const what = line(element, 'lamp')!.querySelector<HTMLElement>('.what')!;
      what.focus();
      what.click();
      await until('the heading has the focus', () => focused(element)?.id === 'chosen');
    });

    it('arrows choose the view', async () => {
      const element = await list();
      const tab = () => root(element).querySelector<HTMLElement>('[role=tab][aria-selected=true]')!;
      tab().focus();
      key(tab(), 'ArrowRight');
      await element.updateComplete;
      expect(text(tab())).to.equal('History');
      expect(focused(element)).to.equal(tab());
      key(tab(), 'End');
      await element.updateComplete;
      expect(text(tab())).to.equal('Silences');
      key(tab(), 'ArrowRight');
      await element.updateComplete;
      expect(text(tab())).to.equal('Now');
    });
  });
});
