import { describe, expect, it } from 'vitest';
import { entry } from '../../feeds/test/fixture.js';
import { ProblemError } from '../../kernel/problems.js';
import { answersRig } from './test/rig.js';

const sales = entry({ params: { region: { type: 'string', enum: ['EU', 'US'] } } });
const fails = (): never => {
  throw new ProblemError('module_not_running', 'The module sales is not running.', { retryAfter: 10 });
};

describe('GET /widgets/:id/data', () => {
  it('gives the answer, and 304 to who has it', async () => {
    const { get, calls } = answersRig([sales]);
    const response = await get('/widgets/sales/data');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    const answer = (await response.json()) as { cursor: string };
    expect(answer).toEqual({ data: { value: 1 }, timestamp: '2026-01-02T03:04:05.000Z', cursor: expect.any(String) as string });
    const etag = response.headers.get('etag') ?? '';
    expect(etag).toBe(`"${answer.cursor}"`);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get('/widgets/sales/data', 'ann', { 'if-none-match': known });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    }
    expect((await get('/widgets/sales/data', 'ann', { 'if-none-match': '"other"' })).status).toBe(200);
    expect(calls).toHaveLength(1);
  });

  it('has one answer for what is not there and what may not be seen', async () => {
    const { get } = answersRig([sales]);
    const strip = async (response: Response): Promise<unknown> => {
      const { requestId: _requestId, ...problem } = (await response.json()) as Record<string, unknown>;
      return [response.status, problem];
    };
    const hidden = await strip(await get('/widgets/sales/data', 'bob'));
    expect(hidden).toMatchObject([404, { code: 'not_found' }]);
    expect(await strip(await get('/widgets/nothing/data'))).toEqual(hidden);
    expect((await get('/widgets/sales/data', 'nobody')).status).toBe(401);
  });

  it('lays declared params over the source\'s and refuses others naming them', async () => {
    const { get } = answersRig([sales], ({ dataSource }) => ('params' in dataSource ? dataSource.params : undefined) ?? {});
    const ask = async (params: string): Promise<[number, Record<string, unknown>]> => {
      const response = await get(`/widgets/sales/data?params=${encodeURIComponent(params)}`);
      return [response.status, (await response.json()) as Record<string, unknown>];
    };
    expect(await ask('{"region":"US"}')).toMatchObject([200, { data: { region: 'US' } }]);
    expect(await ask('{"colour":"red"}')).toMatchObject([400, { code: 'bad_request', errors: [{ path: 'params.colour' }] }]);
    expect(await ask('{"region":"XX"}')).toMatchObject([400, { errors: [{ path: 'params.region', message: 'must be one of EU, US' }] }]);
    for (const bad of ['{', '[]', '7', 'null', '"a"']) {
      expect(await ask(bad)).toMatchObject([400, { errors: [{ path: 'params', message: 'must be a JSON object' }] }]);
    }
  });

  it('is a problem while there never was an answer, stale with its age after one', async () => {
    const { get, clock, answer } = answersRig([sales], fails);
    const down = await get('/widgets/sales/data');
    expect([down.status, down.headers.get('retry-after')]).toEqual([503, '10']);
    expect(await down.json()).toMatchObject({ code: 'module_not_running' });
    answer(() => ({ value: 1 }));
    await clock.advance(5_000);
    const { cursor } = (await (await get('/widgets/sales/data')).json()) as { cursor: string };
    answer(fails);
    await clock.advance(90_000);
    const stale = await get('/widgets/sales/data', 'ann', { 'if-none-match': `"${cursor}"` });
    expect(stale.status).toBe(200);
    expect(stale.headers.get('etag')).toBeNull();
    expect(await stale.json()).toEqual({ data: { value: 1 }, timestamp: '2026-01-02T03:04:10.000Z', cursor, stale: true, age: 90 });
  });
});

describe('windows of long tables', () => {
  const rows = Array.from({ length: 1_000 }, (_, n) => ({ id: n, name: `Row ${n}`, price: (n * 7) % 1_000, where: { city: n % 2 ? 'Rome' : 'Oslo' } }));
  const ask = async (query: string, reply: () => unknown = () => ({ items: rows, note: 'kept' }), more = {}): Promise<[number, Record<string, unknown>]> => {
    const response = await answersRig([entry(more)], reply).get(`/widgets/sales/data?${query}`);
    return [response.status, (await response.json()) as Record<string, unknown>];
  };

  it('cut the rows and say how many there are', async () => {
    expect(await ask('rows=10,2')).toMatchObject([200, { data: { items: [rows[10], rows[11]], note: 'kept' }, total: 1_000 }]);
    expect(await ask('rows=999,50')).toMatchObject([200, { data: { items: [rows[999]] }, total: 1_000 }]);
    expect(await ask('rows=5000,50')).toMatchObject([200, { data: { items: [] }, total: 1_000 }]);
  });

  it('sort and search before they cut', async () => {
    const [, byPrice] = await ask('rows=0,3&sort=-price');
    expect((byPrice['data'] as { items: { price: number }[] }).items.map(({ price }) => price)).toEqual([999, 998, 997]);
    const [, found] = await ask('rows=0,1&sort=price&search=ROME');
    expect(found).toMatchObject({ total: 500, data: { items: [{ where: { city: 'Rome' }, price: 1 }] } });
  });

  it('find the rows where the definition says, in lists and in depth', async () => {
    expect(await ask('rows=1,1', () => [1, 2, 3])).toMatchObject([200, { data: [2], total: 3 }]);
    expect(await ask('rows=1,1', () => ({ a: { b: [1, 2, 3], c: 1 } }), { dataPath: 'a.b' })).toMatchObject([200, { data: { a: { b: [2], c: 1 } }, total: 3 }]);
    expect(await ask('rows=1,1', () => ({ 'a.b': [1, 2, 3] }), { dataPath: 'a.b' })).toMatchObject([200, { data: { 'a.b': [2] }, total: 3 }]);
  });

  it.each([['rows=a,b'], ['rows=-1,5'], ['rows=0,0'], ['rows=0,10001'], ['rows=1'], ['rows='], [`search=${'x'.repeat(201)}`], [`sort=${'x'.repeat(201)}`]])(
    'refuse %s', async (query) => {
      const [status, problem] = await ask(query);
      expect([status, problem['code']]).toEqual([400, 'bad_request']);
      expect(problem['detail']).toMatch(/^(rows|search|sort) must/);
    },
  );

  it('refuse an answer without rows, and read no prototype', async () => {
    expect(await ask('rows=0,1', () => ({ value: 1 }))).toMatchObject([400, { errors: [{ path: 'rows' }] }]);
    expect(await ask('rows=0,2&sort=__proto__')).toMatchObject([200, { data: { items: [rows[0], rows[1]] } }]);
  });
});

describe('POST /widgets/data', () => {
  const stock = entry({ id: 'stock', title: 'Stock', transform: [{ limit: 5 }], roles: [], alerts: { enabled: true, conditions: [], notifications: [] } });

  it('gives a line for each, the refused, failed and broken ones too', async () => {
    const { lines } = answersRig([sales, stock, entry({ id: 'hidden', permissions: ['finance.view'] })], ({ dataSource }) =>
      'params' in dataSource && dataSource.params?.['region'] === 'US' ? fails() : { value: 1 });
    const found = await lines({
      widgets: [
        { id: 'sales', ref: 'a' }, { id: 'hidden', ref: 'b' }, { id: 'nothing' }, { id: 'sales', params: { colour: 1 }, ref: 'c' }, { id: 7, ref: 'd' }, 8,
        { id: 'stock', colour: 'red' }, { id: 'sales', params: { region: 'US' }, ref: 'e' },
      ],
    });
    const by = (ref: string): unknown => found.find((line) => line['ref'] === ref);
    expect(found).toHaveLength(8);
    expect(by('a')).toEqual({ ref: 'a', widget_id: 'sales', data: { value: 1 }, timestamp: expect.any(String) as string, cursor: expect.any(String) as string });
    expect(by('b')).toEqual({ ref: 'b', widget_id: 'hidden', state: 'refused', error: { code: 'not_found', detail: 'There is nothing here that you may see.' } });
    expect(by('c')).toMatchObject({ widget_id: 'sales', state: 'failed', error: { code: 'bad_request', detail: 'params.colour: is not a parameter of this widget' } });
    expect(by('d')).toMatchObject({ widget_id: '', state: 'failed', error: { code: 'invalid', detail: expect.stringContaining('widgets.4.id') as string } });
    expect(by('e')).toMatchObject({ widget_id: 'sales', state: 'failed', error: { code: 'module_not_running' } });
    expect(found).toContainEqual(expect.objectContaining({ widget_id: 'nothing', state: 'refused' }));
    expect(found).toContainEqual(expect.objectContaining({ widget_id: 'stock', state: 'failed', error: expect.objectContaining({ code: 'invalid' }) as object }));
  });

  it('defines: the reduced definition on each line, the tenant on the first', async () => {
    const { lines } = answersRig([sales, stock]);
    for (const expected of ['cold', 'warm']) {
      const [first, second, refused] = (await lines({ define: true, widgets: [{ id: 'sales' }, { id: 'stock' }, { id: 'nothing' }] }))
        .sort((a, b) => Object.keys(b).length - Object.keys(a).length);
      // Cold the refused line is the first to leave, and carries the tenant.
      const carrier = expected === 'cold' ? refused : first;
      expect(carrier).toMatchObject({ tenant: { id: 'acme', name: 'acme', timeZone: 'UTC', currency: 'EUR', locale: 'en' } });
      expect([first, second, refused].filter((line) => line && 'tenant' in line)).toHaveLength(1);
      const definition = [first, second].find((line) => line?.['widget_id'] === 'stock')?.['widget'];
      expect(definition).toMatchObject({ id: 'stock', title: 'Stock', dataSource: { type: 'module' }, statConfig: { primaryValue: 'value' } });
      for (const name of ['permissions', 'roles', 'alerts', 'transform']) expect(definition).not.toHaveProperty(name);
      expect(definition).toHaveProperty('dataSource', { type: 'module' });
      expect(refused).not.toHaveProperty('widget');
    }
  });

  it('tells who has the answer only its age', async () => {
    const { lines, clock, answer } = answersRig([sales]);
    const [first] = await lines({ widgets: [{ id: 'sales' }] });
    const asked = { widgets: [{ id: 'sales', ref: 'a', cursor: first?.['cursor'] }] };
    expect(await lines(asked)).toEqual([{ ref: 'a', widget_id: 'sales', state: 'fresh', timestamp: first?.['timestamp'], cursor: first?.['cursor'] }]);
    answer(fails);
    await clock.advance(60_000);
    expect(await lines(asked)).toEqual([
      { ref: 'a', widget_id: 'sales', state: 'stale', error: { code: 'module_not_running', detail: 'The module sales is not running.' } },
    ]);
    expect(await lines({ widgets: [{ id: 'sales' }] })).toMatchObject([{ state: 'stale', data: { value: 1 }, cursor: first?.['cursor'] }]);
  });

  it('asks a source once for the same widget in one batch', async () => {
    const { lines, calls } = answersRig([sales]);
    expect(await lines({ widgets: Array.from({ length: 200 }, (_, n) => ({ id: 'sales', ref: String(n) })) })).toHaveLength(200);
    expect(calls).toHaveLength(1);
  });

  it.each([
    ['{}', 422, 'widgets'], ['[]', 422, ''], ['{"widgets":[]}', 422, 'widgets'], ['{"widgets":{}}', 422, 'widgets'], ['null', 422, ''],
    ['{"widgets":["a"],"define":"yes"}', 422, 'define'], ['{"widgets":["a"],"more":1}', 422, 'more'],
    [JSON.stringify({ widgets: Array.from({ length: 201 }, () => ({ id: 'a' })) }), 422, 'widgets'],
  ])('refuses the body %.40s with a path', async (body, status, path) => {
    const response = await answersRig([sales]).post(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code: 'invalid', errors: [{ path }] });
  });

  it('refuses what is no JSON, and what does not say that it is', async () => {
    const { post } = answersRig([sales]);
    expect((await post('{"widgets":')).status).toBe(400);
    expect((await post({ widgets: [{ id: 'sales' }] }, 'ann', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post({ widgets: [{ id: 'sales' }] }, 'nobody')).status).toBe(401);
  });
});
