import type { AuthReason, AuthRequired, ClientOptions, Off } from './client.js';
import { CcmError } from './errors.js';
import { readClaims } from './jwt.js';
import { createListeners } from './listeners.js';
import type { ServerClock } from './clock.js';
import { fullJitter } from './pace.js';
import type { Pace } from './pace.js';

export interface TokenChange {
  readonly token: string;
  /** Another subject or tenant than before: nothing on screen is theirs. */
  readonly stranger: boolean;
}

/** Where tokens come from: given, asked from the page, or fetched from the token endpoint. */
export interface TokenSource {
  /** A token that still lives, renewed if need be. Rejects with `auth_required`. */
  get(): Promise<string>;
  /** A newer one than `used`, which the edge did not take. Rejects with `auth_required` where there is none. */
  renew(used?: string): Promise<string>;
  /** The edge does not take the newest one either. */
  reject(): CcmError;
  set(token: string): void;
  /** The newest token; empty where there was none yet. */
  readonly current: string;
  /** Whether asking again is pointless until the page does something. */
  readonly blocked: boolean;
  /** Forget a refusal: the viewer may have logged in meanwhile. */
  retry(): void;
  onChange(listener: (change: TokenChange) => void): Off;
  onRequired(listener: (event: AuthRequired) => void): Off;
}

interface Obtained {
  token: unknown;
  /** Milliseconds to live, by the clock of whoever made it. */
  life?: number;
}

interface EndpointAnswer {
  token?: unknown;
  expiresAt?: unknown;
}

/** A login page that answers with 200 is the usual mistake: what came is named. */
async function answerOf(response: Response): Promise<EndpointAnswer | null> {
  try {
    return (await response.json()) as EndpointAnswer | null;
  } catch {
    throw new Error(`the token endpoint answered ${response.headers.get('content-type') ?? 'something'}, not JSON with {token, expiresAt}.`);
  }
}

/** The source says no; anything else that goes wrong may pass. */
class Refusal extends Error {}

const MARGIN = 30_000;

export function createTokenSource(options: ClientOptions, clock: ServerClock, pace: Pace, fetcher: typeof fetch): TokenSource {
  const changed = createListeners<TokenChange>();
  const required = createListeners<AuthRequired>();
  const renewable = Boolean(options.getToken ?? options.tokenEndpoint);
  let current = '';
  let subject: string | undefined;
  let dies = Infinity;
  let margin = 0;
  let flight: Promise<string> | undefined;
  let refusal: CcmError | undefined;
  let demanded: AuthRequired | undefined;
  let given = 0;
  let failures = 0;
  let notBefore = 0;

  /** Tells the page once that it must act, and gives the error for whoever asked. */
  function demand(reason: AuthReason, detail: string, cause?: unknown): CcmError {
    const error = new CcmError('auth_required', detail, { cause });
    if (reason !== 'unavailable') refusal = error;
    if (demanded?.reason !== reason) {
      demanded = { reason, detail };
      required.tell(demanded);
    }
    return error;
  }

  /** Milliseconds that a token has to live; where the two clocks cannot be compared, its whole life. */
  function lifeOf(token: string, told?: number): number {
    if (told !== undefined && told > 0) return told;
    const { exp, iat } = readClaims(token);
    if (exp === undefined) return Infinity;
    const left = exp * 1000 - (clock.now() ?? Date.now());
    return left > 0 && (clock.now() !== undefined || iat === undefined) ? left : (exp - (iat ?? exp)) * 1000 || Infinity;
  }

  function accept(token: string, told?: number): string {
    const life = lifeOf(token, told);
    dies = Date.now() + life;
    margin = Math.min(MARGIN, life / 5);
    refusal = demanded = undefined;
    failures = notBefore = 0;
    if (token === current) return token;
    current = token;
    const before = subject;
    subject = readClaims(token).subject;
    changed.tell({ token, stranger: before !== undefined && before !== subject });
    return token;
  }

  async function fromEndpoint(url: string): Promise<Obtained> {
    const response = await fetcher(url, {
      method: 'POST',
      credentials: 'include',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(options.timeout ?? 30_000),
    });
    const { status } = response;
    if (!response.ok) throw new (status === 401 || status === 403 ? Refusal : Error)(`The token endpoint answered ${status}.`);
    const answer = await answerOf(response);
    const date = Date.parse(response.headers.get('date') ?? '');
    const life = Date.parse(String(answer?.expiresAt)) - (Number.isNaN(date) ? (clock.now() ?? Date.now()) : date);
    return { token: answer?.token, ...(!Number.isNaN(life) && { life }) };
  }

  async function obtain(used: string): Promise<string> {
    const before = given;
    try {
      const { token, life }: Obtained = options.getToken
        ? { token: await options.getToken() }
        : await fromEndpoint(options.tokenEndpoint ?? '');
      // The page gave one meanwhile: that is whom it means.
      if (before !== given) return current;
      if (typeof token !== 'string' || !token) throw new Refusal(options.getToken ? 'getToken gave no token: it has to give a JWT as text.' : 'The token endpoint gave no token: it has to answer {"token": "…", "expiresAt": "…"}.');
      if (token === used) throw demand('rejected', 'The edge does not accept the token, and its source has no newer one.');
      return accept(token, life);
    } catch (error) {
      if (error instanceof CcmError) throw error;
      const detail = String(error instanceof Error ? error.message : error);
      if (error instanceof Refusal) throw demand('refused', detail);
      notBefore = Date.now() + fullJitter(failures++, pace.backoff, pace.backoffMax, pace.random);
      throw demand('unavailable', `The token source failed: ${detail}`, error);
    }
  }

  function renew(used = ''): Promise<string> {
    if (used && current && used !== current) return Promise.resolve(current);
    if (refusal) return Promise.reject(refusal);
    if (!renewable) {
      if (!current) return Promise.reject(demand('missing', 'None was given: name a token endpoint (data-token-endpoint on the script tag), a token or getToken.'));
      return Promise.reject(
        Date.now() > dies - 2 * MARGIN ? demand('expired', 'The token is at its end.') : demand('rejected', 'The edge does not accept the token.'),
      );
    }
    if (Date.now() < notBefore) {
      const retryAfter = (notBefore - Date.now()) / 1000;
      return Promise.reject(new CcmError('auth_required', 'The token source failed a moment ago.', { retryAfter }));
    }
    flight ??= obtain(used).finally(() => (flight = undefined));
    return flight;
  }

  if (options.token) accept(options.token);

  return {
    get: async () => {
      if (current && (!renewable || Date.now() < dies - margin)) return current;
      // One that still lives serves while its source fails.
      return renew().catch((error: unknown) => {
        if (current && !refusal && Date.now() < dies) return current;
        throw error;
      });
    },
    renew,
    reject: () => demand('rejected', 'The edge does not accept the token.'),
    set(token) {
      if (!token) throw new TypeError('setToken: the token is empty');
      given++;
      accept(token);
    },
    get current() {
      return current;
    },
    get blocked() {
      return refusal !== undefined;
    },
    retry() {
      if (renewable) refusal = undefined;
      notBefore = 0;
    },
    onChange: changed.add,
    onRequired(listener) {
      const off = required.add(listener);
      if (demanded) listener(demanded);
      return off;
    },
  };
}
