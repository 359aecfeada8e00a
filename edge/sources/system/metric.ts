import type { TenantSettings } from '../../kernel/settings.js';

/** One system metric: what it answers now, and the number that is sampled of it. */
export interface Metric {
  readonly name: string;
  /** `machine`: the same for every tenant. `tenant`: of the asking tenant's own users, modules or calls. */
  readonly scope: 'machine' | 'tenant';
  read(tenant: TenantSettings): Promise<unknown>;
  /** The metric's first number, for its series. */
  sample(tenant: TenantSettings): Promise<number>;
}

export interface MetricSpec<T> {
  name: string;
  scope: Metric['scope'];
  read(tenant: TenantSettings): T | Promise<T>;
  number(data: T): number;
}

export function defineMetric<T>({ name, scope, read, number }: MetricSpec<T>): Metric {
  return {
    name,
    scope,
    read: async (tenant) => read(tenant),
    sample: async (tenant) => number(await read(tenant)),
  };
}

/** So many decimals: what differs beyond them is noise, and would make two equal answers differ. */
export function rounded(value: number, decimals = 1): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}
