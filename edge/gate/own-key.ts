import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import type { KeyStore } from '../kernel/signer.js';

/** ES256: what every JWT library knows, also those of module authors. */
export const OWN_ALGORITHM = 'ES256';

/** A key pair that the edge signs with. */
export interface OwnKey {
  /** The thumbprint of RFC 7638. */
  kid: string;
  privateKey: CryptoKey;
  /** The public half, as a JWK. */
  publicJwk: Readonly<Record<string, unknown>>;
}

/** The key of this name; made where there is none yet, and kept in the store. */
export async function ownKey(keys: KeyStore, name: string): Promise<OwnKey> {
  const jwk = (await keys.load(name)) ?? (await keys.save(name, await newKey()));
  const { kty, crv, x, y } = jwk;
  const kid = await calculateJwkThumbprint(jwk as JWK);
  return {
    kid,
    privateKey: (await importJWK(jwk as JWK, OWN_ALGORITHM)) as CryptoKey,
    publicJwk: { kty, crv, x, y, kid, alg: OWN_ALGORITHM, use: 'sig' },
  };
}

async function newKey(): Promise<Record<string, unknown>> {
  const { privateKey } = await generateKeyPair(OWN_ALGORITHM, { extractable: true });
  return { ...(await exportJWK(privateKey)) };
}
