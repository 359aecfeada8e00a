import { describe, expect, it } from 'vitest';
import { clientOf, startEdge } from '../live/test/page.js';
import { tokenOf } from '../live/test/stand-in-edge.js';
import { sleep } from '../live/test/until.js';
import type { AuthRequired, ClientOptions } from './client.js';
import { createServerClock } from './clock.js';
import { readClaims } from './jwt.js';
import { PACE } from './pace.js';
import type { Pace } from './pace.js';
import { createTokenSource } from './token.js';

function sourceOf(options: Partial<ClientOptions>, pace: Partial<Pace> = {}, clock = createServerClock()) {
  const source = createTokenSource({ edge: 'http://edge.example', ...options }, clock, { ...PACE, backoff: 60, random: () => 1, ...pace }, fetch);
  const asked: AuthRequired[] = [];
  source.onRequired((event) => asked.push(event));
  return { source, asked };
}

const seconds = (offset: number) => Date.now() / 1000 + offset;

describe('a token source', () => {
  it('renews before expiry, in one flight for all', async () => {
    let given = 0;
    const { source } = sourceOf({
      getToken: async () => {
        given++;
        await sleep(5);
        return tokenOf({ sub: 'u1', iat: seconds(0), exp: seconds(0.2) });
      },
    });
    const first = await Promise.all([source.get(), source.get(), source.get()]);
    expect(new Set(first).size).toBe(1);
    expect(await source.get()).toBe(first[0]);
    expect(given).toBe(1);
    // A fifth of its life before the end.
    await sleep(170);
    expect(await source.get()).not.toBe(first[0]);
    expect(given).toBe(2);
  });

  it('asks the token endpoint with the page’s own cookie, and believes its times by its clock', async () => {
    const edge = await startEdge();
    edge.skew = 86_400_000;
    edge.issue = () => ({ token: tokenOf({ sub: 'u1' }), expiresAt: new Date(Date.now() + edge.skew + 60_000).toISOString() });
    const inits: RequestInit[] = [];
    const fetcher: typeof fetch = (input, init) => {
      inits.push(init ?? {});
      return fetch(input, init);
    };
    const source = createTokenSource({ edge: edge.url, tokenEndpoint: `${edge.url}/token` }, createServerClock(), PACE, fetcher);
    const token = await source.get();
    expect(await source.get()).toBe(token);
    expect(inits).toHaveLength(1);
    expect(inits[0]).toMatchObject({ method: 'POST', credentials: 'include' });
    expect(edge.requests[0]).toMatchObject({ method: 'POST', path: '/token' });
  });

  it('names what a token endpoint answered instead of a token', async () => {
    const page: typeof fetch = () => Promise.resolve(new Response('<html>log in</html>', { headers: { 'content-type': 'text/html' } }));
    const source = createTokenSource({ edge: 'https://edge.test', tokenEndpoint: 'https://erp.test/token' }, createServerClock(), PACE, page);
    await expect(source.get()).rejects.toMatchObject({ code: 'auth_required', detail: expect.stringContaining('text/html') as unknown });
  });

  it('believes a fresh token where this machine’s clock is days ahead', async () => {
    let given = 0;
    const { source } = sourceOf({ getToken: () => (given++, tokenOf({ sub: 'u1', iat: seconds(-172_800), exp: seconds(-172_800 + 3600) })) });
    await source.get();
    await source.get();
    expect(given).toBe(1);
  });

  it('keeps a living token while its source fails, and does not hammer it', async () => {
    let given = 0;
    const { source, asked } = sourceOf({
      getToken: () => {
        if (given++ > 0) throw new Error('away');
        return tokenOf({ sub: 'u1', iat: seconds(0), exp: seconds(0.25) });
      },
    });
    const token = await source.get();
    await sleep(210);
    expect(await source.get()).toBe(token);
    expect(await source.get()).toBe(token);
    expect(given).toBe(2);
    expect(asked.map(({ reason }) => reason)).toEqual(['unavailable']);
    expect(source.blocked).toBe(false);
    await sleep(120);
    await expect(source.get()).rejects.toMatchObject({ code: 'auth_required' });
    expect(given).toBe(3);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['401', { status: 401 }, 'refused', true],
    ['403', { status: 403 }, 'refused', true],
    ['no token', { token: undefined }, 'refused', true],
    ['500', { status: 500 }, 'unavailable', false],
  ] as const)('says why there is none: %s', async (_, answer, reason, blocked) => {
    const edge = await startEdge();
    edge.issue = () => answer;
    const { source, asked } = sourceOf({ tokenEndpoint: `${edge.url}/token` });
    await expect(source.get()).rejects.toMatchObject({ code: 'auth_required' });
    await expect(source.get()).rejects.toMatchObject({ code: 'auth_required' });
    expect(asked.map((event) => event.reason)).toEqual([reason]);
    expect(source.blocked).toBe(blocked);
    expect(edge.count('/token')).toBe(1);
    // The viewer has logged in meanwhile.
    edge.issue = () => ({ token: tokenOf({ sub: 'u1' }) });
    source.retry();
    expect(await source.get()).toContain('.');
    expect(source.blocked).toBe(false);
  });

  it('has none where none was given, and tells those who ask later too', async () => {
    const { source } = sourceOf({});
    await expect(source.get()).rejects.toMatchObject({ code: 'auth_required' });
    const late: string[] = [];
    source.onRequired(({ reason }) => late.push(reason));
    expect(late).toEqual(['missing']);
    source.set('a.b.c');
    expect(await source.get()).toBe('a.b.c');
    expect(() => source.set('')).toThrow(/the token is empty/);
  });

  it('does not call the same token a new one', async () => {
    const token = tokenOf({ sub: 'u1' });
    const { source, asked } = sourceOf({ getToken: () => token });
    expect(await source.get()).toBe(token);
    await expect(source.renew(token)).rejects.toMatchObject({ code: 'auth_required' });
    expect(asked.map(({ reason }) => reason)).toEqual(['rejected']);
  });

  it('prefers what the page sets over what is on its way', async () => {
    const late = tokenOf({ sub: 'before' });
    const { source } = sourceOf({ getToken: async () => (await sleep(20), late) });
    const asked = source.get();
    const set = tokenOf({ sub: 'after' });
    source.set(set);
    expect(await asked).toBe(set);
    expect(await source.get()).toBe(set);
  });

  it('tells whether another subject or tenant came', () => {
    const { source } = sourceOf({ token: tokenOf({ sub: 'u1' }) });
    const strangers: boolean[] = [];
    source.onChange(({ stranger }) => strangers.push(stranger));
    source.set(tokenOf({ sub: 'u1' }));
    source.set(tokenOf({ sub: 'u2' }));
    source.set(tokenOf({ sub: 'u2', tenant: 't2' }));
    source.set('no.jwt');
    source.set('none.either');
    expect(strangers).toEqual([false, true, true, true, true]);
  });
});

describe('claims', () => {
  it('are read from any token, and of none nothing is believed', () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const read = (claims: object) => readClaims(`x.${part(claims)}.y`);
    expect(read({ sub: 'Zoë ☃', exp: 5, iat: 1 })).toMatchObject({ exp: 5, iat: 1 });
    expect(read({ sub: 'Zoë ☃' }).subject).toContain('Zoë ☃');
    expect(read({ sub: 'u', exp: '5' }).exp).toBeUndefined();
    // The edge may know the subject by another claim.
    expect(read({ id: 'u1', exp: 1, jti: 'a' }).subject).toBe(read({ id: 'u1', exp: 2, jti: 'b' }).subject);
    expect(read({ id: 'u1' }).subject).not.toBe(read({ id: 'u2' }).subject);
    for (const token of ['', 'x', 'x.%%%.y', `x.${part(7)}.y`, `x.${part(null)}.y`]) expect(readClaims(token)).toEqual({ subject: token });
  });
});

describe('a page without a token', () => {
  it('is told once, however many ask', async () => {
    const edge = await startEdge();
    const client = clientOf(edge, { token: '' });
    const reasons: string[] = [];
    client.onAuthRequired(({ reason }) => reasons.push(reason));
    const states: string[] = [];
    client.subscribe('a', ({ state, error }) => states.push(`${state} ${error?.code ?? ''}`.trim()));
    await sleep(300);
    expect(reasons).toEqual(['missing']);
    expect(states).toEqual(['loading', 'failed auth_required']);
    expect(edge.requests).toHaveLength(0);
    expect(edge.upgrades).toBe(0);
    edge.add('a', 1);
    client.setToken(tokenOf({ sub: 'u1' }));
    await sleep(100);
    expect(states).toEqual(['loading', 'failed auth_required', 'fresh']);
  });
});

describe('a token that the page gave', () => {
  it('is asked for again while it still lives, and the connection stays', async () => {
    const edge = await startEdge();
    edge.add('a', 1);
    const client = clientOf(edge, { token: tokenOf({ sub: 'u1', iat: seconds(0), exp: seconds(20) }) });
    const reasons: string[] = [];
    client.onAuthRequired(({ reason }) => reasons.push(reason));
    client.subscribe('a', () => {});
    await sleep(100);
    edge.tell({ action: 'token_expiring' });
    await sleep(50);
    expect(reasons).toEqual(['expired']);
    expect(client.connection.carrier).toBe('ws');
    const newer = tokenOf({ sub: 'u1', iat: seconds(0), exp: seconds(3_600) });
    client.setToken(newer);
    await sleep(50);
    expect([...edge.peers][0]?.token).toBe(newer);
    // Once more: it is the newest that is renewed, not the first.
    edge.tell({ action: 'token_expiring' });
    await sleep(50);
    expect(reasons).toEqual(['expired', 'rejected']);
    expect(edge.upgrades).toBe(1);
  });
});
