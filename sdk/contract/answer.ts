/** What a source answered, as every route and frame gives it. */
export interface Answer<T = unknown> {
  data: T;
  /** When the edge got it, ISO 8601. */
  timestamp: string;
  /** Opaque; equal cursors mean equal data. */
  cursor: string;
  /** Rows in all, where `rows` asked for a window. */
  total?: number;
  /** The source fails: this is the last good answer. */
  stale?: true;
  /** Seconds since `timestamp`; only when stale. */
  age?: number;
  /** Seconds between two refreshes, where the limit of its API makes them more than was asked for. */
  every?: number;
}

/** A list of things; `cursor` leads to the next page. */
export interface ListPage<T> {
  items: T[];
  cursor?: string;
}

/** How numbers and times are written for a tenant. */
export interface TenantDisplay {
  id: string;
  name: string;
  /** IANA name. */
  timeZone: string;
  /** ISO 4217. */
  currency: string;
  /** BCP 47; the page's language where absent. */
  locale?: string;
}
