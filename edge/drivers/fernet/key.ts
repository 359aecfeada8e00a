import { decodeUrlSafe } from './base64.js';

/** Bytes of a key: half of them sign, half of them encrypt. */
const KEY_BYTES = 32;

export interface FernetKey {
  /** For HMAC-SHA256. */
  readonly signing: Buffer;
  /** For AES-128. */
  readonly encryption: Buffer;
}

/** Reads a key: 32 bytes in url-safe base64, the signing half first. Undefined where the text is none. */
export function readFernetKey(text: string): FernetKey | undefined {
  const bytes = decodeUrlSafe(text);
  if (bytes?.length !== KEY_BYTES) return undefined;
  return { signing: bytes.subarray(0, KEY_BYTES / 2), encryption: bytes.subarray(KEY_BYTES / 2) };
}
