import type { Settings } from '../kernel/settings.js';
import type { Sources } from '../kernel/source.js';
import { createExternalSource, type ExternalSourceDeps } from './external.js';
import { createModuleSource, type ModuleSourceDeps } from './module.js';
import { createStaticSource } from './static.js';
import { createSystemSource, type SystemSource, type SystemSourceDeps } from './system.js';

export interface SourcesDeps extends ModuleSourceDeps, Omit<ExternalSourceDeps, 'connectors'>, Omit<SystemSourceDeps, 'connectors' | 'tenants'> {
  settings: Pick<Settings, 'connectors' | 'tenants'>;
}

/** Every kind of source, ready for the feeds. `close` ends the sampling of the system. */
export function createSources({ settings, ...deps }: SourcesDeps): Sources & { readonly system: SystemSource; close(): void } {
  const system = createSystemSource({ ...deps, tenants: settings.tenants, connectors: settings.connectors.keys() });
  return {
    module: createModuleSource(deps),
    external_api: createExternalSource({ ...deps, connectors: settings.connectors }),
    system,
    static: createStaticSource(),
    close: () => system.close(),
  };
}
