import { CCMWidgetSchema } from '../../../sdk/contract/widget.schema.js';
import { faultsOf } from '../../../sdk/contract/faults.schema.js';
import type { ListPage } from '../../../sdk/contract/answer.js';
import type { CCMWidget, WidgetListing } from '../../../sdk/contract/widget.js';
import type { Access } from '../../gate/access.js';
import { mergePatch } from '../../gate/merge-patch.js';
import { MOST_FAULTS } from '../../gate/openapi.js';
import type { ChangeAudit, Trace } from '../../kernel/audit.js';
import { CHANGES } from '../../kernel/bus.js';
import type { Catalogue, CatalogueEntry } from '../../kernel/catalogue.js';
import { requireVersion } from '../../kernel/etag.js';
import type { Principal } from '../../kernel/principal.js';
import { notFound, ProblemError, withheld } from '../../kernel/problems.js';
import { createTenantEntries, entryOf, type EntriesDeps } from './entries.js';
import { listingEtag, listingOf, type Connections, type Reader } from './listing.js';
import { searchCatalogue, type CatalogueQuery } from './search.js';
import type { WidgetRow } from './store.js';

/** What a caller needs to make, change and remove definitions, and to see them all. */
export const MANAGE_WIDGETS = 'widgets.manage';

/** Definitions of a tenant's own, and their bytes: all are held in memory. */
export const MAX_WIDGETS = 1_000;
export const MAX_BYTES = 16 * 1024 * 1024;

export interface CatalogueDeps extends EntriesDeps {
  access: Access;
  connectors: Connections['connectors'];
  /** Without it every API is asked with its connector's own secret. */
  credentials?: Connections['credentials'];
  /** Each change leaves a row, in the same write. */
  audit?: ChangeAudit;
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
  create(principal: Principal, widget: CCMWidget, trace?: Trace): WidgetAnswer;
  replace(principal: Principal, id: string, widget: CCMWidget, ifMatch?: string, trace?: Trace): WidgetAnswer;
  /** Lays a JSON Merge Patch over the definition; the result is checked whole. */
  patch(principal: Principal, id: string, patch: unknown, ifMatch?: string, trace?: Trace): WidgetAnswer;
  remove(principal: Principal, id: string, ifMatch?: string, trace?: Trace): void;
  close(): void;
}

export function createCatalogue({ access, connectors, credentials, audit, ...deps }: CatalogueDeps): CatalogueService {
  const { rows, bus, clock } = deps;
  const connections: Connections = { connectors, ...(credentials && { credentials }) };
  const entries = createTenantEntries(deps);
  const manages = (principal: Principal): boolean => access.holds(principal, MANAGE_WIDGETS);

  const readerOf = (principal: Principal): Reader => ({ tenant: principal.tenant, subject: principal.subject, manages: manages(principal) });

  const answer = (principal: Principal, entry: CatalogueEntry): WidgetAnswer => ({
    listing: listingOf(entry, connections, readerOf(principal)),
    etag: listingEtag(entry, connections, readerOf(principal)),
  });

  const readable = (principal: Principal, id: string): CatalogueEntry => {
    const entry = entries.now(principal.tenant).get(id);
    if (entry === undefined) throw notFound();
    if (!manages(principal) && !access.maySee(principal, entry)) throw withheld(`widget ${id}`);
    return entry;
  };

  const requireWritable = (principal: Principal, id?: string): void => {
    const entry = id === undefined ? undefined : readable(principal, id);
    access.require(principal, MANAGE_WIDGETS);
    if (entry?.origin === 'settings') throw fixed(entry.widget.id);
    if (entry?.origin === 'module') throw brought(entry);
  };

  /** After the write stands: memory first, then whoever listens. */
  const tell = ({ tenant }: Principal, id: string): void => {
    entries.refresh(tenant, id);
    bus.publish(CHANGES, { tenant, widgets: [id] });
  };

  /** Within the write that it tells of. */
  const tellTrail = (action: 'widget.set' | 'widget.remove', { tenant, subject }: Principal, id: string, detail?: string, trace?: Trace): void =>
    audit?.within({ tenant, user: subject, action, target: `widget ${id}`, outcome: 'ok', ...(detail !== undefined && { detail }), ...trace });

  /** Throws where the tenant's definitions would be too many or too large. */
  const requireRoom = (tenant: string, definition: string, standing?: WidgetRow): void => {
    const { widgets, bytes } = rows.size(tenant);
    if (standing === undefined && widgets >= MAX_WIDGETS) throw new ProblemError('conflict', `There are ${MAX_WIDGETS} widgets, which is the most; remove one first.`);
    const growth = Buffer.byteLength(definition) - Buffer.byteLength(standing?.definition ?? '');
    if (growth > 0 && bytes + growth > MAX_BYTES) throw new ProblemError('too_large', `Widgets may have ${MAX_BYTES / 1024 / 1024} MB in all; remove one first.`);
  };

  /** One write of an existing definition: read, checked and written as one. */
  const change = (principal: Principal, id: string, ifMatch: string | undefined, next: (row: WidgetRow) => CCMWidget, trace?: Trace): WidgetAnswer => {
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
      const definition = JSON.stringify(widget);
      requireRoom(tenant, definition, row);
      rows.update({ tenant, id, definition, version: entry.version, updatedAt: clock.now() });
      tellTrail('widget.set', principal, id, 'changed', trace);
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
      const items = page.entries.map((entry) => listingOf(entry, connections, reader));
      return page.cursor === undefined ? { items } : { items, cursor: page.cursor };
    },
    read: (principal, id) => answer(principal, readable(principal, id)),
    requireWritable,
    create(principal, widget, trace) {
      requireWritable(principal);
      const { tenant, subject } = principal;
      if (entries.isFixed(widget.id)) throw fixed(widget.id);
      const entry = entryOf(widget, 'tenant');
      const now = clock.now();
      const definition = JSON.stringify(widget);
      const made = rows.write(() => {
        requireRoom(tenant, definition);
        const inserted = rows.insert({
          tenant, id: widget.id, definition, version: entry.version,
          createdBy: subject, createdAt: now, updatedAt: now,
        });
        if (inserted) tellTrail('widget.set', principal, widget.id, 'made', trace);
        return inserted;
      });
      if (!made) throw new ProblemError('conflict', `There is a widget ${widget.id} already.`);
      tell(principal, widget.id);
      return answer(principal, entry);
    },
    replace: (principal, id, widget, ifMatch, trace) => change(principal, id, ifMatch, () => widget, trace),
    patch: (principal, id, patch, ifMatch, trace) =>
      change(principal, id, ifMatch, (row) => checked(mergePatch(JSON.parse(row.definition), patch)), trace),
    remove(principal, id, ifMatch, trace) {
      requireWritable(principal, id);
      const { tenant } = principal;
      rows.write(() => {
        const row = rows.get(tenant, id);
        if (row === undefined) throw notFound();
        requireVersion(ifMatch, row.version);
        rows.remove(tenant, id);
        tellTrail('widget.remove', principal, id, undefined, trace);
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

function brought({ widget, module }: CatalogueEntry): ProblemError {
  return new ProblemError('conflict', `The widget ${widget.id} is brought by the module ${module ?? ''} and changes with it.`);
}

function renamed(id: string): ProblemError {
  const errors = [{ path: 'id', message: `must be ${id}, as in the address` }];
  return new ProblemError('invalid', 'A widget keeps its id.', { errors });
}
