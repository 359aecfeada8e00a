import { expect } from '@open-wc/testing';
import type { AlertRulePatch, CcmClient } from '../../../sdk/client/client.js';
import { CcmError } from '../../../sdk/client/errors.js';
import type { AlertRule, AlertRuleInput, BacktestResult } from '../../../sdk/contract/alert.js';
import { definition, HOSTILE, SALES, SALES_DATA } from '../../core/test/samples.js';
import { until } from '../../core/test/until.js';
import type { CcmSchemaForm } from '../form/schema-form.js';
import type { CcmAlertRuleForm } from './ccm-alert-rule-form.js';
import { CcmAlertRules } from './ccm-alert-rules.js';

const rule = (part: Partial<AlertRule> = {}): AlertRule => ({
  id: 'r1', widgetId: 'sales-summary', name: 'Nothing sold', enabled: true, origin: 'user', owner: 'ann', field: 'total_sales', operator: '<', value: 10_000, severity: 'critical', for: 600,
  notifications: ['dashboard', 'email'], ...part,
});
const NOW = Date.now();
const HOUR = 3_600_000;

describe('the alert rules of a widget', () => {
  let element: CcmAlertRules;
  let rules: AlertRule[];
  let sent: [string, unknown][];
  let answer: BacktestResult;
  let fault: CcmError | undefined;

  const act = async <T>(what: string, body: unknown, result: T): Promise<T> => {
    sent.push([what, body]);
    if (fault) throw fault;
    return Promise.resolve(result);
  };
  const client = {
    tenant: { timeZone: 'UTC', currency: 'USD' },
    alerts: {
      rules: () => Promise.resolve({ items: rules }),
      createRule: (input: AlertRuleInput) => act('create', input, rule({ ...input, id: 'r9', name: input.name ?? 'made' })),
      patchRule: (id: string, patch: AlertRulePatch) => act(`patch ${id}`, patch, rule({ ...(patch as object), id })),
      removeRule: (id: string) => act('remove', id, undefined),
      backtest: (input: AlertRuleInput, hours: number) => act(`backtest ${hours}`, input, answer),
    },
  } as unknown as CcmClient;

  before(() => CcmAlertRules.define('ccm-alert-rules'));
  beforeEach(() => {
    rules = [rule({ id: 'w', origin: 'widget', name: 'Below target', severity: 'warning', owner: undefined }), rule()];
    sent = [];
    fault = undefined;
    answer = { points: [], firings: [] };
  });
  afterEach(() => element.remove());

  const root = () => element.shadowRoot!;
  const form = () => root().querySelector('ccm-alert-rule-form')?.shadowRoot ?? null;
  const words = (node: ParentNode | null | undefined) => node?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
  const button = (name: string, within: ParentNode = root()) => [...within.querySelectorAll('button')].find((one) => words(one) === name)!;
  const fields = () => [...form()!.querySelectorAll<CcmSchemaForm>('ccm-schema-form')];
  const field = (name: string) => fields().map((one) => one.shadowRoot!.querySelector<HTMLInputElement>(`#field-${name}`)).find((found) => found)!;
  const settled = async () => {
    await element.updateComplete;
    await root().querySelector<CcmAlertRuleForm>('ccm-alert-rule-form')?.updateComplete;
    for (const one of form() ? fields() : []) await one.updateComplete;
  };
  async function put(name: string, value: string): Promise<void> {
    const input = field(name);
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
  }
  async function open(): Promise<void> {
    element = Object.assign(document.createElement('ccm-alert-rules') as CcmAlertRules, { client, definition: definition(SALES), data: SALES_DATA });
    document.body.append(element);
    await until('the rules are read', () => button('New rule') !== undefined);
  }
  async function begin(): Promise<void> {
    await open();
    button('New rule').click();
    await until('there is a form', () => form() !== null && field('value') !== undefined);
    await settled();
  }

  it('shows what stands in the widget and in the settings to read, with where it is from and no button', async () => {
    rules = [rule({ id: 'widget:w:a', origin: 'widget', name: 'Of the widget', owner: undefined }), rule({ id: 'settings:w:b', origin: 'settings', name: 'Of the file', owner: undefined, notifications: [], enabled: false })];
    await open();
    expect(words(root())).not.to.contain('No rule yet');
    const items = [...root().querySelectorAll('li')];
    expect(items.map((item) => words(item.querySelector('.from')))).to.deep.equal(['Part of the widget: it is changed in its definition.', 'From the settings file: it is changed there.']);
    expect(items.flatMap((item) => [...item.querySelectorAll('button')])).to.deep.equal([]);
    expect(words(items[1])).to.contain('switched off').and.not.to.contain('tells by');
    await expect(element).to.be.accessible();
  });

  it('lists those of the widget as they are, and its users’ to be changed', async () => {
    await open();
    const items = [...root().querySelectorAll('li')].map(words);
    expect(items[0]).to.equal('Warning: Below targettotal_sales is below 10,000 · for 10 min · tells by page, email Part of the widget: it is changed in its definition.');
    expect(items[1]).to.contain('by ann').and.contain('Change').and.contain('Remove');
    await expect(element).to.be.accessible();
  });

  it('makes one, which stands in the list at once', async () => {
    await begin();
    expect(field('field').value, 'the widget’s own value is offered').to.equal('total_sales');
    expect([...fields()[0]!.shadowRoot!.querySelectorAll('#field-field-offers option')].map((one) => (one as HTMLOptionElement).value)).to.include('trend.percentage');
    await put('operator', '<');
    await put('value', '500');
    await put('severity', 'critical');
    await put('for', '120');
    form()!.querySelector<HTMLInputElement>('input[name=sms]')!.click();
    await settled();
    await expect(root().querySelector('ccm-alert-rule-form')!).to.be.accessible();
    button('Save rule', form()!).click();
    await until('it is listed', () => form() === null && root().querySelectorAll('li').length === 3);
    expect(sent).to.deep.equal([['create', { notifications: ['dashboard', 'sms'], severity: 'critical', operator: '<', field: 'total_sales', value: 500, for: 120, widgetId: 'sales-summary' }]]);
    await until('the focus is at what came of it', () => (root().activeElement as HTMLElement | null)?.id === 'change-r9');
  });

  it('changes one; what was emptied is taken away', async () => {
    await open();
    root().querySelector<HTMLButtonElement>('#change-r1')!.click();
    await until('there is a form', () => form() !== null && field('for') !== undefined);
    await settled();
    await put('for', '');
    await put('recover', '12000');
    button('Save rule', form()!).click();
    await until('it is saved', () => sent.length > 0);
    const [what, patch] = sent[0] as [string, Record<string, unknown>];
    expect(what).to.equal('patch r1');
    expect(patch).to.include({ for: null, recover: 12_000, field: 'total_sales' });
    expect(patch).not.to.have.any.keys('id', 'owner', 'origin', 'widgetId');
  });

  it('asks before it removes one', async () => {
    await open();
    button('Remove').click();
    await until('it is asked', () => words(root()).includes('Remove this rule?'));
    expect(words(root().activeElement)).to.equal('Keep');
    button('Remove', root().querySelector('.question')!).click();
    await until('it is gone', () => root().querySelectorAll('li').length === 1);
    expect(sent).to.deep.equal([['remove', 'r1']]);
  });

  it('tries one on the last day: a picture and words', async () => {
    answer = {
      points: Array.from({ length: 3000 }, (_, index) => [NOW - 24 * HOUR + index * 28_000, index === 1500 ? 90 : 10] as [number, number]),
      firings: [{ from: NOW - 12 * HOUR, until: NOW - 11 * HOUR, value: 90 }, { from: NOW - 1000, value: 60 }], note: 'Only half of it is known.',
    };
    await begin();
    await put('value', '50');
    button('Try it on the last 24 hours', form()!).click();
    await until('it is told', () => words(form()).includes('Would have fired 2 times, longest 1 h.'));
    expect(words(form())).to.contain('Only half of it is known.').and.contain('still firing');
    const svg = form()!.querySelector('svg[role=img]')!;
    expect(svg.querySelectorAll('.fires').length).to.equal(2);
    const path = svg.querySelector('path')!.getAttribute('d')!;
    expect(path).not.to.match(/NaN|undefined|Infinity/);
    expect(path.split('L').length, 'a peak of one value is still there').to.be.lessThan(700);
    expect(path).to.contain(' 8');
    await expect(root().querySelector('ccm-alert-rule-form')!).to.be.accessible();
    await put('value', '60');
    expect(form()!.querySelector('.tried'), 'it was another rule').to.equal(null);
  });

  it('says why there is nothing to try it on, whatever comes', async () => {
    for (const [given, said] of [
      [{ points: [], firings: [], note: 'There is no history of single rows.' }, 'There is no history of single rows.'], [{ points: [], firings: [] }, 'There are no values yet'],
      [{ points: [[NOW, Number.NaN], [Number.NaN, 1]], firings: [] }, 'There are no values yet'], [{ points: [[NOW, 5]], firings: [] }, 'Would not have fired.'],
    ] as [BacktestResult, string][]) {
      answer = given;
      await begin();
      await put('value', 'text');
      button('Try it on the last 24 hours', form()!).click();
      await until(said, () => words(form()).includes(said));
      expect(form()!.querySelector('path')?.getAttribute('d') ?? '').not.to.match(/NaN/);
      element.remove();
    }
  });

  it('says what is wrong at its field, in a part that was folded too', async () => {
    await begin();
    await put('value', '5');
    fault = new CcmError('invalid', 'The rule is wrong.', { status: 422, errors: [{ path: 'recover', message: 'must be at most the value' }] });
    button('Save rule', form()!).click();
    await until('it is said', () => fields().some((one) => words(one.shadowRoot!.querySelector('#field-recover-fault')) === 'must be at most the value'));
    expect(field('recover').closest('.fields')).not.to.equal(null);
    await until('it is unfolded', () => fields().find((one) => one.shadowRoot!.querySelector('#field-recover'))!.closest('details')!.open);
    expect(field('value').value).to.equal('5');
    fault = new CcmError('invalid', 'x', { status: 422, errors: [{ path: 'rule.schedule.0.except.0', message: 'must be a day' }] });
    button('Try it on the last 24 hours', form()!).click();
    await until('it is said of what is tried', () => words(form()!.querySelector('.plain .fault')) === 'must be a day');
    fault = new CcmError('forbidden', 'x', { status: 403 });
    button('Save rule', form()!).click();
    await until('it is said', () => words(form()!.querySelector('[role=alert]')) === 'You may not do this. Ask an administrator.');
  });

  it('keeps what cannot be read, and sends nothing', async () => {
    await begin();
    await put('for', 'soon');
    button('Save rule', form()!).click();
    await settled();
    expect(field('for').value).to.equal('soon');
    const labels = form()!.querySelector<HTMLTextAreaElement>('#labels')!;
    await put('for', '');
    labels.value = 'team warehouse';
    labels.dispatchEvent(new Event('change'));
    await settled();
    button('Save rule', form()!).click();
    await settled();
    expect(words(form())).to.contain('Write each as name = value.');
    expect(sent).to.deep.equal([]);
    labels.value = 'team = warehouse\nhall=B = 2';
    labels.dispatchEvent(new Event('change'));
    await settled();
    button('Save rule', form()!).click();
    await until('it is sent', () => sent.length > 0);
    expect((sent[0]![1] as AlertRuleInput).labels).to.deep.equal({ team: 'warehouse', hall: 'B = 2' });
  });

  it('sets business hours, and lets stay what is more than that', async () => {
    await begin();
    const choice = () => form()!.querySelector<HTMLSelectElement>('#schedule')!;
    choice().value = 'hours';
    choice().dispatchEvent(new Event('change'));
    await settled();
    form()!.querySelectorAll<HTMLInputElement>('.plain .days input')[5]!.click();
    await settled();
    const end = form()!.querySelector<HTMLInputElement>('#end')!;
    end.value = '00:00';
    end.dispatchEvent(new Event('change'));
    await settled();
    button('Save rule', form()!).click();
    await until('it is sent', () => sent.length > 0);
    expect((sent[0]![1] as AlertRuleInput).schedule).to.deep.equal([{ weekdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'], times: [{ start: '08:00', end: '24:00' }] }]);
    element.remove();
    const schedule = [{ months: [{ from: 1, to: 3 }] }];
    rules = [rule({ schedule })];
    sent = [];
    await open();
    root().querySelector<HTMLButtonElement>('#change-r1')!.click();
    await until('there is a form', () => form() !== null && choice() !== null);
    expect(choice().value).to.equal('other');
    await settled();
    button('Save rule', form()!).click();
    await until('it is sent', () => sent.length > 0);
    expect((sent[0]![1] as AlertRuleInput).schedule).to.deep.equal(schedule);
  });

  it('hazard: stored XSS: hostile words are shown as typed', async () => {
    for (const hostile of HOSTILE) {
      rules = [rule({ name: hostile, owner: hostile, value: hostile, field: hostile, title: hostile, text: hostile, labels: { a: hostile } })];
      await open();
      expect(words(root().querySelector('.name'))).to.equal(hostile.replaceAll(/\s+/g, ' '));
      root().querySelector<HTMLButtonElement>('#change-r1')!.click();
      await until('there is a form', () => form() !== null);
      expect([...root().querySelectorAll('script, img, iframe'), ...form()!.querySelectorAll('script, img, iframe')].length).to.equal(0);
      element.remove();
    }
  });
});
