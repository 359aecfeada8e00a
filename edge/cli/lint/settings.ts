import { AlertRuleInputSchema } from '../../../sdk/contract/alert.schema.js';
import type { WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import { disagreements } from '../../config/agreement.js';
import { connectorsFrom, deniedEndpoints } from '../../config/connectors.js';
import { SettingsFileSchema, type ParsedSettingsFile } from '../../config/file.schema.js';
import { callable, READY_MADE } from '../../sources/connectors/ready-made.js';
import { faultsIn, idsIn, widgetReading } from './definitions.js';
import type { FileFault, GivenSettings, LintFile, Reading } from './given.js';
import { schemaFaults } from './schema-faults.js';

/** The settings as the edge checks them when it starts, but for the environment: who writes them need not have its secrets. */
export function settingsReading(file: LintFile, value: Readonly<Record<string, unknown>>, files: ReadonlyMap<number, LintFile>): Reading {
  const entries = Array.isArray(value['widgets']) ? (value['widgets'] as unknown[]) : [];
  // One by one: a fault elsewhere in the file keeps nobody from looking at those that are right.
  const widgets = entries.flatMap((entry, index) => {
    const own = files.get(index);
    return own === undefined ? widgetReading(file, entry, ['widgets', index]).widgets : widgetReading(own, entry).widgets;
  });
  const shared = { widgets, ids: idsIn(entries) };
  const parsed = SettingsFileSchema.safeParse(value);
  if (!parsed.success) return { ...shared, faults: faultsIn(file, [], schemaFaults(parsed.error, SettingsFileSchema)), layouts: [], settings: [] };
  const { faults, connectors } = agreement(file, parsed.data);
  return { ...shared, faults, layouts: presetsOf(file, parsed.data), settings: [settingsOf(file, value, parsed.data, connectors)] };
}

function agreement(file: LintFile, parsed: ParsedSettingsFile): { faults: FileFault[]; connectors: GivenSettings['connectors'] } {
  const lines = disagreements('', parsed);
  const connectors = connectorsFrom(parsed.connectors, { source: '', secret: () => '', faults: lines, templates: [] });
  lines.push(...deniedEndpoints('', parsed.widgets, [...connectors.values(), ...callable(READY_MADE)]));
  return { connectors, faults: lines.map((line) => ({ file: file.name, ...partsOf(line) })) };
}

/** A place as `placeOf` writes it, before what is said there. */
const LINE = /^((?:[A-Za-z_$][\w$-]*|\.|\[\d+\]|\["(?:[^"\\]|\\.)*"\])+): ([^]*)$/;

function partsOf(line: string): { path: string; message: string } {
  const [, path = '', message = line] = LINE.exec(line) ?? [];
  return { path, message };
}

function presetsOf(file: LintFile, { presets }: ParsedSettingsFile): Reading['layouts'] {
  return Object.entries(presets).map(([role, { layout }]) => ({ file, at: ['presets', role], items: layout as WidgetLayoutItem[], list: 'layout', variables: [] }));
}

function settingsOf(file: LintFile, raw: Readonly<Record<string, unknown>>, { tenants, notifiers, alerts }: ParsedSettingsFile, connectors: GivenSettings['connectors']): GivenSettings {
  // What was parsed has the default already.
  const written = raw['tenants'] as Readonly<Record<string, object>>;
  return {
    file, at: [], connectors, rules: rulesOf(raw['alerts']), notifiers: Object.values(notifiers), routed: alerts.routes.some(({ match }) => match.length === 0),
    tenants: new Map(Object.entries(tenants).map(([id, { currency }]) => [id, { currency, zoned: Object.hasOwn(written[id] ?? {}, 'timeZone') }])),
  };
}

/** `tenants` beside a rule says whose it is, and is nothing of the rule's own. */
function rulesOf(alerts: unknown): GivenSettings['rules'] {
  const rules: unknown = typeof alerts === 'object' && alerts !== null ? (alerts as { rules?: unknown }).rules : undefined;
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((entry: unknown, index) => {
    const { tenants: _, ...rule } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
    const parsed = AlertRuleInputSchema.safeParse(rule);
    return parsed.success ? [{ at: ['alerts', 'rules', index], rule: parsed.data }] : [];
  });
}
