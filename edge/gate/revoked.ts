import type { Principal } from '../kernel/principal.js';
import type { Revocations } from '../kernel/revocations.js';
import { RevokedError } from './token-refusals.js';
import { unauthenticated, type TokenVerifier } from './token.js';

/**
 * A verifier that refuses what is revoked, with the one error of all tokens that do not count. Asked each time, also for a
 * remembered token; that costs a look-up in memory and no promise.
 */
export function refuseRevoked(verifier: TokenVerifier, revocations: Pick<Revocations, 'isRevoked'>): TokenVerifier {
  const check = (principal: Principal): Principal => {
    if (revocations.isRevoked(principal)) throw unauthenticated(new RevokedError());
    return principal;
  };
  return {
    verify(token) {
      const principal = verifier.verify(token);
      return principal instanceof Promise ? principal.then(check) : check(principal);
    },
  };
}
