/** In the page's pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where text ends that has no room. */
export interface Limits {
  /** Of a line that ends in an ellipsis. */
  line?: { left: number; right: number };
  /** Lower end of the last line, where a block has so many. */
  last?: number;
}

/** What holds for everything inside an element. */
export interface Surroundings extends Limits {
  /** Outermost first. */
  clips: readonly Path2D[];
  /** What of the page can be seen through them. */
  seen: Box;
  alpha: number;
}

/** What is painted with. */
export interface Pen {
  readonly brush: CanvasRenderingContext2D;
  /** From the page's pixels to the picture's. */
  readonly base: DOMMatrix;
}
