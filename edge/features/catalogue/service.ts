import { CCMWidgetSchema } from '../../../sdk/contract/widget.schema.js';
import { faultsOf } from '../../../sdk/contract/faults.schema.js';
import type { ListPage } from '../../../sdk/contract/answer.js';
import type { CCMWidget, WidgetListing } from '../../../sdk/contract/widget.js';
import type { Access } from '../../gate/access.js';
import { MOST_FAULTS } from '../../gate/openapi.js';
import { CHANGES } from '../../kernel/bus.js';
import type { Catalogue, CatalogueEntry } from '../../kernel/catalogue.js';
import { requireVersion } from '../../kernel/etag.js';
import type { Principal } from '../../kernel/principal.js';
import { notFound, ProblemError } from '../../kernel/problems.js';
import { createTenantEntries, entryOf, type EntriesDeps } from './entries.js';
import { listingEtag, listingOf, type Connectors, type Reader } from './listing.js';
import { mergePatch } from './merge-patch.js';
import { searchCatalogue, type CatalogueQuery } from './search.js';
import type { WidgetRow } from './store.js';

/** What a caller needs to make, change and remove definitions, and to see them all. */
export const MANAGE_WIDGETS = 'widgets.manage';

export interface CatalogueDeps extends EntriesDeps {
  access: Access;
  connectors: Connectors;
}

export interface WidgetAnswer {
  readonly listing: WidgetListing;
  readonly etag: string;
}

export interface CatalogueService extends Catalogue {
  list(principal: Principal, query: CatalogueQuery): ListPage<WidgetListing>;
  read(principal: Principal, id: string): WidgetAnswer;
  /** Throws `forbidden`, or `not_found` where the caller may not even see it, or `conflict` for one of the settings file. */
  requireWritable(principal: Principal, id?: string): void;
  create(principal: Principal, widget: CCMWidget): WidgetAnswer;
  replace(principal: Principal, id: string, widget: CCMWidget, ifMatch?: string): WidgetAnswer;
  /** Lays a JSON Merge Patch over the definition; the result is checked whole. */
  patch(principal: Principal, id: string, patch: unknown, ifMatch?: string): WidgetAnswer;
  remove(principal: Principal, id: string, ifMatch?: string): void;
  close(): void;
}

export function createCatalogue({ access, connectors, ...deps }: CatalogueDeps): CatalogueService {
  const { rows, bus, clock } = deps;
  const entries = createTenantEntries(deps);
  const manages = (principal: Principal): boolean => access.holds(principal, MANAGE_WIDGETS);

  const readerOf = (principal: Principal): Reader => ({ tenant: principal.tenant, manages: manages(principal) });

  const answer = (principal: Principal, entry: CatalogueEntry): WidgetAnswer => ({
    listing: listingOf(entry, connectors, readerOf(principal)),
    etag: listingEtag(entry, connectors, readerOf(principal)),
  });

  const readable = (principal: Principal, id: string): CatalogueEntry => {
    const entry = entries.now(principal.tenant).get(id);
    if (entry === undefined || !(manages(principal) || access.maySee(principal, entry))) throw notFound();
    return entry;
  };

  const requireWritable = (principal: Principal, id?: string): void => {
    const entry = id === undefined ? undefined : readable(principal, id);
    access.require(principal, MANAGE_WIDGETS);
    if (entry?.origin === 'settings') throw fixed(entry.widget.id);
  };

  /** After the write stands: memory first, then whoever listens. */
  const tell = ({ tenant }: Principal, id: string): void => {
    entries.refresh(tenant, id);
    bus.publish(CHANGES, { tenant, widgets: [id] });
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
    of: (tenant) => entries.of(tenant),
    list(principal, query) {
      const reader = readerOf(principal);
      const page = searchCatalogue(entries.now(reader.tenant), query, (entry) => reader.manages || access.maySee(principal, entry));
      const items = page.entries.map((entry) => listingOf(entry, connectors, reader));
      return page.cursor === undefined ? { items } : { items, cursor: page.cursor };
    },
    read: (principal, id) => answer(principal, readable(principal, id)),
    requireWritable,
    create(principal, widget) {
      requireWritable(principal);
      const { tenant, subject } = principal;
      if (entries.isFixed(widget.id)) throw fixed(widget.id);
      const entry = entryOf(widget, 'tenant');
      const now = clock.now();
      const made = rows.insert({
        tenant, id: widget.id, definition: JSON.stringify(widget), version: entry.version,
        createdBy: subject, createdAt: now, updatedAt: now,
      });
      if (!made) throw new ProblemError('conflict', `There is a widget ${widget.id} already.`);
      tell(principal, widget.id);
      return answer(principal, entry);
    },
    replace: (principal, id, widget, ifMatch) => change(principal, id, ifMatch, () => widget),
    patch: (principal, id, patch, ifMatch) =>
      change(principal, id, ifMatch, (row) => checked(mergePatch(JSON.parse(row.definition), patch))),
    remove(principal, id, ifMatch) {
      requireWritable(principal, id);
      const { tenant } = principal;
      rows.write(() => {
        const row = rows.get(tenant, id);
        if (row === undefined) throw notFound();
        requireVersion(ifMatch, row.version);
        rows.remove(tenant, id);
      });
      tell(principal, id);
    },
    close: () => entries.close(),
  };
}

function checked(candidate: unknown): CCMWidget {
  const result = CCMWidgetSchema.safeParse(candidate);
  if (result.success) return result.data;
  throw new ProblemError('invalid', 'With this patch the definition is not valid.', { errors: faultsOf(result.error).slice(0, MOST_FAULTS) });
}

function fixed(id: string): ProblemError {
  return new ProblemError('conflict', `The widget ${id} is of the settings file and can only be changed there.`);
}

function renamed(id: string): ProblemError {
  const errors = [{ path: 'id', message: `must be ${id}, as in the address` }];
  return new ProblemError('invalid', 'A widget keeps its id.', { errors });
}
