import type { ModuleInfo } from '../../sdk/contract/module.js';
import type { ModuleSettings } from './settings.js';

/** The modules that the edge knows, each with its live state. */
export interface ModuleRegistry {
  /** Undefined where no module of that name is registered. */
  find(name: string): RegisteredModule | undefined;
  /** Those that serve this tenant, by name. */
  of(tenant: string): readonly RegisteredModule[];
  /** Something says that the state may have changed (a call failed, the module spoke): check now, coalesced. */
  suspect(name: string): void;
  /** Told after each change of state. Returns the unsubscribe. */
  onChange(listener: (module: RegisteredModule) => void): () => void;
  /** Done once every module was checked once. Never rejects. */
  readonly ready: Promise<void>;
  close(): void;
}

export interface RegisteredModule {
  readonly settings: ModuleSettings;
  /** Replaced, never changed. */
  readonly info: ModuleInfo;
}
