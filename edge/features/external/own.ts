import { isIP } from 'node:net';
import type { ConnectorInput } from '../../../sdk/contract/connector.js';
import { CONNECTOR_NAME } from '../../../sdk/contract/connector-definition.js';
import type { Fault } from '../../../sdk/contract/problem.js';
import { createAddressGuard } from '../../drivers/http/addresses.js';
import type { Access } from '../../gate/access.js';
import type { ChangeAudit, Trace } from '../../kernel/audit.js';
import type { Bus } from '../../kernel/bus.js';
import type { Clock } from '../../kernel/clock.js';
import type { Principal } from '../../kernel/principal.js';
import { notFound, ProblemError } from '../../kernel/problems.js';
import { CONNECTOR_CHANGES, type ConnectorRegistry } from './registry.js';
import type { ConnectorStore } from './store.js';

/** What a caller needs to make, change and remove APIs of the tenant's own. It decides where the tenant's credentials for them go. */
export const MANAGE_CONNECTORS = 'connectors.manage';
/** Connectors of a tenant's own. */
const MAX_CONNECTORS = 50;
/** Characters of one definition. */
const LARGEST = 64 * 1024;
/** With it only the name of a host can be what is admitted. */
const NEVER_PUBLIC = '0.0.0.0';

export interface OwnConnectorsDeps {
  rows: ConnectorStore;
  registry: ConnectorRegistry;
  access: Access;
  bus: Bus;
  clock: Clock;
  /** Hosts that may be private, and called without TLS. */
  allowPrivateHosts: readonly string[];
  audit?: ChangeAudit;
}

export interface OwnConnectors {
  /** Throws `forbidden`, `conflict` for a name that is taken by others or too many, `invalid` for an address that may not be called. */
  set(principal: Principal, name: string, input: ConnectorInput, trace?: Trace): { created: boolean };
  /** Throws `forbidden`, `not_found`, `conflict` for one of the settings or of the package. */
  remove(principal: Principal, name: string, trace?: Trace): void;
  /** Throws `forbidden`. */
  requireManager(principal: Principal): void;
}

export function createOwnConnectors({ rows, registry, access, bus, clock, allowPrivateHosts, audit }: OwnConnectorsDeps): OwnConnectors {
  const guard = createAddressGuard(allowPrivateHosts);
  const publicOnly = createAddressGuard([]);
  const requireManager = (principal: Principal): void => access.require(principal, MANAGE_CONNECTORS);

  const requireOwn = (name: string): void => {
    if (registry.isFixed(name)) throw new ProblemError('conflict', `The connector ${name} is of the settings or of the package and can only be changed in the settings file.`);
  };

  /** TLS everywhere but where who operates the edge listed the host. A name is looked at again when it is called: then its address is known. */
  const addressFault = (address: string): string | undefined => {
    const { hostname, protocol } = new URL(address.replace('{dc}', 'us1'));
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    const isAddress = isIP(host) !== 0;
    if (isAddress && !guard.admits('', host)) return 'must be a public host, or one of CCM_ALLOW_PRIVATE_HOSTS';
    const isListed = isAddress ? !publicOnly.admits('', host) : guard.admits(host, NEVER_PUBLIC);
    return protocol === 'https:' || isListed ? undefined : 'must be an https URL';
  };

  function requireCallable({ baseUrl, auth, takes = [] }: ConnectorInput): void {
    const errors: Fault[] = [];
    const check = (path: string, address: string): void => {
      const message = address.startsWith('/') ? undefined : addressFault(address);
      if (message !== undefined) errors.push({ path, message });
    };
    check('baseUrl', baseUrl);
    for (const [index, form] of takes.entries()) if ('tokenUrl' in form) check(`takes.${index}.tokenUrl`, form.tokenUrl);
    if (auth !== undefined && 'tokenUrl' in auth) check('auth.tokenUrl', auth.tokenUrl);
    if (errors.length > 0) throw new ProblemError('invalid', errors.map(({ path, message }) => `${path} ${message}`).join('; '), { errors });
  }

  const tell = (tenant: string, name: string): void => {
    registry.forget(tenant);
    bus.publish(CONNECTOR_CHANGES, { tenant, name });
  };

  return {
    requireManager,
    set(principal, name, input, trace = {}) {
      requireManager(principal);
      if (!CONNECTOR_NAME.test(name)) throw notFound();
      requireOwn(name);
      requireCallable(input);
      const { tenant, subject } = principal;
      const definition = JSON.stringify(input);
      if (definition.length > LARGEST) throw new ProblemError('too_large', `A connector may have ${LARGEST} characters at most.`);
      const created = rows.write(() => {
        const standing = rows.get(tenant, name);
        if (standing === undefined && rows.count(tenant) >= MAX_CONNECTORS) {
          throw new ProblemError('conflict', `There are ${MAX_CONNECTORS} connectors, which is the most; remove one first.`);
        }
        const now = clock.now();
        rows.save({ tenant, name, definition, createdBy: standing?.createdBy ?? subject, createdAt: standing?.createdAt ?? now, updatedAt: now });
        audit?.within({ tenant, user: subject, action: 'connector.set', target: `connector ${name}`, outcome: 'ok', detail: new URL(input.baseUrl.replace('{dc}', 'dc')).host, ...trace });
        return standing === undefined;
      });
      tell(tenant, name);
      return { created };
    },
    remove(principal, name, trace = {}) {
      requireManager(principal);
      requireOwn(name);
      const { tenant, subject } = principal;
      rows.write(() => {
        if (!rows.remove(tenant, name)) throw notFound();
        audit?.within({ tenant, user: subject, action: 'connector.remove', target: `connector ${name}`, outcome: 'ok', ...trace });
      });
      tell(tenant, name);
    },
  };
}
