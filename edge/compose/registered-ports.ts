import type { Settings } from '../kernel/settings.js';

/** Where modules listen by default, also those that tenants register. */
const MODULE_PORT = 8080;

/** The ports of all that the settings name: what a tenant adds of its own is on one of these, or on 80 or 443. */
export function registeredPorts({ modules, connectors, connectorTemplates = [], notifiers }: Pick<Settings, 'modules' | 'connectors' | 'connectorTemplates' | 'notifiers'>): ReadonlySet<number> {
  const ports = new Set([MODULE_PORT]);
  const add = (address: string | URL): void => {
    if (!URL.canParse(String(address))) return;
    const { port } = new URL(address);
    if (port !== '') ports.add(Number(port));
  };
  for (const { url } of modules.values()) add(url);
  for (const { baseUrl, takes = [] } of [...connectors.values(), ...connectorTemplates]) {
    add(baseUrl ?? '');
    for (const form of takes) if ('tokenUrl' in form) add(form.tokenUrl);
  }
  for (const notifier of notifiers) if ('url' in notifier) add(notifier.url);
  return ports;
}
