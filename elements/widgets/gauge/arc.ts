/** The gauge is an arc of 240 degrees, open at the bottom, in a box of 120 × 96. */
export const BOX = { width: 120, height: 96, cx: 60, cy: 60 } as const;

/** Radii in that box: of the dial, of the ranges around it, of the labels around these; and how far below its ends their labels stand. */
export const ARC_SIDE = { radius: 48, band: 56, labels: 60, end: 5 } as const;

/** The widest a dial gets, pixels. */
const WIDEST = 240;
/** Pixels that labels take on either side of it, and above and below. */
const SIDE = 34;
const ABOVE = 16;

const START = 210;
const SWEEP = 240;

/** Where a share (0 to 1) of the way lies, at a radius. */
export function onArc(share: number, radius: number): { x: number; y: number } {
  const angle = ((START - share * SWEEP) * Math.PI) / 180;
  return { x: BOX.cx + radius * Math.cos(angle), y: BOX.cy - radius * Math.sin(angle) };
}

function pointAt(share: number, radius: number): string {
  const { x, y } = onArc(share, radius);
  return `${x.toFixed(2)} ${y.toFixed(2)}`;
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

/** Pixels that a dial with labels around it is wide, as large as the body lets it be. Its style says the same. */
export function widthOfDial({ width, height }: { width: number; height: number }): number {
  return Math.max(0, Math.min(width - 2 * SIDE, (height - 2 * ABOVE) * (BOX.width / BOX.height), WIDEST));
}
