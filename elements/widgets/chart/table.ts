import { NO_VALUE } from '../../../sdk/data/format.js';
import type { ChartStrings } from '../../core/chart-strings.js';
import type { PlotModel } from '../../plot/model.js';
import type { ChartTable } from './host.js';
import type { Slice } from './slices.js';

/** A plot as a table: a row for each position, a column for each series that is shown. */
export function plotTable(model: PlotModel, words: ChartStrings, xLabel: string, notesAt: ((index: number) => string[]) | undefined, most: number): ChartTable {
  const { kind, names, sizes, series } = model;
  const numbered = kind === 'number' && !names;
  const right = (label: string) => ({ label, align: 'right' as const });
  const first = kind === 'time' ? { label: words.time } : numbered ? right(xLabel) : { label: words.name };
  const notes = model.annotations?.length ? notesAt : undefined;
  return {
    columns: [first, ...series.map(({ name }) => right(name)), ...(sizes ? [right(sizes.name)] : []), ...(notes ? [{ label: words.notes }] : [])],
    rows: model.x.slice(0, most).map((x, index) => [
      numbered ? x : model.formatX(x),
      ...series.map(({ values }) => values[index] ?? null),
      ...(sizes ? [sizes.values[index] ?? null] : []),
      ...(notes ? [notes(index).join(', ')] : []),
    ]),
    write: (value, column) => (column === 0 ? model.formatX(value) : column > series.length ? (model.formatSize?.(value) ?? NO_VALUE) : model.formatValue(value)),
  };
}

/** A pie as a table. */
export function sliceTable(slices: readonly Slice[], words: ChartStrings, format: (value: number) => string, formatShare: (share: number) => string): ChartTable {
  return {
    columns: [{ label: words.name }, { label: words.value, align: 'right' }, { label: words.share, align: 'right' }],
    rows: slices.map(({ name, value, share }) => [name, value, formatShare(share)]),
    write: format,
  };
}
