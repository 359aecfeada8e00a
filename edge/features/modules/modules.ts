import type { Store } from '../../drivers/store/open-store.js';
import type { ChangeAudit } from '../../kernel/audit.js';
import type { Bus } from '../../kernel/bus.js';
import type { ModuleSettings } from '../../kernel/settings.js';
import type { Vault } from '../../kernel/vault.js';
import { createAddressCheck } from './address.js';
import { createManifests, type Manifests } from './manifests.js';
import { createRegistrations, type Registrations } from './registrations.js';
import { createModuleRegistry, type ModuleRegistryDeps, type OpenRegistry } from './registry.js';
import { createModuleStore } from './store.js';

export interface ModulesDeps extends ModuleRegistryDeps {
  /** Of the settings file. */
  modules: ReadonlyMap<string, ModuleSettings>;
  /** Ids of all tenants. */
  tenants: Iterable<string>;
  allowPrivateHosts: readonly string[];
  weaknessOf: (secret: string) => string | undefined;
  store: Store;
  vault: Vault;
  audit: ChangeAudit;
  bus: Bus;
}

export interface Modules {
  registry: OpenRegistry;
  manifests: Manifests;
  registrations: Registrations;
  close(): void;
}

/** The modules of the settings and of the tenants, checked from now on, and what they bring along. */
export function createModules({ tenants, allowPrivateHosts, weaknessOf, store, vault, audit, bus, ...deps }: ModulesDeps): Modules {
  const { http, clock, log } = deps;
  const registry = createModuleRegistry(deps);
  // Before the first check is done: what runs then is looked at.
  const manifests = createManifests({ modules: registry, http, bus, clock, log });
  const registrations = createRegistrations({
    rows: createModuleStore(store), registry, vault, audit, bus, clock, log, tenants, weaknessOf, addressFault: createAddressCheck(allowPrivateHosts),
  });
  return {
    registry,
    manifests,
    registrations,
    close() {
      registrations.close();
      manifests.close();
      registry.close();
    },
  };
}
