/** A company of the demo: which part of the data set is its business, and how it writes numbers and times. */
export interface DemoTenant {
  id: string;
  name: string;
  /** IANA name. */
  timeZone: string;
  /** ISO 4217. The set's amounts are read in it as they are written: nothing is converted. */
  currency: string;
  /** BCP 47. */
  locale: string;
  /** Regions of the data set whose orders are this company's. */
  regions: readonly string[];
}

/** Every region belongs to exactly one of them, so no order is seen by both. */
export const DEMO_TENANTS: readonly DemoTenant[] = [
  { id: 'atlas', name: 'Atlas Office Supply', timeZone: 'America/New_York', currency: 'USD', locale: 'en-US', regions: ['East', 'South'] },
  { id: 'borealis', name: 'Borealis Bürobedarf', timeZone: 'Europe/Berlin', currency: 'EUR', locale: 'de-DE', regions: ['West', 'Central'] },
];

export function demoTenant(id: string): DemoTenant | undefined {
  return DEMO_TENANTS.find((tenant) => tenant.id === id);
}
