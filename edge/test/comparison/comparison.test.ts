/** The same series, the same rules, the same receiver: a real Prometheus with its Alertmanager beside a whole edge. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertEvent } from '../../../sdk/contract/alert.js';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import type { Edge } from '../../compose.js';
import { until } from '../../drivers/redis/test/server.js';
import { tokenOf, wholeEdge } from '../whole-edge.js';
import { firingsOfEngine } from './engine.js';
import { startExporter, type Exporter, type Tick } from './exporter.js';
import { noPrometheus, startPrometheusPair, type Firings } from './prometheus.js';
import { startReceiver, type Receiver } from './receiver.js';
import { INTERVAL, ROW_RULE, SERIES, SUM_RULE } from './series.js';

const SECRET = 'Qm7-feed_4Tz9Lw2Xc6Vb1Nd8Ks3Jf5Gp0';
/** Calls of the receiver that fail before it takes one. */
const FAILING = 3;
/** Ticks that an alert has to fire to be sure to be told before it is over. */
const LONG = 6;

const common = { type: 'stat', size: 'small', refreshInterval: 10, statConfig: { primaryValue: 'stays-high' }, permissions: [], roles: [] } satisfies Partial<CCMWidget>;
const alerts = (conditions: NonNullable<CCMWidget['alerts']>['conditions']): CCMWidget['alerts'] => ({ enabled: true, conditions, notifications: ['webhook'], cooldown: 0 });
const WIDGETS: CCMWidget[] = [
  {
    ...common, id: 'series', title: 'Series', dataSource: { type: 'push', channel: 'series' },
    alerts: alerts(SERIES.map(({ name, rule }) => ({ ...rule, name, field: name, severity: 'warning' }))),
  },
  {
    ...common, id: 'rows', title: 'Rows', type: 'list', listConfig: { itemTemplate: { title: 'id' }, itemKey: 'id' }, dataSource: { type: 'push', channel: 'rows' },
    alerts: alerts([ROW_RULE, SUM_RULE].map((rule) => ({ ...rule, field: 'value', severity: 'warning' }))),
  },
];

/** Of an alert of ours, and of theirs, the same. */
const nameOf = (rule: string, key: string): string => [rule, key].filter(Boolean).join(' ');

describe.skipIf(noPrometheus)('beside a real Prometheus and Alertmanager (needs prometheus, prometheus-alertmanager)', () => {
  let exporter: Exporter;
  let receivers: { ours: Receiver; theirs: Receiver };
  let edge: Edge;
  let theirs: Firings;
  let ours: Firings;

  const send = async (channel: string, data: unknown): Promise<void> => {
    const response = await edge.app.request(`/api/v1/ingest/${channel}`, {
      method: 'POST', body: JSON.stringify({ data }), headers: { 'authorization': `Bearer ${SECRET}`, 'content-type': 'application/json' },
    });
    if (response.status !== 202) throw new Error(`the edge did not take it: ${response.status} ${await response.text()}`);
  };

  beforeAll(async () => {
    receivers = { ours: await startReceiver(FAILING), theirs: await startReceiver(FAILING) };
    edge = await wholeEdge({
      module: 'http://127.0.0.1:1',
      settings: {
        modules: {}, connectors: {}, presets: {}, widgets: WIDGETS,
        ingest: Object.fromEntries(['series', 'rows'].map((channel) => [channel, { secret: { env: 'FEED_SECRET' }, tenant: 'acme' }])),
        notifiers: { desk: { type: 'alertmanager', url: receivers.ours.url.href } },
        alerts: { routes: [{ notifiers: ['desk'], groupBy: ['rule', 'key'], groupWait: '1s', groupInterval: '1s' }] },
      },
      env: { FEED_SECRET: SECRET },
    });
    const sent: Promise<void>[] = [];
    exporter = await startExporter(({ readings, rows }: Tick) => void sent.push(send('series', readings), send('rows', rows)));
    const pair = await startPrometheusPair(exporter.target, receivers.theirs.url);
    try {
      exporter.begin();
      await exporter.done;
      await Promise.all(sent);
      theirs = await pair.firings(exporter.ticks[0]!.at, Date.now());
      ours = await firingsOf(edge, exporter.ticks[0]!.at - 1_000);
      const isTold = () => stillToTell(receivers.ours.told, ours).length === 0 && stillToTell(receivers.theirs.told, theirs).length === 0;
      // Where it is not, the tests say of what.
      await until('both are told', isTold, 20_000).catch(() => undefined);
    } finally {
      await pair.close();
    }
  }, 110_000);
  afterAll(async () => {
    await edge.close();
    await Promise.all([exporter, receivers.ours, receivers.theirs].map((open) => open.close()));
  });

  it.each(['engine', 'edge'] as const)('the same alerts fire, as often (%s)', (whose) => {
    const own = whose === 'edge' ? ours : firingsOfEngine(exporter.ticks);
    expect(countsOf(own)).toEqual(countsOf(theirs));
    expect([...own.keys()]).toEqual(expect.arrayContaining(['level-shift', 'gap-kept', 'recovers-lower', 'row lamps', 'sum-of-rows']));
    for (const silent of ['spike-too-short', 'flapping-below-its-wait', 'at-the-threshold', 'row chairs']) expect([...own.keys()]).not.toContain(silent);
  });

  it.each(['engine', 'edge'] as const)('they fire and end at the same time, to one interval (%s)', (whose) => {
    const own = whose === 'edge' ? ours : firingsOfEngine(exporter.ticks);
    /** The reading that was the last one then. */
    const tickOf = (time: number): number => exporter.ticks.findLastIndex(({ at }) => at <= time);
    const far = [...theirs].flatMap(([name, firings]) => firings.map((firing, index) => ({ name, firing, same: own.get(name)?.[index] })))
      .filter(({ firing, same }) => same === undefined || (firing.until === undefined) !== (same.until === undefined)
        || Math.abs(tickOf(same.from) - tickOf(firing.from)) > 1 || Math.abs(tickOf(same.until ?? 0) - tickOf(firing.until ?? 0)) > 1);
    expect(far.map((one) => JSON.stringify(one, (_, value: unknown) => (typeof value === 'number' ? tickOf(value) : value)))).toEqual([]);
  });

  it.each(['ours', 'theirs'] as const)('a receiver whose first calls fail is told all of it (%s)', (whose) => {
    const { calls, told } = receivers[whose];
    expect(calls).toBeGreaterThan(FAILING);
    expect(stillToTell(told, whose === 'ours' ? ours : theirs)).toEqual([]);
  });

  it('tells nobody of an alert twice at once, nor of what did not fire', () => {
    const begun = receivers.ours.told.filter(({ status }) => status === 'firing').map(({ labels, startsAt }) => `${told(labels)} ${startsAt}`);
    expect(begun.toSorted()).toEqual([...new Set(begun)].toSorted());
    expect(new Set(receivers.ours.told.map(({ labels }) => told(labels)))).toEqual(new Set(ours.keys()));
  });
});

/** The name of a told alert: Alertmanager's own label, or ours. */
function told(labels: Record<string, string>): string {
  return nameOf(labels['alertname'] ?? '', labels['id'] ?? labels['key'] ?? '');
}

/** What a receiver was not told yet: each firing that was long enough, and in the end what is so now. */
function stillToTell(of: Receiver['told'], firings: Firings): string[] {
  return [...firings].flatMap(([name, spans]) => {
    const messages = of.filter(({ labels }) => told(labels) === name);
    const long = spans.filter(({ from, until: to }) => (to ?? Number.POSITIVE_INFINITY) - from >= LONG * INTERVAL);
    const missing = long.filter(({ from }) => !messages.some(({ startsAt }) => Math.abs(Date.parse(startsAt) - from) <= INTERVAL / 2)).map(({ from }) => `${name} since ${from}`);
    const now = spans.at(-1)?.until === undefined ? 'firing' : 'resolved';
    return messages.at(-1)?.status === now ? missing : [...missing, `${name} is ${now}`];
  });
}

function countsOf(firings: Firings): Record<string, number> {
  return Object.fromEntries([...firings].map(([name, spans]) => [name, spans.length]));
}

/** By the history of the edge. */
async function firingsOf(edge: Edge, from: number): Promise<Firings> {
  const authorization = `Bearer ${await tokenOf()}`;
  const events: AlertEvent[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ from: new Date(from).toISOString(), limit: '100', ...(cursor !== undefined && { cursor }) });
    const response = await edge.app.request(`/api/v1/alerts/history?${query}`, { headers: { authorization } });
    const page = (await response.json()) as { items: AlertEvent[]; cursor?: string };
    events.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);

  const firings = new Map<string, { from: number; until?: number }[]>();
  for (const { what, at, rule, key } of events.toReversed()) {
    const spans = firings.get(nameOf(rule, key)) ?? [];
    const last = spans.at(-1);
    // What was about to recover and did not fires on.
    const isOver = last === undefined || last.until !== undefined;
    if (what === 'fired' && isOver) firings.set(nameOf(rule, key), [...spans, { from: Date.parse(at) }]);
    if (what === 'resolved' && last !== undefined) last.until = Date.parse(at);
  }
  return firings;
}
