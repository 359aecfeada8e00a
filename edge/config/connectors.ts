import { connectorFaults } from '../../sdk/contract/connector-rules.js';
import type { ConnectorDefinition } from '../../sdk/contract/connector-definition.js';
import type { CCMWidget } from '../../sdk/contract/widget.js';
import type { ConnectorAuth, ConnectorSettings, EnvironmentSettings } from '../kernel/settings.js';
import { CONNECTOR_DEFAULTS, READY_MADE, type ConnectorTemplate } from '../sources/connectors/ready-made.js';
import { rulesOf } from '../sources/external/asking.js';
import { faultLine, type Path } from './faults.js';
import type { ParsedSettingsFile } from './file.schema.js';
import { NEW_FERNET_KEY } from './weak-fernet-key.js';

type FileConnectors = ParsedSettingsFile['connectors'];
type FileAuth = FileConnectors[string]['auth'];

/** Reads a secret of the environment; what is missing is told by itself. */
export type SecretReader = (path: Path, named: { env: string }) => string;

export interface ConnectorsDeps {
  source: string;
  secret: SecretReader;
  faults: string[];
  /** Beside the package's own. */
  templates: readonly ConnectorTemplate[];
}

/**
 * The connectors of the file. Each begins with the ready-made one that it extends or whose name it has; what stands in the file
 * goes before that; what neither says has the defaults.
 */
export function connectorsFrom(file: FileConnectors, { source, secret, faults, templates }: ConnectorsDeps): Map<string, ConnectorSettings> {
  const known = new Map([...READY_MADE, ...templates].map((template) => [template.name, template]));

  const authOf = (path: Path, given: FileAuth): ConnectorAuth => {
    switch (given.kind) {
      case 'none': return given;
      case 'basic': return { ...given, password: secret([...path, 'password'], given.password) };
      case 'service_account': return { ...given, json: secret([...path, 'json'], given.json) };
      case 'oauth2': {
        const { refreshToken, ...rest } = given;
        return {
          ...rest,
          clientSecret: secret([...path, 'clientSecret'], given.clientSecret),
          ...(refreshToken !== undefined && { refreshToken: secret([...path, 'refreshToken'], refreshToken) }),
        };
      }
      default: return { ...given, secret: secret([...path, 'secret'], given.secret) };
    }
  };

  return new Map(Object.entries(file).flatMap(([name, { extends: base, auth, accounts, ...own }]): [string, ConnectorSettings][] => {
    const path = ['connectors', name];
    const tell = (field: string, message: string): void => void faults.push(faultLine(source, [...path, ...field.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key))], message));
    if (base !== undefined && !known.has(base)) {
      tell('extends', `${base} is no ready-made connector; there are ${[...known.keys()].join(', ')}`);
      return [];
    }
    const template = known.get(base ?? name);
    const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) as Partial<ConnectorDefinition>;
    const { baseUrl, ...definition } = { ...CONNECTOR_DEFAULTS, ...template, ...given, name };
    if (baseUrl === undefined) {
      tell('baseUrl', 'is required');
      return [];
    }
    const connector: ConnectorSettings = {
      ...definition, baseUrl,
      auth: authOf([...path, 'auth'], auth),
      ...(accounts !== undefined && {
        accounts: new Map(Object.entries(accounts).map(([tenant, account]) => [tenant, authOf([...path, 'accounts', tenant], account)])),
      }),
    };
    for (const fault of connectorFaults(connector)) tell(fault.path, fault.message);
    for (const { kind } of [auth, ...Object.values(accounts ?? {})]) {
      if ((kind === 'oauth2' || kind === 'service_account') && !connector.takes?.some((form) => form.kind === kind)) {
        tell('takes', `needs an entry {"kind": "${kind}", "tokenUrl": …} for the secret of that kind`);
      }
    }
    return [[name, connector]];
  }));
}

/**
 * Widgets that ask what their connector does not let anybody ask: they could never show anything.
 *
 * @param connectors of two with one name the first counts
 */
export function deniedEndpoints(source: string, widgets: readonly Pick<CCMWidget, 'dataSource'>[], connectors: readonly ConnectorSettings[]): string[] {
  return widgets.flatMap(({ dataSource }, index) => {
    if (dataSource.type !== 'external_api') return [];
    const { apiName, endpoint } = dataSource;
    const connector = connectors.find(({ name }) => name === apiName);
    if (connector === undefined || rulesOf(connector).methodOf(endpoint) !== undefined) return [];
    const allowed = [...connector.paths, ...(connector.post ?? [])];
    const shown = allowed.length > MOST_SHOWN ? `${allowed.slice(0, MOST_SHOWN).join(', ')}, …` : allowed.join(', ');
    return [faultLine(source, ['widgets', index, 'dataSource', 'endpoint'], `${endpoint} is not allowed by paths or post of the connector ${apiName} (${shown})`)];
  });
}

/** Patterns that one line shows. */
const MOST_SHOWN = 5;

/** Connectors that wait for a credential where none can be kept. */
export function keylessConnectors(connectors: ReadonlyMap<string, ConnectorSettings>, { fernetKeys }: Pick<EnvironmentSettings, 'fernetKeys'>): string[] {
  const names = [...connectors.values()].filter(({ takes = [], auth, accounts }) => takes.length > 0 && auth.kind === 'none' && accounts === undefined).map(({ name }) => name);
  if (fernetKeys.length > 0 || names.length === 0) return [];
  return [`CCM_FERNET_KEYS: is missing, so no credential can be saved for the connectors that wait for one (${names.join(', ')}). A new key: ${NEW_FERNET_KEY}`];
}
