/** The pages that tell of widgets, dashboards and embedding say what is so: their fields, examples, attributes and links. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SettingsFileSchema } from '../edge/config/file.schema.js';
import { AlertsFileSchema } from '../edge/config/alerts-file.schema.js';
import { NotifierFileSchema } from '../edge/config/notifier-file.schema.js';
import { tokens } from '../elements/core/tokens.js';
import { CONFIG_SCHEMAS, DEFINITION_SCHEMA } from '../sdk/contract/generated/config-schemas.js';
import type { JsonSchema } from '../sdk/contract/json-schema.js';
import {
  GridPositionSchema, ItemConfigSchema, LayoutFileSchema, LayoutSettingsSchema, LayoutTimeRangeSchema, LayoutVariableSchema, WidgetLayoutItemSchema,
} from '../sdk/contract/layout.schema.js';
import { AlertReduceSchema, AlertRuleInputSchema, SilenceInputSchema } from '../sdk/contract/alert.schema.js';
import { TimeIntervalSchema } from '../sdk/contract/time-interval.schema.js';
import { validateLayout, validateWidget } from '../sdk/contract/validate.js';
import { WIDGET_SIZES, WIDGET_TYPES } from '../sdk/contract/widget.js';
import { createFormatter } from '../sdk/data/format.js';

const read = (path: string) => readFileSync(path, 'utf8');
const page = (type: string) => `docs/widgets/${type}.md`;
const PAGES = ['docs/widgets.md', 'docs/widgets-of-your-own.md', ...WIDGET_TYPES.map(page)];
const LINKED = [...PAGES, 'docs/dashboard.md', 'docs/embedding.md', 'docs/alerts.md', 'docs/operating.md'];

/** What `docs/widgets.md` tells for all types. */
const SHARED = new Set(['format', 'badgeFormat', 'thresholds', 'mappings']);
/** Of a hash that is cut short in an example. */
const CUT_HASH = /sha384-…/g;
const NOON = Date.parse('2026-03-09T11:00:00Z');

interface Example {
  value: Record<string, unknown>;
  /** After `json`: `answer`, `layout`, … ; none: a definition, or some of its fields. */
  kind: string;
}

function examplesOf(path: string): Example[] {
  return [...read(path).matchAll(/^ *```json ?(\w*)\n([\s\S]*?)^ *```$/gm)].map(([, kind = '', text = '']) => ({
    kind,
    value: JSON.parse(text.replaceAll(CUT_HASH, `sha384-${'A'.repeat(64)}`)) as Record<string, unknown>,
  }));
}

/** The rows of a page's tables, as cells. */
function tableRows(path: string): string[][] {
  return read(path).split('\n').filter((line) => /^\|.*\|$/.test(line) && !/^\|[-|]+\|$/.test(line)).map((line) => line.slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim()));
}

/** Names in the first cells of a page's tables, as they stand in code. */
function namedIn(path: string): Set<string> {
  return new Set(tableRows(path).flatMap(([first = '']) => [...first.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => code.split(/\s+/))));
}

/** Paths of a schema's fields; those that all types share without what is in them. */
function fieldsOf(schema: JsonSchema, prefix = ''): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
    const inner = SHARED.has(name) ? undefined : part.items?.properties ? part.items : part;
    return [`${prefix}${name}`, ...(inner ? fieldsOf(inner, `${prefix}${name}.`) : [])];
  });
}

/** Fields and the like that a page says nothing of, by their own name or by their path. */
function untold(path: string, names: readonly string[]): string[] {
  const text = read(path);
  return names.filter((name) => ![name, name.split('.').at(-1)].some((one) => new RegExp(`\`[^\`\n]*(?<![\\w-])${one?.replace('$', String.raw`\$`)}(?![\\w-])[^\`\n]*\``).test(text)));
}

function refersTo(schema: JsonSchema | undefined, field: string): JsonSchema | undefined {
  return schema?.properties?.[field]?.items ?? schema?.properties?.[field];
}

describe('the pages of the types', () => {
  it.each(WIDGET_TYPES)('%s: each field of its config is there, and no other', (type) => {
    const schema = CONFIG_SCHEMAS[type];
    const fields = fieldsOf(schema);
    expect(untold(page(type), fields)).toEqual([]);
    const top = Object.keys(schema.properties ?? {});
    const named = namedIn(page(type));
    expect(top.filter((name) => !named.has(name) && ![...named].some((one) => one.startsWith(`${name}.`)))).toEqual([]);
    const known = new Set([...fields, ...fields.map((path) => path.split('.').at(-1) ?? '')]);
    const config = read(page(type)).split('## Config')[1]?.split('\n## ')[0] ?? '';
    const told = [...config.matchAll(/^\| ((?:`[\w.]+`(?:, )?)+) \|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
    expect(told.length).toBeGreaterThan(0);
    // A second table of a chart tells its types.
    expect(told.filter((name) => !known.has(name) && !/^(line|pie|scatter|heatmap)$/.test(name))).toEqual([]);
  });

  it.each(WIDGET_TYPES)('%s: a whole definition of its own, its answer, and its picture', (type) => {
    const examples = examplesOf(page(type));
    expect(examples.some(({ kind, value }) => kind === '' && value['type'] === type && 'id' in value)).toBe(true);
    expect(examples.some(({ kind }) => kind === 'answer')).toBe(true);
    expect(read(page(type))).toContain(`](${type}.png)`);
  });

  it.each(PAGES)('%s: its examples are definitions, or fields of one', (path) => {
    let type = 'stat';
    for (const { kind, value } of examplesOf(path)) {
      if (kind !== '') continue;
      if ('id' in value) {
        type = String(value['type']);
        expect(validateWidget(value), JSON.stringify(value)).toEqual([]);
      } else {
        const config = Object.keys(value).find((name) => name.endsWith('Config')) ?? `${type}Config`;
        const shown = config.slice(0, -'Config'.length);
        const rest = { id: 'example', title: 'Example', type: shown, size: 'small', dataSource: { type: 'static', data: {} }, permissions: [], roles: [] };
        const whole = { statConfig: { primaryValue: 'value' }, ...rest, ...value };
        expect(validateWidget(whole), JSON.stringify(value)).toEqual([]);
      }
    }
    expect(path.endsWith('own.md') || examplesOf(path).length > 0).toBe(true);
  });
});

describe('docs/widgets.md', () => {
  const path = 'docs/widgets.md';

  it('tells each field of a definition, and each source with its fields', () => {
    expect(untold(path, [...Object.keys(DEFINITION_SCHEMA.properties ?? {}), '$schema', 'alerts', 'data'])).toEqual([]);
    const sources = DEFINITION_SCHEMA.properties?.['dataSource'];
    for (const source of sources?.anyOf ?? sources?.oneOf ?? []) {
      const type = String(source.properties?.['type']?.const);
      const row = tableRows(path).find(([first = '']) => first.includes(`"type": "${type}"`));
      expect(row, type).toBeDefined();
      expect(Object.keys(source.properties ?? {}).filter((name) => !row?.[0]?.includes(`"${name}"`)), type).toEqual([]);
    }
  });

  it('tells what all types share: formats, thresholds, mappings, steps, sizes', () => {
    const format = CONFIG_SCHEMAS.stat.properties?.['format']?.anyOf?.find(({ type }) => type === 'object');
    const fields = [format, refersTo(CONFIG_SCHEMAS.stat, 'thresholds'), refersTo(CONFIG_SCHEMAS.stat, 'mappings'), refersTo(DEFINITION_SCHEMA, 'transform')];
    for (const schema of fields) {
      expect(Object.keys(schema?.properties ?? {}).length).toBeGreaterThan(0);
      // In a sentence or a table: an example that has it explains nothing.
      expect(Object.keys(schema?.properties ?? {}).filter((name) => !read(path).includes(`\`${name}\``))).toEqual([]);
    }
    expect(untold(path, [...WIDGET_SIZES, ...(format?.properties?.['style']?.enum ?? []).map(String)])).toEqual([]);
  });

  it('shows each style as it is written', () => {
    const { format } = createFormatter({ locale: 'en', timeZone: 'Europe/Berlin', currency: 'EUR', now: () => NOON });
    const section = read(path).split('## Formats')[1]?.split('## Thresholds')[0] ?? '';
    const rows = [...section.matchAll(/^\| `(["{].*?)` \| `(.*?)` \| (.*) \|$/gm)];
    for (const [, wanted = '', value = '', shown = ''] of rows) {
      expect(format(JSON.parse(value), JSON.parse(wanted) as never).replaceAll(/\s/g, ' '), wanted).toBe(shown);
    }
    const styles = rows.map(([, wanted = '']) => JSON.parse(wanted) as string | { style: string }).map((one) => (typeof one === 'string' ? one : one.style));
    expect([...new Set(styles)].sort()).toEqual(['bytes', 'currency', 'date', 'datetime', 'duration', 'number', 'percent', 'relative', 'text']);
  });
});

interface ManifestElement {
  tagName?: string;
  attributes?: { name: string }[];
  events?: { name?: string; description?: string }[];
  cssParts?: { name: string }[];
  cssProperties?: { name: string }[];
  slots?: { name: string }[];
}
const manifest = JSON.parse(read('custom-elements.json')) as { modules: { declarations?: ManifestElement[] }[] };

function element(tag: string): Required<Omit<ManifestElement, 'tagName'>> {
  const found = manifest.modules.flatMap(({ declarations = [] }) => declarations).find(({ tagName }) => tagName === tag);
  return { attributes: [], events: [], cssParts: [], cssProperties: [], slots: [], ...found };
}

/** Names that are part of the contract of a tag. */
function namesOf(tag: string): string[] {
  const { attributes, events, cssParts, slots } = element(tag);
  // An event that the analyser only guessed has no name, or that of a variable.
  const told = events.flatMap(({ name = '' }) => (name.startsWith('ccm-') ? [name] : []));
  return [...attributes.map(({ name }) => name), ...told, ...cssParts.map(({ name }) => name), ...slots.flatMap(({ name }) => name || [])];
}

describe('docs/dashboard.md', () => {
  const path = 'docs/dashboard.md';

  it.each(['ccm-dashboard', 'ccm-marketplace'])('tells the attributes, events and parts of %s', (tag) => {
    expect(namesOf(tag).length).toBeGreaterThan(5);
    expect(untold(path, namesOf(tag))).toEqual([]);
  });

  it('tells each field of a layout file, and its example is one that an edge takes', () => {
    const shapes = [LayoutFileSchema, WidgetLayoutItemSchema, ItemConfigSchema, LayoutVariableSchema, LayoutTimeRangeSchema, LayoutSettingsSchema, GridPositionSchema];
    const fields = shapes.flatMap(({ shape }) => Object.keys(shape)).filter((name) => !name.endsWith('Config'));
    expect(fields.length).toBeGreaterThan(30);
    expect(untold(path, fields)).toEqual([]);
    const layouts = examplesOf(path).filter(({ kind }) => kind === 'layout');
    expect(layouts.length).toBeGreaterThan(0);
    for (const { value } of layouts) expect(validateLayout(value)).toEqual([]);
  });
});

describe('docs/operating.md', () => {
  it('tells each part of the settings file and each variable', () => {
    const path = 'docs/operating.md';
    const variables = [...read('edge/config/environment.ts').matchAll(/^ +(CCM_[A-Z_]+): /gm)].map(([, name = '']) => name);
    expect(variables.length).toBeGreaterThan(8);
    const named = namedIn(path);
    expect([...Object.keys(SettingsFileSchema.shape), ...variables, 'CCM_SMTP_URL'].filter((name) => !named.has(name))).toEqual([]);
  });
});

describe('docs/alerts.md', () => {
  const path = 'docs/alerts.md';

  it('tells each field of a rule, of a time and of the settings, and each kind of notifier', () => {
    const reducers = AlertReduceSchema.shape.by.options.map((name) => (name === 'last' ? 'by' : name));
    expect(untold(path, [...Object.keys(AlertRuleInputSchema.shape), ...reducers, ...Object.keys(TimeIntervalSchema.shape)])).toEqual([]);
    const { rules: _rules, routes, ...others } = AlertsFileSchema.shape;
    expect(untold(path, [...Object.keys(others), ...Object.keys(routes.def.innerType.element.shape)])).toEqual([]);
    const types = new Set(JSON.stringify(NotifierFileSchema.toJSONSchema({ io: 'input', unrepresentable: 'any' })).match(/(?<="const":")[a-z]+/g));
    expect(types.size).toBeGreaterThan(7);
    expect([...types].filter((type) => !read(path).includes(`"type": "${type}"`) && !read(path).includes(`"provider": "${type}"`))).toEqual([]);
  });

  it('its silences are ones that an edge takes', () => {
    const bodies = [...read(path).matchAll(/\/silences [^']*'content-type: application\/json' -d '([^']*)'/g)];
    expect(bodies.length).toBeGreaterThan(0);
    for (const [, body = ''] of bodies) expect(SilenceInputSchema.safeParse(JSON.parse(body)).error?.issues).toBe(undefined);
  });

  it('says of each field that a rule needs that it is', () => {
    const needed = Object.entries(AlertRuleInputSchema.shape).flatMap(([name, schema]) => (schema.safeParse(undefined).success ? [] : [name]));
    expect(needed.length).toBeGreaterThan(4);
    const told = tableRows(path).filter(([, meaning = '']) => /\bNeeded\b/.test(meaning)).map(([name = '']) => name.replaceAll('`', ''));
    expect(told.sort()).toEqual(needed.sort());
  });

  it('its examples are a part of a definition, and settings that an edge takes', () => {
    const examples = examplesOf(path);
    expect(examples.map(({ kind }) => kind)).toEqual(['', 'settings', 'settings']);
    for (const { kind, value } of examples) {
      if (kind === 'settings') {
        expect(SettingsFileSchema.safeParse({ tenants: { acme: {} }, modules: {}, ...value }).error?.issues).toBe(undefined);
      } else {
        const rest = { id: 'stock', title: 'Stock', type: 'list', size: 'small', dataSource: { type: 'static', data: [] }, listConfig: { itemTemplate: { title: 'name' } }, permissions: [], roles: [] };
        expect(validateWidget({ ...rest, ...value })).toEqual([]);
      }
    }
  });
});

describe('docs/embedding.md', () => {
  const path = 'docs/embedding.md';

  it.each(['ccm-widget', 'ccm-provider', 'ccm-alerts'])('tells the attributes, events, parts and slots of %s', (tag) => {
    expect(namesOf(tag).length).toBeGreaterThan(3);
    expect(untold(path, namesOf(tag))).toEqual([]);
  });

  it('tells the tokens that a page may set, as they are', () => {
    const rows = tableRows(path);
    const colours = [...tokens.cssText.matchAll(/var\((--ccm-[\w-]+), (#[0-9a-f]{6})\)/g)].map(([, name = '', colour = '']) => [name, colour] as const);
    const themes = colours.length / 2;
    for (const [index, [name, light]] of colours.slice(0, themes).entries()) {
      const row = rows.find(([first]) => first === `\`${name}\``);
      if (/^--ccm-chart-[3-8]$/.test(name)) continue;
      expect(row?.slice(-2), name).toEqual([light, colours[themes + index]?.[1]]);
    }
    expect(untold(path, [...element('ccm-widget').cssProperties, ...element('ccm-dashboard').cssProperties].map(({ name }) => name))).toEqual([]);
  });
});

/** As GitHub makes them. */
function anchorsOf(path: string): string[] {
  return [...read(path).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s-]/gu, '').replaceAll(' ', '-'));
}

describe('links', () => {
  it.each(LINKED)('of %s lead somewhere', (path) => {
    const targets = [...read(path).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, target = '']) => target).filter((target) => !target.startsWith('/'));
    const broken = targets.filter((target) => {
      const [file = '', anchor] = target.split('#');
      const found = file === '' ? path : join(dirname(path), file);
      return !existsSync(found) || (anchor !== undefined && !anchorsOf(found).includes(anchor));
    });
    expect(broken).toEqual([]);
  });
});
