import { CompactSign, compactVerify, importJWK, type JWK } from 'jose';
import type { KeyStore, StatementSigner, StatementVerifier } from '../kernel/signer.js';
import { OWN_ALGORITHM, ownKey } from './own-key.js';

/** Says what was signed, so that no token of the edge can be taken for a statement, nor the other way round. */
const TYPE = 'ccm-statement';

/** Signs with the key of this name, which is made where there is none. */
export async function createStatementSigner(keys: KeyStore, name: string): Promise<StatementSigner> {
  const { kid, privateKey, publicJwk } = await ownKey(keys, name);
  return {
    sign: (statement) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(statement))).setProtectedHeader({ alg: OWN_ALGORITHM, kid, typ: TYPE }).sign(privateKey),
    ...(await verifierOf(publicJwk)),
  };
}

/** Checks with the key of this name. Where there is none, nothing was signed with it. */
export async function createStatementVerifier(keys: KeyStore, name: string): Promise<StatementVerifier> {
  const jwk = await keys.load(name);
  if (jwk === undefined) return { verify: async () => undefined };
  const { kty, crv, x, y } = jwk;
  return verifierOf({ kty, crv, x, y });
}

async function verifierOf(publicJwk: Readonly<Record<string, unknown>>): Promise<StatementVerifier> {
  const key = await importJWK(publicJwk as JWK, OWN_ALGORITHM);
  return {
    async verify(jws) {
      try {
        const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: [OWN_ALGORITHM] });
        return protectedHeader.typ === TYPE ? JSON.parse(new TextDecoder().decode(payload)) as unknown : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
