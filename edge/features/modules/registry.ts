import type { ModuleInfo } from '../../../sdk/contract/module.js';
import type { Clock } from '../../kernel/clock.js';
import type { HttpClient } from '../../kernel/http-client.js';
import { newId } from '../../kernel/ids.js';
import type { Log } from '../../kernel/log.js';
import type { ModuleRegistry, RegisteredModule } from '../../kernel/module-registry.js';
import { asProblem } from '../../kernel/problems.js';
import type { ModuleSettings } from '../../kernel/settings.js';
import { createDamping, type Damping } from './damping.js';

export interface ModuleRegistryDeps {
  /** Of the settings file. */
  modules: ReadonlyMap<string, ModuleSettings>;
  http: HttpClient;
  clock: Clock;
  log: Log;
}

/** The registry as those see it who change it. */
export interface OpenRegistry extends ModuleRegistry {
  /** Whether the name is of the settings file. */
  isFixed(name: string): boolean;
  /** Takes a tenant's module in, or its new address or secret. With another address it is another module: what the old one brought goes. */
  register(tenant: string, module: Omit<ModuleSettings, 'tenants'>): RegisteredModule;
  unregister(tenant: string, name: string): void;
}

/** Milliseconds between two checks: of a module that runs, of one that does not, and of one that may just have changed. */
const CHECK_INTERVAL = 10_000;
const MISSING_INTERVAL = 2_000;
const DOUBT_INTERVAL = 500;
const CHECK_DEADLINE = 5_000;
const HEALTH_BYTES = 64 * 1024;

type Seen = Pick<ModuleInfo, 'status' | 'latencyMs' | 'error'>;

/** A module and what is going on with it. */
interface Entry {
  module: RegisteredModule;
  damping: Damping;
  checked: boolean;
  checking: boolean;
  /** The first check. */
  first?: Promise<void>;
  cancel: () => void;
}

/**
 * The modules with their live state, from `GET /health`: `running` when it answers 2xx with JSON, `stopped` when it cannot be
 * reached, `error` when it answers anything else or too late. Checks begin at once.
 */
export function createModuleRegistry({ modules, http, clock, log }: ModuleRegistryDeps): OpenRegistry {
  const listeners = new Set<(module: RegisteredModule) => void>();
  const fixed = new Map<string, Entry>();
  /** By tenant, then by name. */
  const own = new Map<string, Map<string, Entry>>();
  let closed = false;

  function entryOf(settings: ModuleSettings, origin: RegisteredModule['origin']): Entry {
    const info: ModuleInfo = { name: settings.name, status: 'stopped', since: new Date(clock.now()).toISOString(), error: 'It was not checked yet.' };
    const module = { id: origin === 'settings' ? settings.name : `${settings.name} ${newId()}`, settings, origin, info };
    return { module, damping: createDamping(clock), checked: false, checking: false, cancel: () => {} };
  }

  function entryFor({ settings: { name, tenants }, origin, id }: RegisteredModule): Entry | undefined {
    const entry = origin === 'settings' ? fixed.get(name) : own.get(tenants[0] ?? '')?.get(name);
    return entry?.module.id === id ? entry : undefined;
  }

  async function look({ settings }: RegisteredModule): Promise<Seen> {
    try {
      const { elapsed } = await http.json({ base: settings.url, path: '/health', deadline: CHECK_DEADLINE, maxBytes: HEALTH_BYTES });
      return { status: 'running', latencyMs: Math.round(elapsed * 10) / 10 };
    } catch (error) {
      const { code, message } = asProblem(error);
      return { status: code === 'upstream_unreachable' ? 'stopped' : 'error', error: message };
    }
  }

  function update(entry: Entry, seen: Seen): void {
    const { module, checked } = entry;
    const changed = seen.status !== module.info.status;
    const since = changed ? new Date(clock.now()).toISOString() : module.info.since;
    entry.module = { ...module, info: { name: module.settings.name, ...seen, since } };
    entry.checked = true;
    if (changed || !checked) {
      const { name, tenants } = module.settings;
      const where = { module: name, ...(module.origin === 'tenant' && { tenant: tenants[0] }), status: seen.status, was: checked ? module.info.status : undefined, why: seen.error };
      if (seen.status === 'running') log.info(where, 'a module runs');
      else log.warn(where, 'a module does not run');
    }
    if (changed) tell(entry.module);
  }

  function tell(module: RegisteredModule): void {
    for (const listener of listeners) listener(module);
  }

  async function check(entry: Entry): Promise<void> {
    entry.cancel();
    entry.checking = true;
    const seen = await look(entry.module);
    entry.checking = false;
    if (closed || entryFor(entry.module) !== entry) return;
    const { state, settled } = entry.damping.seen(seen.status);
    const wait = settled ? (state === 'running' ? CHECK_INTERVAL : MISSING_INTERVAL) : DOUBT_INTERVAL;
    entry.cancel = clock.after(wait, () => void check(entry));
    if (settled) update(entry, seen);
  }

  function drop(tenant: string, name: string): void {
    const entry = own.get(tenant)?.get(name);
    if (entry === undefined) return;
    own.get(tenant)?.delete(name);
    entry.cancel();
    tell({ ...entry.module, gone: true, info: { ...entry.module.info, status: 'stopped', error: 'It is no longer registered.' } });
  }

  for (const [name, settings] of [...modules].sort(([a], [b]) => (a < b ? -1 : 1))) fixed.set(name, entryOf(settings, 'settings'));
  const ready = Promise.all([...fixed.values()].map((entry) => (entry.first = check(entry)))).then(() => undefined);

  return {
    ready,
    find(name, tenant) {
      const entry = fixed.get(name);
      if (entry === undefined) return own.get(tenant)?.get(name)?.module;
      return entry.module.settings.tenants.includes(tenant) ? entry.module : undefined;
    },
    named(name) {
      const entry = fixed.get(name);
      if (entry !== undefined) return [entry.module];
      return [...own.values()].flatMap((entries) => entries.get(name)?.module ?? []);
    },
    of(tenant) {
      const serving = [...fixed.values()].map(({ module }) => module).filter(({ settings }) => settings.tenants.includes(tenant));
      const registered = [...(own.get(tenant)?.values() ?? [])].map(({ module }) => module);
      return registered.length === 0 ? serving : [...serving, ...registered].sort((a, b) => (a.settings.name < b.settings.name ? -1 : 1));
    },
    suspect(module) {
      const entry = entryFor(module);
      if (entry !== undefined && !entry.checking && !closed) void check(entry);
    },
    async met(module) {
      const entry = entryFor(module);
      await entry?.first;
      return entry?.module;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isFixed: (name) => fixed.has(name),
    register(tenant, given) {
      const settings = { ...given, tenants: [tenant] };
      const known = own.get(tenant)?.get(given.name);
      if (known?.module.settings.url.href === given.url.href) {
        known.module = { ...known.module, settings };
        return known.module;
      }
      drop(tenant, given.name);
      const entry = entryOf(settings, 'tenant');
      own.set(tenant, (own.get(tenant) ?? new Map<string, Entry>()).set(given.name, entry));
      if (!closed) entry.first = check(entry);
      return entry.module;
    },
    unregister: drop,
    close() {
      closed = true;
      listeners.clear();
      for (const entry of [...fixed.values(), ...[...own.values()].flatMap((entries) => [...entries.values()])]) entry.cancel();
    },
  };
}
