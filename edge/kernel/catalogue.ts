import type { CCMWidget } from '../../sdk/contract/widget.js';

/** A definition as it stands in a tenant's catalogue. */
export interface CatalogueEntry {
  readonly widget: CCMWidget;
  /** Changes with the definition; part of every feed key, and its ETag. */
  readonly version: string;
  /** `settings`: from the file, the same for every tenant; `module`: brought by a module. Both read-only. */
  readonly origin: 'settings' | 'tenant' | 'module';
  /** Name of the module that brought it. */
  readonly module?: string;
}

/** A tenant's definitions, as data, push and modules read them. */
export interface Catalogue {
  /** In memory after the first call of a tenant; a changed definition is a new map. */
  of(tenant: string): Promise<ReadonlyMap<string, CatalogueEntry>>;
}

/** Definitions that the modules of a tenant bring along (feature: modules). Each change is told on `CHANGES`. */
export interface ContributedWidgets {
  /** By id. Checked, and no id twice; one of the settings or the tenant's own with the same id goes before it. */
  of(tenant: string): ReadonlyMap<string, ContributedWidget>;
}

export interface ContributedWidget {
  readonly module: string;
  /** The same object for as long as the definition is the same. */
  readonly widget: CCMWidget;
}
