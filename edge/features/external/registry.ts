import { LRUCache } from 'lru-cache';
import type { ConnectorInput } from '../../../sdk/contract/connector.js';
import type { ConnectorDefinition } from '../../../sdk/contract/connector-definition.js';
import { topic, type Bus } from '../../kernel/bus.js';
import type { Clock } from '../../kernel/clock.js';
import type { Connectors } from '../../kernel/connectors.js';
import type { ConnectorSettings } from '../../kernel/settings.js';
import { CONNECTOR_DEFAULTS } from '../../sources/connectors/ready-made.js';
import { custom } from '../../sources/connectors/custom.js';
import type { ConnectorRow, ConnectorStore } from './store.js';

/** Milliseconds after which a tenant's connectors are read again: the bus tells at most once. */
const REREAD = 60_000;
/** Tenants whose connectors are held in memory. */
const MAX_TENANTS = 2_000;

export interface ConnectorChange {
  tenant: string;
  name: string;
}

/** A connector of a tenant's own was set or removed. */
export const CONNECTOR_CHANGES = topic<ConnectorChange>('connectors', (message) => {
  const { tenant, name } = (message ?? {}) as Partial<ConnectorChange>;
  return typeof tenant === 'string' && typeof name === 'string';
});

export interface RegistryDeps {
  /** Of the settings file, by name. */
  settings: ReadonlyMap<string, ConnectorSettings>;
  /** Of the package; those of the settings with the same name go before them. */
  readyMade: readonly ConnectorSettings[];
  rows: Pick<ConnectorStore, 'list'>;
  bus: Bus;
  clock: Clock;
}

export interface ConnectorRegistry extends Connectors {
  /** What was set, of one of the tenant's own; undefined for the others. */
  definitionOf(tenant: string, name: string): ConnectorInput | undefined;
  /** Whether the name is one of the settings or of the package, and cannot be a tenant's own. */
  isFixed(name: string): boolean;
  /** The tenant's own as they are known here are forgotten. */
  forget(tenant: string): void;
  close(): void;
}

interface Loaded {
  readonly own: ReadonlyMap<string, ConnectorSettings>;
  readonly definitions: ReadonlyMap<string, string>;
  /** Monotonic. */
  readonly until: number;
}

export function createConnectorRegistry({ settings, readyMade, rows, bus, clock }: RegistryDeps): ConnectorRegistry {
  const fixed = new Map([...readyMade.map((connector): [string, ConnectorSettings] => [connector.name, connector]), ...settings]);
  const tenants = new LRUCache<string, Loaded>({ max: MAX_TENANTS });

  const load = (tenant: string): Loaded => {
    const known = tenants.get(tenant);
    if (known !== undefined && clock.monotonic() < known.until) return known;
    const found = rows.list(tenant).filter(({ name }) => !fixed.has(name));
    // One that did not change stays the same object: answers are kept by it.
    const own = new Map(found.map((row) => {
      const same = known?.definitions.get(row.name) === row.definition ? known.own.get(row.name) : undefined;
      return [row.name, same ?? connectorOf(row)];
    }));
    const loaded: Loaded = { own, definitions: new Map(found.map(({ name, definition }) => [name, definition])), until: clock.monotonic() + REREAD };
    tenants.set(tenant, loaded);
    return loaded;
  };

  const forget = (tenant: string): void => {
    const known = tenants.get(tenant);
    if (known !== undefined) tenants.set(tenant, { ...known, until: Number.NEGATIVE_INFINITY });
  };
  const unsubscribe = bus.subscribe(CONNECTOR_CHANGES, ({ tenant }) => forget(tenant));
  const ungap = bus.onGap(() => {
    for (const tenant of [...tenants.keys()]) forget(tenant);
  });

  return {
    find: (tenant, name) => fixed.get(name) ?? load(tenant).own.get(name),
    of: (tenant) => [...fixed.values(), ...load(tenant).own.values()],
    definitionOf(tenant, name) {
      const text = load(tenant).definitions.get(name);
      return text === undefined ? undefined : definitionIn(text);
    },
    isFixed: (name) => fixed.has(name),
    forget,
    close() {
      unsubscribe();
      ungap();
    },
  };
}

/** As it was checked when it was set. */
function definitionIn(text: string): ConnectorInput {
  return JSON.parse(text) as ConnectorInput;
}

/** A tenant's own as it can be called. It holds no secret: it is asked with what its users bring. */
function connectorOf({ name, definition }: Pick<ConnectorRow, 'name' | 'definition'>): ConnectorSettings {
  const { auth, ...given } = definitionIn(definition);
  const takes = auth === undefined ? given.takes : auth.kind === 'none' ? [] : [auth];
  const { label: _label, ...template } = custom;
  return {
    ...CONNECTOR_DEFAULTS, ...template, ...(given as Omit<ConnectorDefinition, 'name'> & { paths: readonly string[] }),
    name, auth: { kind: 'none' }, kind: 'custom', ...(takes !== undefined && { takes }), limits: { ...custom.limits, ...given.limits },
  };
}
