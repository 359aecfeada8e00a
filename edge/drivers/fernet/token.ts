import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { decodeUrlSafe, encodeUrlSafe } from './base64.js';
import type { FernetKey } from './key.js';

/** What a token holds. */
export interface FernetContent {
  readonly plaintext: Buffer;
  /** Seconds since 1970, when it was made. */
  readonly time: bigint;
}

/** How old a token may be. Never asked of stored secrets: they do not expire. */
export interface FernetAge {
  /** Seconds. */
  readonly ttl: number;
  /** Seconds since 1970. */
  readonly now: number;
}

const VERSION = 0x80;
const CIPHER = 'aes-128-cbc';
const BLOCK = 16;
const MAC = 32;
/** Version, 64 bits of time, and the IV; then the ciphertext and the HMAC of all before it. */
const HEADER = 1 + 8 + BLOCK;
/** Seconds that the clocks of who made it and who reads it may differ. */
const SKEW = 60n;

/**
 * Encrypts and signs, as the Fernet specification has it.
 *
 * @param time seconds since 1970
 * @param iv random; only a test names its own
 */
export function encryptFernet(key: FernetKey, plaintext: Buffer, time: bigint, iv: Buffer = randomBytes(BLOCK)): string {
  const header = Buffer.alloc(HEADER);
  header.writeUInt8(VERSION, 0);
  header.writeBigUInt64BE(time, 1);
  iv.copy(header, HEADER - BLOCK);
  const cipher = createCipheriv(CIPHER, key.encryption, iv);
  const signed = Buffer.concat([header, cipher.update(plaintext), cipher.final()]);
  return encodeUrlSafe(Buffer.concat([signed, macOf(key, signed)]));
}

/**
 * Checks and decrypts. Undefined for every fault alike: which one it was would help who forges.
 * Nothing is decrypted before its HMAC is right, so that nobody can ask about its padding.
 */
export function decryptFernet(key: FernetKey, token: string, age?: FernetAge): FernetContent | undefined {
  const bytes = decodeUrlSafe(token);
  if (bytes === undefined || bytes.length < HEADER + BLOCK + MAC || bytes[0] !== VERSION) return undefined;
  const signed = bytes.subarray(0, -MAC);
  if (!timingSafeEqual(macOf(key, signed), bytes.subarray(-MAC))) return undefined;
  const time = signed.readBigUInt64BE(1);
  if (age !== undefined && !isOfAge(time, age)) return undefined;
  const plaintext = decrypted(key, signed.subarray(HEADER - BLOCK, HEADER), signed.subarray(HEADER));
  return plaintext && { plaintext, time };
}

function macOf(key: FernetKey, signed: Buffer): Buffer {
  return createHmac('sha256', key.signing).update(signed).digest();
}

function isOfAge(time: bigint, { ttl, now }: FernetAge): boolean {
  const present = BigInt(Math.floor(now));
  return time + BigInt(ttl) >= present && time <= present + SKEW;
}

function decrypted(key: FernetKey, iv: Buffer, ciphertext: Buffer): Buffer | undefined {
  try {
    const decipher = createDecipheriv(CIPHER, key.encryption, iv);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    // The key signed what is no ciphertext, or no padding.
    return undefined;
  }
}
