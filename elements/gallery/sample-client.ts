import type { CcmClient } from '../../sdk/client/client.js';
import { CcmError } from '../../sdk/client/errors.js';
import type { TenantDisplay } from '../../sdk/contract/answer.js';
import type { Snapshot } from '../../sdk/store/snapshot.js';

const TENANT: TenantDisplay = { id: 'sample', name: 'Sample', timeZone: 'Europe/Berlin', currency: 'EUR' } as TenantDisplay;
const nothing = () => undefined;

/** A client with no edge behind it: it has the snapshots that it is given, and refuses all else. */
export function sampleClient(snapshots: ReadonlyMap<string, Snapshot>): CcmClient {
  const refuse = () => Promise.reject(new CcmError('not_found', 'The gallery asks no edge.'));
  const at = (id: string): Snapshot => snapshots.get(id) ?? { state: 'refused' };
  const resource = new Proxy({}, { get: () => refuse });
  return {
    edge: '',
    widgets: resource as CcmClient['widgets'],
    layouts: resource as CcmClient['layouts'],
    presets: resource as CcmClient['presets'],
    modules: resource as CcmClient['modules'],
    alerts: resource as CcmClient['alerts'],
    connection: { carrier: 'ws', onChange: () => nothing, wake: nothing },
    tenant: TENANT,
    request: refuse,
    fetchModuleData: refuse,
    fetchExternalAPIData: refuse,
    fetchSystemMetric: refuse,
    subscribe(id, listener) {
      listener(at(id));
      return nothing;
    },
    snapshot: at,
    refresh: nothing,
    onTenant: () => nothing,
    onChanged: () => nothing,
    onAlert: () => nothing,
    onFiring: () => nothing,
    onAuthRequired: () => nothing,
    setToken: nothing,
    close: nothing,
  };
}
