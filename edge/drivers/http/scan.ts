const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Digits of the shortest number that may lose some: 2^53 has 16. */
const LONG = 16;

/** What is known of a JSON text before it is parsed; for a text that is none, of no meaning. */
export interface JsonScan {
  /** How deep arrays and objects nest; brackets inside of strings do not count. */
  depth: number;
  /** Outside of strings stand 16 digits or more in a row. */
  longNumbers: boolean;
}

/** One pass over the bytes, so that what would overflow a stack never reaches the parser. */
export function scanJson(bytes: Uint8Array): JsonScan {
  let depth = 0;
  let deepest = 0;
  let digits = 0;
  let longNumbers = false;
  let inText = false;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] as number;
    if (inText) {
      if (byte === BACKSLASH) i += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte >= 0x30 && byte <= 0x39) {
      digits += 1;
      if (digits >= LONG) longNumbers = true;
    } else {
      digits = 0;
      if (byte === QUOTE) {
        inText = true;
      } else if (byte === 0x5b || byte === 0x7b) {
        depth += 1;
        if (depth > deepest) deepest = depth;
      } else if (byte === 0x5d || byte === 0x7d) {
        depth -= 1;
      }
    }
  }
  return { depth: deepest, longNumbers };
}
