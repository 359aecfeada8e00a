import { ProblemError } from '../../kernel/problems.js';
import { scanJson } from './scan.js';

/** Deeper than any real answer, far below what would overflow the stack of those who walk it later. */
const MAX_DEPTH = 200;

/**
 * The value of a JSON text. A whole number that JavaScript cannot hold (past 2^53) becomes a string of the same digits, so that an id
 * stays the id that it was; other numbers become what JavaScript makes of them, one past its range null once it leaves as JSON again.
 * Of a name that stands twice in an object the last value counts, for everybody behind us, because only what was read here goes on.
 * A byte order mark is skipped; JSON is UTF-8, whatever the source declares. Throws `upstream_invalid`, which never repeats what was sent.
 */
export function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length === 0) throw new ProblemError('upstream_invalid', 'The source answered with nothing.');
  const { depth, longNumbers } = scanJson(bytes);
  if (depth > MAX_DEPTH) {
    throw new ProblemError('upstream_invalid', `The source answered with JSON nested deeper than ${MAX_DEPTH}.`);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ProblemError('upstream_invalid', 'The source answered with text that is not UTF-8.', { cause });
  }
  try {
    const value = JSON.parse(text) as unknown;
    return longNumbers ? (JSON.parse(withExactNumbers(text)) as unknown) : value;
  } catch (cause) {
    throw new ProblemError('upstream_invalid', 'The source answered with broken JSON.', { cause });
  }
}

/** A whole number, as opposed to one with a fraction or an exponent. */
const WHOLE = /^-?\d+$/;
const IN_NUMBER = /[\d.eE+-]/;

/** The text, which is known to be JSON, with quotes around each whole number that would lose digits. */
function withExactNumbers(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] as string;
    if (char === '"') {
      i = endOfString(text, i);
    } else if (char === '-' || (char >= '0' && char <= '9')) {
      const start = i;
      while (i + 1 < text.length && IN_NUMBER.test(text[i + 1] as string)) i += 1;
      const token = text.slice(start, i + 1);
      if (!WHOLE.test(token) || Number.isSafeInteger(Number(token))) continue;
      parts.push(text.slice(done, start), '"', token, '"');
      done = i + 1;
    }
  }
  parts.push(text.slice(done));
  return parts.join('');
}

/** Where the string that begins at `start` ends. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i;
}
