import type { CatalogueEntry } from '../kernel/catalogue.js';
import type { Principal } from '../kernel/principal.js';
import type { Access } from './access.js';

/** What a caller needs to see alerts that are of no widget: those that came from outside, and those whose widget is gone. */
export const VIEW_ALERTS = 'alerts.view';

/** What decides who sees an alert. */
export interface AlertPlace {
  readonly tenant: string;
  /** Whose alone it is; empty for all who may see the widget. */
  readonly user: string;
  /** Empty for what came from outside. */
  readonly widgetId: string;
}

/** Who sees an alert: who may see its widget; of those, where it is one user's, that user alone. Routes, pages and messages ask the same. */
export function maySeeAlert(access: Access, principal: Principal, { tenant, user, widgetId }: AlertPlace, entries: ReadonlyMap<string, CatalogueEntry>): boolean {
  if (principal.tenant !== tenant || (user !== '' && principal.subject !== user)) return false;
  const entry = entries.get(widgetId);
  return entry === undefined ? user !== '' || access.holds(principal, VIEW_ALERTS) : access.maySee(principal, entry);
}
