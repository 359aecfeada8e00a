import { expect, it } from 'vitest';
import { createFakeClock, settle } from '../../feeds/test/fake-clock.js';
import { UpstreamStatusError, type HttpClient } from '../../kernel/http-client.js';
import { createLog } from '../../kernel/log.js';
import { ProblemError } from '../../kernel/problems.js';
import { causeOf, createOutages, tellingOutages } from './outages.js';
import { accountOf, callsRig, requestOf } from './test/rig.js';

const coded = (code: string): Error => Object.assign(new Error('connect'), { code });
const unreachable = (cause: Error) => new ProblemError('upstream_unreachable', 'The source could not be reached.', { cause });

it.each<[unknown, string]>([
  [unreachable(coded('ECONNREFUSED')), 'ECONNREFUSED'],
  [unreachable(new AggregateError([], 'all', { cause: coded('ENOTFOUND') })), 'ENOTFOUND'],
  [unreachable(coded('UND_ERR_CONNECT_TIMEOUT')), 'timeout while connecting'],
  [unreachable(Object.assign(new Error('no'), { name: 'RefusedAddressError' })), 'its address is not public, and not in CCM_ALLOW_PRIVATE_HOSTS'],
  [new ProblemError('upstream_timeout', 'The source did not answer within 30 s.'), 'timeout'],
  [new UpstreamStatusError(503), 'status 503'],
  [new ProblemError('upstream_unreachable', 'The source could not be reached.'), 'The source could not be reached.'],
])('%s is called %s', (error, why) => expect(causeOf(error)).toBe(why));

it('a source that is away is told once with its cause, and once when it is back', async () => {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ destination: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) } });
  let away = true;
  const { calls } = callsRig({
    clock: createFakeClock(), log, random: () => 0,
    answer: () => (away ? Promise.reject(unreachable(coded('ECONNREFUSED'))) : Promise.resolve(1)),
  });
  const ask = () => calls.json(requestOf({ method: 'POST' }), accountOf()).catch(() => undefined);
  for (let round = 0; round < 4; round += 1) await Promise.all([ask(), settle()]);
  away = false;
  await Promise.all([ask(), ask(), settle()]);
  expect(lines.map(({ level, msg, why, host }) => ({ level, msg, why, host }))).toEqual([
    { level: 40, msg: 'a source is away; it is tried again', why: 'ECONNREFUSED', host: requestOf().base.host },
    { level: 30, msg: 'a source is back', why: undefined, host: requestOf().base.host },
  ]);
});

it('each host of an API is told of by itself', () => {
  const lines: string[] = [];
  const outages = createOutages(createLog({ destination: { write: (line) => void lines.push(line) } }));
  for (const host of ['a.example', 'b.example', 'a.example']) outages.away('crm', host, unreachable(coded('ENOTFOUND')));
  outages.back('crm', 'c.example');
  expect(lines).toHaveLength(2);
});

it('what is called without a queue is told of in the same way', async () => {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ destination: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) } });
  let away = true;
  const http: HttpClient = {
    json: () => (away ? Promise.reject(new UpstreamStatusError(500)) : Promise.resolve({ status: 200, elapsed: 1, bytes: 2, body: {}, headers: {} })),
    close: async () => undefined,
  };
  const telling = tellingOutages(http, 'CCM_JWKS_URL', createOutages(log));
  const ask = () => telling.json({ base: new URL('https://idp.example'), path: '/keys' });
  for (let round = 0; round < 3; round += 1) await expect(ask()).rejects.toBeInstanceOf(UpstreamStatusError);
  away = false;
  for (let round = 0; round < 3; round += 1) await ask();
  expect(lines).toMatchObject([
    { api: 'CCM_JWKS_URL', host: 'idp.example', why: 'status 500', msg: 'a source is away; it is tried again' }, { api: 'CCM_JWKS_URL', msg: 'a source is back' },
  ]);
  expect(lines).toHaveLength(2);
});
