import { BUILT_IN_ROLES } from '../../sdk/contract/access.js';
import { faultLine } from './faults.js';
import type { ParsedSettingsFile } from './file.schema.js';

/** Whether the parts of the file agree with each other: what no schema of one part can see. */
export function disagreements(source: string, file: ParsedSettingsFile): string[] {
  return [...widgetFaults(source, file), ...presetFaults(source, file), ...moduleFaults(source, file), ...connectorFaults(source, file), ...roleFaults(source, file)];
}

function widgetFaults(source: string, { widgets, modules, connectors }: ParsedSettingsFile): string[] {
  const first = new Map<string, number>();
  const faults: string[] = [];
  for (const [index, { id, dataSource }] of widgets.entries()) {
    const earlier = first.get(id);
    if (earlier !== undefined) faults.push(faultLine(source, ['widgets', index, 'id'], `${id} is already the id of widgets[${earlier}]`));
    else first.set(id, index);
    if (dataSource.type === 'module' && !Object.hasOwn(modules, dataSource.moduleName)) {
      faults.push(faultLine(source, ['widgets', index, 'dataSource', 'moduleName'], `${dataSource.moduleName} is not under modules`));
    }
    if (dataSource.type === 'external_api' && !Object.hasOwn(connectors, dataSource.apiName)) {
      faults.push(faultLine(source, ['widgets', index, 'dataSource', 'apiName'], `${dataSource.apiName} is not under connectors`));
    }
  }
  return faults;
}

function presetFaults(source: string, { presets, widgets }: ParsedSettingsFile): string[] {
  const known = new Set(widgets.map((widget) => widget.id));
  return Object.entries(presets).flatMap(([role, preset]) =>
    preset.layout.flatMap((item, index) =>
      known.has(item.widgetId)
        ? []
        : [faultLine(source, ['presets', role, 'layout', index, 'widgetId'], `${item.widgetId} is not the id of a widget of this file`)]));
}

function moduleFaults(source: string, { modules, tenants }: ParsedSettingsFile): string[] {
  return Object.entries(modules).flatMap(([name, module]) =>
    module.tenants.flatMap((tenant, index) =>
      Object.hasOwn(tenants, tenant) ? [] : [faultLine(source, ['modules', name, 'tenants', index], `${tenant} is not under tenants`)]));
}

function connectorFaults(source: string, { connectors, tenants }: ParsedSettingsFile): string[] {
  return Object.entries(connectors).flatMap(([name, { accounts = {} }]) =>
    Object.keys(accounts)
      .filter((tenant) => !Object.hasOwn(tenants, tenant))
      .map((tenant) => faultLine(source, ['connectors', name, 'accounts', tenant], `${tenant} is not under tenants`)));
}

function roleFaults(source: string, { roles }: ParsedSettingsFile): string[] {
  const inherits: Record<string, readonly string[]> = { ...BUILT_IN_ROLES, ...roles };
  const faults: string[] = [];
  for (const role of Object.keys(roles)) {
    const ring = ringFrom(role, inherits);
    if (ring !== undefined) faults.push(faultLine(source, ['roles', role], `inherits itself: ${ring.join(' < ')}`));
  }
  return faults;
}

/** The way from a role back to itself, if there is one. */
function ringFrom(role: string, inherits: Readonly<Record<string, readonly string[]>>): string[] | undefined {
  const seen = new Set<string>();
  const pending: string[][] = [[role]];
  for (let way = pending.pop(); way !== undefined; way = pending.pop()) {
    const last = way[way.length - 1] ?? role;
    for (const next of Object.hasOwn(inherits, last) ? (inherits[last] ?? []) : []) {
      if (next === role) return [...way, next];
      if (!seen.has(next)) pending.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}
