import type { MapSize, MapView } from './ground.js';

/** Pixels of the box in one cell at most: spots are soft, nobody sees a finer one. */
const CELL = 4;
/** Cells that a box has to each side at least: the spots of a small map would be one. */
const CELLS = 40;
/** Cells that a spot reaches to each side in each round of blurring. */
const REACH = 3;
const ROUNDS = 4;

/** Where it is hot: places on a grid, each blurred into a soft spot, in shades of one colour. */
export class Heat {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  #shades: Uint8ClampedArray | undefined;
  /** The heat of the hottest cell, by enlargement and size of a cell. */
  readonly #peaks = new Map<number, number>();
  #spots: Float64Array | undefined;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d', { willReadFrequently: true });
  }

  /** Takes the colours anew from the element's tokens. */
  repaint(element: Element): void {
    this.#shades = this.#context === null ? undefined : shadesOf(this.#context, getComputedStyle(element));
  }

  /** `spots` holds x and y on the ground, `weights` how much each counts. */
  draw(spots: Float64Array, weights: Float64Array, view: MapView, size: MapSize): void {
    if (this.#context === null || this.#shades === undefined) return;
    if (spots !== this.#spots) this.#peaks.clear();
    this.#spots = spots;
    const cell = Math.max(1, Math.min(CELL, size.width / CELLS, size.height / CELLS));
    const [columns, rows] = [Math.ceil(size.width / cell), Math.ceil(size.height / cell)];
    // A margin as wide as a spot: what lies just outside reaches in.
    const margin = REACH * ROUNDS;
    const [wide, high] = [columns + 2 * margin, rows + 2 * margin];
    const grid = new Float64Array(wide * high);
    for (let at = 0; at < weights.length; at += 1) {
      const column = Math.floor((view.x + (spots[2 * at] ?? NaN) * view.k) / cell) + margin;
      const row = Math.floor((view.y + (spots[2 * at + 1] ?? NaN) * view.k) / cell) + margin;
      if (column >= 0 && row >= 0 && column < wide && row < high) add(grid, row * wide + column, weights[at] ?? 0);
    }
    const other = new Float64Array(grid.length);
    for (let round = 0; round < ROUNDS; round += 1) {
      blur(grid, other, wide, high, 1, wide);
      blur(other, grid, high, wide, wide, 1);
    }
    this.#paint(grid, { columns, rows, margin, wide }, this.#peakAt(spots, weights, view.k / cell));
  }

  #paint(grid: Float64Array, { columns, rows, margin, wide }: Record<'columns' | 'rows' | 'margin' | 'wide', number>, peak: number): void {
    const { width, height } = this.#canvas;
    if (width !== columns || height !== rows) Object.assign(this.#canvas, { width: columns, height: rows });
    const image = new ImageData(columns, rows);
    const shades = this.#shades ?? new Uint8ClampedArray(1024);
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const heat = Math.min(255, Math.round(((grid[(row + margin) * wide + column + margin] ?? 0) / peak) ** 0.65 * 255));
        if (heat > 0) image.data.set(shades.subarray(heat * 4, heat * 4 + 4), (row * columns + column) * 4);
      }
    }
    this.#context?.putImageData(image, 0, 0);
  }

  /**
   * What counts as hottest: the fullest area as large as a spot, on the whole map, so that moving the map changes no colour. It is counted once for
   * each step of enlarging.
   */
  #peakAt(spots: Float64Array, weights: Float64Array, perCell: number): number {
    const step = Math.round(Math.log2(perCell) * 4);
    let peak = this.#peaks.get(step);
    if (peak === undefined) {
      const side = (2 * REACH + 1) / 2 ** (step / 4);
      const areas = new Map<number, number>();
      peak = 0;
      for (let at = 0; at < weights.length; at += 1) {
        const area = Math.floor((spots[2 * at] ?? NaN) / side) * 1e6 + Math.floor((spots[2 * at + 1] ?? NaN) / side);
        if (Number.isNaN(area)) continue;
        const heat = (areas.get(area) ?? 0) + (weights[at] ?? 0);
        areas.set(area, heat);
        peak = Math.max(peak, heat);
      }
      // Spread evenly over such an area, it heats each of its cells alike.
      peak = Math.max(Number.MIN_VALUE, peak / (2 * REACH + 1) ** 2);
      this.#peaks.set(step, peak);
    }
    return peak;
  }
}

function add(grid: Float64Array, at: number, weight: number): void {
  grid[at] = (grid[at] ?? 0) + weight;
}

/** One round of a box blur along lines of `length` cells that are `step` apart; the lines are `next` apart. */
function blur(from: Float64Array, to: Float64Array, length: number, lines: number, step: number, next: number): void {
  const share = 1 / (2 * REACH + 1);
  for (let line = 0; line < lines; line += 1) {
    const start = line * next;
    let sum = 0;
    for (let at = 0; at < Math.min(REACH, length); at += 1) sum += from[start + at * step] ?? 0;
    for (let at = 0; at < length; at += 1) {
      if (at + REACH < length) sum += from[start + (at + REACH) * step] ?? 0;
      if (at - REACH - 1 >= 0) sum -= from[start + (at - REACH - 1) * step] ?? 0;
      to[start + at * step] = sum * share;
    }
  }
}

/** 256 shades from nothing over the accent to the colour of text: more is always further from the surface, whoever looks. */
function shadesOf(context: CanvasRenderingContext2D, style: CSSStyleDeclaration): Uint8ClampedArray {
  const rgb = (token: string, otherwise: string) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = otherwise;
    context.fillStyle = style.getPropertyValue(token).trim() || otherwise;
    context.fillRect(0, 0, 1, 1);
    return context.getImageData(0, 0, 1, 1).data;
  };
  const [accent, text] = [rgb('--_accent', '#2f5fd0'), rgb('--_text', '#141a26')];
  const shades = new Uint8ClampedArray(1024);
  for (let heat = 1; heat < 256; heat += 1) {
    const share = heat / 255;
    const darker = Math.max(0, (share - 0.55) / 0.45) * 0.75;
    for (let channel = 0; channel < 3; channel += 1) {
      shades[heat * 4 + channel] = (accent[channel] ?? 0) * (1 - darker) + (text[channel] ?? 0) * darker;
    }
    shades[heat * 4 + 3] = 255 * Math.min(0.9, share * 1.5);
  }
  return shades;
}
