import { isRecord } from '../data/record.js';

/** What a client reads of its own token; only the edge can tell whether it is genuine. */
export interface TokenClaims {
  /** Seconds since 1970. */
  exp?: number;
  iat?: number;
  /** Who it stands for: two tokens with the same one may share what is on screen. */
  subject: string;
}

function claimsOf(token: string): Record<string, unknown> | undefined {
  try {
    const text = atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
    const claims: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
    return isRecord(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a token's claims. A token that is none stands for itself alone. */
export function readClaims(token: string): TokenClaims {
  const claims = claimsOf(token);
  if (!claims) return { subject: token };
  const { exp, iat, nbf: _nbf, jti: _jti, ...rest } = claims;
  return {
    ...(typeof exp === 'number' && { exp }),
    ...(typeof iat === 'number' && { iat }),
    // The edge may know subject and tenant by other claims: without a `sub`, all of them count.
    subject: JSON.stringify(rest.sub === undefined ? rest : [rest.iss, rest.sub, rest.tenant]),
  };
}
