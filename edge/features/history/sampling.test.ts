import { describe, expect, it } from 'vitest';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import { createFeeds } from '../../feeds/feeds.js';
import { specOf } from '../../feeds/spec.js';
import { entry, feedsRig, principal, recorder } from '../../feeds/test/fixture.js';
import type { SamplePoint, SeriesName } from '../../kernel/samples.js';
import { createLog } from '../../kernel/log.js';
import type { Sources } from '../../kernel/source.js';
import { createSampling } from './sampling.js';

/** What is kept of one fetch of this widget, of `data`. */
async function kept(data: unknown, more: Partial<CCMWidget>, params?: Record<string, unknown>): Promise<(SeriesName & SamplePoint)[]> {
  const points: (SeriesName & SamplePoint)[] = [];
  const { clock, bus } = feedsRig();
  const source = { fetch: () => Promise.resolve({ data }) };
  const feeds = createFeeds({
    sources: { module: source } as unknown as Sources, tenants: new Map([['acme', { id: 'acme', name: 'Acme', timeZone: 'UTC', currency: 'EUR' }]]),
    clock, bus, log: createLog({ level: 'silent' }), metrics: { feedFetch: () => undefined }, random: () => 0,
    taken: createSampling({ add: (series, point) => void points.push({ ...series, ...point }) }),
  });
  await feeds.read(specOf(entry(more), principal(), { ...(params && { params }) }));
  feeds.close();
  return points;
}

const gauge = { type: 'gauge', statConfig: undefined, gaugeConfig: { value: 'load.percentage', min: 0, max: 100 } } as Partial<CCMWidget>;

describe('of each answer is kept', () => {
  it('a stat\'s primary value', async () => {
    expect(await kept({ value: 7 }, {})).toEqual([{ tenant: 'acme', name: 'widget:sales:value', time: Date.UTC(2026, 0, 2, 3, 4, 5), value: 7 }]);
  });

  it('a gauge\'s value', async () => {
    expect(await kept({ load: { percentage: '12.5' } }, gauge)).toMatchObject([{ name: 'widget:sales:load.percentage', value: 12.5 }]);
  });

  it('the value as the transform and the data path leave it', async () => {
    const more: Partial<CCMWidget> = { dataPath: 'inner', statConfig: { primaryValue: 'sum.0' } };
    expect(await kept({ inner: { sum: [3] }, sum: [4] }, more)).toMatchObject([{ value: 3 }]);
  });

  it('nothing of one user\'s rows, of a viewer\'s own question, nor what is no number', async () => {
    expect(await kept({ value: 7 }, { scope: 'user' })).toEqual([]);
    expect(await kept({ value: 7 }, { params: { region: { type: 'string' } } }, { region: 'EU' })).toEqual([]);
    expect(await kept({ value: 7 }, { params: { region: { type: 'string' } } })).toHaveLength(1);
    for (const value of [null, 'x', true, [1], {}]) expect(await kept({ value }, {})).toEqual([]);
    expect(await kept(JSON.parse('{"__proto__":{"value":1}}'), {})).toEqual([]);
  });
});

it('a history that cannot be kept costs the feed nothing: it is answered, told and fetched again', async () => {
  const { clock, bus } = feedsRig();
  let value = 0;
  const source = { fetch: () => Promise.resolve({ data: { value: (value += 1) } }) };
  const lines: string[] = [];
  const feeds = createFeeds({
    sources: { module: source } as unknown as Sources, tenants: new Map([['acme', { id: 'acme', name: 'Acme', timeZone: 'UTC', currency: 'EUR' }]]),
    clock, bus, log: createLog({ destination: { write: (line) => void lines.push(line) } }), metrics: { feedFetch: () => undefined }, random: () => 0,
    taken: createSampling({
      add: () => {
        throw new Error('database disk image is malformed');
      },
    }),
  });
  const { events, listen } = recorder();
  feeds.watch(specOf(entry(), principal()), listen);
  await clock.advance(130_000);
  expect(events.map((event) => (event.kind === 'data' ? event.answer.dataJson : event.kind))).toEqual(['{"value":1}', '{"value":2}', '{"value":3}']);
  feeds.supply('acme', { widgets: ['sales'] }, { value: 9 }, { params: { sales: {} } });
  expect(events.at(-1)).toMatchObject({ kind: 'data', answer: { dataJson: '{"value":9}' } });
  expect(lines.join('')).toContain('the history of a feed could not be kept');
  feeds.close();
});
