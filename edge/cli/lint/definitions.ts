import type { JsonSchema } from '../../../sdk/contract/json-schema.js';
import { LayoutFileSchema } from '../../../sdk/contract/layout.schema.js';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import { CCMWidgetSchema } from '../../../sdk/contract/widget.schema.js';
import type { Path } from '../../config/faults.js';
import { readManifest } from '../../features/modules/manifest.js';
import type { FileFault, GivenLayout, LintFile, Reading } from './given.js';
import type { Spot } from './rule.js';
import { schemaFaults } from './schema-faults.js';

type Fields = Readonly<Record<string, unknown>>;

export function widgetReading(file: LintFile, value: unknown, at: Path = []): Reading {
  const parsed = CCMWidgetSchema.safeParse(value);
  return {
    faults: parsed.success ? [] : faultsIn(file, at, schemaFaults(parsed.error, CCMWidgetSchema)),
    widgets: parsed.success ? [{ file, at, widget: parsed.data }] : [],
    layouts: [], settings: [], ids: idsIn([value]),
  };
}

export function layoutReading(file: LintFile, value: Fields): Reading {
  const parsed = LayoutFileSchema.safeParse(value);
  if (!parsed.success) return { faults: faultsIn(file, [], schemaFaults(parsed.error, LayoutFileSchema)), widgets: [], layouts: [], settings: [], ids: [] };
  const { widgets, variables = [], timeRange } = parsed.data;
  const layout = { file, at: [], items: widgets, list: 'widgets', variables, ...(timeRange && { timeRange }) } as GivenLayout;
  return { faults: [], widgets: [], layouts: [layout], settings: [], ids: [] };
}

/** As the edge takes a manifest: what a module may not bring is a fault, and its own right is asked for where it asks for none. */
export function manifestReading(file: LintFile, value: Fields): Reading {
  const entries = Array.isArray(value['widgets']) ? (value['widgets'] as unknown[]) : [];
  const { widgets, faults } = readManifest(moduleOf(entries), value);
  const ids = idsIn(entries);
  return {
    faults: faults.map((fault) => ({ file: file.name, ...fault })),
    widgets: widgets.map((widget) => {
      const answer = answerOf(value['schemas'], widget);
      return { file, at: ['widgets', entries.findIndex((entry) => idOf(entry) === widget.id)], widget, ...(answer && { answer }) };
    }),
    layouts: [], settings: [], ids,
  };
}

/** The module whose manifest it is: a manifest does not say it, but its widgets ask it, or begin with its name. */
function moduleOf(entries: readonly unknown[]): string {
  for (const entry of entries) {
    const source = fieldOf(entry, 'dataSource');
    const name = fieldOf(source, 'moduleName');
    if (typeof name === 'string') return name;
  }
  return /^[a-z0-9]+/.exec(idOf(entries[0]) ?? '')?.[0] ?? '';
}

/** The schema of the endpoint that it asks. */
function answerOf(schemas: unknown, { dataSource }: CCMWidget): JsonSchema | undefined {
  const schema = dataSource.type === 'module' ? fieldOf(schemas, dataSource.endpoint) : undefined;
  return typeof schema === 'object' && schema !== null ? (schema as JsonSchema) : undefined;
}

export function faultsIn(file: LintFile, at: Path, spots: readonly Spot[]): FileFault[] {
  return spots.map(({ path, message }) => ({ file: file.name, path: file.place([...at, ...path]), message }));
}

export function idsIn(entries: readonly unknown[]): string[] {
  return entries.flatMap((entry) => idOf(entry) ?? []);
}

function idOf(entry: unknown): string | undefined {
  const id = fieldOf(entry, 'id');
  return typeof id === 'string' ? id : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Fields)[name] : undefined;
}
