import { SignJWT } from 'jose';
import type { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import type { KeyStore, PublicKeys, TokenSigner } from '../kernel/signer.js';
import { OWN_ALGORITHM, ownKey } from './own-key.js';

const KEY_NAME = 'modules';
const ISSUER = 'ccm';

/** Signs for modules with a key that is made at the first start and kept in the store. */
export async function createSigner(keys: KeyStore, clock: Clock): Promise<TokenSigner> {
  const { kid, privateKey, publicJwk } = await ownKey(keys, KEY_NAME);
  const published: PublicKeys = { keys: [publicJwk] };

  return {
    sign(claims, seconds) {
      const now = Math.floor(clock.now() / 1000);
      return new SignJWT({ ...claims })
        .setProtectedHeader({ alg: OWN_ALGORITHM, kid, typ: 'JWT' })
        .setIssuer(ISSUER)
        .setIssuedAt(now)
        .setExpirationTime(now + seconds)
        .setJti(newId())
        .sign(privateKey);
    },
    jwks: async () => published,
  };
}
