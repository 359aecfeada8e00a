import type { AlertCondition } from '../../../sdk/contract/alert.js';
import type { JsonSchema } from '../../../sdk/contract/json-schema.js';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import { getPath, isSafePath } from '../../../sdk/data/path.js';
import { rowsOf } from '../../../sdk/data/rows.js';

export type Kind = 'number' | 'text' | 'boolean' | 'list' | 'object';

/** What is known of a field before anything is fetched. */
export type KnownField =
  /** It is not there, and these are. */
  | { is: 'missing'; names: readonly string[] }
  /** Empty `kinds`: not known. */
  | { is: 'there'; kinds: readonly Kind[]; choices?: readonly unknown[] };

/** Where rows are when nobody says. */
const ROW_FIELDS = ['data', 'items', 'results', 'rows', 'records'];

/** From data that stands in the definition, or from the schema that a module promises; undefined where neither is given. */
export function knownField({ field, rows }: Pick<AlertCondition, 'field' | 'rows'>, widget: CCMWidget, answer?: JsonSchema): KnownField | undefined {
  const { dataSource, dataPath, transform } = widget;
  // What steps make of it is not known here.
  if (transform !== undefined && transform.length > 0) return undefined;
  if (dataSource.type === 'static') return inData(dataSource.data, field, rows, dataPath);
  return answer === undefined ? undefined : inSchema(answer, field, dataPath);
}

function inData(data: unknown, field: string, asRows: boolean | undefined, dataPath: string | undefined): KnownField {
  const rows = asRows !== false && getPath(data, field) === undefined ? rowsOf(data, dataPath) : [];
  const subjects = rows.length > 0 ? rows : [data];
  const found = subjects.map((subject) => getPath(subject, field)).filter((value) => value !== undefined && value !== null);
  if (found.length > 0) return { is: 'there', kinds: [...new Set(found.map(kindOf))] };
  return { is: 'missing', names: typeof subjects[0] === 'object' && subjects[0] !== null ? Object.keys(subjects[0]) : [] };
}

function inSchema(answer: JsonSchema, field: string, dataPath: string | undefined): KnownField | undefined {
  const rows = rowsIn(answer, dataPath);
  for (const subject of [answer, rows]) {
    const found = subject && at(subject, field);
    if (found) return { is: 'there', kinds: kindsOf(found), ...(found.enum && { choices: found.enum }) };
  }
  const names = Object.keys((rows ?? answer).properties ?? {});
  return names.length > 0 ? { is: 'missing', names } : undefined;
}

function rowsIn(answer: JsonSchema, dataPath: string | undefined): JsonSchema | undefined {
  const paths = dataPath === undefined || dataPath === '' ? ROW_FIELDS : [dataPath];
  const list = answer.type === 'array' ? answer : paths.map((path) => at(answer, path)).find((found) => found?.type === 'array');
  return list?.items;
}

function at(schema: JsonSchema, path: string): JsonSchema | undefined {
  if (!isSafePath(path)) return undefined;
  return path.split('.').reduce<JsonSchema | undefined>((found, name) => (found?.properties && Object.hasOwn(found.properties, name) ? found.properties[name] : undefined), schema);
}

function kindsOf(schema: JsonSchema): Kind[] {
  const types = [schema.type ?? []].flat();
  const alternatives = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(kindsOf);
  const kinds = types.flatMap((type): Kind[] => {
    switch (type) {
      case 'string': return ['text'];
      case 'integer':
      case 'number': return ['number'];
      case 'array': return ['list'];
      case 'null': return [];
      default: return [type];
    }
  });
  return [...new Set([...kinds, ...alternatives])];
}

function kindOf(value: unknown): Kind {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' ? 'text' : typeof value === 'number' || typeof value === 'boolean' ? (typeof value as 'number' | 'boolean') : 'object';
}
