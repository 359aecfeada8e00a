import { LRUCache } from 'lru-cache';
import type { CredentialSecretInput } from '../../../sdk/contract/credential.js';
import type { Audit } from '../../kernel/audit.js';
import type { CallAccount, Calls } from '../../kernel/calls.js';
import type { Clock } from '../../kernel/clock.js';
import { UpstreamStatusError } from '../../kernel/http-client.js';
import type { Lease, Lock } from '../../kernel/lock.js';
import { asProblem, ProblemError } from '../../kernel/problems.js';
import type { ConnectorSettings } from '../../kernel/settings.js';
import { labelOf, type ChosenCredential } from './credential.js';
import { refused } from './faults.js';
import { grantOf, tokenRequest, type Grant, type TokenForm } from './grant.js';

/** Milliseconds before its end at which a token is renewed, or a tenth of its life where that is less. */
const EARLY = 60_000;
/** Milliseconds for which a token endpoint that failed is not asked again. */
const FAILED = 5_000;
const MOST_TOKENS = 5_000;

/** Milliseconds that a credential is held for one renewal, between two looks whether it is free, and of all looks together. */
const TURN = { lease: 30_000, look: 100, longest: 15_000 };

export interface TokensDeps {
  calls: Calls;
  clock: Clock;
  lock?: Lock | undefined;
  /** Told of each call of a token endpoint. */
  audit?: Pick<Audit, 'note'> | undefined;
}

/** Whose token: the connector, the account, and the secret that it is got with. */
export interface TokenOwner {
  connector: ConnectorSettings;
  form: TokenForm;
  secret: CredentialSecretInput;
  account: CallAccount;
  /** Where the secret is from. */
  chosen: Pick<ChosenCredential, 'open' | 'renewed'>;
}

/**
 * Access tokens, got and renewed once however many ask; in memory alone. A refresh token that the API replaces goes back to where the
 * credential is from: of many APIs each serves once, and the next one must be there after a restart and at the other edges.
 */
export interface Tokens {
  /** Throws `credential_refused` where the secret is, else the fault of the token endpoint. */
  of(owner: TokenOwner): Promise<string>;
  /** A new one that nobody keeps. */
  once(owner: TokenOwner): Promise<string>;
  /** It was refused although it should hold: the next call gets a new one. */
  drop(owner: TokenOwner, token: string): void;
}

interface Kept {
  token?: string;
  /** Monotonic. */
  renewAt: number;
  endsAt: number;
  /** What the API gave in the place of a refresh token: for who still holds that, or where nobody could keep this one. */
  replaced?: { from: string; by: string };
  flight?: Promise<string>;
  failed?: { problem: ProblemError; until: number };
}

export function createTokens({ calls, clock, lock, audit }: TokensDeps): Tokens {
  const kept = new LRUCache<string, Kept>({ max: MOST_TOKENS });

  function entryOf({ connector, account: { tenant, credential } }: TokenOwner): Kept {
    const key = JSON.stringify([tenant, connector.name, credential]);
    let entry = kept.get(key);
    if (entry === undefined) kept.set(key, (entry = { renewAt: 0, endsAt: 0 }));
    return entry;
  }

  /** Resolves to undefined where nobody has to wait for others, and where it took too long: two renewals are better than none. */
  async function turnOf({ account }: TokenOwner): Promise<Lease | undefined> {
    for (let waited = 0; lock !== undefined; waited += TURN.look) {
      const lease = await lock.take(`token:${account.credential}`, TURN.lease);
      if (lease !== undefined || waited >= TURN.longest) return lease;
      await new Promise<void>((resolve) => void clock.after(TURN.look, resolve));
    }
    return undefined;
  }

  /** On an account of its own: tokens are no part of what the API counts, and a full queue must not keep them away. */
  async function ask(secret: CredentialSecretInput, { connector, form, account }: TokenOwner): Promise<Grant> {
    const { name, baseUrl } = connector;
    const { tenant, user } = account;
    const started = clock.monotonic();
    const note = { tenant, ...(user !== undefined && { user }), action: 'external.call' as const, target: `${name} token` };
    const took = (): number => Math.round(clock.monotonic() - started);
    const request = tokenRequest(form, secret, { baseUrl, now: clock.now() });
    try {
      const { body, bytes } = await calls.json(request, { ...account, api: `${name}-token`, limits: { concurrent: 1 } });
      const grant = grantOf(body);
      audit?.note({ ...note, outcome: 'ok', milliseconds: took(), bytes });
      return grant;
    } catch (error) {
      audit?.note({ ...note, outcome: 'failed', code: tokenProblem(error, connector).code, milliseconds: took() });
      throw error;
    }
  }

  /** With a refresh token one edge at a time, and with the one that stands in the store then. */
  async function exchange(entry: Kept, owner: TokenOwner, once: boolean): Promise<Grant> {
    const { chosen } = owner;
    if (refreshTokenOf(owner.secret) === undefined) return ask(owner.secret, owner);
    const isStored = chosen.renewed !== undefined && !once;
    const lease = isStored ? await turnOf(owner) : undefined;
    try {
      const kept = isStored ? (chosen.open({ latest: true }) ?? owner.secret) : owner.secret;
      const from = refreshTokenOf(kept);
      const sent = entry.replaced !== undefined && entry.replaced.from === from ? entry.replaced.by : from;
      const grant = await ask(withRefreshToken(kept, sent), owner);
      const { refreshToken: by } = grant;
      if (from !== undefined && by !== undefined && by !== sent) {
        entry.replaced = { from, by };
        chosen.renewed?.(withRefreshToken(kept, by));
      }
      return grant;
    } finally {
      // After what was kept: who gets the turn next finds it.
      void lease?.release();
    }
  }

  async function renew(entry: Kept, owner: TokenOwner, once = false): Promise<string> {
    const started = clock.monotonic();
    try {
      const { accessToken, expiresIn } = await exchange(entry, owner, once);
      const life = expiresIn * 1000;
      entry.token = accessToken;
      entry.endsAt = started + life;
      entry.renewAt = entry.endsAt - Math.min(EARLY, life / 10);
      entry.failed = undefined;
      return accessToken;
    } catch (error) {
      const problem = tokenProblem(error, owner.connector);
      entry.failed = { problem, until: clock.monotonic() + FAILED };
      throw problem;
    }
  }

  /** Let go of only once it is kept: a renewal may be over before its first wait. */
  function fly(entry: Kept, owner: TokenOwner): Promise<string> {
    return (entry.flight ??= renew(entry, owner).finally(() => {
      entry.flight = undefined;
    }));
  }

  return {
    once: (owner) => renew({ renewAt: 0, endsAt: 0 }, owner, true),
    async of(owner) {
      const entry = entryOf(owner);
      const now = clock.monotonic();
      if (entry.token !== undefined && now < entry.renewAt) return entry.token;
      const holds = entry.token !== undefined && now < entry.endsAt ? entry.token : undefined;
      if (entry.failed !== undefined && now < entry.failed.until) {
        if (holds !== undefined) return holds;
        throw entry.failed.problem;
      }
      const flight = fly(entry, owner);
      if (holds === undefined) return flight;
      // It still holds: nobody waits for the new one, and one that cannot be got hurts nobody yet.
      flight.catch(() => undefined);
      return holds;
    },
    drop(owner, token) {
      const entry = entryOf(owner);
      if (entry.token !== token) return;
      entry.token = undefined;
      entry.renewAt = entry.endsAt = 0;
    },
  };
}

function refreshTokenOf(secret: CredentialSecretInput): string | undefined {
  return secret.authType === 'oauth2' ? secret.refreshToken : undefined;
}

function withRefreshToken(secret: CredentialSecretInput, refreshToken: string | undefined): CredentialSecretInput {
  return secret.authType === 'oauth2' && refreshToken !== undefined ? { ...secret, refreshToken } : secret;
}

function tokenProblem(error: unknown, connector: ConnectorSettings): ProblemError {
  // invalid_grant and invalid_client are 400 and 401 (RFC 6749, 5.2).
  if (error instanceof UpstreamStatusError && [400, 401, 403].includes(error.upstreamStatus)) return refused(connector, error.upstreamStatus, error);
  const { code, message, retryAfter } = asProblem(error);
  if (code === 'credential_missing' || code === 'internal') return asProblem(error);
  return new ProblemError(code, `No token of ${labelOf(connector)}: ${message}`, { ...(retryAfter !== undefined && { retryAfter }), cause: error });
}
