/** What a plot shows: columns, already aggregated, and how their values are written. */
export interface PlotModel {
  shape: 'line' | 'area' | 'bar' | 'scatter';
  /** `time`: x are epoch milliseconds; `category`: x are names; `number`: x are what they are, ascending. */
  kind: 'time' | 'category' | 'number';
  /** Names the canvas. */
  label: string;
  x: readonly (number | string)[];
  series: readonly PlotSeries[];
  stacked: boolean;
  /** IANA name; where the days and hours of a time axis begin. */
  timeZone?: string | undefined;
  /** BCP 47. */
  locale?: string | undefined;
  /** A value in full, as in the tooltip. */
  formatValue(value: number): string;
  /** A value in short, as on the axis; with this many decimals, where told. */
  formatTick(value: number, digits?: number): string;
  /** A position in full, as in the tooltip. */
  formatX(x: number | string): string;
  /** Ends of the value axis; by the values where absent. */
  min?: number | undefined;
  max?: number | undefined;
  thresholds: readonly PlotThreshold[];
  thresholdStyle: 'line' | 'band';
  annotations?: readonly PlotAnnotation[];
  /** Of a scatter: what makes each point large. */
  formatSize?(size: number): string;
  sizes?: { name: string; values: readonly (number | null)[] };
  /** Of a scatter over names: x are whole numbers, each the place of its name here. */
  names?: readonly string[] | undefined;
}

export interface PlotSeries {
  name: string;
  /** A CSS colour; one of the theme's tokens is resolved when it is drawn. */
  color: string;
  /** One for each x; `null` is a gap. */
  values: readonly (number | null)[];
  /** Which of all series it is, those that are hidden counted too: its pattern stays its own. */
  place: number;
}

export interface PlotThreshold {
  value: number;
  color: string;
  label?: string;
}

/** Something that happened, from one position of the x scale to another; a line where both are one. */
export interface PlotAnnotation {
  from: number;
  to: number;
  label: string;
  color: string;
}

/** The part of the x axis that is looked at, in the scale's own numbers; undefined where it holds nothing to look at. */
export interface PlotWindow {
  rangeOf(model: PlotModel): readonly [number, number] | undefined;
}

/** What a canvas is drawn with; the theme's own values at the time of drawing. */
export interface PlotInk {
  text: string;
  muted: string;
  border: string;
  surface: string;
  /** The host page's. */
  fontFamily: string;
  /** The series colours of the theme. */
  palette: readonly string[];
  /** The theme's tones by name. */
  tones: Readonly<Record<string, string>>;
}

/** Where the cursor stands, in CSS pixels of the plot's box. */
export interface PlotCursor {
  index: number;
  left: number;
  top: number;
  /** How far something may be to count as pointed at, in numbers of the x scale. */
  slack: number;
}
