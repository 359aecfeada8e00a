import { basename, dirname } from 'node:path';
import { BUILT_IN_ROLES } from '../sdk/contract/access.js';
import type { ConnectorDefinition } from '../sdk/contract/connector-definition.js';
import { disagreements } from './config/agreement.js';
import { alertSettings, deafWays, strayRules } from './config/alerts.js';
import { connectorsFrom, deniedEndpoints, keylessConnectors } from './config/connectors.js';
import { DEFAULT_CLAIMS, readEnvironment, unreadVariables, type Environment } from './config/environment.js';
import { SettingsError, faultLine, faultLines, type Path } from './config/faults.js';
import { notifiersFrom } from './config/notifiers.js';
import { readSettingsFile, SETTINGS_FILE } from './config/settings-file.js';
import { SettingsFileSchema, type ParsedSettingsFile, type SettingsFile } from './config/file.schema.js';
import { weaknessOf } from './config/weak-secret.js';
import { placeInFile, withWidgetFiles, type WithWidgetFiles } from './config/widget-files.js';
import { callable, READY_MADE } from './sources/connectors/ready-made.js';
import type { EnvironmentSettings, IngestChannel, JwtSettings, ModuleSettings, Settings } from './kernel/settings.js';

export { SettingsError } from './config/faults.js';
export { SETTINGS_FILE } from './config/settings-file.js';
export type { SettingsFile } from './config/file.schema.js';
export type { Environment } from './config/environment.js';

export interface SettingsSource {
  /** Path of the settings file (default `ccm.config.json` in the working folder). */
  file?: string;
  /** The settings themselves, in the form of the file: no file is read. */
  settings?: SettingsFile;
  /** Holds `CCM_*` and the secrets that the file names: `process.env`, or a test's own. */
  env: Environment;
  /** Made with `defineConnector`: ready-made ones beside those of the package. */
  connectors?: readonly ConnectorDefinition[];
}

/**
 * Reads and checks all settings.
 *
 * @throws SettingsError with one line a fault, each naming its place: `ccm.config.json: widgets[3].title: is required`, or
 * `widgets/stock.json: title: is required` of a widget that has a file of its own
 */
export async function loadSettings({ file = SETTINGS_FILE, settings, env, connectors = [] }: SettingsSource): Promise<Settings> {
  const source = settings === undefined ? basename(file) : 'settings';
  if (settings !== undefined) return checked(settings, source, env, connectors);
  const { value, files, faults } = await withWidgetFiles(dirname(file), await readSettingsFile(file));
  if (faults.length > 0) throw new SettingsError(faults.map(({ index, message }) => faultLine(source, ['widgets', index], message)));
  try {
    return checked(value, source, env, connectors);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new SettingsError(error.faults.map((line) => lineInFile(line, source, files)));
  }
}

function checked(raw: unknown, source: string, env: Environment, connectors: readonly ConnectorDefinition[]): Settings {
  const parsed = SettingsFileSchema.safeParse(raw);
  const faults = parsed.success ? disagreements(source, parsed.data, connectors) : faultLines(source, parsed.error, SettingsFileSchema);
  if (!parsed.success || faults.length > 0) throw new SettingsError(faults);
  return settingsFrom(parsed.data, source, env, connectors);
}

/** A line of a widget that has a file of its own names that, and the place there. */
function lineInFile(line: string, source: string, files: WithWidgetFiles['files']): string {
  const [whole = '', place = ''] = line.startsWith(source) ? (/^: (widgets\[\d+\].*?): /.exec(line.slice(source.length)) ?? []) : [];
  const found = placeInFile(place, files);
  return found === undefined ? line : [found.file, found.place, line.slice(source.length + whole.length)].filter((part) => part !== '').join(': ');
}

function settingsFrom(file: ParsedSettingsFile, source: string, env: Environment, templates: readonly ConnectorDefinition[]): Settings {
  const faults: string[] = [];
  const named = new Set<string>();
  const secret = (path: Path, { env: name }: { env: string }): string => {
    named.add(name);
    const value = env[name];
    if (value === undefined || value === '') faults.push(faultLine(source, path, `the environment variable ${name} is not set`));
    return value ?? '';
  };

  const modules = Object.entries(file.modules).map(([name, module]): [string, ModuleSettings] => {
    const path = ['modules', name, 'secret'];
    const value = secret(path, module.secret);
    const weakness = value === '' ? undefined : weaknessOf(value);
    if (weakness !== undefined) faults.push(faultLine(source, path, `${module.secret.env} ${weakness}`));
    return [name, { name, url: new URL(module.url ?? `http://a64core-${name}:8080`), secret: value, tenants: module.tenants }];
  });

  const connectors = connectorsFrom(file.connectors, { source, secret, faults, templates });
  faults.push(...deniedEndpoints(source, file.widgets, [...connectors.values(), ...callable([...READY_MADE, ...templates])]));

  const weak = (path: Path, name: string, value: string): void => {
    const weakness = value === '' ? undefined : weaknessOf(value);
    if (weakness !== undefined) faults.push(faultLine(source, path, `${name} ${weakness}`));
  };
  const ingest = Object.entries(file.ingest).flatMap(([channel, given]): IngestChannel[] => {
    const known = new Set<string>();
    return [given].flat().map((one, index) => {
      const path = ['ingest', channel, ...(Array.isArray(given) ? [index] : []), 'secret'];
      const value = secret(path, one.secret);
      weak(path, one.secret.env, value);
      // The secret tells the tenant.
      if (value !== '' && known.has(value)) faults.push(faultLine(source, path, `${one.secret.env} is another tenant's secret of this channel too`));
      known.add(value);
      return { channel, tenant: one.tenant, secret: value };
    });
  });
  const mqtt = file.mqtt && {
    url: new URL(file.mqtt.url),
    ...(file.mqtt.username !== undefined && { username: file.mqtt.username }),
    ...(file.mqtt.password && { password: secret(['mqtt', 'password'], file.mqtt.password) }),
    ...(file.mqtt.clientId !== undefined && { clientId: file.mqtt.clientId }),
    topics: Object.entries(file.mqtt.topics).map(([filter, { tenant, channel }]) => ({ filter, tenant, ...(channel !== undefined && { channel }) })),
  };

  const environment = readEnvironmentWith(faults, env, { ...DEFAULT_CLAIMS, ...file.claims });
  const notifiers = notifiersFrom(file.notifiers, { source, secret, faults, smtpUrl: env['CCM_SMTP_URL'] || undefined });
  if (environment === undefined || faults.length > 0) throw new SettingsError(faults);
  return {
    tenants: new Map(Object.entries(file.tenants).map(([id, tenant]) => [id, { id, ...tenant, name: tenant.name ?? id }])),
    modules: new Map(modules),
    grants: file.grants,
    connectors,
    connectorTemplates: templates,
    widgets: file.widgets,
    presets: new Map(Object.entries(file.presets).map(([role, preset]) =>
      [role, { role, ...preset, widgets: [...new Set(preset.layout.map((item) => item.widgetId))] }])),
    roles: { ...BUILT_IN_ROLES, ...file.roles },
    ingest,
    ...(mqtt && { mqtt }),
    notifiers,
    alerts: alertSettings(file.alerts),
    environment,
    warnings: [...unreadVariables(env, named), ...keylessConnectors(connectors, environment), ...strayRules(source, file), ...deafWays(source, file)],
  };
}

/** The environment's faults join those of the file: who starts it should see all at once. */
function readEnvironmentWith(faults: string[], env: Environment, claims: JwtSettings['claims']): EnvironmentSettings | undefined {
  try {
    return readEnvironment(env, claims);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}
