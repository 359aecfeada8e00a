import type { Channels } from '../kernel/channels.js';
import type { Settings } from '../kernel/settings.js';
import type { Sources } from '../kernel/source.js';
import { createPrometheusSource } from './external/prometheus.js';
import { createExternalSource, type ExternalSource, type ExternalSourceDeps } from './external/source.js';
import { createModuleSource, type ModuleSourceDeps } from './module.js';
import { createPushSource } from './push.js';
import { createStaticSource } from './static.js';
import { createSystemSource, type SystemSource, type SystemSourceDeps } from './system.js';

export interface SourcesDeps extends ModuleSourceDeps, ExternalSourceDeps, Omit<SystemSourceDeps, 'connectors' | 'tenants'> {
  settings: Pick<Settings, 'tenants'>;
  channels: Pick<Channels, 'has' | 'last'>;
}

/** Every kind of source, ready for the feeds. `close` ends the sampling of the system. */
export function createSources({ settings, ...deps }: SourcesDeps): Sources & { readonly system: SystemSource; readonly external_api: ExternalSource; close(): void } {
  const system = createSystemSource({ ...deps, tenants: settings.tenants });
  const external = createExternalSource(deps);
  return {
    module: createModuleSource(deps),
    external_api: external,
    prometheus: createPrometheusSource(external, deps.clock),
    system,
    static: createStaticSource(),
    push: createPushSource(deps.channels),
    close: () => system.close(),
  };
}
