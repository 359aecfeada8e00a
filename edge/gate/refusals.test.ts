import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { afterEach, describe, expect, test } from 'vitest';
import type { Audit, AuditEvent } from '../kernel/audit.js';
import { createActivity } from '../kernel/activity.js';
import type { Clock } from '../kernel/clock.js';
import { createLog } from '../kernel/log.js';
import type { Principal } from '../kernel/principal.js';
import { notFound, ProblemError, tooMany, withheld } from '../kernel/problems.js';
import type { GateEnv } from './env.js';
import { onNotFound, onProblem } from './problem.js';
import { noteRefusals, REFUSALS_A_MINUTE } from './refusals.js';
import { createTraceOf } from './trace.js';

const THROWN: Record<string, () => ProblemError> = {
  forbidden: () => new ProblemError('forbidden', 'This needs the permission x.'),
  limited: () => tooMany('Too many.', 5),
  source: () => new ProblemError('rate_limited', 'Shop admits no more calls for now.', { retryAfter: 60 }),
  hidden: () => withheld('widget secret-one'),
  missing: () => notFound(),
  expired: () => new ProblemError('unauthenticated', 'A valid bearer token is needed.'),
  wrong: () => new ProblemError('invalid', 'The name is not valid.'),
};

function gate(trustedProxies: string[] = []) {
  let now = 0;
  const later: { at: number; run: () => void }[] = [];
  const clock: Clock = { now: () => now, monotonic: () => now, after: (ms, run) => (later.push({ at: now + ms, run }), () => undefined) };
  const events: AuditEvent[] = [];
  const audit: Audit = { note: (event) => void events.push(event) };
  const app = new Hono<GateEnv>();
  app.onError(onProblem(createLog({ level: 'silent' }), createActivity(clock), undefined, noteRefusals(audit, createTraceOf(trustedProxies), clock)));
  app.notFound(onNotFound(app));
  app.use(async (c, next) => {
    const user = c.req.header('x-user');
    if (user !== undefined) c.set('principal', { subject: user, tenant: 'acme' } as Principal);
    await next();
  });
  app.get('/things/:what', (c) => {
    const thrown = THROWN[c.req.param('what')]?.();
    if (thrown) throw thrown;
    return c.text('ok');
  });
  return {
    app, events,
    ask: (what: string, headers: Record<string, string> = { 'x-user': 'ann' }) => app.request(`/things/${what}`, { headers: { 'x-request-id': 'request-1', ...headers } }),
    move(ms: number) {
      now += ms;
      for (const { run } of later.splice(0).filter(({ at }) => at <= now)) run();
    },
  };
}

describe('refused access', () => {
  test('is noted with route, user and request, once, and looks to the caller as ever', async () => {
    const { ask, events } = gate();
    for (const what of ['forbidden', 'limited', 'hidden', 'expired']) await ask(what);
    const row = { tenant: 'acme', user: 'ann', action: 'access.refused', target: 'GET /things/:what', outcome: 'refused', requestId: 'request-1' };
    expect(events).toEqual([
      { ...row, code: 'forbidden', detail: 'This needs the permission x.' },
      { ...row, code: 'rate_limited', detail: 'Too many.' },
      { ...row, code: 'not_found', detail: 'widget secret-one' },
      { ...row, code: 'unauthenticated', detail: 'A valid bearer token is needed.' },
    ]);
    expect(await (await ask('hidden')).text()).toBe(await (await ask('missing')).text());
  });

  test('is not what is wrong, missing, good, or another side\'s limit, nor anything without a token', async () => {
    const { ask, events, app } = gate();
    for (const what of ['missing', 'wrong', 'fine', 'source']) await ask(what);
    for (const what of Object.keys(THROWN)) await ask(what, {});
    await app.request('/nothing', { headers: { 'x-user': 'ann' } });
    expect(events).toEqual([]);
  });

  test('a user who is refused all the time fills no disk: so many rows a minute, and one that counts the others', async () => {
    const { ask, events, move } = gate();
    for (let at = 0; at < 500; at += 1) await ask('forbidden');
    await ask('forbidden', { 'x-user': 'bob' });
    expect(events).toHaveLength(REFUSALS_A_MINUTE + 1);
    move(60_000);
    expect(events.at(-1)).toMatchObject({ user: 'ann', target: '(several)', detail: `${500 - REFUSALS_A_MINUTE} more within a minute` });
    await ask('forbidden');
    expect(events).toHaveLength(REFUSALS_A_MINUTE + 3);
  });
});

describe('where it came from', () => {
  const stop: (() => void)[] = [];
  afterEach(() => {
    for (const one of stop.splice(0)) one();
  });

  async function networkSeen(trusted: string[], forwarded?: string): Promise<string | undefined> {
    const { app, events } = gate(trusted);
    const server = createAdaptorServer({ fetch: app.fetch });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    stop.push(() => server.close());
    const headers = { 'x-user': 'ann', ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) };
    await (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/things/forbidden`, { headers })).text();
    return events[0]?.network;
  }

  test.each<[name: string, trusted: string[], forwarded: string | undefined, network: string]>([
    ['the socket', [], undefined, '127.0.0.0/24'],
    ['the socket, whatever a caller says', [], '203.0.113.9', '127.0.0.0/24'],
    ['the socket, where another proxy is trusted', ['10.0.0.0/8'], '203.0.113.9', '127.0.0.0/24'],
    ['what the trusted proxy heard', ['127.0.0.1'], '203.0.113.9', '203.0.113.0/24'],
    ['the last that is no proxy of ours: what stands before it is the caller\'s word', ['127.0.0.0/8', '10.0.0.0/8'], '192.0.2.1, 203.0.113.9, 10.0.0.7', '203.0.113.0/24'],
    ['IPv6', ['127.0.0.1'], '2001:db8:1:2::9', '2001:db8:1::/48'],
    ['the proxy, where what it says is no address', ['127.0.0.1'], 'unknown', '127.0.0.0/24'],
    ['the proxy, where all are proxies', ['127.0.0.1', '10.0.0.0/8'], '10.0.0.1, 10.0.0.2', '127.0.0.0/24'],
    ['a very long list', ['127.0.0.1', '10.0.0.0/8'], `203.0.113.9, ${Array.from({ length: 100 }, () => '10.0.0.1').join(', ')}`, '127.0.0.0/24'],
  ])('%s', async (_name, trusted, forwarded, network) => expect(await networkSeen(trusted, forwarded)).toBe(network));
});
