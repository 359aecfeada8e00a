/** Whole groups of four of the url-safe alphabet, with their padding (RFC 4648, 5). */
const URL_SAFE = /^(?:[\w-]{4})*(?:[\w-]{2}==|[\w-]{3}=)?$/;

/**
 * Bytes of a url-safe base64 text with padding, in its one spelling: Node itself reads over signs of no alphabet, missing
 * padding and stray bits at the end. Undefined where it is none.
 */
export function decodeUrlSafe(text: string): Buffer | undefined {
  if (!URL_SAFE.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  return encodeUrlSafe(bytes) === text ? bytes : undefined;
}

/** With padding, as Fernet has it. */
export function encodeUrlSafe(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
