/** The words of a definition's colours, as tones of the theme, so that `red` is readable on either surface. */
const TONES: Readonly<Record<string, string>> = {
  good: 'good', green: 'good', success: 'good',
  warning: 'warning', yellow: 'warning', amber: 'warning', orange: 'warning',
  critical: 'critical', red: 'critical', danger: 'critical', error: 'critical',
  accent: 'accent', blue: 'accent', info: 'accent',
  muted: 'muted', gray: 'muted', grey: 'muted',
};

export type Tone = 'good' | 'warning' | 'critical' | 'accent' | 'muted';

/** The theme's tone that a colour word means, if it means one. */
export function toneOf(color: unknown): Tone | undefined {
  return typeof color === 'string' && Object.hasOwn(TONES, color.toLowerCase()) ? (TONES[color.toLowerCase()] as Tone) : undefined;
}

/**
 * The CSS colour of a definition's or an answer's colour: a tone, a plain colour name or `#rgb`/`#rrggbb`. Anything else,
 * such as `red;background:url(//x)`, is no colour and gives undefined. Set it through the CSSOM.
 */
export function cssColor(color: unknown): string | undefined {
  const tone = toneOf(color);
  if (tone !== undefined) return `var(--_${tone})`;
  if (typeof color !== 'string') return undefined;
  if (/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(color)) return color;
  return /^[a-z]{3,20}$/i.test(color) && CSS.supports('color', color) && !WIDE.has(color.toLowerCase()) ? color : undefined;
}

/** Keywords that every property takes; they are no colours. */
const WIDE = new Set(['inherit', 'initial', 'unset', 'revert', 'currentcolor', 'transparent']);
