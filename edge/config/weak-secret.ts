import { createHash } from 'node:crypto';

/** Bytes that an HS256 secret needs at least: as many as its hash has (RFC 7518, 3.2). */
export const MIN_SECRET_BYTES = 32;

/**
 * Examples of 32 bytes and more that stand in books, libraries' manuals and lists of attackers, as the first 16 hex
 * digits of the SHA-256 of their lower-case form: a scanner for secrets has nothing to find here.
 */
const KNOWN = new Set([
  '011fc2994e39d251', '2150e782fae0329e', '2492212a9253330a', '3eb1bd439947eb76', '40072d61eaecd7b8',
  '465d9ad5d5528ebe', '4a785508f14fa9f5', '57f25c44324d8f95', '582cc79cd52a540f', '5f307346597faff4',
  '653bb1245e828fcd', '72b4c2ec107db463', '734dce511b22a504', '7cae8926cf91cf27', '8f4fd3162700a6f8',
  '8f721171d9db7325', '9d48fb4e0cf92ca7', 'a064b502e61d27e9', 'a5ff35af1ea5d53d', 'b0d6c117ced90971',
  'bc06028057fd8447', 'bedde02c47143fbc', 'd38426ce70b567fe', 'e1b85b27d6bcb058', 'e687d5a9ca06faff',
  'e826155467c1ba22', 'f6d527e6d0186548',
]);

/** Why a secret must not be used, or undefined where it may. */
export function weaknessOf(secret: string): string | undefined {
  const bytes = Buffer.byteLength(secret, 'utf8');
  if (bytes < MIN_SECRET_BYTES) return `has ${bytes} bytes; it needs ${MIN_SECRET_BYTES} or more`;
  const digest = createHash('sha256').update(secret.trim().toLowerCase()).digest('hex');
  if (KNOWN.has(digest.slice(0, 16))) return 'is a known example';
  if (new Set(secret).size < 8) return 'has fewer than 8 different characters';
  if (isRepeated(secret)) return 'repeats a shorter piece';
  return undefined;
}

/** Whether the text is a shorter piece over and over. */
function isRepeated(text: string): boolean {
  for (let length = 1; length <= text.length / 2; length += 1) {
    if (text.startsWith(text.slice(length))) return true;
  }
  return false;
}
