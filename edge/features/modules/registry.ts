import type { ModuleInfo } from '../../../sdk/contract/module.js';
import type { Clock } from '../../kernel/clock.js';
import type { HttpClient } from '../../kernel/http-client.js';
import type { Log } from '../../kernel/log.js';
import type { ModuleRegistry, RegisteredModule } from '../../kernel/module-registry.js';
import { asProblem } from '../../kernel/problems.js';
import type { ModuleSettings } from '../../kernel/settings.js';

export interface ModuleRegistryDeps {
  modules: ReadonlyMap<string, ModuleSettings>;
  http: HttpClient;
  clock: Clock;
  log: Log;
}

/** Milliseconds between two checks: of a module that runs, and of one that does not and should be seen as soon as it is back. */
const CHECK_INTERVAL = 10_000;
const MISSING_INTERVAL = 2_000;
const CHECK_DEADLINE = 5_000;
const HEALTH_BYTES = 64 * 1024;

/** A module and what is going on with it. */
interface Entry {
  module: RegisteredModule;
  checking: boolean;
  cancel: () => void;
}

/**
 * The modules of the settings with their live state, from `GET /health`: `running` when it answers 2xx with JSON,
 * `stopped` when it cannot be reached, `error` when it answers anything else or too late. Checks begin at once.
 */
export function createModuleRegistry({ modules, http, clock, log }: ModuleRegistryDeps): ModuleRegistry {
  const listeners = new Set<(module: RegisteredModule) => void>();
  let closed = false;

  const entries = new Map<string, Entry>([...modules].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, settings]) => {
    const info: ModuleInfo = { name, status: 'stopped', since: new Date(clock.now()).toISOString(), error: 'It was not checked yet.' };
    return [name, { module: { settings, info }, checking: false, cancel: () => {} }];
  }));

  async function look({ settings }: RegisteredModule): Promise<Pick<ModuleInfo, 'status' | 'latencyMs' | 'error'>> {
    try {
      const { elapsed } = await http.json({ base: settings.url, path: '/health', deadline: CHECK_DEADLINE, maxBytes: HEALTH_BYTES });
      return { status: 'running', latencyMs: Math.round(elapsed * 10) / 10 };
    } catch (error) {
      const { code, detail } = describe(error);
      return { status: code === 'upstream_unreachable' ? 'stopped' : 'error', error: detail };
    }
  }

  function update(entry: Entry, seen: Pick<ModuleInfo, 'status' | 'latencyMs' | 'error'>): void {
    const { settings, info } = entry.module;
    const changed = seen.status !== info.status;
    const since = changed ? new Date(clock.now()).toISOString() : info.since;
    entry.module = { settings, info: { name: settings.name, ...seen, since } };
    if (!changed) return;
    log.info({ module: settings.name, status: seen.status, was: info.status, why: seen.error }, 'a module changed its state');
    for (const listener of listeners) listener(entry.module);
  }

  async function check(entry: Entry): Promise<void> {
    entry.cancel();
    entry.checking = true;
    const seen = await look(entry.module);
    entry.checking = false;
    if (closed) return;
    entry.cancel = clock.after(seen.status === 'running' ? CHECK_INTERVAL : MISSING_INTERVAL, () => void check(entry));
    update(entry, seen);
  }

  const ready = Promise.all([...entries.values()].map(check)).then(() => undefined);

  return {
    ready,
    find: (name) => entries.get(name)?.module,
    of: (tenant) => [...entries.values()].map(({ module }) => module).filter(({ settings }) => settings.tenants.includes(tenant)),
    suspect(name) {
      const entry = entries.get(name);
      if (entry !== undefined && !entry.checking && !closed) void check(entry);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closed = true;
      listeners.clear();
      for (const entry of entries.values()) entry.cancel();
    },
  };
}

function describe(error: unknown): { code: string; detail: string } {
  const { code, message } = asProblem(error);
  return { code, detail: message };
}
