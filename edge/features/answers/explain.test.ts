import { describe, expect, it } from 'vitest';
import type { WidgetExplanation } from '../../../sdk/contract/explanation.js';
import { entry, principal } from '../../feeds/test/fixture.js';
import { createAccess } from '../../gate/access.js';
import type { Connectors } from '../../kernel/connectors.js';
import type { FeedFacts, FeedSpec } from '../../kernel/feed.js';
import { ProblemError } from '../../kernel/problems.js';
import { explanationOf } from './explain.js';
import { answersRig } from './test/rig.js';

const sales = entry({ params: { region: { type: 'string' } } });

async function explained(rig: ReturnType<typeof answersRig>, path = '/widgets/sales/explain', token = 'ann'): Promise<WidgetExplanation> {
  const response = await rig.get(path, token);
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  return (await response.json()) as WidgetExplanation;
}

describe('GET /widgets/:id/explain', () => {
  it('asks no source, and says so where nothing is known yet', async () => {
    const rig = answersRig([sales]);
    expect(await explained(rig)).toEqual({ source: { type: 'module' }, interval: 60, watchers: 0 });
    expect(rig.calls).toEqual([]);
  });

  it('says when the data came, when it was last checked, and how long the source took', async () => {
    const rig = answersRig([sales], async () => {
      await rig.clock.advance(120);
      return { value: 1 };
    });
    await rig.get('/widgets/sales/data');
    expect(await explained(rig)).toMatchObject({ fetchedAt: '2026-01-02T03:04:05.120Z', checkedAt: '2026-01-02T03:04:05.120Z', ms: 120 });
    await rig.clock.advance(70_000);
    await rig.get('/widgets/sales/data');
    expect(await explained(rig)).toMatchObject({ fetchedAt: '2026-01-02T03:04:05.120Z', checkedAt: '2026-01-02T03:05:15.240Z' });
  });

  it('says why the last try failed, until one succeeds', async () => {
    const rig = answersRig([sales], () => {
      throw new ProblemError('upstream_timeout', 'No answer in 30 s.');
    });
    await rig.get('/widgets/sales/data');
    expect((await explained(rig)).error).toEqual({ code: 'upstream_timeout', detail: 'No answer in 30 s.' });
    rig.answer(() => ({ value: 1 }));
    await rig.clock.advance(10_000);
    await rig.get('/widgets/sales/data');
    expect(await explained(rig)).not.toHaveProperty('error');
  });

  it('says when the source is asked again, and how often, while somebody watches', async () => {
    const rig = answersRig([sales]);
    let spec: FeedSpec | undefined;
    const { read } = rig.feeds;
    rig.feeds.read = (asked) => read((spec = asked));
    await rig.get('/widgets/sales/data');
    if (spec === undefined) throw new Error('nothing was read');
    const stop = rig.feeds.watch({ ...spec, interval: 90_000 }, () => undefined);
    await rig.clock.advance(30_000);
    expect(await explained(rig)).toMatchObject({ interval: 90, nextAt: '2026-01-02T03:05:35.000Z' });
    stop();
    expect(await explained(rig)).not.toHaveProperty('nextAt');
  });

  it('answers each question of its own, and refuses what is none', async () => {
    const rig = answersRig([sales]);
    await rig.get('/widgets/sales/data');
    expect(await explained(rig)).toHaveProperty('fetchedAt');
    expect(await explained(rig, `/widgets/sales/explain?params=${encodeURIComponent('{"region":"EU"}')}`)).not.toHaveProperty('fetchedAt');
    expect((await rig.get(`/widgets/sales/explain?params=${encodeURIComponent('{"colour":"red"}')}`)).status).toBe(400);
  });

  it('has one answer for what is not there and what may not be seen', async () => {
    const { get } = answersRig([sales]);
    const strip = async (response: Response): Promise<unknown> => {
      const { requestId: _requestId, ...problem } = (await response.json()) as Record<string, unknown>;
      return [response.status, problem];
    };
    const hidden = await strip(await get('/widgets/sales/explain', 'bob'));
    expect(hidden).toMatchObject([404, { code: 'not_found' }]);
    expect(await strip(await get('/widgets/nothing/explain'))).toEqual(hidden);
    expect((await get('/widgets/sales/explain', 'nobody')).status).toBe(401);
  });
});

describe('what is told', () => {
  const access = createAccess();
  const specOf = (dataSource: FeedSpec['dataSource']): FeedSpec => ({ key: 'k', tenant: 'acme', widgetId: 'w', dataSource, interval: 60_000 });
  const tell = (dataSource: FeedSpec['dataSource'], permissions: string[] = [], facts: Partial<FeedFacts> = {}): WidgetExplanation =>
    explanationOf(specOf(dataSource), principal('acme', 'ann', { permissions }), {
      access,
      feeds: { facts: () => ({ interval: 60_000, ...facts }) },
      watchers: (key) => (key === 'k' ? 3 : 0),
      use: {
        usage: { of: () => ({ used: 40, queued: 2, resetAt: Date.parse('2026-01-02T03:05:00Z') }) },
        connectors: { find: (_tenant: string, name: string) => ({ name, limits: { perMinute: 100 } }) } as unknown as Connectors,
      },
    });

  it.each([
    [{ type: 'module', moduleName: 'sales', endpoint: '/api' } as const, 'sales', ['modules.sales.read']],
    [{ type: 'system', metric: 'cpu_usage' } as const, 'cpu_usage', ['system.view']],
    [{ type: 'push', channel: 'hall' } as const, 'hall', ['widgets.manage']],
  ])('the name of %o only to who may know it', (dataSource, name, permissions) => {
    expect(tell(dataSource).source).toEqual({ type: dataSource.type });
    expect(tell(dataSource, ['modules.stock.read']).source).toEqual({ type: dataSource.type });
    expect(tell(dataSource, permissions).source).toEqual({ type: dataSource.type, name });
  });

  it('an external API with its quota, the stretched interval and who watches', () => {
    const told = tell({ type: 'external_api', apiName: 'stripe', endpoint: '/v1/charges' }, [], { every: 120 });
    expect(told).toMatchObject({
      source: { type: 'external_api', name: 'stripe' }, interval: 60, every: 120, watchers: 3,
      quota: { used: 40, limit: 100, queued: 2, resetAt: '2026-01-02T03:05:00.000Z' },
    });
  });

  it('the end of a token that has one', () => {
    expect(tell({ type: 'static', data: 1 })).not.toHaveProperty('tokenEndsAt');
    const ends = explanationOf(specOf({ type: 'static', data: 1 }), principal('acme', 'ann', { expiresAt: 1_767_323_045_000 }), { access, feeds: { facts: () => ({ interval: 1 }) } });
    expect(ends.tokenEndsAt).toBe('2026-01-02T03:04:05.000Z');
  });
});
