import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256 of a secret: what is compared in its place. */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Whether they are of one secret. Digests have one length, so the time taken says nothing about it. */
export function sameDigest(a: Buffer, b: Buffer): boolean {
  return timingSafeEqual(a, b);
}
