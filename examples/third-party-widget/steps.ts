import { getPath, rowKeyOf, rowsOf, toNumber } from '@a64core/ccm/sdk';

/** What `customConfig.options` may hold; schema.ts says the same to forms and checks. */
export interface FunnelOptions {
  /** Field of a step's name. */
  label: string;
  /** Field of a step's value. */
  value: string;
  /** What a percentage is of: the step before (default), or the first. */
  compare?: 'previous' | 'first';
  /** Makes each step a button: the action that `ccm-action` tells of. */
  action?: string;
}

export interface Step {
  key: string;
  row: unknown;
  name: unknown;
  /** Undefined where the row has none. */
  value: number | undefined;
  /** Of the largest, 0 to 1. */
  share: number;
  /** Per cent of what it is compared with; undefined for the first, and where there is nothing to compare with. */
  kept: number | undefined;
}

/** Steps that are drawn: more are not to be told apart. */
export const MOST_STEPS = 12;

/** The steps of an answer, in its order. Rows without a number keep their place: a step that is missing is news. */
export function stepsOf(data: unknown, { label, value, compare = 'previous' }: FunnelOptions, dataPath?: string): Step[] {
  const rows = rowsOf(data, dataPath).slice(0, MOST_STEPS);
  const keyOf = rowKeyOf(rows);
  const values = rows.map((row) => {
    const number = toNumber(getPath(row, value));
    return number === undefined ? undefined : Math.max(0, number);
  });
  const largest = Math.max(0, ...values.map((number) => number ?? 0));
  return rows.map((row, index) => {
    const number = values[index];
    const base = index === 0 ? undefined : values[compare === 'first' ? 0 : index - 1];
    return {
      key: keyOf(row, index),
      row,
      name: getPath(row, label),
      value: number,
      share: number === undefined || largest === 0 ? 0 : number / largest,
      kept: number === undefined || !base ? undefined : (number / base) * 100,
    };
  });
}
