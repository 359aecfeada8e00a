import { expect, fixture, html } from '@open-wc/testing';
import { http, HttpResponse } from 'msw';
import { createClient } from '../../sdk/client/create-client.js';
import type { Alert, AlertRule } from '../../sdk/contract/alert.js';
import type { CCMWidget } from '../../sdk/contract/widget.js';
import type { CcmAlertOpenEvent } from '../core/alert-event.js';
import { definition, HEALTH, HOSTILE, LOW_STOCK, LOW_STOCK_DATA, SALES, SALES_DATA } from '../core/test/samples.js';
import { EDGE, startStandIn, until, type StandIn } from '../core/test/stand-in-edge.js';
import { define } from '../tags.js';
import type { CcmWidget } from './ccm-widget.js';
import type { CcmWidgetAlerts } from './ccm-widget-alerts.js';

define();

const alert = (part: Partial<Alert> = {}): Alert => ({
  id: 'a1', widgetId: 'low-stock-alert', rule: 'empty', ruleId: 'r1', key: 'FUR-3', name: 'Chair 3', state: 'firing', severity: 'critical', value: 0, operator: '<', threshold: 5,
  since: new Date(Date.now() - 5 * 60_000).toISOString(), title: 'Chair 3: stock level 0 is below 5', labels: {}, ...part,
});

const ORDERS: CCMWidget = {
  id: 'orders', title: 'Orders', description: '', category: 'sales', size: 'medium', type: 'table', refreshInterval: 60, permissions: [], roles: [], dataSource: { type: 'static', data: [] },
  tableConfig: { columns: [{ key: 'customer' }, { key: 'total', format: { style: 'currency', currency: 'EUR' } }] },
} as unknown as CCMWidget;

describe('the alerts of a widget', () => {
  let edge: StandIn;
  let alerts: Alert[] = [];
  let rules: Partial<AlertRule>[] = [];
  let asked: string[] = [];
  let refuse: number | undefined;

  before(async () => {
    const act = async ({ request, params }: { request: Request; params: Record<string, unknown> }) => {
      const body = (await request.json().catch(() => ({}))) as { assignee?: string; text?: string };
      asked.push(`${new URL(request.url).pathname.replace('/api/v1', '')} ${JSON.stringify(body)}`);
      if (refuse !== undefined) return HttpResponse.json({ code: 'forbidden', detail: 'You may not.' }, { status: refuse });
      const found = alerts.find(({ id }) => id === params['id'])!;
      const now = {
        ack: { ...found, ack: { by: 'ann', at: new Date().toISOString() } }, assign: { ...found, assignee: body.assignee }, comment: { ...found, comments: (found.comments ?? 0) + 1 },
      }[String(params['what'])] as Alert;
      alerts = alerts.map((one) => (one.id === now.id ? now : one));
      return HttpResponse.json(now);
    };
    edge = await startStandIn({ 'low-stock-alert': definition(LOW_STOCK), 'system-health': definition(HEALTH), 'sales-summary': definition(SALES), orders: definition(ORDERS) }, [
      http.get(`${EDGE}/api/v1/alerts/rules`, () => HttpResponse.json({ items: rules })),
      http.get(`${EDGE}/api/v1/alerts`, () => {
        asked.push('list');
        return HttpResponse.json({ items: alerts, me: 'ann' });
      }),
      http.post(`${EDGE}/api/v1/alerts/:id/:what`, act),
      http.all(`${EDGE}/api/v1/stream*`, () => HttpResponse.json({ code: 'not_found', detail: 'Nothing is streamed here.' }, { status: 404 })),
    ]);
    edge.tell('low-stock-alert', { data: LOW_STOCK_DATA });
    edge.tell('system-health', { data: { health_score: 40 } });
    edge.tell('sales-summary', { data: SALES_DATA });
    edge.tell('orders', { data: Array.from({ length: 200 }, (_, index) => ({ id: `o${index}`, customer: `Customer ${index}`, total: index })) });
  });
  after(() => edge.close());
  beforeEach(() => {
    alerts = [];
    rules = [];
    edge.firing.clear();
    asked = [];
    refuse = undefined;
  });

  /** One session for each, so that none has another's list. */
  async function tag(id = 'low-stock-alert', token = `token-${Math.random()}`): Promise<CcmWidget> {
    for (const { widgetId, state } of alerts) if (widgetId && state === 'firing') edge.firing.add(widgetId);
    const element = await fixture<CcmWidget>(html`<ccm-widget widget=${id} edge=${EDGE} token=${token}></ccm-widget>`);
    await until('it is connected', () => element.live === 'ws');
    return element;
  }
  const badge = (element: CcmWidget) => element.shadowRoot!.querySelector<HTMLButtonElement>('.alert button');
  const panel = (element: CcmWidget) => element.shadowRoot!.querySelector<CcmWidgetAlerts>('ccm-widget-alerts')?.shadowRoot;
  const words = (root: ParentNode | null | undefined) => root?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
  const button = (element: CcmWidget, name: string) => [...(panel(element)?.querySelectorAll('button') ?? [])].find((one) => words(one) === name)!;
  async function opened(element: CcmWidget): Promise<void> {
    await until('it fires', () => badge(element) !== null);
    badge(element)!.focus();
    badge(element)!.click();
    await until('the panel is open', () => panel(element)?.querySelector(':popover-open') != null);
  }

  it('shows what fires: severity, limit, who has it; and marks its row', async () => {
    alerts = [alert({ ack: { by: 'bob', at: new Date().toISOString() } }), alert({ id: 'x', widgetId: 'another', severity: 'critical' }), alert({ id: 'p', state: 'pending', key: 'FUR-1' })];
    const element = await tag();
    await until('it fires', () => element.getAttribute('alert') === 'critical');
    await until('its row is marked', () => element.shadowRoot!.querySelector('ccm-list')?.shadowRoot?.querySelector('[data-alert]') != null);
    expect(words(badge(element))).to.contain('Critical').and.contain('0 < 5').and.contain('5 min').and.contain('bob');
    expect(words(badge(element)!.querySelector('.visually-hidden'))).to.equal('Critical: Chair 3 0, below 5, 5 min ago, Acknowledged by bob');
    const rows = [...element.shadowRoot!.querySelector('ccm-list')!.shadowRoot!.querySelectorAll<HTMLElement>('li')].map(({ dataset }) => [dataset['key'], dataset['alert']]);
    expect(rows).to.deep.equal([['FUR-3', 'critical'], ['FUR-1', undefined], ['FUR-2', undefined]]);
    await expect(element).to.be.accessible();
  });

  it('leads with the name of the row, and writes as the widget does; what began a moment ago is “just now”', async () => {
    rules = [{ id: 'r1', widgetId: 'orders', name: 'total > 5', field: 'total' }];
    alerts = [alert({ widgetId: 'orders', key: 'o2', name: 'Customer 2', value: 9, operator: '>', since: new Date().toISOString() })];
    const element = await tag('orders');
    await until('it has its unit', () => words(badge(element)?.querySelector('.limit')) === 'Customer 2 €9.00 > €5.00');
    expect(badge(element)!.title).to.equal('Critical: Customer 2 €9.00, above €5.00, just now');
    await expect(element).to.be.accessible();
  });

  it('marks rows of a table wherever they stand: sorted, scrolled away and back, and no more when it is over', async () => {
    alerts = [alert({ widgetId: 'orders', key: 'o2' }), alert({ id: 'a2', widgetId: 'orders', key: 'o199', severity: 'warning' })];
    const element = await tag('orders');
    element.style.blockSize = '320px';
    const table = () => element.shadowRoot!.querySelector('ccm-table')!.shadowRoot!;
    const marked = () => [...table().querySelectorAll<HTMLElement>('.row[data-alert]:not([hidden])')].map((row) => [words(row.querySelector('.cell')), row.dataset['alert'], row.getAttribute('aria-description')]);
    await until('it is marked', () => element.shadowRoot!.querySelector('ccm-table') !== null && marked().length === 1);
    expect(marked()).to.deep.equal([['Customer 2', 'critical', 'Critical']]);
    expect(getComputedStyle(table().querySelector('.row[data-alert] .cell')!, '::before').clipPath, 'by more than its colour').to.contain('polygon');
    const scroller = table().querySelector('.scroller')!;
    scroller.scrollTop = scroller.scrollHeight;
    await until('the last is marked', () => JSON.stringify(marked()) === JSON.stringify([['Customer 199', 'warning', 'Warning']]));
    scroller.scrollTop = 0;
    await until('the first is again', () => marked()[0]?.[0] === 'Customer 2');
    table().querySelectorAll<HTMLButtonElement>('.head button')[1]!.click();
    table().querySelectorAll<HTMLButtonElement>('.head button')[1]!.click();
    await until('it is sorted', () => JSON.stringify(marked()) === JSON.stringify([['Customer 199', 'warning', 'Warning']]));
    await expect(element).to.be.accessible();
    edge.send({ alert: alert({ id: 'a2', widgetId: 'orders', key: 'o199', state: 'resolved' }) });
    await until('it is over', () => marked().length === 0);
  });

  it('follows what is pushed, down to nothing', async () => {
    const element = await tag();
    alerts = [alert({ severity: 'warning' })];
    edge.send({ alert: alerts[0]! });
    await until('it fires', () => element.getAttribute('alert') === 'warning');
    edge.send({ alert: alert({ severity: 'warning', state: 'recovering' }) });
    edge.send({ alert: alert({ id: 'a2', key: 'FUR-1', name: 'Chair 1' }) });
    await until('two fire', () => words(badge(element)).includes('1 critical, 1 warning'));
    for (const id of ['a1', 'a2']) edge.send({ alert: alert({ id, state: 'resolved' }) });
    await until('none fires', () => !element.hasAttribute('alert'));
    expect(badge(element)).to.equal(null);
    expect(element.shadowRoot!.querySelector('ccm-list')!.shadowRoot!.querySelector('[data-alert]')).to.equal(null);
  });

  it('leaves a card that never fires as it is, and asks for nothing', async () => {
    const token = `token-${Math.random()}`;
    const element = await tag('low-stock-alert', token);
    await tag('system-health', token);
    await fixture(html`<ccm-widget .config=${SALES} .data=${SALES_DATA}></ccm-widget>`);
    await until('it is drawn and live', () => element.state === 'fresh' && element.live === 'ws' && element.shadowRoot!.querySelector('.dot.ws') !== null && element.shadowRoot!.querySelector('ccm-list') !== null);
    const sheets = element.shadowRoot!.adoptedStyleSheets.length;
    const drawn = element.shadowRoot!.innerHTML;
    edge.send({ alert: alert({ id: 'x', widgetId: 'another' }) });
    edge.send({ alert: alert({ id: 'y', state: 'pending' }) });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(asked).to.deep.equal([]);
    expect(element.shadowRoot!.adoptedStyleSheets).to.have.length(sheets);
    expect(element.shadowRoot!.innerHTML).to.equal(drawn);
  });

  it('asks once for all widgets of a page that fire', async () => {
    alerts = [alert(), alert({ id: 'h', widgetId: 'system-health' })];
    const token = `token-${Math.random()}`;
    const all = [await tag('low-stock-alert', token), await tag('system-health', token), await tag('sales-summary', token)];
    await until('they fire', () => all.filter((element) => element.hasAttribute('alert')).length === 2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(asked).to.deep.equal(['list']);
  });

  it('says politely of a warning that is the first of its page', async () => {
    const element = await tag('system-health');
    alerts = [alert({ id: 'w', widgetId: 'system-health', severity: 'warning', title: 'Health fell', firedAt: new Date().toISOString() })];
    edge.send({ alert: alerts[0]! });
    await until('it is said', () => words(element.shadowRoot!.querySelector('.visually-hidden[role=status]')) === 'Warning: Health fell');
  });

  it('asks where nothing is pushed', async () => {
    alerts = [alert()];
    const client = createClient({ edge: EDGE, token: 'token', WebSocket: null });
    const provider = await fixture(html`<ccm-provider .client=${client}><ccm-widget widget="low-stock-alert"></ccm-widget></ccm-provider>`);
    const element = provider.querySelector('ccm-widget')!;
    await until('it fires', () => element.getAttribute('alert') === 'critical');
    expect(element.live).to.equal('poll');
    client.close();
  });

  it('says a critical once, at once, and others politely', async () => {
    alerts = [alert(), alert({ id: 'w', widgetId: 'system-health', severity: 'warning', title: 'Health is low' })];
    const token = `token-${Math.random()}`;
    const all = [await tag('low-stock-alert', token), await tag('low-stock-alert', token), await tag('system-health', token)];
    const said = (role: string) => all.map((element) => words(element.shadowRoot!.querySelector(`.visually-hidden[role=${role}]`))).filter(Boolean);
    await until('it is said', () => said('alert').length > 0 && all[2]!.hasAttribute('alert'));
    edge.send({ alert: alert({ id: 'w2', widgetId: 'system-health', severity: 'warning', title: 'Health fell' }) });
    await until('news are said', () => said('status').length > 0);
    expect(said('alert')).to.deep.equal(['Critical: Chair 3: stock level 0 is below 5']);
    expect(said('status')).to.deep.equal(['Warning: Health fell']);
  });

  it('is quiet where the page has the alert centre', async () => {
    const centre = document.createElement('ccm-alerts');
    document.body.append(centre);
    alerts = [alert()];
    const element = await tag();
    await until('it fires', () => element.hasAttribute('alert'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(words(element.shadowRoot!.querySelector('.visually-hidden[role=alert]'))).to.equal('');
    centre.remove();
  });

  it('opens what there is to know and to do; Escape gives the focus back', async () => {
    alerts = [alert({ text: 'Order more.', runbook: '/runbooks/stock', assignee: 'bob' })];
    const element = await tag();
    await opened(element);
    expect(words(panel(element))).to.contain('Chair 3: stock level 0 is below 5').and.contain('0, below 5').and.contain('Order more.').and.contain('Assigned to bob');
    expect(panel(element)!.querySelector('a')!.getAttribute('href')).to.equal(new URL('/runbooks/stock', location.href).href);
    await expect(panel(element)!.host).to.be.accessible();
    expect((panel(element)!.activeElement as HTMLElement).textContent).to.equal('Acknowledge');
    panel(element)!.querySelector<HTMLElement>('.floating')!.hidePopover();
    await until('it is closed', () => panel(element) === undefined);
    expect(element.shadowRoot!.activeElement).to.equal(badge(element));
    expect(badge(element)!.getAttribute('aria-expanded')).to.equal('false');
  });

  it('acknowledges, takes over, comments, and tells the page', async () => {
    alerts = [alert()];
    const element = await tag();
    await opened(element);
    let acked: Alert | undefined;
    element.addEventListener('ccm-alert-ack', (event) => (acked = event.detail.alert));
    button(element, 'Acknowledge').click();
    await until('it is shown', () => words(panel(element)).includes('Acknowledged by ann') && words(badge(element)).includes('ann'));
    expect(acked?.ack?.by).to.equal('ann');
    button(element, 'Assign to me').click();
    await until('it is shown', () => words(panel(element)).includes('Assigned to ann'));
    button(element, 'Comment').click();
    await until('there is a field', () => panel(element)!.querySelector('textarea') === panel(element)!.activeElement && panel(element)!.activeElement !== null);
    button(element, 'Comment').click();
    await until('it is asked for', () => words(panel(element)!.querySelector('[role=alert]')) === 'Write a comment first.');
    panel(element)!.querySelector('textarea')!.value = 'On my way';
    button(element, 'Comment').click();
    await until('it is counted', () => words(panel(element)).includes('1 comment'));
    expect(asked.slice(1)).to.deep.equal(['/alerts/a1/ack {}', '/alerts/a1/assign {"assignee":"ann"}', '/alerts/a1/comment {"text":"On my way"}']);
    let wanted: CcmAlertOpenEvent | undefined;
    document.addEventListener('ccm-alert-open', (event) => (wanted = event), { once: true });
    button(element, 'Open alerts').click();
    expect(wanted?.detail.alert.id).to.equal('a1');
    const centred: string[] = [];
    const centre = Object.assign(document.createElement('div'), { open: (id: string) => centred.push(id) });
    const { querySelector } = document;
    document.querySelector = ((tag: string) => (tag === 'ccm-alerts' ? centre : querySelector.call(document, tag))) as typeof querySelector;
    badge(element)!.click();
    await until('it is open', () => panel(element)?.querySelector(':popover-open') != null);
    button(element, 'Open alerts').click();
    document.querySelector = querySelector;
    expect(centred, 'by the page’s own centre').to.deep.equal(['a1']);
  });

  it('says that somebody may not', async () => {
    alerts = [alert()];
    refuse = 403;
    const element = await tag();
    await opened(element);
    button(element, 'Acknowledge').click();
    await until('it is said', () => words(panel(element)!.querySelector('[role=alert]')) === 'You may not do this. Ask an administrator.');
    expect(words(panel(element))).not.to.contain('Acknowledged');
  });

  it('lists several, the gravest first, each with its details', async () => {
    alerts = Array.from({ length: 12 }, (_, index) => alert({ id: `m${index}`, key: `FUR-${index}`, name: `Chair ${index}`, title: `Chair ${index} is low`, severity: index === 7 ? 'critical' : 'warning', value: index }));
    const element = await tag();
    await opened(element);
    const rows = () => [...panel(element)!.querySelectorAll<HTMLButtonElement>('.row')];
    expect(rows().length).to.equal(8);
    expect(words(rows()[0]!)).to.contain('Critical: Chair 7, 7, below 5').and.contain('7 < 5');
    expect(words(panel(element))).to.contain('12 alerts').and.contain('and 4 more');
    rows()[0]!.click();
    await until('its details are there', () => words(panel(element)!.querySelector('h3')) === 'Chair 7 is low');
    edge.send({ alert: { ...alerts[7]!, state: 'resolved' } });
    await until('the list is back', () => words(panel(element)!.querySelector('h3')) === '11 alerts');
  });

  it('hazard: alert stored XSS: hostile words are shown as typed, and no script is a runbook', async () => {
    for (const hostile of HOSTILE) {
      alerts = [alert({ name: hostile, title: hostile, text: hostile, runbook: 'javascript:alert(1)', value: hostile, threshold: { deep: [hostile] }, assignee: hostile, ack: { by: hostile, at: 'never', comment: hostile } })];
      const element = await tag();
      await opened(element);
      expect(words(panel(element)!.querySelector('h3'))).to.equal(hostile.replaceAll(/\s+/g, ' '));
      expect(panel(element)!.querySelectorAll('script, img, iframe, a').length).to.equal(0);
      expect(words(panel(element))).not.to.match(/NaN|undefined|\[object|Invalid/);
      panel(element)!.querySelector<HTMLElement>('.floating')!.hidePopover();
      element.remove();
    }
  });
});
