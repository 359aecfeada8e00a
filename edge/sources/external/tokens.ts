import { LRUCache } from 'lru-cache';
import type { CallAccount, Calls } from '../../kernel/calls.js';
import type { Clock } from '../../kernel/clock.js';
import type { CredentialSecret } from '../../kernel/credentials.js';
import { UpstreamStatusError } from '../../kernel/http-client.js';
import { asProblem, ProblemError } from '../../kernel/problems.js';
import type { ConnectorSettings } from '../../kernel/settings.js';
import { labelOf } from './credential.js';
import { refused } from './faults.js';
import { grantOf, tokenRequest, type TokenForm } from './grant.js';

/** Milliseconds before its end at which a token is renewed, or a tenth of its life where that is less. */
const EARLY = 60_000;
/** Milliseconds for which a token endpoint that failed is not asked again. */
const FAILED = 5_000;
const MOST_TOKENS = 5_000;

/** Whose token: the connector, the account, and the secret that it is got with. */
export interface TokenOwner {
  connector: ConnectorSettings;
  form: TokenForm;
  secret: CredentialSecret;
  account: CallAccount;
}

/** Access tokens, got and renewed once however many ask; in memory alone. */
export interface Tokens {
  /** Throws `credential_missing` where the secret is refused, else the fault of the token endpoint. */
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
  refreshToken?: string;
  flight?: Promise<string>;
  failed?: { problem: ProblemError; until: number };
}

export function createTokens({ calls, clock }: { calls: Calls; clock: Clock }): Tokens {
  const kept = new LRUCache<string, Kept>({ max: MOST_TOKENS });

  function entryOf({ connector, account: { tenant, credential } }: TokenOwner): Kept {
    const key = JSON.stringify([tenant, connector.name, credential]);
    let entry = kept.get(key);
    if (entry === undefined) kept.set(key, (entry = { renewAt: 0, endsAt: 0 }));
    return entry;
  }

  async function renew(entry: Kept, owner: TokenOwner): Promise<string> {
    const { connector, form, secret, account } = owner;
    const started = clock.monotonic();
    try {
      const request = tokenRequest(form, secret, { baseUrl: connector.baseUrl, now: clock.now(), ...(entry.refreshToken !== undefined && { refreshToken: entry.refreshToken }) });
      // On an account of its own: tokens are no part of what the API counts, and a full queue must not keep them away.
      const { body } = await calls.json(request, { ...account, api: `${connector.name}-token`, limits: { concurrent: 1 } });
      const { accessToken, expiresIn, refreshToken } = grantOf(body);
      const life = expiresIn * 1000;
      entry.token = accessToken;
      entry.endsAt = started + life;
      entry.renewAt = entry.endsAt - Math.min(EARLY, life / 10);
      entry.refreshToken = refreshToken ?? entry.refreshToken;
      entry.failed = undefined;
      return accessToken;
    } catch (error) {
      const problem = tokenProblem(error, connector);
      entry.failed = { problem, until: clock.monotonic() + FAILED };
      throw problem;
    } finally {
      entry.flight = undefined;
    }
  }

  return {
    once: (owner) => renew({ renewAt: 0, endsAt: 0 }, owner),
    async of(owner) {
      const entry = entryOf(owner);
      const now = clock.monotonic();
      if (entry.token !== undefined && now < entry.renewAt) return entry.token;
      const holds = entry.token !== undefined && now < entry.endsAt ? entry.token : undefined;
      if (entry.failed !== undefined && now < entry.failed.until) {
        if (holds !== undefined) return holds;
        throw entry.failed.problem;
      }
      const flight = (entry.flight ??= renew(entry, owner));
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

function tokenProblem(error: unknown, connector: ConnectorSettings): ProblemError {
  // invalid_grant and invalid_client are 400 and 401 (RFC 6749, 5.2).
  if (error instanceof UpstreamStatusError && [400, 401, 403].includes(error.upstreamStatus)) return refused(connector, error.upstreamStatus, error);
  const { code, message, retryAfter } = asProblem(error);
  if (code === 'credential_missing' || code === 'internal') return asProblem(error);
  return new ProblemError(code, `No token of ${labelOf(connector)}: ${message}`, { ...(retryAfter !== undefined && { retryAfter }), cause: error });
}
