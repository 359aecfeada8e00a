import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { CCMWidgetSchema } from '../../../sdk/contract/widget.schema.js';
import { faultsOf } from '../../../sdk/contract/faults.schema.js';
import type { ListPage } from '../../../sdk/contract/answer.js';
import type { CCMWidget, WidgetListing } from '../../../sdk/contract/widget.js';
import type { Access } from '../../gate/access.js';
import { CHANGES, type Bus } from '../../kernel/bus.js';
import type { Catalogue, CatalogueEntry } from '../../kernel/catalogue.js';
import type { Clock } from '../../kernel/clock.js';
import { requireVersion } from '../../kernel/etag.js';
import type { Principal } from '../../kernel/principal.js';
import { notFound, ProblemError } from '../../kernel/problems.js';
import { listingEtag, listingOf, type Connectors } from './listing.js';
import { mergePatch } from './merge-patch.js';
import { searchCatalogue, type CatalogueQuery } from './search.js';
import type { WidgetRow, WidgetStore } from './store.js';

/** What a caller needs to make, change and remove definitions, and to see them all. */
export const MANAGE_WIDGETS = 'widgets.manage';

/** Milliseconds after which a tenant's definitions are read again: the bus tells at most once. */
const REREAD = 60_000;

export interface CatalogueDeps {
  rows: WidgetStore;
  bus: Bus;
  clock: Clock;
  access: Access;
  /** Of the settings file: the same for every tenant. */
  widgets: readonly CCMWidget[];
  connectors: Connectors;
}

export interface WidgetAnswer {
  readonly listing: WidgetListing;
  readonly etag: string;
}

export interface CatalogueService extends Catalogue {
  list(principal: Principal, query: CatalogueQuery): Promise<ListPage<WidgetListing>>;
  read(principal: Principal, id: string): Promise<WidgetAnswer>;
  /** Throws `forbidden`, or `not_found` where the caller may not even see it, or `conflict` for one of the settings file. */
  requireWritable(principal: Principal, id?: string): Promise<void>;
  create(principal: Principal, widget: CCMWidget): Promise<WidgetAnswer>;
  replace(principal: Principal, id: string, widget: CCMWidget, ifMatch?: string): Promise<WidgetAnswer>;
  /** Lays a JSON Merge Patch over the definition; the result is checked whole. */
  patch(principal: Principal, id: string, patch: unknown, ifMatch?: string): Promise<WidgetAnswer>;
  remove(principal: Principal, id: string, ifMatch?: string): Promise<void>;
  close(): void;
}

interface Loaded {
  readonly entries: ReadonlyMap<string, CatalogueEntry>;
  /** `entries` as `of` answers it: made once, so that the hot path makes nothing. */
  readonly answer: Promise<ReadonlyMap<string, CatalogueEntry>>;
  /** Monotonic milliseconds. */
  readonly until: number;
}

export function createCatalogue({ rows, bus, clock, access, widgets, connectors }: CatalogueDeps): CatalogueService {
  const fromSettings = new Map(widgets.map((widget) => [widget.id, entryOf(widget, 'settings')]));
  const tenants = new LRUCache<string, Loaded>({ max: 2_000 });

  const remember = (tenant: string, entries: ReadonlyMap<string, CatalogueEntry>): Loaded => {
    const loaded = { entries, answer: Promise.resolve(entries), until: clock.monotonic() + REREAD };
    tenants.set(tenant, loaded);
    return loaded;
  };

  const load = (tenant: string): Loaded => {
    const known = tenants.get(tenant);
    if (known !== undefined && clock.monotonic() < known.until) return known;
    const entries = new Map<string, CatalogueEntry>(fromSettings);
    let changed = known === undefined;
    for (const row of rows.list(tenant)) {
      if (fromSettings.has(row.id)) continue;
      const entry = sameOrNew(known?.entries.get(row.id), row);
      changed ||= entry !== known?.entries.get(row.id);
      entries.set(row.id, entry);
    }
    // Whoever remembers something of the map or an entry keeps it while nothing changed.
    return remember(tenant, known === undefined || changed || entries.size !== known.entries.size ? entries : known.entries);
  };

  /** Puts one definition as the store has it into the map in memory, as a new map. */
  const refresh = (tenant: string, id: string): void => {
    const known = tenants.get(tenant)?.entries;
    if (known === undefined || fromSettings.has(id)) return;
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

  const tell = ({ tenant }: Principal, id: string): void => {
    refresh(tenant, id);
    bus.publish(CHANGES, { tenant, widgets: [id] });
  };

  const manages = (principal: Principal): boolean => access.holds(principal, MANAGE_WIDGETS);

  const answer = (principal: Principal, entry: CatalogueEntry): WidgetAnswer => ({
    listing: listingOf(entry, connectors, manages(principal)),
    etag: listingEtag(entry, connectors, manages(principal)),
  });

  const readable = (principal: Principal, id: string): CatalogueEntry => {
    const entry = load(principal.tenant).entries.get(id);
    if (entry === undefined || !(manages(principal) || access.maySee(principal, entry))) throw notFound();
    return entry;
  };

  const requireWritable = (principal: Principal, id?: string): void => {
    const entry = id === undefined ? undefined : readable(principal, id);
    access.require(principal, MANAGE_WIDGETS);
    if (entry?.origin === 'settings') throw fixed(entry.widget.id);
  };

  /** One write of an existing definition: read, checked and written as one. */
  const change = (principal: Principal, id: string, ifMatch: string | undefined, next: (row: WidgetRow) => CCMWidget): WidgetAnswer => {
    requireWritable(principal, id);
    const { tenant } = principal;
    const written = rows.write(() => {
      const row = rows.get(tenant, id);
      if (row === undefined) throw notFound();
      requireVersion(ifMatch, row.version);
      const widget = next(row);
      if (widget.id !== id) throw renamed(id);
      const entry = entryOf(widget, 'tenant');
      if (entry.version === row.version) return { entry, changed: false };
      rows.update({ tenant, id, definition: JSON.stringify(widget), version: entry.version, updatedAt: clock.now() });
      return { entry, changed: true };
    });
    if (written.changed) tell(principal, id);
    return answer(principal, written.entry);
  };

  return {
    of: (tenant) => load(tenant).answer,
    async list(principal, query) {
      const all = manages(principal);
      const { entries } = load(principal.tenant);
      const page = searchCatalogue(entries, query, (entry) => all || access.maySee(principal, entry));
      return { ...page.cursor === undefined ? {} : { cursor: page.cursor }, items: page.entries.map((entry) => listingOf(entry, connectors, all)) };
    },
    read: async (principal, id) => answer(principal, readable(principal, id)),
    requireWritable: async (principal, id) => requireWritable(principal, id),
    async create(principal, widget) {
      requireWritable(principal);
      if (fromSettings.has(widget.id)) throw fixed(widget.id);
      const definition = JSON.stringify(widget);
      const now = clock.now();
      const made = rows.insert({
        tenant: principal.tenant, id: widget.id, definition, version: digest(definition),
        createdBy: principal.subject, createdAt: now, updatedAt: now,
      });
      if (!made) throw new ProblemError('conflict', `There is a widget ${widget.id} already.`);
      tell(principal, widget.id);
      return answer(principal, entryOf(widget, 'tenant'));
    },
    replace: async (principal, id, widget, ifMatch) => change(principal, id, ifMatch, () => widget),
    patch: async (principal, id, patch, ifMatch) =>
      change(principal, id, ifMatch, (row) => checked(mergePatch(JSON.parse(row.definition), patch))),
    async remove(principal, id, ifMatch) {
      requireWritable(principal, id);
      rows.write(() => {
        const row = rows.get(principal.tenant, id);
        if (row === undefined) throw notFound();
        requireVersion(ifMatch, row.version);
        rows.remove(principal.tenant, id);
      });
      tell(principal, id);
    },
    close: unsubscribe,
  };
}

function entryOf(widget: CCMWidget, origin: CatalogueEntry['origin']): CatalogueEntry {
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

function checked(candidate: unknown): CCMWidget {
  const result = CCMWidgetSchema.safeParse(candidate);
  if (result.success) return result.data;
  throw new ProblemError('invalid', 'With this patch the definition is not valid.', { errors: faultsOf(result.error) });
}

function fixed(id: string): ProblemError {
  return new ProblemError('conflict', `The widget ${id} is of the settings file and can only be changed there.`);
}

function renamed(id: string): ProblemError {
  const errors = [{ path: 'id', message: `must be ${id}, as in the address` }];
  return new ProblemError('invalid', 'A widget keeps its id.', { errors });
}
