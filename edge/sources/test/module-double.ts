import type { ModuleRegistry, RegisteredModule } from '../../kernel/module-registry.js';
import type { ModuleState } from '../../../sdk/contract/module.js';

export interface RegistryOfOne extends ModuleRegistry {
  suspected: string[];
  state(next: ModuleState): void;
}

/** A registry of the module `sales`, whose state the test sets: what a source does with a state, apart from how it is found. */
export function registryOf(url: URL, tenants: readonly string[] = ['acme']): RegistryOfOne {
  let status: ModuleState = 'running';
  const suspected: string[] = [];
  const settings = { name: 'sales', url, secret: 's', tenants };
  const sales = (): RegisteredModule =>
    ({ id: 'sales', origin: 'settings', settings, info: { name: 'sales', status, since: '2025-10-19T14:30:00.000Z', latencyMs: 3.21 } });
  return {
    suspected,
    state: (next) => void (status = next),
    find: (name, tenant) => (name === 'sales' && tenants.includes(tenant) ? sales() : undefined),
    named: (name) => (name === 'sales' ? [sales()] : []),
    of: (tenant) => (tenants.includes(tenant) ? [sales()] : []),
    met: () => Promise.resolve(sales()),
    suspect: (module) => void suspected.push(module.settings.name),
    onChange: () => () => {},
    ready: Promise.resolve(),
    close: () => {},
  };
}

export const acme = { id: 'acme', name: 'Acme', timeZone: 'Europe/Berlin', currency: 'EUR' };
