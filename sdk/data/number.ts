/** Linear on any input: each part starts with a character that the part before it cannot hold. */
const NUMERIC = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i;
const LONGEST = 64;

/**
 * The finite number that a value is, or that a plain decimal string says (`"12.5"`, as Prometheus and others send
 * numbers). Everything else is no number at all, never 0: `""`, `"NaN"`, `"+Inf"`, `"0x10"`, `true`, `[3]`, `null`.
 */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.length > LONGEST) return undefined;
  const text = value.trim();
  if (!NUMERIC.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
