import { REFRESH_INTERVAL } from '../../../../sdk/contract/widget.js';
import type { ConnectorSettings } from '../../../kernel/settings.js';
import { READY_MADE, type ConnectorTemplate } from '../../../sources/connectors/ready-made.js';
import type { Given, GivenWidget } from '../given.js';
import type { Rule, Warning } from '../rule.js';

/** Widgets that ask an API with one key. */
interface Sharing {
  connector: ConnectorSettings | ConnectorTemplate;
  widgets: GivenWidget[];
  /** The key is the settings' own and each tenant is fetched for by itself. */
  tenants: number;
}

export const refreshBudget: Rule = {
  name: 'refresh-budget',
  why: 'A source that is asked more often than it allows refuses, and its widgets show old values.',
  find: (given) => [...keysOf(given).values()].flatMap((sharing) => [...overBudget(sharing), ...kept(sharing)]),
};

function keysOf(given: Given): Map<string, Sharing> {
  const keys = new Map<string, Sharing>();
  for (const one of given.widgets) {
    const { dataSource } = one.widget;
    if (dataSource.type !== 'external_api') continue;
    const { apiName, credentials } = dataSource;
    const own = given.settings.flatMap(({ connectors, tenants }) => {
      const connector = connectors.get(apiName);
      return connector === undefined ? [] : [{ connector, tenants: tenants.size }];
    })[0];
    const connector = own?.connector ?? READY_MADE.find(({ name }) => name === apiName);
    if (connector === undefined) continue;
    const key = JSON.stringify([apiName, credentials ?? null]);
    const shared = credentials === undefined && own !== undefined && own.connector.auth.kind !== 'none' && own.connector.accounts === undefined;
    const sharing = keys.get(key) ?? { connector, widgets: [], tenants: shared ? own.tenants : 1 };
    sharing.widgets.push(one);
    keys.set(key, sharing);
  }
  return keys;
}

function overBudget({ connector: { name, limits, cacheSeconds = 0 }, widgets, tenants }: Sharing): Warning[] {
  const most = limits?.perMinute;
  if (most === undefined) return [];
  const interval = ({ widget }: GivenWidget): number => Math.max(widget.refreshInterval ?? REFRESH_INTERVAL.default, cacheSeconds);
  const calls = widgets.reduce((sum, one) => sum + (60 / interval(one)) * tenants, 0);
  if (calls <= most) return [];
  const fair = Math.ceil((widgets.length * tenants * 60) / most);
  const who = widgets.length === 1 ? 'this widget makes' : `the ${widgets.length} widgets that share a key make`;
  const made = `${who} ${Math.ceil(calls)}${tenants > 1 ? ` for ${tenants} tenants` : ''}`;
  return widgets.filter((one) => interval(one) < fair).map(({ file, at }) => ({
    file, path: [...at, 'refreshInterval'], message: `${name} allows ${most} calls a minute, and ${made}; every ${fair} seconds or slower would do`,
  }));
}

function kept({ connector: { name, cacheSeconds = 0 }, widgets }: Sharing): Warning[] {
  return widgets.filter(({ widget }) => widget.refreshInterval !== undefined && widget.refreshInterval < cacheSeconds).map(({ file, at, widget }) => ({
    file, path: [...at, 'refreshInterval'], message: `is ${widget.refreshInterval} seconds, but an answer of ${name} is kept for ${cacheSeconds}: it gets no newer by it`,
  }));
}
