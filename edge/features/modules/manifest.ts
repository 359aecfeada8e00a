import { endpointFault } from '../../../sdk/contract/endpoint.js';
import { faultsOf } from '../../../sdk/contract/faults.schema.js';
import type { Fault } from '../../../sdk/contract/problem.js';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import { CCMWidgetSchema } from '../../../sdk/contract/widget.schema.js';
import { compileSchema, SchemaError, type CompiledSchema } from '../../../sdk/data/schema-check.js';

/** What a module's manifest brought, after it was checked. */
export interface Manifest {
  widgets: readonly CCMWidget[];
  /** By endpoint. */
  schemas: ReadonlyMap<string, CompiledSchema>;
  faults: readonly Fault[];
}

export const NO_MANIFEST: Manifest = { widgets: [], schemas: new Map(), faults: [] };

/** Entries of a manifest that are looked at; what is behind them is not there. */
export const MOST_WIDGETS = 100;
const MOST_SCHEMAS = 100;
/** UTF-16 units of one schema's text. */
const LONGEST_SCHEMA = 64 * 1024;
/** Faults that are told; nobody mends by more than a page of them. */
const MOST_FAULTS = 50;

/**
 * Reads `{widgets, schemas}` as a module sent it: what is right is taken, what is wrong is told with its place, and one fault
 * costs its own entry only. Other fields are for later versions.
 */
export function readManifest(module: string, body: unknown): Manifest {
  if (!isObject(body)) return { ...NO_MANIFEST, faults: [{ path: '', message: 'must be an object' }] };
  const faults: Fault[] = [];
  const widgets = readWidgets(module, body['widgets'], faults);
  const schemas = readSchemas(body['schemas'], faults);
  return { widgets, schemas, faults: faults.slice(0, MOST_FAULTS) };
}

function readWidgets(module: string, given: unknown, faults: Fault[]): CCMWidget[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) {
    faults.push({ path: 'widgets', message: 'must be a list' });
    return [];
  }
  if (given.length > MOST_WIDGETS) faults.push({ path: 'widgets', message: `has ${given.length} entries; the first ${MOST_WIDGETS} are taken` });
  const taken = new Map<string, CCMWidget>();
  for (const [index, entry] of given.slice(0, MOST_WIDGETS).entries()) {
    const parsed = CCMWidgetSchema.safeParse(entry);
    const found = parsed.success ? claimFaults(module, parsed.data, taken) : faultsOf(parsed.error).slice(0, MOST_FAULTS);
    faults.push(...found.map(({ path, message }) => ({ path: `widgets.${index}${path === '' ? '' : `.${path}`}`, message })));
    if (parsed.success && found.length === 0) taken.set(parsed.data.id, narrowed(module, parsed.data));
  }
  return [...taken.values()];
}

/** What a module may claim: definitions under its own name, of its own data, that run no code and send nobody anywhere. */
function claimFaults(module: string, widget: CCMWidget, taken: ReadonlyMap<string, CCMWidget>): Fault[] {
  const { id, dataSource, type, mapConfig, alerts } = widget;
  const faults: Fault[] = [];
  if (!id.startsWith(`${module}-`) && !id.startsWith(`${module}.`)) faults.push({ path: 'id', message: `must begin with "${module}-" or "${module}."` });
  if (taken.has(id)) faults.push({ path: 'id', message: 'is there twice' });
  if (dataSource.type !== 'module' && dataSource.type !== 'static') faults.push({ path: 'dataSource.type', message: 'must be module or static' });
  if (dataSource.type === 'module' && dataSource.moduleName !== module) {
    faults.push({ path: 'dataSource.moduleName', message: `must be ${module}: a module brings widgets of its own data only` });
  }
  if (type === 'custom') faults.push({ path: 'type', message: 'must not be custom: which scripts run is for the settings or the tenant to say' });
  if (mapConfig?.tiles !== undefined) faults.push({ path: 'mapConfig.tiles', message: 'is for the settings or the tenant to say: it sends viewers to another server' });
  if (alerts !== undefined) faults.push({ path: 'alerts', message: 'is for the tenant to say' });
  return faults;
}

/** A manifest can ask for more, never for less: without a right of the module's own name it takes `modules.NAME.read`. */
function narrowed(module: string, widget: CCMWidget): CCMWidget {
  const right = `modules.${module}.read`;
  const own = widget.permissions.some((permission) => permission === right || permission.startsWith(`${module}.`));
  return own ? widget : { ...widget, permissions: [...widget.permissions, right] };
}

function readSchemas(given: unknown, faults: Fault[]): Map<string, CompiledSchema> {
  const schemas = new Map<string, CompiledSchema>();
  if (given === undefined) return schemas;
  if (!isObject(given)) {
    faults.push({ path: 'schemas', message: 'must be an object' });
    return schemas;
  }
  const entries = Object.entries(given);
  if (entries.length > MOST_SCHEMAS) faults.push({ path: 'schemas', message: `has ${entries.length} entries; the first ${MOST_SCHEMAS} are taken` });
  for (const [endpoint, schema] of entries.slice(0, MOST_SCHEMAS)) {
    const path = `schemas.${endpoint.slice(0, 200)}`;
    const fault = endpointFault(endpoint);
    if (fault !== undefined) faults.push({ path, message: fault });
    else if (JSON.stringify(schema).length > LONGEST_SCHEMA) faults.push({ path, message: `must be at most ${LONGEST_SCHEMA / 1024} KiB long` });
    else {
      try {
        const compiled = compileSchema(schema);
        schemas.set(endpoint, compiled);
        faults.push(...compiled.unchecked.map((one) => ({ ...one, path: `${path}.${one.path}` })));
      } catch (error) {
        if (!(error instanceof SchemaError)) throw error;
        faults.push({ path: error.fault.path === '' ? path : `${path}.${error.fault.path}`, message: error.fault.message });
      }
    }
  }
  return schemas;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
