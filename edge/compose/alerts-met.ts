import type { TokenVerifier } from '../gate/token.js';
import type { Principal } from '../kernel/principal.js';

/** Hears of each good token, also of one that came before. */
export type Meet = (principal: Principal) => void;

/** A verifier that tells who came, by whatever door: what is sent to somebody's own address goes by the rights of their last token. */
export function tellMet(verifier: TokenVerifier): { verifier: TokenVerifier; onMet: (meet: Meet) => void } {
  let tell: Meet = () => undefined;
  const met = (principal: Principal): Principal => {
    tell(principal);
    return principal;
  };
  return {
    verifier: {
      verify(token) {
        const principal = verifier.verify(token);
        return principal instanceof Promise ? principal.then(met) : met(principal);
      },
    },
    onMet: (meet) => void (tell = meet),
  };
}
