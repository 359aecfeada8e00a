import type { ModuleInfo } from '../../sdk/contract/module.js';
import type { ModuleSettings } from './settings.js';

/** The modules that the edge knows, each with its live state: those of the settings, and those that tenants registered. */
export interface ModuleRegistry {
  /** Undefined where no module of that name serves this tenant. */
  find(name: string, tenant: string): RegisteredModule | undefined;
  /** All of that name: the one of the settings, or those of the tenants, who do not know of each other. */
  named(name: string): readonly RegisteredModule[];
  /** Those that serve this tenant, by name. */
  of(tenant: string): readonly RegisteredModule[];
  /** Something says that the state may have changed (a call failed, the module spoke): check now, coalesced. */
  suspect(module: RegisteredModule): void;
  /** The module after its first check; at once where that is behind it. Undefined where it is no longer registered. Never rejects. */
  met(module: RegisteredModule): Promise<RegisteredModule | undefined>;
  /** Told after each change of state, also when a module is no longer registered. Returns the unsubscribe. */
  onChange(listener: (module: RegisteredModule) => void): () => void;
  /** Done once every module of the start was checked once. Never rejects. */
  readonly ready: Promise<void>;
  close(): void;
}

export interface RegisteredModule {
  /** Its own among all modules, also of other tenants. Another one after it was registered with another address. */
  readonly id: string;
  readonly settings: ModuleSettings;
  readonly origin: 'settings' | 'tenant';
  /** Replaced, never changed. */
  readonly info: ModuleInfo;
  /** It was unregistered: what it brought goes with it. */
  readonly gone?: true;
}
