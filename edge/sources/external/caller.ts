import type { CredentialSecretInput } from '../../../sdk/contract/credential.js';
import type { SourceParams } from '../../../sdk/contract/data-source.js';
import type { CallAccount } from '../../kernel/calls.js';
import { UpstreamStatusError, type HttpAnswer } from '../../kernel/http-client.js';
import { newId } from '../../kernel/ids.js';
import type { ConnectorSettings } from '../../kernel/settings.js';
import { authParts, bearer, NO_AUTH, type AuthParts } from '../connector-auth.js';
import { contentOf, type Method } from './asking.js';
import { baseOf } from './base.js';
import { formFor, type ChosenCredential } from './credential.js';
import { apiProblem } from './faults.js';
import { createTokens, type TokenOwner, type TokensDeps } from './tokens.js';

/** Calls at one time with one credential, where the connector does not say. */
const CONCURRENT = 10;

export interface LineOptions {
  connector: ConnectorSettings;
  tenant: string;
  chosen: ChosenCredential;
  /** Whose rows are asked for, where they are one user's. */
  user?: string;
}

export interface LineRequest {
  method: Method;
  path: string;
  /** Final: no words for dates. */
  params: SourceParams;
  /** In the place of the params. */
  query?: string;
  /** Bytes of the answer, after decompression. */
  maxBytes?: number;
  signal: AbortSignal;
}

interface Authorised {
  auth: AuthParts;
  /** Set where the secret was exchanged for it. */
  token?: { owner: TokenOwner; value: string };
}

/** Makes one call; throws `ProblemError` in the words for who asked. */
export type Line = (request: LineRequest) => Promise<HttpAnswer>;

export interface Caller {
  /** Whether a token was got for the secret; false where it is used as it is. Throws what `Line` throws. */
  signIn(options: LineOptions): Promise<boolean>;
  /** A line to an API with one credential. The secret is opened with the first call, and kept no longer than the line. */
  line(options: LineOptions): Line;
}

export function createCaller(deps: TokensDeps): Caller {
  const { calls } = deps;
  const tokens = createTokens(deps);

  function accountOf({ connector, tenant, chosen, user }: LineOptions): CallAccount {
    return {
      tenant, api: connector.name, credential: chosen.id, ...(user !== undefined && { user }), ...(chosen.shared && { shared: true }),
      limits: { concurrent: CONCURRENT, ...connector.limits },
    };
  }

  async function authorise({ connector, chosen }: LineOptions, account: CallAccount, secret: CredentialSecretInput | undefined): Promise<Authorised> {
    if (secret === undefined) return { auth: NO_AUTH };
    const form = formFor(connector, secret);
    const parts = authParts(secret, form);
    if (parts !== undefined || (form.kind !== 'oauth2' && form.kind !== 'service_account')) return { auth: parts ?? NO_AUTH };
    const given = givenToken(secret);
    if (given !== undefined) return { auth: bearer(given) };
    const owner: TokenOwner = { connector, form, secret, account, chosen };
    const value = await (chosen.once === true ? tokens.once(owner) : tokens.of(owner));
    return { auth: bearer(value), token: { owner, value } };
  }

  return {
    async signIn(options) {
      const { token } = await authorise(options, accountOf(options), options.chosen.open());
      return token !== undefined;
    },
    line(options) {
      const { connector, chosen } = options;
      const account = accountOf(options);
      let opened: { secret: CredentialSecretInput | undefined } | undefined;
      const authorised = (): Promise<Authorised> => authorise(options, account, (opened ??= { secret: chosen.open() }).secret);

      async function attempt({ method, path, params, query, maxBytes, signal }: LineRequest, auth: AuthParts): Promise<HttpAnswer> {
        return calls.json({
          base: baseOf(connector, opened?.secret),
          path,
          method,
          ...contentOf(params, { method, auth, encoding: connector.encoding, ...(query !== undefined && { query }) }),
          headers: { ...auth.headers, 'x-request-id': newId() },
          ...(maxBytes !== undefined && { maxBytes }),
          signal,
        }, account);
      }

      return async (request) => {
        const { auth, token } = await authorised();
        try {
          return await attempt(request, auth);
        } catch (error) {
          const expired = token !== undefined && chosen.once !== true && error instanceof UpstreamStatusError && error.upstreamStatus === 401;
          if (!expired) throw apiProblem(error, connector, opened?.secret !== undefined);
          tokens.drop(token.owner, token.value);
        }
        try {
          return await attempt(request, (await authorised()).auth);
        } catch (error) {
          throw apiProblem(error, connector, true);
        }
      };
    },
  };
}

/** A token that was handed over with no way to a next one is used until it is refused. */
function givenToken(secret: CredentialSecretInput): string | undefined {
  return secret.authType === 'oauth2' && secret.refreshToken === undefined ? secret.accessToken : undefined;
}
