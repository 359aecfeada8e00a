import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import { CHANGES, type Bus } from '../../kernel/bus.js';
import type { Catalogue, CatalogueEntry } from '../../kernel/catalogue.js';
import type { Clock } from '../../kernel/clock.js';
import type { WidgetRow, WidgetStore } from './store.js';

/** Milliseconds after which a tenant's definitions are read again: the bus tells at most once. */
const REREAD = 60_000;
/** Tenants whose definitions are held in memory. */
const MAX_TENANTS = 2_000;

export type Entries = ReadonlyMap<string, CatalogueEntry>;

/** The definitions of each tenant in memory: those of the settings file and the tenant's own. */
export interface TenantEntries extends Catalogue {
  now(tenant: string): Entries;
  /** Puts one definition as the store has it now into the map, as a new map where it differs. */
  refresh(tenant: string, id: string): void;
  /** Whether the id is of the settings file. */
  isFixed(id: string): boolean;
  close(): void;
}

export interface EntriesDeps {
  rows: WidgetStore;
  bus: Bus;
  clock: Clock;
  /** Of the settings file: the same for every tenant. */
  widgets: readonly CCMWidget[];
}

interface Loaded {
  readonly entries: Entries;
  /** `entries` as `of` answers it: made once, so that the hot path makes nothing. */
  readonly answer: Promise<Entries>;
  /** Monotonic milliseconds. */
  readonly until: number;
}

export function createTenantEntries({ rows, bus, clock, widgets }: EntriesDeps): TenantEntries {
  const fixed: Entries = new Map(widgets.map((widget) => [widget.id, entryOf(widget, 'settings')]));
  const tenants = new LRUCache<string, Loaded>({ max: MAX_TENANTS });

  const remember = (tenant: string, entries: Entries): Loaded => {
    const loaded = { entries, answer: Promise.resolve(entries), until: clock.monotonic() + REREAD };
    tenants.set(tenant, loaded);
    return loaded;
  };

  const load = (tenant: string): Loaded => {
    const known = tenants.get(tenant);
    if (known !== undefined && clock.monotonic() < known.until) return known;
    const own = rows.list(tenant).filter((row) => !fixed.has(row.id)).map((row) => sameOrNew(known?.entries.get(row.id), row));
    const entries: Entries = new Map([...fixed, ...own.map((entry): [string, CatalogueEntry] => [entry.widget.id, entry])]);
    // While nothing changed it is the same map of the same entries: others remember by them what they worked out.
    const same = known?.entries.size === entries.size && own.every((entry) => known.entries.get(entry.widget.id) === entry);
    return remember(tenant, same ? known.entries : entries);
  };

  const refresh = (tenant: string, id: string): void => {
    const known = tenants.get(tenant)?.entries;
    if (known === undefined || fixed.has(id)) return;
    const row = rows.get(tenant, id);
    const before = known.get(id);
    const entry = row && sameOrNew(before, row);
    if (entry === before) return;
    const entries = new Map(known);
    if (entry) entries.set(id, entry);
    else entries.delete(id);
    remember(tenant, entries);
  };

  const unsubscribe = bus.subscribe(CHANGES, ({ tenant, widgets: ids }) => ids?.forEach((id) => refresh(tenant, id)));

  return {
    of: (tenant) => load(tenant).answer,
    now: (tenant) => load(tenant).entries,
    refresh,
    isFixed: (id) => fixed.has(id),
    close: unsubscribe,
  };
}

export function entryOf(widget: CCMWidget, origin: CatalogueEntry['origin']): CatalogueEntry {
  return { widget, version: digest(JSON.stringify(widget)), origin };
}

function sameOrNew(before: CatalogueEntry | undefined, row: WidgetRow): CatalogueEntry {
  if (before?.version === row.version && before.origin === 'tenant') return before;
  return { widget: JSON.parse(row.definition) as CCMWidget, version: row.version, origin: 'tenant' };
}

/** Of the content rather than a count: a definition removed and made anew never gets an old answer from a cache. */
function digest(definition: string): string {
  return createHash('sha256').update(definition).digest('base64url').slice(0, 22);
}
