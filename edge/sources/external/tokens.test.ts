import { describe, expect, it } from 'vitest';
import type { CredentialSecretInput } from '../../../sdk/contract/credential.js';
import { createMemoryLock } from '../../drivers/memory/lock.js';
import type { AuditEvent } from '../../kernel/audit.js';
import { systemClock, type Clock } from '../../kernel/clock.js';
import { fixedConnectors } from '../../kernel/connectors.js';
import { UpstreamStatusError, type HttpRequest } from '../../kernel/http-client.js';
import { callsRig } from '../calls/test/rig.js';
import { createExternalSource } from './source.js';
import { credentialsDouble } from './test/credentials-double.js';
import { readyMade } from './test/rig.js';
import { createTokens } from './tokens.js';

const shop = readyMade('custom', { name: 'shop', label: 'Shop', baseUrl: 'https://shop.example', paths: ['/v1/*'], takes: [{ kind: 'oauth2', tokenUrl: '/token' }] });
const OAUTH = { authType: 'oauth2', clientId: 'i', clientSecret: 's' } as const;

/** An API whose refresh tokens serve once: r0, r1, … Access tokens live for 100 s. */
function rotatingApi({ slow = 0 } = {}) {
  let valid = 0;
  const asked: string[] = [];
  return {
    asked,
    async answer({ path, form, headers }: HttpRequest): Promise<unknown> {
      if (path !== '/token') return { ok: headers?.['authorization'] };
      const sent = form?.['refresh_token'] ?? '';
      asked.push(sent);
      if (slow > 0) await new Promise((resolve) => setTimeout(resolve, slow));
      if (sent !== `r${valid}`) throw new UpstreamStatusError(400);
      valid += 1;
      return { access_token: `a${valid}`, token_type: 'Bearer', expires_in: 100, refresh_token: `r${valid}` };
    },
  };
}

/** Edges over one store of credentials and one lock. */
function edges(api: ReturnType<typeof rotatingApi>) {
  let later = 0;
  const clock: Clock = { ...systemClock, monotonic: () => performance.now() + later };
  const credentials = credentialsDouble();
  const notes: AuditEvent[] = [];
  const lock = createMemoryLock({ clock });
  const edge = () => {
    const { calls } = callsRig({ answer: api.answer, clock });
    return createExternalSource({ connectors: fixedConnectors(new Map([['shop', shop]])), calls, clock, credentials, lock, audit: { note: (event) => void notes.push(event) } });
  };
  const tenant = { id: 'acme', name: 'Acme', timeZone: 'UTC', currency: 'EUR' };
  const ref = credentials.set({ tenant: 'acme', owner: 'ann', apiName: 'shop' }, { ...OAUTH, refreshToken: 'r0' });
  return {
    edge, credentials, ref, notes,
    wait: (ms: number): void => void (later += ms),
    ask: (source: ReturnType<typeof edge>) => source.fetch({
      tenant, credential: ref, viewer: { subject: 'ann', roles: [] }, signal: AbortSignal.timeout(5_000), dataSource: { type: 'external_api', apiName: 'shop', endpoint: '/v1/x' },
    }),
  };
}

describe('a refresh token that serves once', () => {
  it('goes back to where the credential is from: an edge that begins anew has the next one', async () => {
    const api = rotatingApi();
    const { edge, credentials, ref, ask, notes } = edges(api);
    expect((await ask(edge())).data).toEqual({ ok: 'Bearer a1' });
    expect(credentials.open(ref, [])).toEqual({ ...OAUTH, refreshToken: 'r1' });
    expect((await ask(edge())).data).toEqual({ ok: 'Bearer a2' });
    expect(api.asked).toEqual(['r0', 'r1']);
    expect(notes.filter(({ target }) => target === 'shop token')).toEqual(Array.from({ length: 2 }, () => ({
      tenant: 'acme', user: 'ann', action: 'external.call', target: 'shop token', outcome: 'ok', milliseconds: expect.any(Number) as number, bytes: expect.any(Number) as number,
    })));
  });

  it('is not sent by two edges at once', async () => {
    const api = rotatingApi({ slow: 150 });
    const { edge, ask } = edges(api);
    const answers = await Promise.all([edge(), edge(), edge()].map(ask));
    expect(answers.map(({ data }) => (data as { ok: string }).ok).sort()).toEqual(['Bearer a1', 'Bearer a2', 'Bearer a3']);
    expect(api.asked).toEqual(['r0', 'r1', 'r2']);
  });

  it('that nobody could keep is still known to the edge that got it', async () => {
    const api = rotatingApi();
    const { edge, credentials, ref, ask, wait } = edges(api);
    credentials.renewed = () => undefined;
    const one = edge();
    for (const expected of ['a1', 'a2', 'a3']) {
      expect((await ask(one)).data).toEqual({ ok: `Bearer ${expected}` });
      wait(101_000);
    }
    expect(credentials.open(ref, [])).toMatchObject({ refreshToken: 'r0' });
    expect(api.asked).toEqual(['r0', 'r1', 'r2']);
  });

  it('is spent by a test of what is not kept: the result says so', async () => {
    const { edge, credentials, ref } = edges(rotatingApi());
    const probe = (secret: CredentialSecretInput) => edge().probe({ tenant: 'acme', user: 'ann', apiName: 'shop', endpoint: '/v1/x', signal: AbortSignal.timeout(5_000), credential: { secret } });
    const { ok, detail } = await probe({ ...OAUTH, refreshToken: 'r0' });
    expect([ok, detail]).toEqual([true, 'Shop answers. It gave another refresh token in the place of this one, which serves no more: get a new one before you save.']);
    expect(detail).not.toContain('r1');
    expect(credentials.open(ref, [])).toMatchObject({ refreshToken: 'r0' });
    expect(await probe({ ...OAUTH, refreshToken: 'r0' })).toMatchObject({ ok: false, detail: 'Shop refuses the credential (status 400).' });
  });
});

it('a renewal that fails before its first wait is over: the next one is made', async () => {
  let later = 0;
  const clock: Clock = { ...systemClock, monotonic: () => performance.now() + later };
  const { calls } = callsRig({ answer: () => ({ access_token: 'a', token_type: 'Bearer' }), clock });
  const tokens = createTokens({ calls, clock });
  const form = { kind: 'oauth2' as const, tokenUrl: '/token' };
  const owner = (secret: CredentialSecretInput) => ({
    connector: shop, form, secret, chosen: { open: () => secret }, account: { tenant: 'acme', api: 'shop', credential: 'c', limits: { concurrent: 1 } },
  });
  await expect(tokens.of(owner({ authType: 'bearer', apiKey: 'k' }))).rejects.toMatchObject({ code: 'credential_missing' });
  later += 6_000;
  expect(await tokens.of(owner(OAUTH))).toBe('a');
});
