import { createHash } from 'node:crypto';
import { readFernetKey } from '../drivers/fernet/key.js';
import { weaknessOf } from './weak-secret.js';

/** A new one, by what every machine has. */
export const NEW_FERNET_KEY = 'openssl rand -base64 32 | tr +/ -_';

/**
 * Keys that stand in the specification, its test vectors and the manuals of systems that use it, as the first 16 hex digits of
 * their SHA-256: a scanner for secrets has nothing to find here.
 */
const KNOWN = new Set(['d88a2cb53b61ef4d', '81886cc4d79074f6', '45f9af60db8dc522']);

/** Why a Fernet key must not be used, or undefined where it may. */
export function fernetKeyWeakness(text: string): string | undefined {
  const key = readFernetKey(text);
  if (key === undefined) return 'is not 32 bytes in url-safe base64 (44 characters, the last one is =)';
  if (KNOWN.has(createHash('sha256').update(text).digest('hex').slice(0, 16))) return 'is a known example';
  const bytes = Buffer.concat([key.signing, key.encryption]);
  const steps = new Set([...bytes].map((byte, index) => (byte - (bytes[index - 1] ?? 0) + 256) % 256).slice(1));
  if (steps.size === 1) return 'is a row of bytes that anybody can continue';
  // A passphrase in base64 is what it is: a sign a byte.
  return weaknessOf(bytes.toString('latin1'));
}

/** What is wrong with the list of `CCM_FERNET_KEYS`; the keys themselves are named by their number only. */
export function fernetKeyFaults(keys: readonly string[]): string[] {
  return keys.flatMap((key, index) => {
    const fault = fernetKeyWeakness(key) ?? (keys.indexOf(key) < index ? `is the same as key ${keys.indexOf(key) + 1}` : undefined);
    return fault === undefined ? [] : [`key ${index + 1} ${fault}. A new one: ${NEW_FERNET_KEY}`];
  });
}
