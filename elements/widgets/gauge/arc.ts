/** The gauge is an arc of 240 degrees, open at the bottom, in a box of 120 × 96. */
export const BOX = { width: 120, height: 96, cx: 60, cy: 60 } as const;

const START = 210;
const SWEEP = 240;

/** Where a share (0 to 1) of the way lies, at a radius. */
function pointAt(share: number, radius: number): string {
  const angle = ((START - share * SWEEP) * Math.PI) / 180;
  return `${(BOX.cx + radius * Math.cos(angle)).toFixed(2)} ${(BOX.cy - radius * Math.sin(angle)).toFixed(2)}`;
}

/** Path of the arc between two shares of the way. */
export function arc(from: number, to: number, radius: number): string {
  const large = (to - from) * SWEEP > 180 ? 1 : 0;
  return `M${pointAt(from, radius)}A${radius} ${radius} 0 ${large} 1 ${pointAt(to, radius)}`;
}

/** The share of the way from `min` to `max` that a reading has gone, never outside of it. */
export function shareOf(value: number, min: number, max: number): number {
  if (!(max > min)) return 0;
  return Math.min(1, Math.max(0, (value - min) / (max - min)));
}
