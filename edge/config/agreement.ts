import { BUILT_IN_ROLES } from '../../sdk/contract/access.js';
import type { ConnectorDefinition } from '../../sdk/contract/connector-definition.js';
import { PROMETHEUS_CONNECTOR } from '../../sdk/contract/data-source.js';
import { channelOf, mayLeadTo } from '../kernel/mqtt-topics.js';
import { callable, READY_MADE } from '../sources/connectors/ready-made.js';
import { alertFaults } from './alerts.js';
import { faultLine } from './faults.js';
import type { ParsedSettingsFile } from './file.schema.js';

/** Whether the parts of the file agree with each other: what no schema of one part can see. */
export function disagreements(source: string, file: ParsedSettingsFile, templates: readonly ConnectorDefinition[] = []): string[] {
  return [...widgetFaults(source, file, callableNames(file, templates)), ...presetFaults(source, file), ...moduleFaults(source, file), ...grantFaults(source, file), ...connectorFaults(source, file), ...roleFaults(source, file), ...channelFaults(source, file), ...notifierFaults(source, file), ...alertFaults(source, file)];
}

function widgetFaults(source: string, { widgets, modules }: ParsedSettingsFile, connectors: ReadonlySet<string>): string[] {
  const first = new Map<string, number>();
  const faults: string[] = [];
  for (const [index, { id, dataSource }] of widgets.entries()) {
    const earlier = first.get(id);
    if (earlier !== undefined) faults.push(faultLine(source, ['widgets', index, 'id'], `${id} is already the id of widgets[${earlier}]`));
    else first.set(id, index);
    if (dataSource.type === 'module' && !Object.hasOwn(modules, dataSource.moduleName)) {
      faults.push(faultLine(source, ['widgets', index, 'dataSource', 'moduleName'], `${dataSource.moduleName} is not under modules`));
    }
    if (dataSource.type === 'external_api' && !connectors.has(dataSource.apiName)) {
      faults.push(faultLine(source, ['widgets', index, 'dataSource', 'apiName'], `${dataSource.apiName} is not under connectors`));
    }
    if (dataSource.type === 'prometheus' && !connectors.has(PROMETHEUS_CONNECTOR)) {
      faults.push(faultLine(source, ['widgets', index, 'dataSource', 'type'], `needs a connector named ${PROMETHEUS_CONNECTOR} under connectors`));
    }
  }
  return faults;
}

/** Those of the file, and the ready-made ones that need no more than a credential. */
function callableNames({ connectors }: ParsedSettingsFile, templates: readonly ConnectorDefinition[]): ReadonlySet<string> {
  return new Set([...Object.keys(connectors), ...callable([...READY_MADE, ...templates]).map(({ name }) => name)]);
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

/** Both modules are there, and each of the grant's tenants is served by both. */
function grantFaults(source: string, { grants, modules }: ParsedSettingsFile): string[] {
  return grants.flatMap((grant, index) => [
    ...(['from', 'to'] as const).filter((end) => !Object.hasOwn(modules, grant[end]))
      .map((end) => faultLine(source, ['grants', index, end], `${grant[end]} is not under modules`)),
    ...(grant.tenants ?? []).flatMap((tenant, place) =>
      (['from', 'to'] as const).filter((end) => modules[grant[end]]?.tenants.includes(tenant) === false)
        .map((end) => faultLine(source, ['grants', index, 'tenants', place], `${tenant} is not served by ${grant[end]}`))),
  ]);
}

function connectorFaults(source: string, { connectors, tenants }: ParsedSettingsFile): string[] {
  return Object.entries(connectors).flatMap(([name, { accounts = {} }]) =>
    Object.keys(accounts)
      .filter((tenant) => !Object.hasOwn(tenants, tenant))
      .map((tenant) => faultLine(source, ['connectors', name, 'accounts', tenant], `${tenant} is not under tenants`)));
}

function channelFaults(source: string, { ingest, mqtt, tenants, widgets }: ParsedSettingsFile): string[] {
  const topics = Object.entries(mqtt?.topics ?? {}).map(([filter, topic]) => ({ filter, tenant: topic.tenant, ...(topic.channel !== undefined && { channel: topic.channel }) }));
  const known = (name: string): boolean => Object.hasOwn(ingest, name) || topics.some((topic) => mayLeadTo(topic, name));
  return [
    ...Object.entries(ingest).flatMap(([channel, given]) => [given].flat().flatMap(({ tenant }, index) => {
      const path = ['ingest', channel, ...(Array.isArray(given) ? [index] : []), 'tenant'];
      if (!Object.hasOwn(tenants, tenant)) return [faultLine(source, path, `${tenant} is not under tenants`)];
      return [given].flat().findIndex((one) => one.tenant === tenant) === index ? [] : [faultLine(source, path, `${tenant} is there twice`)];
    })),
    ...topics.flatMap((topic) => {
      const path = ['mqtt', 'topics', topic.filter];
      if (!Object.hasOwn(tenants, topic.tenant)) return [faultLine(source, [...path, 'tenant'], `${topic.tenant} is not under tenants`)];
      if (topic.channel !== undefined || /[+#]/.test(topic.filter) || channelOf(topic, topic.filter) !== undefined) return [];
      return [faultLine(source, [...path, 'channel'], 'is required: the topic makes no name of a channel')];
    }),
    ...widgets.flatMap(({ dataSource }, index) => (dataSource.type !== 'push' || known(dataSource.channel)
      ? []
      : [faultLine(source, ['widgets', index, 'dataSource', 'channel'], `${dataSource.channel} is not under ingest, and no topic of mqtt leads to it`)])),
  ];
}

function notifierFaults(source: string, { notifiers, tenants }: ParsedSettingsFile): string[] {
  return Object.entries(notifiers).flatMap(([name, { tenants: named = [] }]) => named.flatMap((tenant, index) =>
    (Object.hasOwn(tenants, tenant) ? [] : [faultLine(source, ['notifiers', name, 'tenants', index], `${tenant} is not under tenants`)])));
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
