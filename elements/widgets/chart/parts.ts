import type { ChartConfig } from '../../../sdk/contract/display.js';

/** What a chart may need besides lines, areas, bars and slices: each loads when a chart first asks for it. */
const LOADERS = {
  heatmap: () => import('./heatmap.js'),
  scatter: () => import('./scatter.js'),
  marks: () => import('./annotations.js'),
  patterns: () => import('./pattern-swatch.js'),
};

type Loaders = typeof LOADERS;
export type PartName = keyof Loaders;
type Parts = { [Name in PartName]?: Awaited<ReturnType<Loaders[Name]>> };

export type PatternPart = Parts['patterns'];

/** Those that are here. */
export const parts: Parts = {};

/** Those that a definition asks for and that are not here yet. */
export function missingParts({ chartType, thresholds, thresholdStyle, annotations, patterns }: ChartConfig): PartName[] {
  const wanted: Record<PartName, unknown> = {
    heatmap: chartType === 'heatmap',
    scatter: chartType === 'scatter',
    marks: (thresholds?.length && thresholdStyle !== 'none') || annotations?.length,
    patterns,
  };
  return (Object.keys(wanted) as PartName[]).filter((name) => wanted[name] && !parts[name]);
}

/** Loads them; where one cannot be had, the chart does without it. */
export async function loadParts(names: readonly PartName[]): Promise<void> {
  await Promise.allSettled(names.map(async (name) => Object.assign(parts, { [name]: await LOADERS[name]() })));
}
