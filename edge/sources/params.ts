import type { DateForm } from '../../sdk/contract/connector-definition.js';
import type { ParamValue, SourceParams } from '../../sdk/contract/data-source.js';
import { resolveRelative } from '../../sdk/data/relative-date.js';
import { wallOf } from '../../sdk/data/zone.js';

export type { DateForm } from '../../sdk/contract/connector-definition.js';

/** Epoch milliseconds and the zone in which days begin. */
export interface Moment {
  now: number;
  timeZone: string;
}

function written(time: number, form: DateForm, timeZone: string): ParamValue {
  switch (form) {
    case 'unix': return Math.floor(time / 1000);
    case 'iso': return new Date(time).toISOString();
    case 'iso-date': return new Date(wallOf(time, timeZone)).toISOString().slice(0, 10);
  }
}

function resolved(value: ParamValue, form: DateForm, moment: Moment): ParamValue {
  if (typeof value === 'string') {
    const time = resolveRelative(value, moment);
    return time === undefined ? value : written(time, form, moment.timeZone);
  }
  if (Array.isArray(value)) return value.map((item) => resolved(item, form, moment));
  if (typeof value === 'object' && value !== null) return resolveDates(value, form, moment);
  return value;
}

/**
 * Params with the words `now today yesterday startOfWeek -24h …` as the source wants its times.
 *
 * @param forms of params whose dates have another form
 */
export function resolveDates(params: SourceParams, form: DateForm, moment: Moment, forms: Readonly<Record<string, DateForm>> = {}): SourceParams {
  return Object.fromEntries(Object.entries(params).map(([name, value]) =>
    [name, resolved(value, (Object.hasOwn(forms, name) ? forms[name] : undefined) ?? form, moment)]));
}

function append(query: URLSearchParams, name: string, value: ParamValue, encoding: 'brackets' | 'repeat'): void {
  if (value === null) return;
  if (Array.isArray(value)) {
    value.forEach((item, index) => append(query, encoding === 'brackets' ? `${name}[${index}]` : name, item, encoding));
  } else if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) append(query, `${name}[${key}]`, inner, encoding);
  } else {
    query.append(name, String(value));
  }
}

/**
 * Params as a query without `?`. Objects leave as `created[gte]=1`; lists as `ids[0]=a&ids[1]=b` (`brackets`)
 * or `ids=a&ids=b` (`repeat`). A null is left out.
 */
export function encodeQuery(params: SourceParams, encoding: 'brackets' | 'repeat'): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) append(query, name, value, encoding);
  return query.toString();
}

/** Equal for params that reach a source as the same query of that encoding, whatever the order of their names and `7` or `"7"`. */
export function queryKey(params: SourceParams, encoding: 'brackets' | 'repeat' = 'repeat'): string {
  const query = new URLSearchParams(encodeQuery(params, encoding));
  query.sort();
  return query.toString();
}
