/** Width of a step and height of the whole, in units of the drawing; it is stretched to its place. */
export const STEP_WIDTH = 100;
export const HEIGHT = 100;

/** What a step without a value is still drawn with. */
const THINNEST = 1.5;

/** Where a step goes over into the next: it is level before. */
const BEND = 0.5;

/** One path for each step: as high as its share, bending to the height of the next. */
export function shapeOf(shares: readonly number[]): string[] {
  const heights = shares.map((share) => Math.max(THINNEST, share * HEIGHT));
  return heights.map((height, index) => {
    const next = heights[index + 1] ?? height;
    const [left, bend, right] = [index * STEP_WIDTH, (index + BEND) * STEP_WIDTH, (index + 1) * STEP_WIDTH];
    const middle = (bend + right) / 2;
    const [top, nextTop] = [(HEIGHT - height) / 2, (HEIGHT - next) / 2];
    const [bottom, nextBottom] = [HEIGHT - top, HEIGHT - nextTop];
    return [
      `M${left} ${round(top)}H${bend}C${middle} ${round(top)} ${middle} ${round(nextTop)} ${right} ${round(nextTop)}`,
      `V${round(nextBottom)}C${middle} ${round(nextBottom)} ${middle} ${round(bottom)} ${bend} ${round(bottom)}H${left}Z`,
    ].join('');
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
