import { DEFINITION_SCHEMA } from '../../sdk/contract/generated/config-schemas.js';
import type { JsonSchema } from '../../sdk/contract/json-schema.js';
import type { CCMWidget } from '../../sdk/contract/widget.js';
import type { WidgetKind } from '../../sdk/define/widget-kind.js';
import type { SettingsStrings } from '../core/settings-strings.js';
import { isRecord } from './form/values.js';
import { configFieldOf } from './overrides.js';

/** A part of a definition that has a form of its own. */
export interface DefinitionPart {
  name: 'general' | 'source' | 'config' | 'access';
  heading: string;
  schema: JsonSchema;
  value: unknown;
  /** Where its faults lie in the definition. */
  prefix: string;
}

/** Which of the definition's fields each part holds; a field that is named nowhere is general. */
const SOURCE = ['dataSource', 'refreshInterval', 'dataPath', 'params', 'transform', 'scope'];
const ACCESS = ['permissions', 'roles', 'author', 'version'];
const GENERAL = ['title', 'id', 'description', 'type', 'size', 'icon', 'category', 'tags', 'theme'];

/** What a new definition begins with. */
export function beginning(): Partial<CCMWidget> {
  return { type: 'stat', size: 'medium', dataSource: { type: 'module', moduleName: '', endpoint: '/' }, statConfig: { primaryValue: '' }, permissions: [], roles: [] };
}

/** Made once: a form begins anew with another schema. */
const pick = (names: readonly string[]): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(names.flatMap((name) => (DEFINITION_SCHEMA.properties?.[name] ? [[name, DEFINITION_SCHEMA.properties[name]]] : []))),
  required: (DEFINITION_SCHEMA.required ?? []).filter((name) => names.includes(name)),
});
const NEW_SCHEMA = pick(GENERAL);
/** An id is given once. */
const KNOWN_SCHEMA = pick(GENERAL.filter((name) => name !== 'id'));
const SOURCE_SCHEMA = pick(SOURCE);
const ACCESS_SCHEMA = pick(ACCESS);

/** The parts of a definition, with the schemas of their forms. */
export function partsOf(draft: Partial<CCMWidget>, kinds: readonly WidgetKind[], isKnown: boolean, words: SettingsStrings): DefinitionPart[] {
  const type = draft.type ?? 'stat';
  const kind = kinds.find((one) => (one.type ?? 'custom') === type && (type !== 'custom' || one.tag === 'ccm-custom'));
  const field = configFieldOf(type);
  return [
    { name: 'general', heading: words.general, schema: isKnown ? KNOWN_SCHEMA : NEW_SCHEMA, value: draft, prefix: '' },
    { name: 'source', heading: words.source, schema: SOURCE_SCHEMA, value: draft, prefix: '' },
    ...(kind ? [{ name: 'config' as const, heading: words.display, schema: kind.schema, value: draft[field], prefix: `${field}.` }] : []),
    { name: 'access', heading: words.access, schema: ACCESS_SCHEMA, value: draft, prefix: '' },
  ];
}

/** The definition with what a part's form says now. */
export function withPart(draft: Partial<CCMWidget>, name: DefinitionPart['name'], value: unknown): Partial<CCMWidget> {
  if (name === 'config') return { ...draft, [configFieldOf(draft.type ?? 'stat')]: value };
  if (!isRecord(value)) return draft;
  const next = value as Partial<CCMWidget>;
  // Nobody named means everybody: that is written, not left out.
  return { ...next, permissions: next.permissions ?? [], roles: next.roles ?? [] };
}

/** Of another type now: the config of the last one goes, that of the new one begins with its kind's sample. */
export function withType(draft: Partial<CCMWidget>, kinds: readonly WidgetKind[]): Partial<CCMWidget> {
  const type = draft.type ?? 'stat';
  const others = Object.fromEntries(Object.entries(draft).filter(([name]) => !name.endsWith('Config'))) as Partial<CCMWidget>;
  const sample = kinds.find((kind) => kind.type === type)?.sample.options ?? {};
  return { ...others, [configFieldOf(type)]: draft[configFieldOf(type)] ?? (type === 'custom' ? {} : sample) };
}
