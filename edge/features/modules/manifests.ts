import { canonicalJson } from '../../../sdk/data/canonical.js';
import type { ManifestInfo } from '../../../sdk/contract/module.js';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import { UncheckableError, type Drift } from '../../../sdk/data/schema-check.js';
import { CHANGES, type Bus } from '../../kernel/bus.js';
import type { ContributedWidget, ContributedWidgets } from '../../kernel/catalogue.js';
import type { Clock } from '../../kernel/clock.js';
import type { Contracts } from '../../kernel/contracts.js';
import { UpstreamStatusError, type HttpClient } from '../../kernel/http-client.js';
import type { Log } from '../../kernel/log.js';
import type { ModuleRegistry, RegisteredModule } from '../../kernel/module-registry.js';
import { asProblem, ProblemError } from '../../kernel/problems.js';
import { NO_MANIFEST, readManifest, type Manifest } from './manifest.js';

export interface ManifestsDeps {
  modules: ModuleRegistry;
  http: HttpClient;
  bus: Bus;
  clock: Clock;
  log: Log;
}

/** What the modules bring along: definitions for the catalogue, and promises of what their answers are. */
export interface Manifests extends ContributedWidgets, Contracts {
  /** Undefined before the first look. */
  infoOf(module: RegisteredModule): ManifestInfo | undefined;
  /** Ids of the definitions that it brought, in its order. */
  idsOf(module: RegisteredModule): readonly string[];
  close(): void;
}

const PATH = '/.well-known/ccm.json';
const MOST_BYTES = 1024 * 1024;
const DEADLINE = 10_000;
/** Milliseconds between two looks at a module that runs; after a look that failed; and at least, when an answer does not fit. */
const INTERVAL = 5 * 60_000;
const RETRY = 30_000;
const SPACING = 10_000;

interface Kept {
  module: RegisteredModule;
  manifest: Manifest | undefined;
  loading: boolean;
  /** Monotonic milliseconds of the last look. */
  lookedAt: number;
  told: string;
  cancel: () => void;
}

/**
 * Reads each module's `GET /.well-known/ccm.json` when it begins to run, and every five minutes. A manifest that cannot be had leaves
 * the last one standing, so that the widgets of a module that is down say so instead of being gone; 404 is an empty one. They go with
 * the registration.
 */
export function createManifests({ modules, http, bus, clock, log }: ManifestsDeps): Manifests {
  const kept = new Map<string, Kept>();
  const catalogues = new Map<string, ReadonlyMap<string, ContributedWidget>>();
  let closed = false;

  async function load(module: RegisteredModule): Promise<void> {
    let entry = kept.get(module.id);
    if (entry?.loading === true) return;
    if (entry === undefined) kept.set(module.id, (entry = { module, manifest: undefined, loading: false, lookedAt: 0, told: '', cancel: () => {} }));
    entry.cancel();
    entry.module = module;
    entry.loading = true;
    entry.lookedAt = clock.monotonic();
    const { name, url, tenants } = module.settings;
    const before = entry.manifest ?? NO_MANIFEST;
    const { manifest, failed } = await look(name, url, before);
    entry.loading = false;
    if (closed || kept.get(module.id) !== entry) return;
    entry.cancel = clock.after(failed ? RETRY : INTERVAL, () => void again(module.id));
    entry.manifest = { ...manifest, widgets: manifest.widgets.map((widget) => sameOrNew(before, widget)) };
    tellFaults(entry);
    tellChanges(tenants, before.widgets, entry.manifest.widgets);
  }

  /** A module that is down is looked at again when it comes back. */
  function again(id: string): void {
    const entry = kept.get(id);
    if (entry === undefined || closed) return;
    const module = modules.named(entry.module.settings.name).find((one) => one.id === id);
    if (module?.info.status === 'running') void load(module);
  }

  async function look(name: string, base: URL, before: Manifest): Promise<{ manifest: Manifest; failed: boolean }> {
    try {
      const { body } = await http.json({ base, path: PATH, deadline: DEADLINE, maxBytes: MOST_BYTES });
      return { manifest: readManifest(name, body), failed: false };
    } catch (error) {
      if (error instanceof UpstreamStatusError && error.upstreamStatus === 404) return { manifest: NO_MANIFEST, failed: false };
      const problem = asProblem(error);
      if (problem.code === 'internal') log.error({ err: problem.cause, module: name }, 'a manifest could not be read');
      return { manifest: { ...before, faults: [{ path: '', message: `could not be read: ${problem.message}` }] }, failed: true };
    }
  }

  function tellFaults(entry: Kept): void {
    const faults = entry.manifest?.faults ?? [];
    const text = JSON.stringify(faults);
    if (text === entry.told) return;
    entry.told = text;
    if (faults.length > 0) log.warn({ module: entry.module.settings.name, faults: faults.slice(0, 10), count: faults.length }, 'a manifest has faults');
  }

  function tellChanges(tenants: readonly string[], before: readonly CCMWidget[], after: readonly CCMWidget[]): void {
    const changed = [...before.filter((widget) => !after.includes(widget)), ...after.filter((widget) => !before.includes(widget))];
    const widgets = [...new Set(changed.map(({ id }) => id))];
    if (widgets.length === 0) return;
    for (const tenant of tenants) {
      catalogues.delete(tenant);
      // Each edge reads the manifests itself, and has a new one when it has read it.
      bus.publish(CHANGES, { tenant, widgets }, 'here');
    }
  }

  function drop({ id, settings }: RegisteredModule): void {
    const entry = kept.get(id);
    if (entry === undefined) return;
    entry.cancel();
    kept.delete(id);
    tellChanges(settings.tenants, entry.manifest?.widgets ?? [], []);
  }

  const unsubscribe = modules.onChange((module) => {
    if (module.gone) drop(module);
    else if (module.info.status === 'running') void load(module);
  });

  return {
    of(tenant) {
      let widgets = catalogues.get(tenant);
      if (widgets === undefined) {
        const all = modules.of(tenant).flatMap(({ id, settings }) =>
          (kept.get(id)?.manifest?.widgets ?? []).map((widget): [string, ContributedWidget] => [widget.id, { module: settings.name, widget }]));
        // "sales" and "sales-eu" may both claim "sales-eu-x": the first by name has it.
        catalogues.set(tenant, (widgets = new Map(all.reverse())));
      }
      return widgets;
    },
    check(module, endpoint, data) {
      const schema = kept.get(module.id)?.manifest?.schemas.get(endpoint);
      const drift = schema && driftOf(() => schema.drift(data));
      if (!drift) return;
      // Where the module was renewed a moment ago, its promise is a new one too.
      if (clock.monotonic() - (kept.get(module.id)?.lookedAt ?? 0) > SPACING) void load(module);
      throw drifted(module.settings.name, endpoint, drift);
    },
    infoOf(module) {
      const manifest = kept.get(module.id)?.manifest;
      return manifest && { widgets: manifest.widgets.length, schemas: manifest.schemas.size, faults: [...manifest.faults] };
    },
    idsOf: (module) => (kept.get(module.id)?.manifest?.widgets ?? []).map(({ id }) => id),
    close() {
      closed = true;
      unsubscribe();
      for (const { cancel } of kept.values()) cancel();
    },
  };
}

/** While a definition is the same it is the same object: others remember by it what they worked out. */
function sameOrNew(before: Manifest, widget: CCMWidget): CCMWidget {
  const earlier = before.widgets.find(({ id }) => id === widget.id);
  return earlier !== undefined && canonicalJson(earlier) === canonicalJson(widget) ? earlier : widget;
}

function driftOf(check: () => Drift | undefined): Drift | undefined {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof UncheckableError)) throw error;
    return { path: [], message: `cannot be checked: ${error.message}` };
  }
}

function drifted(module: string, endpoint: string, { path, message }: Drift): ProblemError {
  const field = path.join('.').slice(0, 200);
  const detail = `The module ${module} answered ${endpoint} other than it promised: ${field === '' ? 'the answer' : `${field}:`} ${message}.`;
  return new ProblemError('contract', detail, { errors: [{ path: field, message }] });
}
