import type { CCMWidget } from '../../sdk/contract/widget.js';

/** A definition as it stands in a tenant's catalogue. */
export interface CatalogueEntry {
  readonly widget: CCMWidget;
  /** Changes with the definition; part of every feed key, and its ETag. */
  readonly version: string;
  /** `settings`: from the file, the same for every tenant, read-only. */
  readonly origin: 'settings' | 'tenant';
}

/** A tenant's definitions, as data, push and modules read them. */
export interface Catalogue {
  /** In memory after the first call of a tenant; a changed definition is a new map. */
  of(tenant: string): Promise<ReadonlyMap<string, CatalogueEntry>>;
}
