/** Alerts on the push: to whom, on both carriers, without a subscription. HAZARDS 2 and 4: another tenant, another user, rights that were lost. */
import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Alert } from '../../../sdk/contract/alert.js';
import { entry, principal } from '../../feeds/test/fixture.js';
import { settle } from '../../feeds/test/fake-clock.js';
import { ALERTS } from '../../kernel/alerts.js';
import { Frame } from './frame.js';
import { openPage, pushRig, until, type Page, type PushRig, type Received } from './test/rig.js';

const XSS = '<script>alert(1)</script>\u2028\n\ndata: {"forged":true}\n\n';
const alert = (more: Partial<Alert> = {}): Alert => ({
  id: 'a1', widgetId: 'sales', rule: 'low', ruleId: 'r1', key: '', name: 'Sales', state: 'firing', severity: 'critical', value: 3, threshold: 5,
  since: '2026-01-02T03:04:05.000Z', title: XSS, labels: {}, ...more,
});

let rig: PushRig;
afterEach(() => rig.close());

/** A page that watches nothing, once the edge knows it. */
async function page(token: string): Promise<Page> {
  const opened = await openPage(rig, token);
  opened.send({ action: 'ping' });
  await opened.frame('the pong', ({ action }) => action === 'pong');
  return opened;
}

const alertsOf = ({ frames }: { frames: Received[] }): unknown[] => frames.filter((frame) => 'alert' in frame).map((frame) => (frame as unknown as { alert: Alert }).alert.id);
const tell = (more: Partial<Alert> = {}, user?: string, tenant = 'acme') => rig.bus.publish(ALERTS, { tenant, ...(user !== undefined && { user }), alert: alert(more) });

/** What was told before the pong has come by then. */
async function heard(...pages: Page[]): Promise<unknown[][]> {
  await settle();
  for (const one of pages) {
    const pongs = one.frames.filter(({ action }) => action === 'pong').length;
    one.send({ action: 'ping' });
    await until('the pong', () => one.frames.filter(({ action }) => action === 'pong').length > pongs);
  }
  return pages.map(alertsOf);
}

describe('an alert', () => {
  it('goes to every page whose user may see its widget, though it watches nothing, and to no other tenant', async () => {
    rig = await pushRig([entry()]);
    rig.tokens.set('vic', principal('acme', 'vic', { permissions: [] }));
    const pages = await Promise.all(['ann', 'ann', 'bob', 'vic', 'gus'].map(page));
    tell();
    expect(await heard(...pages)).toEqual([['a1'], ['a1'], ['a1'], [], []]);
    expect(pages[0]?.frames.find((frame) => 'alert' in frame)).toEqual({ alert: alert() });
  });

  it('of one user goes to that user alone, and only while they may see the widget', async () => {
    rig = await pushRig([entry()]);
    rig.tokens.set('vic', principal('acme', 'vic', { permissions: [] }));
    const pages = await Promise.all(['ann', 'bob', 'vic', 'gus'].map(page));
    tell({ id: 'anns' }, 'ann');
    tell({ id: 'vics' }, 'vic');
    // Of the same name, and of another tenant.
    tell({ id: 'other' }, 'ann', 'globex');
    expect(await heard(...pages)).toEqual([['anns'], [], [], []]);
  });

  it('of no widget, or of one that is gone, goes to who holds alerts.view', async () => {
    rig = await pushRig([entry()]);
    rig.tokens.set('desk', principal('acme', 'desk', { permissions: ['alerts.view'] }));
    const pages = await Promise.all(['ann', 'desk'].map(page));
    const { widgetId: _, ...outside } = alert({ id: 'outside' });
    rig.bus.publish(ALERTS, { tenant: 'acme', alert: outside });
    tell({ id: 'gone', widgetId: 'removed' });
    tell({ id: 'sales' });
    expect(await heard(...pages)).toEqual([['sales'], ['outside', 'gone']]);
  });

  it('is told by the definition and the token that are, not those that were', async () => {
    rig = await pushRig([entry()]);
    const [ann, bob] = [await page('ann'), await page('bob')];
    rig.define('acme', entry({ permissions: ['sales.secret'] }, 'v2'));
    tell({ id: 'hidden' });
    rig.tokens.set('bob2', principal('acme', 'bob', { permissions: ['sales.*'] }));
    bob.send({ action: 'auth', token: 'bob2' });
    await heard(bob);
    tell({ id: 'shown' });
    expect(await heard(ann, bob)).toEqual([[], ['shown']]);
  });

  it('comes in the order of its states', async () => {
    rig = await pushRig([entry()]);
    const ann = await page('ann');
    const ids = Array.from({ length: 200 }, (_, index) => `n${index}`);
    for (const id of ids) tell({ id });
    expect(await heard(ann)).toEqual([ids]);
  });

  it('is built once for all pages', async () => {
    rig = await pushRig([entry()]);
    const pages = await Promise.all(Array.from({ length: 10 }, () => page('ann')));
    const built = vi.spyOn(Frame.prototype, 'message', 'get');
    const stringified = vi.spyOn(JSON, 'stringify');
    tell();
    await until('all have it', () => pages.every((one) => alertsOf(one).length === 1));
    expect(new Set(built.mock.results.map(({ value }) => value as unknown)).size).toBe(1);
    expect(stringified.mock.calls.filter(([value]) => typeof value === 'object' && value !== null && 'alert' in value)).toHaveLength(1);
    vi.restoreAllMocks();
  });

  it('goes to nobody whose token was revoked', async () => {
    rig = await pushRig([entry()]);
    const ann = await page('ann');
    rig.revoke(({ subject }) => subject === 'ann');
    tell();
    expect(await ann.closed()).toBe(4401);
    expect(alertsOf(ann)).toEqual([]);
  });
});

describe('an event stream', () => {
  const open = async (query: string): Promise<{ status: number | undefined; frames: () => Received[] }> => {
    const { ticket } = (await (await fetch(`${rig.url}/api/v1/stream/tickets`, { method: 'POST', headers: { authorization: 'Bearer ann' } })).json()) as { ticket: string };
    return new Promise((resolve, reject) => {
      httpRequest(`${rig.url}/api/v1/stream?ticket=${ticket}${query}`, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part)).on('error', () => undefined);
        resolve({ status: response.statusCode, frames: () => text.split('\n\n').filter((event) => event.startsWith('data: ')).map((event) => JSON.parse(event.slice(6)) as Received) });
      }).on('error', reject).end();
    });
  };

  it('of no widget brings alerts too, each as one event', async () => {
    rig = await pushRig([entry()]);
    const stream = await open('');
    expect(stream.status).toBe(200);
    tell();
    tell({ id: 'bobs' }, 'bob');
    rig.define('acme', entry({ title: 'Other' }, 'v2'));
    await until('the change', () => stream.frames().length === 2);
    expect(stream.frames()).toEqual([{ alert: alert() }, { action: 'changed', widgets: ['sales'] }]);
  });

  it('of widgets brings them beside their answers', async () => {
    rig = await pushRig([entry()]);
    const stream = await open('&widgets=sales');
    await until('the answer', () => stream.frames().length === 2);
    tell();
    await until('the alert', () => stream.frames().length === 3);
    expect(stream.frames()[2]).toEqual({ alert: alert() });
  });
});
