/** Requests made up from openapi.json: whatever they are, the answer is one that it tells of, in the form that it tells. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Edge } from './compose.js';
import { tokenOf, upstream, wholeEdge, type Upstream } from './test/whole-edge.js';

interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  minimum?: number;
  maximum?: number;
}
type Content = Record<string, { schema: Schema }>;
interface Operation {
  parameters?: { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema }[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}
interface Document {
  components: object;
  paths: Record<string, Record<string, Operation>>;
}
interface Asked {
  method: string;
  /** As it is described. */
  route: string;
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
}

const RUNS = 2_000;
/** What is met by chance alone: ids that are there, and what breaks parsers. */
const WORDS = ['sales', 'default', 'admin', 'acme', '', '0', '-1', 'a'.repeat(3_000), '../x', '%00', '\u0000', '\ud800', 'ß€😀', '\u202e', '__proto__', 'constructor', '\' OR 1=1--', 'now-1h', '2026-02-30', '2026-01-01T00:00:00Z', 'http://127.0.0.1:1/'];
const NUMBERS = [0, 1, -1, 0.5, 1e21, 2 ** 53, 65_535, Date.parse('2026-01-01T00:00:00Z')];
const ANYTHING = fc.constantFrom<unknown>(null, true, '', 0, [], {}, [[]], { a: 1 }, ...WORDS, ...NUMBERS);
const DEEPEST = 6;

let edge: Edge;
let service: Upstream;
let document: Document;
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const checks = new Map<Schema, ValidateFunction>();

beforeAll(async () => {
  service = await upstream((_request, response) => response.setHeader('content-type', 'application/json').end('{"total":1}'));
  edge = await wholeEdge({ module: service.url });
  document = (await (await edge.app.request('/openapi.json')).json()) as Document;
  await vi.waitFor(async () => expect((await edge.app.request('/readyz')).status).toBe(200), 5_000);
});
afterAll(async () => {
  await edge.close();
  await service.close();
});

function known({ $ref, ...schema }: Schema): Schema {
  if ($ref === undefined) return schema;
  return known($ref.slice(2).split('/').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], document) as Schema);
}

/** What fits a schema, more or less: now and then something else stands in its place. */
function valueOf(given: Schema, depth = 0): fc.Arbitrary<unknown> {
  const schema = known(given);
  const choices = schema.oneOf ?? schema.anyOf;
  const type = Array.isArray(schema.type) ? schema.type[0] : (schema.type ?? (schema.properties && 'object'));
  const fitting = (): fc.Arbitrary<unknown> => {
    if ('const' in schema) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (depth > DEEPEST) return ANYTHING;
    if (choices) return fc.oneof(...choices.map((one) => valueOf(one, depth + 1)));
    if (schema.allOf) return fc.tuple(...schema.allOf.map((one) => valueOf(one, depth + 1))).map((parts) => Object.assign({}, ...parts) as unknown);
    switch (type) {
      case 'object': {
        const { properties = {}, required = [], additionalProperties: more } = schema;
        const own = fc.record(Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, valueOf(one, depth + 1)])), { requiredKeys: required });
        return typeof more === 'object' ? fc.tuple(fc.dictionary(fc.constantFrom(...WORDS), valueOf(more, depth + 1), { maxKeys: 2 }), own).map(([others, one]) => ({ ...others, ...one })) : own;
      }
      case 'array': return fc.array(valueOf(schema.items ?? {}, depth + 1), { maxLength: 3 });
      case 'integer': return fc.integer({ min: schema.minimum ?? -10, max: Math.min(schema.maximum ?? 1_000_000, Number.MAX_SAFE_INTEGER) });
      case 'number': return fc.constantFrom(...NUMBERS);
      case 'boolean': return fc.boolean();
      case 'string': return fc.constantFrom(...WORDS);
      default: return ANYTHING;
    }
  };
  return fc.oneof({ weight: 20, arbitrary: fitting() }, { weight: 1, arbitrary: ANYTHING });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function asked(method: string, path: string, operation: Operation): fc.Arbitrary<Asked> {
  const { parameters = [], requestBody } = operation;
  const given = fc.tuple(...parameters.map((one) => fc.option(valueOf(one.schema), { freq: one.in === 'path' ? Number.MAX_SAFE_INTEGER : 2, nil: undefined })));
  const body = requestBody === undefined ? fc.constant(undefined) : fc.tuple(fc.oneof(...Object.values(requestBody.content).map(({ schema }) => valueOf(schema))), fc.integer({ min: 0, max: 40 }))
    // Now and then its end is cut off.
    .map(([value, cut]) => JSON.stringify(value).slice(0, cut === 0 ? -1 : undefined));
  return fc.tuple(given, body).map(([values, text]) => {
    let at = path;
    const query = new URLSearchParams();
    const headers: Record<string, string> = text === undefined ? {} : { 'content-type': 'application/json' };
    for (const [index, one] of parameters.entries()) {
      if (values[index] === undefined) continue;
      const word = textOf(values[index]);
      if (one.in === 'path') at = at.replace(`{${one.name}}`, encodeURIComponent(word.replaceAll(/\p{Surrogate}/gu, '\ufffd')) || '-');
      else if (one.in === 'query') query.append(one.name, word);
      else headers[one.name] = word.replaceAll(/[^\x20-\x7e]/g, '');
    }
    return { method, route: path, path: query.size > 0 ? `${at}?${query.toString()}` : at, headers, body: text };
  });
}

function check(schema: Schema): ValidateFunction {
  let validate = checks.get(schema);
  if (validate === undefined) checks.set(schema, (validate = ajv.compile({ ...schema, components: document.components })));
  return validate;
}

it('answers as openapi.json says', async () => {
  const authorization = `Bearer ${await tokenOf()}`;
  const routes = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => asked(method, path, operation)));
  await fc.assert(fc.asyncProperty(fc.oneof(...routes), async ({ method, route, path, headers, body }) => {
    const response = await edge.app.request(path, { method: method.toUpperCase(), headers: { authorization, ...headers }, ...(body !== undefined && { body }) });
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    if (type === 'text/event-stream') return void response.body?.cancel();
    const text = await response.text();
    expect(response.status, text).not.toBe(500);
    const responses = document.paths[route]?.[method]?.responses ?? {};
    const declared = responses[response.status] ?? (response.status >= 400 ? responses['default'] : undefined);
    const said = `${response.status} ${text.slice(0, 300)}`;
    expect(declared, said).toBeDefined();
    if (text === '') return;
    expect(Object.keys(declared?.content ?? {}), said).toContain(type);
    const schema = declared?.content?.[type]?.schema;
    if (schema === undefined || !/[/+]json$/.test(type)) return;
    const validate = check(schema);
    expect(validate(JSON.parse(text)) ? [] : validate.errors, said).toEqual([]);
  }), { numRuns: RUNS, seed: 7 });
}, 60_000);
