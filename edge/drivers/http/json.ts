import { ProblemError } from '../../kernel/problems.js';

/** Deeper than any real answer, far below what would overflow the stack of those who walk it later. */
const MAX_DEPTH = 200;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** How deep arrays and objects nest in a JSON text; brackets inside strings do not count. */
function depthOf(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (inText) {
      if (byte === BACKSLASH) i += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) {
      inText = true;
    } else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (byte === 0x5d || byte === 0x7d) {
      depth -= 1;
    }
  }
  return deepest;
}

/**
 * The value of a JSON text. Numbers become what JavaScript makes of them: whole numbers past 2^53 lose their last digits,
 * so a source must send long ids as strings. Throws `upstream_invalid`, which never repeats what the source sent.
 */
export function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length === 0) throw new ProblemError('upstream_invalid', 'The source answered with nothing.');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ProblemError('upstream_invalid', 'The source answered with text that is not UTF-8.', { cause });
  }
  if (depthOf(bytes) > MAX_DEPTH) {
    throw new ProblemError('upstream_invalid', `The source answered with JSON nested deeper than ${MAX_DEPTH}.`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new ProblemError('upstream_invalid', 'The source answered with broken JSON.', { cause });
  }
}
