import { RE2JS } from 're2js';

/** Compiled patterns that are kept, and steps of them together: whoever types one makes a new one with each key, and hundreds of silences are asked of each alert. */
const KEPT = 5_000;
const KEPT_STEPS = 200_000;

/** Steps that one match may take, some 50 ms: a text that a pattern may need more for does not fit it. */
const STEPS = 1_000_000;

const compiled = new Map<string, RE2JS | undefined>();
let steps = 0;

function compile(pattern: string): RE2JS | undefined {
  if (compiled.has(pattern)) return compiled.get(pattern);
  if (compiled.size >= KEPT || steps >= KEPT_STEPS) {
    compiled.clear();
    steps = 0;
  }
  let made: RE2JS | undefined;
  try {
    made = RE2JS.compile(pattern);
  } catch {
    // It fits nothing.
  }
  compiled.set(pattern, made);
  steps += made?.programSize() ?? 0;
  return made;
}

/** Whether a text is a pattern in RE2 syntax. */
export function isPattern(pattern: string): boolean {
  return compile(pattern) !== undefined;
}

/**
 * Whether a pattern in RE2 syntax fits the whole text. Its engine takes time by the text's length alone, whatever the pattern: one
 * that somebody typed never goes to a backtracking engine. What is no pattern fits nothing.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const engine = compile(pattern);
  return engine !== undefined && engine.programSize() * text.length <= STEPS && engine.testExact(text);
}
