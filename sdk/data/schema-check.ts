import type { Fault } from '../contract/problem.js';
import {
  mustBe, mustBeOneOf, REQUIRED, tooLarge, tooLong, tooShort, tooSmall, UNKNOWN_FIELD,
} from '../contract/words.js';

/** What in a value is not as its schema says, and where: the keys from the value down to it. */
export interface Drift {
  path: string[];
  message: string;
}

/** The answer could not be checked to its end. */
export class UncheckableError extends Error {
  override readonly name = 'UncheckableError';
}

/** A JSON Schema, ready to be held against values: answers of modules, options of widgets. No code is made from it, so it works under any policy. */
export interface CompiledSchema {
  /** The first drift. Throws `UncheckableError` for an answer that takes too many steps. */
  drift(answer: unknown): Drift | undefined;
  /** Keywords that are not checked, by their place in the schema. */
  unchecked: Fault[];
}

/** Comparisons for one answer: some tenths of a second. An answer of 10 MiB of numbers takes five million. */
const MOST_STEPS = 10_000_000;
/** Schemas inside each other, references followed: far above what an answer nests. */
const DEEPEST = 1_000;
/** Keywords of one schema: it is made for reading, and what has more of them is none. */
const MOST_PARTS = 5_000;
const MANY_FIELDS = 1_000;

interface Run {
  /** Left: names that are looked for, values that are compared, characters and fields that are counted. */
  steps: number;
  depth: number;
  /** Names of objects that have many, by the object: to list them takes longer than to go through them. */
  names: Map<object, string[]>;
}

/** Takes what a keyword costs, also where it costs more with each name or character. */
function spend(run: Run, steps: number): void {
  if ((run.steps -= steps) < 0) throw new UncheckableError('it is too large');
}
type Check = (value: unknown, run: Run) => Drift | undefined;
type Schema = Readonly<Record<string, unknown>>;

interface Compiler {
  root: Schema;
  refs: Map<string, { check?: Check }>;
  unchecked: Fault[];
  parts: number;
}
type Keyword = (value: unknown, schema: Schema, compiler: Compiler, place: string) => Check | undefined;

/** Said for people, or for tools; and `$defs`, which are looked up where they are named. */
const SILENT = new Set([
  '$schema', '$id', 'id', '$comment', '$anchor', '$defs', 'definitions', 'title', 'description', 'default', 'example', 'examples',
  'deprecated', 'readOnly', 'writeOnly', 'format', 'nullable', 'contentEncoding', 'contentMediaType', 'additionalItems', 'additionalProperties',
]);

/** What is told first where several things are wrong; the last before the others. */
const FIRST = ['required', 'type'];

const here = (message: string): Drift => ({ path: [], message });
const below = (key: string | number, drift: Drift | undefined): Drift | undefined =>
  drift && { path: [String(key), ...drift.path], message: drift.message };
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

const KINDS: Record<string, (value: unknown) => boolean> = {
  // JSON has no infinity, but `1e999` becomes one.
  number: (value) => Number.isFinite(value),
  integer: (value) => Number.isInteger(value),
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  array: (value) => Array.isArray(value),
  object: isObject,
  null: (value) => value === null,
};

const KEYWORDS: Record<string, Keyword> = {
  $ref: (value, _schema, compiler, place) => reference(textOf(value, place), compiler, place),
  type(value, schema, _compiler, place) {
    const names = (Array.isArray(value) ? value : [value]).map((name) => textOf(name, place));
    if (schema['nullable'] === true && !names.includes('null')) names.push('null');
    const unknown = names.find((name) => !Object.hasOwn(KINDS, name));
    if (unknown !== undefined) throw wrong(place, `knows no type ${JSON.stringify(unknown)}`);
    const kinds = names.map((name) => KINDS[name] as (value: unknown) => boolean);
    const drift = here(mustBe(...names));
    return (answer) => (kinds.some((is) => is(answer)) ? undefined : drift);
  },
  enum(value, _schema, compiler, place) {
    const values = listOf(value, place);
    if (values.some((one) => typeof one === 'object' && one !== null)) return note(compiler, place);
    const allowed = new Set(values);
    const drift = here(values.length > 10 ? 'is none of the values that the schema lists' : mustBeOneOf(values));
    return (answer) => (allowed.has(answer) ? undefined : drift);
  },
  const: (value, schema, compiler, place) => KEYWORDS['enum']?.([value], schema, compiler, place),
  minimum: limit((least) => ({ holds: (value) => value >= least, words: tooSmall(least) })),
  maximum: limit((most) => ({ holds: (value) => value <= most, words: tooLarge(most) })),
  exclusiveMinimum: limit((bound) => ({ holds: (value) => value > bound, words: `must be more than ${bound}` })),
  exclusiveMaximum: limit((bound) => ({ holds: (value) => value < bound, words: `must be less than ${bound}` })),
  minLength: size('text', (length, least) => length >= least, tooShort),
  maxLength: size('text', (length, most) => length <= most, tooLong),
  minItems: size('list', (length, least) => length >= least, tooShort),
  maxItems: size('list', (length, most) => length <= most, tooLong),
  minProperties: size('fields', (length, least) => length >= least, tooShort),
  maxProperties: size('fields', (length, most) => length <= most, tooLong),
  required(value, _schema, _compiler, place) {
    const names = listOf(value, place).map((name) => textOf(name, place));
    return (answer, run) => {
      if (!isObject(answer)) return undefined;
      spend(run, names.length);
      const missing = names.find((name) => !Object.hasOwn(answer, name));
      return missing === undefined ? undefined : { path: [missing], message: REQUIRED };
    };
  },
  properties(value, schema, compiler, place) {
    const checks = new Map(Object.entries(schemaMap(value, place)).map(([name, one]) => [name, compile(one, compiler, `${place}.${name}`)]));
    const rest = restOf(schema, compiler, place);
    return (answer, run) => {
      if (!isObject(answer)) return undefined;
      for (const name of fieldsOf(answer, run)) {
        const drift = below(name, (checks.get(name) ?? rest)?.(answer[name], run));
        if (drift) return drift;
      }
      return undefined;
    };
  },
  items(value, schema, compiler, place) {
    if (Array.isArray(value)) return each(value.map((one, index) => compile(one, compiler, `${place}.${index}`)), undefined);
    // Behind `prefixItems`: only what they leave.
    return Object.hasOwn(schema, 'prefixItems') ? undefined : each([], compile(value, compiler, place));
  },
  prefixItems: (value, schema, compiler, place) =>
    each(
      listOf(value, place).map((one, index) => compile(one, compiler, `${place}.${index}`)),
      schema['items'] === undefined ? undefined : compile(schema['items'], compiler, place.replace(/prefixItems$/, 'items')),
    ),
  allOf(value, _schema, compiler, place) {
    return every(listOf(value, place).map((one, index) => compile(one, compiler, `${place}.${index}`)));
  },
  anyOf: some,
  // What is not checked lets more pass, so that two forms may seem to fit: as `anyOf` it is never wrong about a good answer.
  oneOf: some,
};

/**
 * Makes a JSON Schema ready: types, values, required, unknown and nested fields, lists, bounds, lengths, and references inside the
 * schema. Patterns and formats are not checked, nor what is rare: an answer that passes may still break those, but one that does not
 * pass is wrong. Throws `SchemaError` for what is no schema, or refers to something outside it.
 */
export function compileSchema(schema: unknown): CompiledSchema {
  const compiler: Compiler = { root: isObject(schema) ? schema : {}, refs: new Map(), unchecked: [], parts: 0 };
  const check = compile(schema, compiler, '');
  return {
    unchecked: compiler.unchecked,
    drift: (answer) => check(answer, { steps: MOST_STEPS, depth: 0, names: new Map() }),
  };
}

/** What is wrong with a schema, and where in it. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(`${fault.path}: ${fault.message}`);
    this.fault = fault;
  }
}

function wrong(place: string, message: string): SchemaError {
  return new SchemaError({ path: place.replace(/^\./, ''), message });
}

function compile(schema: unknown, compiler: Compiler, place: string): Check {
  if (schema === true) return () => undefined;
  if (schema === false) return () => here(UNKNOWN_FIELD);
  if (!isObject(schema)) throw wrong(place, 'must be a schema');
  const checks: Check[] = [];
  // A field of another name is told as the one that is missing.
  const keywords = Object.entries(schema).sort(([a], [b]) => FIRST.indexOf(b) - FIRST.indexOf(a));
  for (const [name, value] of keywords) {
    if ((compiler.parts += 1) > MOST_PARTS) throw wrong('', `must have at most ${MOST_PARTS} parts`);
    const keyword = Object.hasOwn(KEYWORDS, name) ? KEYWORDS[name] : undefined;
    const check = keyword?.(value, schema, compiler, `${place}.${name}`);
    if (check) checks.push(check);
    // Where a format says it, the pattern only says it again.
    else if (!keyword && !SILENT.has(name) && !name.startsWith('x-') && !(name === 'pattern' && schema['format'] !== undefined)) note(compiler, `${place}.${name}`);
  }
  const rest = Object.hasOwn(schema, 'properties') ? undefined : restOf(schema, compiler, place);
  if (rest) {
    checks.push((answer, run) => {
      if (!isObject(answer)) return undefined;
      for (const name of fieldsOf(answer, run)) {
        const drift = below(name, rest(answer[name], run));
        if (drift) return drift;
      }
      return undefined;
    });
  }
  return every(checks);
}

/** `additionalProperties`; undefined where anything may stand. */
function restOf(schema: Schema, compiler: Compiler, place: string): Check | undefined {
  const { additionalProperties: rest, patternProperties } = schema;
  if (rest === undefined || rest === true || patternProperties !== undefined) return undefined;
  return compile(rest, compiler, `${place.replace(/\.properties$/, '')}.additionalProperties`);
}

function every(checks: readonly Check[]): Check {
  return (answer, run) => {
    spend(run, 1 + checks.length);
    for (const check of checks) {
      const drift = check(answer, run);
      if (drift) return drift;
    }
    return undefined;
  };
}

function some(value: unknown, _schema: Schema, compiler: Compiler, place: string): Check {
  const forms = listOf(value, place).map((one, index) => compile(one, compiler, `${place}.${index}`));
  return (answer, run) => {
    const drifts: Drift[] = [];
    for (const form of forms) {
      const drift = form(answer, run);
      if (!drift) return undefined;
      drifts.push(drift);
    }
    // The form that came farthest was meant; where none did, all are named.
    const deepest = drifts.reduce((a, b) => (b.path.length > a.path.length ? b : a), here('fits no form'));
    return deepest.path.length > 0 ? deepest : here([...new Set(drifts.map(({ message }) => message))].slice(0, 5).join(' or '));
  };
}

function each(first: readonly Check[], rest: Check | undefined): Check {
  return (answer, run) => {
    if (!Array.isArray(answer)) return undefined;
    const length = rest ? answer.length : Math.min(answer.length, first.length);
    for (let index = 0; index < length; index += 1) {
      const drift = (first[index] ?? rest)?.(answer[index], run);
      if (drift) return below(index, drift);
    }
    return undefined;
  };
}

/** A reference inside the schema: `#`, `#/$defs/order`. Compiled once; a schema may hold itself, as a tree does. */
function reference(ref: string, compiler: Compiler, place: string): Check {
  let known = compiler.refs.get(ref);
  if (known === undefined) {
    compiler.refs.set(ref, (known = {}));
    known.check = compile(targetOf(ref, compiler.root, place), compiler, `.${ref.slice(2).replaceAll('/', '.')}`);
  }
  const target = known;
  return (answer, run) => {
    if ((run.depth += 1) > DEEPEST) throw new UncheckableError('its schema refers to itself without end');
    const drift = target.check?.(answer, run);
    run.depth -= 1;
    return drift;
  };
}

function targetOf(ref: string, root: Schema, place: string): unknown {
  if (ref !== '#' && !ref.startsWith('#/')) throw wrong(place, 'must lead to a place in this schema ("#/…")');
  const keys = ref.split('/').slice(1).map((key) => decoded(key, place).replaceAll('~1', '/').replaceAll('~0', '~'));
  let target: unknown = root;
  for (const key of keys) target = typeof target === 'object' && target !== null && Object.hasOwn(target, key) ? (target as Schema)[key] : undefined;
  if (target === undefined) throw wrong(place, 'leads to nothing');
  return target;
}

function decoded(key: string, place: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    throw wrong(place, 'leads to nothing');
  }
}

function limit(make: (bound: number) => { holds: (value: number) => boolean; words: string }): Keyword {
  return (value, _schema, _compiler, place) => {
    // Draft 4 has `exclusiveMinimum: true` beside `minimum`: then the plain bound is checked.
    if (typeof value === 'boolean') return undefined;
    if (typeof value !== 'number') throw wrong(place, mustBe('number'));
    const { holds, words } = make(value);
    const drift = here(words);
    return (answer) => (typeof answer !== 'number' || holds(answer) ? undefined : drift);
  };
}

type Part = 'text' | 'list' | 'fields';

function size(part: Part, holds: (length: number, bound: number) => boolean, words: (part: Part, bound: number) => string): Keyword {
  return (value, _schema, _compiler, place) => {
    if (typeof value !== 'number') throw wrong(place, mustBe('number'));
    const drift = here(words(part, value));
    return (answer, run) => {
      const length = lengthOf(answer, part, run);
      return length === undefined || holds(length, value) ? undefined : drift;
    };
  };
}

function fieldsOf(answer: Schema, run: Run): string[] {
  const names = run.names.get(answer) ?? Object.keys(answer);
  if (names.length > MANY_FIELDS) run.names.set(answer, names);
  spend(run, names.length);
  return names;
}

function lengthOf(answer: unknown, part: Part, run: Run): number | undefined {
  if (part === 'text') {
    if (typeof answer !== 'string') return undefined;
    spend(run, answer.length);
    return characters(answer);
  }
  if (part === 'list') return Array.isArray(answer) ? answer.length : undefined;
  if (!isObject(answer)) return undefined;
  return fieldsOf(answer, run).length;
}

/** As JSON Schema counts them: a character of two units is one. */
function characters(text: string): number {
  let count = 0;
  for (const _character of text) count += 1;
  return count;
}

function note(compiler: Compiler, place: string): undefined {
  compiler.unchecked.push({ path: place.replace(/^\./, ''), message: 'is not checked by the edge' });
  return undefined;
}

function textOf(value: unknown, place: string): string {
  if (typeof value !== 'string') throw wrong(place, mustBe('string'));
  return value;
}

function listOf(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(place, mustBe('array'));
  return value;
}

function schemaMap(value: unknown, place: string): Schema {
  if (!isObject(value)) throw wrong(place, mustBe('object'));
  return value;
}
