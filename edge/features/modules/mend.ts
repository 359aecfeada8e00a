import type { Feeds } from '../../kernel/feed.js';
import type { ModuleRegistry } from '../../kernel/module-registry.js';

/**
 * Makes a module's widgets follow its state: when it comes back they fetch at once instead of at their next interval,
 * when it goes they say so. Each edge sees that for itself. Returns the end of it.
 */
export function mendWidgets(modules: ModuleRegistry, feeds: Feeds): () => void {
  return modules.onChange(({ settings }) => {
    for (const tenant of settings.tenants) {
      feeds.invalidate(tenant, { source: 'module', name: settings.name }, 'here');
    }
  });
}
