import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { z } from 'zod';
import { LayoutFileSchema } from '../sdk/contract/layout.schema.js';
import { CCMWidgetSchema } from '../sdk/contract/widget.schema.js';
import { FORMS } from '../sdk/contract/words.js';

/**
 * Writes what is made from the zod schemas: `widget.schema.json` and `layout.schema.json`, which are committed and published, and
 * the validators of the browser, which are not. With `--check` it only fails where a committed schema is not what would be written.
 */

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

type Schema = z.core.JSONSchema.JSONSchema;

function published(title: string, zod: z.ZodType): string {
  const { $schema, ...schema } = z.toJSONSchema(zod, { io: 'input' });
  return `${JSON.stringify({ $schema, title, ...schema }, undefined, 2)}\n`;
}

/** What an alternative is told by: its type, or the constant of a field that all of them have. */
function resolved(schema: Schema, definitions: Record<string, Schema>): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (definitions[name] ?? schema);
}

/**
 * The same schema with each choice between alternatives made by what tells them apart (the value's type, or the field
 * `type`), so that a fault is that of the alternative that was meant, and not one of each.
 */
function withChoices(schema: Schema, definitions: Record<string, Schema>): Schema {
  const inPart = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inPart);
    return isSchema(value) ? withChoices(value, definitions) : value;
  };
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]: [string, unknown]) =>
    // The names in there are fields, not words of JSON Schema: a field may be called `type`.
    [key, key === 'properties' ? Object.fromEntries(Object.entries(value as object).map(([name, part]) => [name, inPart(part)])) : inPart(value)],
  )) as Schema;
  // A value that is one of the named is of their type; asked twice, one fault would be told as two.
  if (inner.enum !== undefined || inner.const !== undefined) delete inner.type;
  // A name is always text.
  if (isSchema(inner.propertyNames)) delete inner.propertyNames.type;
  const { anyOf, oneOf, ...rest } = inner;
  const alternatives = (anyOf ?? oneOf) as Schema[] | undefined;
  if (alternatives === undefined) return inner;
  const targets = ((schema.anyOf ?? schema.oneOf ?? []) as Schema[]).map((alternative) => resolved(alternative, definitions));

  const types = targets.map(({ type }) => type);
  if (new Set(types).size === types.length) {
    const choices = alternatives.map((then, index) => ({ if: { type: types[index] }, then }));
    return { ...rest, type: types as never, allOf: choices as never };
  }
  const constants = targets.map(({ properties }) => (properties?.['type'] as Schema | undefined)?.const);
  if (new Set(constants).size !== constants.length || constants.includes(undefined)) {
    throw new Error(`nothing tells these alternatives apart: ${JSON.stringify(alternatives)}`);
  }
  const choices = alternatives.map((then, index) => (
    { if: { type: 'object', required: ['type'], properties: { type: { const: constants[index] } } }, then }));
  return { ...rest, type: 'object', required: ['type'], properties: { type: { enum: constants as never } }, allOf: choices as never };
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A layout's item may have a display config in part: the same fields, none of them required. Compiled once each, a
 * definition is those fields and what it requires of them.
 */
function withSharedFields(definitions: Record<string, Schema>): Record<string, Schema> {
  const item = definitions['WidgetLayoutItemConfig'];
  const shared = { ...definitions };
  const properties = { ...item?.properties };
  for (const [name, part] of Object.entries(properties)) {
    const whole = name.charAt(0).toUpperCase() + name.slice(1);
    const definition = definitions[whole];
    if (definition?.properties === undefined || JSON.stringify(definition.properties) !== JSON.stringify((part as Schema).properties)) continue;
    const { required, ...fields } = definition;
    shared[`${whole}Fields`] = fields;
    shared[whole] = { $ref: `#/$defs/${whole}Fields`, ...(required ? { required } : {}) };
    properties[name] = { $ref: `#/$defs/${whole}Fields` };
  }
  if (item) shared['WidgetLayoutItemConfig'] = { ...item, properties };
  return shared;
}

function validators(): string {
  const document = z.toJSONSchema(z.object({ widget: CCMWidgetSchema, layout: LayoutFileSchema }), { io: 'input' });
  const definitions = (document.$defs ?? {}) as Record<string, Schema>;
  const ajv = new Ajv({
    allErrors: true,
    inlineRefs: false,
    strictRequired: false,
    strictTypes: false,
    // Lengths are counted and patterns read as zod does it.
    unicode: false,
    unicodeRegExp: false,
    messages: false,
    // It would only say that counting as zod does is not the newest way; what is wrong throws.
    logger: false,
    code: { source: true, esm: true, lines: true, optimize: 2 },
  });
  const chosen = Object.fromEntries(Object.entries(definitions).map(([name, schema]) => [name, withChoices(schema, definitions)]));
  ajv.addSchema({ $id: 'contract', $defs: withSharedFields(chosen) });
  ajv.addSchema({ $id: 'widget', $ref: 'contract#/$defs/CCMWidget' });
  ajv.addSchema({ $id: 'layout', $ref: 'contract#/$defs/LayoutFile' });
  const code = standaloneCode(ajv, { isWidget: 'widget', isLayout: 'layout' });
  if (/\brequire\(|\bimport\b|\beval\b|new Function/.test(code)) throw new Error('The compiled validators need more than themselves.');
  // Where in the schema a fault lies is for those who read the schema; in a page it is a fifth of the bytes.
  return code.replace(/,schemaPath:"[^"]*"/g, '');
}

/** Which of the schemas each type of widget is configured by. */
const CONFIGS = ['stat', 'chart', 'table', 'gauge', 'list', 'map', 'text', 'custom'];

/** What a form offers to write a value with, by the name of its schema or by its form. */
const FORMATS_BY_NAME: Readonly<Record<string, string>> = { FieldPath: 'field-path', Format: 'value-format' };
const FORMATS_BY_PATTERN = new Map<string, string>([[FORMS.color.pattern.source, 'color'], [FORMS.icon.pattern.source, 'icon'], [FORMS.address.pattern.source, 'uri']]);

/** The schemas that forms are made from, whole: what one refers to stands in its place. */
function formSchemas(): string {
  const { $defs = {} } = z.toJSONSchema(z.object({ widget: CCMWidgetSchema }), { io: 'input' }) as { $defs?: Record<string, Schema> };
  const widget: Schema = $defs['CCMWidget'] ?? {};
  const inlined = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inlined);
    if (!isSchema(value)) return value;
    const { $ref, id: _id, ...rest } = value as Schema & { id?: string };
    const name = $ref?.split('/').at(-1) ?? '';
    const { id: _own, ...target } = ($defs[name] ?? {}) as Schema & { id?: string };
    const whole = { ...target, ...rest } as Schema;
    const format = FORMATS_BY_NAME[name] ?? FORMATS_BY_PATTERN.get(String(whole.pattern));
    // A pattern is checked by the validator; a form only has to know what to offer.
    if (format !== undefined) delete whole.pattern;
    const properties = whole.properties as Record<string, unknown> | undefined;
    return {
      ...Object.fromEntries(Object.entries(whole).map(([key, part]) => [key, key === 'properties' ? part : inlined(part)])),
      ...(properties ? { properties: Object.fromEntries(Object.entries(properties).map(([key, part]) => [key, inlined(part)])) } : {}),
      ...(format ? { format } : {}),
    };
  };
  const configs = CONFIGS.map((type) => [type, inlined($defs[`${type.charAt(0).toUpperCase()}${type.slice(1)}Config`])]);
  const fields = Object.entries((widget.properties ?? {}) as Record<string, unknown>).filter(([name]) => !name.endsWith('Config') && !['$schema', 'alerts', 'data'].includes(name));
  const definition = { type: 'object', properties: Object.fromEntries(fields.map(([name, part]) => [name, inlined(part)])), required: widget.required };
  return `export const CONFIG_SCHEMAS = ${JSON.stringify(Object.fromEntries(configs))};\nexport const DEFINITION_SCHEMA = ${JSON.stringify(definition)};\n`;
}

const FORM_DECLARATIONS = `import type { JsonSchema } from '../json-schema.js';
/** JSON Schema of each type's config: \`stat\` is that of \`statConfig\`. */
export declare const CONFIG_SCHEMAS: Readonly<Record<'stat' | 'chart' | 'table' | 'gauge' | 'list' | 'map' | 'text' | 'custom', JsonSchema>>;
/** Of a definition, without the configs of the types and its alerts. */
export declare const DEFINITION_SCHEMA: JsonSchema;
`;

const DECLARATIONS = `export interface ValidatorError {
  keyword: string;
  instancePath: string;
  params: Record<string, unknown>;
  propertyName?: string;
  message?: string;
}
export interface Validator {
  (value: unknown): boolean;
  errors?: ValidatorError[] | null;
}
export declare const isWidget: Validator;
export declare const isLayout: Validator;
`;

const PUBLISHED = { 'widget.schema.json': published('CCMWidget', CCMWidgetSchema), 'layout.schema.json': published('DashboardLayout', LayoutFileSchema) };
if (process.argv.includes('--check')) {
  for (const [file, schema] of Object.entries(PUBLISHED)) {
    const committed = await readFile(at(file), 'utf8').catch(() => '');
    if (committed === schema) continue;
    process.stderr.write(`${file} is not what the schemas say: run \`npx tsx scripts/generate-schema.ts\` and commit it.\n`);
    process.exitCode = 1;
  }
} else {
  await mkdir(at('sdk/contract/generated'), { recursive: true });
  for (const [file, schema] of Object.entries(PUBLISHED)) await writeFile(at(file), schema);
  await writeFile(at('sdk/contract/generated/validators.js'), validators());
  await writeFile(at('sdk/contract/generated/validators.d.ts'), DECLARATIONS);
  await writeFile(at('sdk/contract/generated/config-schemas.js'), formSchemas());
  await writeFile(at('sdk/contract/generated/config-schemas.d.ts'), FORM_DECLARATIONS);
}
