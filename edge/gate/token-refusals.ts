import { decodeJwt, errors } from 'jose';
import { ProblemError } from '../kernel/problems.js';
import type { Principal } from '../kernel/principal.js';
import type { TellRefusal } from '../kernel/seldom.js';
import type { JwtSettings, Settings } from '../kernel/settings.js';
import type { TokenVerifier } from './token.js';

/** A token that was good and is revoked. */
export class RevokedError extends Error {
  override readonly name = 'RevokedError';
}

/** The setting that holds the key, by its kind. */
const KEY_SETTINGS: Record<JwtSettings['key']['kind'], string> = { secret: 'CCM_JWT_SECRET', jwks: 'CCM_JWKS_URL', pem: 'CCM_JWT_PUBLIC_KEY' };

/**
 * A verifier that says in the log why a token is refused. Its caller gets the one error of all refused tokens, unchanged.
 *
 * @param tenants one that is not among them is as good as no token: the gate refuses it, and here it is told
 */
export function tellRefused(verifier: TokenVerifier, jwt: JwtSettings, tenants: Settings['tenants'], tell: TellRefusal): TokenVerifier {
  const refused = (token: string, error: unknown): never => {
    if (error instanceof ProblemError && error.code === 'unauthenticated') tell(reasonOf(error.cause, jwt), issuerOf(token));
    throw error;
  };
  const known = (principal: Principal): Principal => {
    if (!tenants.has(principal.tenant)) tell(`its tenant (claim ${jwt.claims.tenant}) is not under tenants in the settings`, { tenant: principal.tenant });
    return principal;
  };
  return {
    verify(token) {
      let principal: Principal | Promise<Principal>;
      try {
        principal = verifier.verify(token);
      } catch (error) {
        return refused(token, error);
      }
      return principal instanceof Promise ? principal.then(known, (error: unknown) => refused(token, error)) : known(principal);
    },
  };
}

/** What is wrong with a token, for who operates the edge. */
function reasonOf(cause: unknown, { key, claims, issuer, audience }: JwtSettings): string {
  const setting = KEY_SETTINGS[key.kind];
  if (cause instanceof RevokedError) return 'it is revoked';
  if (cause instanceof errors.JWTExpired) return 'it has expired';
  if (cause instanceof errors.JWSSignatureVerificationFailed) return `its signature does not fit the key of ${setting}: it was signed with another one`;
  if (cause instanceof errors.JWKSNoMatchingKey) return `no key of ${setting} has its key id`;
  if (cause instanceof errors.JOSEAlgNotAllowed) return `it is not signed in a way that goes with ${setting}${key.kind === 'secret' ? ' (HS256)' : ''}`;
  if (cause instanceof errors.JWTClaimValidationFailed) {
    const { claim, reason } = cause;
    if (reason === 'missing') return `it has no claim ${claim}${Object.values(claims).includes(claim) ? ' (claims in the settings names it)' : ''}`;
    if (claim === 'iss') return `its issuer is not CCM_JWT_ISSUER (${issuer ?? ''})`;
    if (claim === 'aud') return `its audience is not CCM_JWT_AUDIENCE (${audience ?? ''})`;
    if (claim === 'nbf') return 'it is not good yet: are the clocks right?';
    return `its claim ${claim} is not as it has to be`;
  }
  return cause instanceof Error && cause.name === 'Error' ? `it is no token that CCM takes: ${cause.message}` : 'it is no token that CCM takes';
}

/** As the token itself says, which nobody has checked. */
function issuerOf(token: string): Record<string, string> {
  try {
    const { iss } = decodeJwt(token);
    return typeof iss === 'string' ? { issuer: iss } : {};
  } catch {
    return {};
  }
}
