/** Signs the short-lived tokens by which modules are told who asks (driver: gate/signer.ts). */
export interface TokenSigner {
  /** A compact JWT with these claims that expires after `seconds`. */
  sign(claims: TokenClaims, seconds: number): Promise<string>;
  /** The public keys, as `GET /api/v1/modules/jwks` answers them. */
  jwks(): Promise<PublicKeys>;
}

/** `tenant` always; `sub` and `roles` only where the rows belong to one user. */
export interface TokenClaims {
  tenant: string;
  /** The module that is called. */
  aud?: string;
  sub?: string;
  roles?: readonly string[];
}

/** JSON Web Key Set (RFC 7517). */
export interface PublicKeys {
  keys: Readonly<Record<string, unknown>>[];
}

/** Tells what was signed with one of the edge's own keys. */
export interface StatementVerifier {
  /** What a compact JWS says; undefined where it was not signed with this key. */
  verify(jws: string): Promise<unknown>;
}

/** Signs what the edge states for itself, such as the head of its audit trail (driver: gate/statements.ts). */
export interface StatementSigner extends StatementVerifier {
  /** A compact JWS (ES256) of this JSON object. */
  sign(statement: object): Promise<string>;
}

/** Where private keys are kept, so that a restart (and a second edge) signs with the same one. */
export interface KeyStore {
  /** The private JWK of that name, if there is one. */
  load(name: string): Promise<Record<string, unknown> | undefined>;
  /** Keeps it and gives the one that stands: an earlier one of that name wins over a race. */
  save(name: string, jwk: Record<string, unknown>): Promise<Record<string, unknown>>;
}
