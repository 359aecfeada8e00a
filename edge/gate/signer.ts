import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import type { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import type { KeyStore, PublicKeys, TokenSigner } from '../kernel/signer.js';

/** ES256: what every JWT library knows, also those of module authors. */
const ALGORITHM = 'ES256';
const KEY_NAME = 'modules';
export const ISSUER = 'ccm';

/** Signs for modules with a key that is made at the first start and kept in the store. */
export async function createSigner(keys: KeyStore, clock: Clock): Promise<TokenSigner> {
  const jwk = (await keys.load(KEY_NAME)) ?? (await keys.save(KEY_NAME, await newKey()));
  const kid = await calculateJwkThumbprint(jwk as JWK);
  const privateKey = (await importJWK(jwk as JWK, ALGORITHM)) as CryptoKey;
  const { kty, crv, x, y } = jwk;
  const published: PublicKeys = { keys: [{ kty, crv, x, y, kid, alg: ALGORITHM, use: 'sig' }] };

  return {
    sign(claims, seconds) {
      const now = Math.floor(clock.now() / 1000);
      return new SignJWT({ ...claims })
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
        .setIssuer(ISSUER)
        .setIssuedAt(now)
        .setExpirationTime(now + seconds)
        .setJti(newId())
        .sign(privateKey);
    },
    jwks: async () => published,
  };
}

async function newKey(): Promise<Record<string, unknown>> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return { ...(await exportJWK(privateKey)) };
}
