import type { JsonSchema } from '../contract/json-schema.js';
import type { Fault } from '../contract/problem.js';
import { REQUIRED, UNKNOWN_FIELD } from '../contract/words.js';
import { compileSchema, SchemaError, UncheckableError } from './schema-check.js';
import type { CompiledSchema, Drift } from './schema-check.js';

const compiled = new WeakMap<object, CompiledSchema | Fault>();

/**
 * What is wrong with a value by its schema: the first fault of each of its fields, in the schema's order; an empty list where it fits.
 * Patterns and formats are not checked. A schema that is none is told as a fault too, and nothing is thrown.
 */
export function faultsOfSchema(schema: JsonSchema, value: unknown): Fault[] {
  const first = faultOf(schema, value);
  if (first === undefined) return [];
  const { properties, required = [], additionalProperties: rest = true } = schema;
  if (properties === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return [first];
  const fields = value as Readonly<Record<string, unknown>>;
  const faults: Fault[] = [];
  for (const [name, one] of Object.entries(properties)) {
    const fault = Object.hasOwn(fields, name) ? faultOf(one, fields[name]) : required.includes(name) ? { path: '', message: REQUIRED } : undefined;
    if (fault !== undefined) faults.push(below(name, fault));
  }
  for (const name of Object.keys(fields)) {
    if (Object.hasOwn(properties, name) || rest === true) continue;
    const fault = rest === false ? { path: '', message: UNKNOWN_FIELD } : faultOf(rest, fields[name]);
    if (fault !== undefined) faults.push(below(name, fault));
  }
  return faults.some(({ path }) => path === first.path) ? faults : [...faults, first];
}

function below(name: string, { path, message }: Fault): Fault {
  return { path: path === '' ? name : `${name}.${path}`, message };
}

function faultOf(schema: JsonSchema, value: unknown): Fault | undefined {
  const check = ready(schema);
  if ('message' in check) return check;
  try {
    return told(check.drift(value));
  } catch (error) {
    if (error instanceof UncheckableError) return { path: '', message: `cannot be checked: ${error.message}` };
    throw error;
  }
}

function told(drift: Drift | undefined): Fault | undefined {
  return drift && { path: drift.path.join('.'), message: drift.message };
}

/** A schema is read once. */
function ready(schema: JsonSchema): CompiledSchema | Fault {
  let known = compiled.get(schema);
  if (known === undefined) {
    try {
      known = compileSchema(schema);
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error;
      known = { path: '', message: `cannot be checked: its schema is none (${error.message})` };
    }
    compiled.set(schema, known);
  }
  return known;
}
