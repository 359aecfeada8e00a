/** What a plot shows: columns, already aggregated, and how their values are written. */
export interface PlotModel {
  shape: 'line' | 'area' | 'bar';
  /** `time`: x are epoch milliseconds; `category`: x are names. */
  kind: 'time' | 'category';
  x: readonly (number | string)[];
  series: readonly PlotSeries[];
  stacked: boolean;
  /** IANA name; where the days and hours of a time axis begin. */
  timeZone?: string;
  /** BCP 47. */
  locale?: string;
  /** A value in full, as in the tooltip. */
  formatValue(value: number): string;
  /** A value in short, as on the axis; with this many decimals, where told. */
  formatTick(value: number, digits?: number): string;
  /** A position in full, as in the tooltip. */
  formatX(x: number | string): string;
  /** Lines drawn across, each at its value. */
  thresholds: readonly PlotThreshold[];
}

export interface PlotSeries {
  name: string;
  /** A CSS colour; one of the theme's tokens is resolved when it is drawn. */
  color: string;
  /** One for each x; `null` is a gap. */
  values: readonly (number | null)[];
}

export interface PlotThreshold {
  value: number;
  color: string;
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
}
