import { afterEach, describe, expect, it } from 'vitest';
import { HALL, openIntake, YARD, type Intake } from './test/intake.js';

let intake: Intake;
afterEach(() => intake.close());

describe('Tenant from header/query/body', () => {
  it('is not read there: the secret tells it', async () => {
    intake = await openIntake();
    const headers = { 'x-tenant-id': 'globex', 'x-tenant': 'globex' };
    expect((await intake.post(HALL, 'hall?tenant=globex', { data: { tenant: 'globex' } }, headers)).status).toBe(202);
    expect(intake.channels.last('globex', 'hall')).toBeUndefined();
    expect(intake.channels.last('acme', 'hall')?.data).toEqual({ tenant: 'globex' });
    expect((await intake.post(HALL, 'hall', { data: 1, tenant: 'globex' }, headers)).status).toBe(422);
  });
});

describe('Message size / flood', () => {
  it('1,000 requests at once: 50 are taken, the others are 429 with Retry-After, and other channels do not feel it', async () => {
    intake = await openIntake();
    const flood = Array.from({ length: 1_000 }, (_, index) => intake.post(HALL, 'hall', { data: index }));
    const beside = Array.from({ length: 20 }, (_, index) => intake.post(YARD, 'yard', { data: index }));
    const answers = await Promise.all(flood);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(50);
    expect(statuses.filter((status) => status === 429)).toHaveLength(950);
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBe(1);
    expect((refused?.body as unknown as { code: string }).code).toBe('rate_limited');
    expect((await Promise.all(beside)).map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 202));
  });

  it('a wrong secret takes nothing from the channel\'s share', async () => {
    intake = await openIntake();
    await Promise.all(Array.from({ length: 200 }, () => intake.post('wrong', 'hall', { data: 1 })));
    expect((await intake.post(HALL, 'hall', { data: 1 })).status).toBe(202);
  });

  it('more than a megabyte is 413, whether it says so or not', async () => {
    intake = await openIntake();
    expect((await intake.post(HALL, 'hall', JSON.stringify({ data: 'x'.repeat(1024 * 1024) }))).status).toBe(413);
    expect((await intake.post(HALL, 'hall', JSON.stringify({ data: 'x'.repeat(1024 * 1024) }), { 'content-length': '2000000' })).status).toBe(413);
  });
});

describe('Malformed JSON / huge ints / NaN strings', () => {
  it('100,000 open brackets are refused in a moment', async () => {
    intake = await openIntake();
    const start = process.cpuUsage();
    for (const deep of ['['.repeat(100_000) + ']'.repeat(100_000), '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)]) {
      const answer = await intake.post(HALL, 'hall', `{"data":${deep}}`);
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('is nested too deep');
      expect((await intake.post(HALL, 'hall', `{"items":[{"data":${deep}}]}`)).status).toBe(422);
    }
    expect((await intake.post(HALL, 'hall', '{"data":' + '['.repeat(100_000))).status).toBe(400);
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(3_000);
    expect((await intake.post(HALL, 'hall', { data: 1 })).status).toBe(202);
  });

  it.each(['{"data": NaN}', '{"data": Infinity}', '{data: 1}', '', 'data=1', '\u0000', '{"data": 1} {"data": 2}'])('%j is 400', async (body) => {
    intake = await openIntake();
    expect((await intake.post(HALL, 'hall', body, { 'content-type': 'application/json' })).status).toBe(400);
  });

  it('a number beyond all numbers is 422, as are the names of what every object inherits beside data', async () => {
    intake = await openIntake();
    expect((await intake.post(HALL, 'hall', '{"data": 1e999}')).status).toBe(422);
    expect((await intake.post(HALL, 'hall', '{"data": 1, "__proto__": {"tenant": "globex"}}')).status).toBe(422);
    expect((await intake.post(HALL, 'hall', '{"data": 1, "constructor": {}}')).status).toBe(422);
  });

  it('`__proto__` inside a value is data and changes no object', async () => {
    intake = await openIntake();
    const text = '{"data":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"a":1}}';
    expect((await intake.post(HALL, 'hall', text)).status).toBe(202);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(JSON.stringify({ data: intake.channels.last('acme', 'hall')?.data })).toBe(text);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonx', ''])('the type %j is 415', async (type) => {
    intake = await openIntake();
    expect((await intake.post(HALL, 'hall', '{"data":1}', { 'content-type': type })).status).toBe(415);
  });
});

describe('Secret shown', () => {
  it('a channel\'s secret is in no answer and no line of the log', async () => {
    intake = await openIntake();
    const answers = [
      await intake.post(HALL, 'hall', { data: 1 }), await intake.post(HALL, 'yard', { data: 1 }), await intake.post(HALL, 'hall', {}),
      await intake.post(HALL, 'hall', 'no JSON'), await intake.post(HALL, `hall/${HALL}`, {}),
    ];
    intake.channels.onValue(() => {
      throw new Error('a listener failed');
    });
    await intake.post(HALL, 'hall', { data: 1 });
    expect(intake.log.join('')).toContain('a listener of a channel failed');
    for (const text of [...answers.map(({ text }) => text), ...intake.log]) expect(text).not.toContain(HALL);
  });
});
