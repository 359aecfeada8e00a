import type { AlertValueType } from '../../../../sdk/contract/alert.js';
import { isRecord } from '../../../../sdk/data/record.js';
import type { EvaluatedRule } from '../../../kernel/alerts.js';
import { linesOf } from './clean.js';
import { wordsOf } from './values.js';

const LONGEST = 500;

/** Why nothing could be compared. */
export interface Missing {
  /** The same for as long as the cause is the same, whatever the values are. */
  readonly kind: string;
  /** A sentence. */
  readonly text: string;
}

/** Of a channel that nothing was pushed to: no fault of the rule. */
export const NOTHING_YET = 'nothing yet';

const KINDS: Readonly<Record<AlertValueType, string>> = { number: 'a number', text: 'text', boolean: 'a yes-or-no value', date: 'a date' };

/** Why a rule has nothing to compare in what it looked at; `row` is absent where there was none. */
export function missingOf({ condition: { field, value: limit, type, reduce } }: EvaluatedRule, { value, row }: { value?: unknown; row?: unknown }): Missing {
  const said = (kind: string, text: string): Missing => ({ kind, text: linesOf(text, LONGEST) });
  if (row === null) return said(NOTHING_YET, 'The source has sent nothing yet.');
  if (reduce !== undefined) return said('reduce', `There are no values of ${field} of which the ${reduce.by} could be made.`);
  if (row === undefined) return said('rows', 'There are no rows to compare.');
  if (value === undefined && isRecord(row)) return said('field', `There is no field ${field}${namesOf(row)}.`);
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) return said('empty', `The field ${field} is empty.`);
  const wanted = KINDS[type ?? (typeof limit === 'string' ? 'text' : typeof limit === 'boolean' ? 'boolean' : 'number')];
  const shown = wordsOf(value);
  const found = kindOf(value);
  return said(`type ${found}`, type === undefined
    ? `${shown === '' ? field : shown} is ${found}, the limit ${JSON.stringify(limit)} is ${wanted}.`
    : `${shown === '' ? field : shown} is ${found}, and cannot be read as ${wanted}.`);
}

function kindOf(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? 'a number' : 'no finite number';
  if (typeof value === 'boolean') return 'a yes-or-no value';
  return typeof value === 'string' ? 'text' : Array.isArray(value) ? 'a list' : 'an object';
}

/** What there is in its place: a mistyped name is seen by it. */
function namesOf(row: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(row);
  return names.length === 0 ? '' : `; there ${names.length === 1 ? 'is' : 'are'} ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}`;
}
