import { describe, expect, it } from 'vitest';
import type { Alert } from '../contract/alert.js';
import { clientOf, look, startEdge } from '../live/test/page.js';
import { tokenOf } from '../live/test/stand-in-edge.js';
import { until } from '../live/test/until.js';

const alert = (id = 'a1'): Alert => ({
  id, widgetId: 'a', rule: 'low', ruleId: 'r1', key: '', name: 'A', state: 'firing', severity: 'critical', value: 1, threshold: 5, since: '2026-01-02T03:04:05.000Z',
  title: '<b>Low</b>', labels: {},
});

describe('alerts', () => {
  it('are read and dealt with by one request each', async () => {
    const edge = await startEdge();
    edge.other = ({ path }, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(path === '/api/v1/alerts' ? { items: [alert()], me: 'u1' } : alert()));
    const { alerts } = clientOf(edge);
    expect(await alerts.list({ state: 'firing', severity: 'critical', widget: 'a', limit: 5 })).toEqual({ items: [alert()], me: 'u1' });
    await alerts.list();
    await alerts.history({ alert: 'a/1', from: '2026-01-02T00:00:00Z' });
    expect(await alerts.ack('a/1', 'On it')).toEqual(alert());
    await alerts.ack('a1');
    await alerts.assign('a1', null);
    await alerts.comment('a1', 'Hello');
    await alerts.notifications();
    await alerts.setNotifications({ addresses: [{ type: 'email', to: 'ada@example.com' }] });
    expect(edge.requests.map(({ method, path, query, body }) => [method, path.replace('/api/v1', ''), query.toString(), body])).toEqual([
      ['GET', '/alerts', 'state=firing&severity=critical&widget=a&limit=5', undefined],
      ['GET', '/alerts', '', undefined],
      ['GET', '/alerts/history', 'alert=a%2F1&from=2026-01-02T00%3A00%3A00Z', undefined],
      ['POST', '/alerts/a%2F1/ack', '', { comment: 'On it' }],
      ['POST', '/alerts/a1/ack', '', {}],
      ['POST', '/alerts/a1/assign', '', { assignee: null }],
      ['POST', '/alerts/a1/comment', '', { text: 'Hello' }],
      ['GET', '/me/notifications', '', undefined],
      ['PUT', '/me/notifications', '', { addresses: [{ type: 'email', to: 'ada@example.com' }] }],
    ]);
  });

  it.each(['ws', 'sse'] as const)('are told over %s to who listens for nothing else, until they do no more', async (carrier) => {
    const edge = await startEdge();
    edge.refuseSockets = carrier === 'sse';
    const client = clientOf(edge);
    const told: Alert[] = [];
    const off = client.onAlert((news) => told.push(news));
    await until('live', () => client.connection.carrier === carrier && edge.peers.size === 1);
    edge.tell({ alert: alert() });
    await until('told', () => told.length === 1);
    expect(told).toEqual([alert()]);
    expect(edge.batches()).toEqual([]);
    off();
    await until('at rest', () => client.connection.carrier === 'off' && edge.peers.size === 0);
  });

  it('are told of a widget by the edge when it is subscribed to, and when one fires; to who asks later at once', async () => {
    const edge = await startEdge();
    for (const id of ['a', 'b', 'c']) edge.add(id, 1);
    edge.firing.add('b');
    const client = clientOf(edge);
    const told: string[] = [];
    const listen = (id: string, as = id) => client.onFiring(id, () => told.push(as));
    const offs = ['a', 'b', 'c'].map((id) => listen(id));
    for (const id of ['a', 'b', 'c']) look(client, id);
    await until('b fires', () => told.length === 1);
    edge.tell({ alert: { ...alert(), state: 'pending' } });
    edge.tell({ alert: alert() });
    await until('a fires', () => told.length === 2);
    listen('b', 'later');
    listen('c', 'later');
    expect(told).toEqual(['b', 'a', 'later']);
    for (const off of offs) off();
    edge.tell({ alert: { ...alert(), widgetId: 'b' } });
    await until('it is told again', () => told.length === 4);
    expect(told[3]).toBe('later');
    client.setToken(tokenOf({ sub: 'u2' }));
    expect(listen('b', 'after')).toBeTypeOf('function');
    expect(told).toHaveLength(4);
  });

  it('go on over SSE while widgets come and go', async () => {
    const edge = await startEdge();
    edge.refuseSockets = true;
    edge.add('a', 1);
    const client = clientOf(edge);
    const told: string[] = [];
    client.onAlert(({ id }) => told.push(id));
    await until('live without widgets', () => edge.peers.size === 1);
    const a = look(client, 'a');
    await until('live with one', () => edge.peers.size === 1 && [...edge.peers].some(({ wanted }) => wanted.size === 1));
    edge.set('a', 2);
    edge.tell({ alert: alert('beside') });
    await until('both', () => a.data() === 2 && told.length === 1);
    a.off();
    await until('live without again', () => edge.peers.size === 1 && [...edge.peers].every(({ wanted }) => wanted.size === 0));
    edge.tell({ alert: alert('after') });
    await until('told again', () => told.length === 2);
    expect(told).toEqual(['beside', 'after']);
  });

  it('are told over SSE though the only widget may not be seen', async () => {
    const edge = await startEdge();
    edge.refuseSockets = true;
    edge.add('a', 1, { refused: true });
    const client = clientOf(edge);
    const told: string[] = [];
    look(client, 'a');
    client.onAlert(({ id }) => told.push(id));
    await until('live', () => edge.peers.size === 1);
    edge.tell({ alert: alert() });
    await until('told', () => told.length === 1);
    expect(edge.requests.find(({ path }) => path === '/api/v1/stream')?.query.has('widgets')).toBe(false);
  });
});
