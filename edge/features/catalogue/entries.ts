import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import { CHANGES, type Bus } from '../../kernel/bus.js';
import type { Catalogue, CatalogueEntry, ContributedWidget, ContributedWidgets } from '../../kernel/catalogue.js';
import type { Clock } from '../../kernel/clock.js';
import type { WidgetRow, WidgetStore } from './store.js';

/** Milliseconds after which a tenant's definitions are read again: the bus tells at most once. */
const REREAD = 60_000;
/** Tenants whose definitions are held in memory. */
const MAX_TENANTS = 2_000;

export type Entries = ReadonlyMap<string, CatalogueEntry>;

/** The definitions of each tenant in memory: those of the settings file, the tenant's own, and those that modules bring. */
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
  /** Of the modules; their changes come over the bus. */
  contributed?: ContributedWidgets;
}

const NONE: ContributedWidgets = { of: () => new Map() };

interface Loaded {
  readonly entries: Entries;
  /** `entries` as `of` answers it: made once, so that the hot path makes nothing. */
  readonly answer: Promise<Entries>;
  /** Monotonic milliseconds. */
  readonly until: number;
}

export function createTenantEntries({ rows, bus, clock, widgets, contributed = NONE }: EntriesDeps): TenantEntries {
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
    const brought = [...contributed.of(tenant).values()].map(broughtEntry);
    // A module's definition stands behind one of the same id that the settings or the tenant have.
    const entries: Entries = new Map([...byId(brought), ...byId(own), ...fixed]);
    // While nothing changed it is the same map of the same entries: others remember by them what they worked out.
    const same = known?.entries.size === entries.size && [...entries].every(([id, entry]) => known.entries.get(id) === entry);
    return remember(tenant, same ? known.entries : entries);
  };

  const refresh = (tenant: string, id: string): void => {
    const known = tenants.get(tenant)?.entries;
    if (known === undefined || fixed.has(id)) return;
    const row = rows.get(tenant, id);
    const before = known.get(id);
    const brought = row ? undefined : contributed.of(tenant).get(id);
    const entry = row ? sameOrNew(before, row) : brought && broughtEntry(brought);
    if (entry === before) return;
    const entries = new Map(known);
    if (entry) entries.set(id, entry);
    else entries.delete(id);
    remember(tenant, entries);
  };

  const unsubscribe = bus.subscribe(CHANGES, ({ tenant, widgets: ids }) => ids?.forEach((id) => refresh(tenant, id)));
  const unsubscribeGap = bus.onGap(() => {
    for (const [tenant, loaded] of [...tenants]) tenants.set(tenant, { ...loaded, until: Number.NEGATIVE_INFINITY });
  });

  return {
    of: (tenant) => load(tenant).answer,
    now: (tenant) => load(tenant).entries,
    refresh,
    isFixed: (id) => fixed.has(id),
    close() {
      unsubscribe();
      unsubscribeGap();
    },
  };
}

export function entryOf(widget: CCMWidget, origin: CatalogueEntry['origin']): CatalogueEntry {
  return { widget, version: digest(JSON.stringify(widget)), origin };
}

const broughtEntries = new WeakMap<CCMWidget, CatalogueEntry>();

function broughtEntry({ widget, module }: ContributedWidget): CatalogueEntry {
  let entry = broughtEntries.get(widget);
  if (entry === undefined) broughtEntries.set(widget, (entry = { ...entryOf(widget, 'module'), module }));
  return entry;
}

function byId(entries: readonly CatalogueEntry[]): [string, CatalogueEntry][] {
  return entries.map((entry) => [entry.widget.id, entry]);
}

function sameOrNew(before: CatalogueEntry | undefined, row: WidgetRow): CatalogueEntry {
  if (before?.version === row.version && before.origin === 'tenant') return before;
  return { widget: JSON.parse(row.definition) as CCMWidget, version: row.version, origin: 'tenant' };
}

/** Of the content rather than a count: a definition removed and made anew never gets an old answer from a cache. */
function digest(definition: string): string {
  return createHash('sha256').update(definition).digest('base64url').slice(0, 22);
}
