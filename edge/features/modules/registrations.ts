import type { ModuleInput } from '../../../sdk/contract/module.js';
import type { Fault } from '../../../sdk/contract/problem.js';
import type { ChangeAudit, Trace } from '../../kernel/audit.js';
import { topic, type Bus } from '../../kernel/bus.js';
import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import type { RegisteredModule } from '../../kernel/module-registry.js';
import type { Principal } from '../../kernel/principal.js';
import { notFound, ProblemError } from '../../kernel/problems.js';
import type { SecretPlace, Vault } from '../../kernel/vault.js';
import type { AddressCheck } from './address.js';
import type { OpenRegistry } from './registry.js';
import type { ModuleRow, ModuleStore } from './store.js';

export interface RegistrationsDeps {
  rows: ModuleStore;
  registry: OpenRegistry;
  vault: Vault;
  audit: ChangeAudit;
  bus: Bus;
  clock: Clock;
  log: Log;
  /** Ids of all tenants. */
  tenants: Iterable<string>;
  addressFault: AddressCheck;
  /** Why a secret must not be used; undefined where it may. */
  weaknessOf: (secret: string) => string | undefined;
}

/** The modules that tenants register themselves. Who may is asked before. */
export interface Registrations {
  /**
   * Registers, or gives another address or secret. Throws `conflict` for a name of the settings file or one too many, `invalid` for an
   * address that may not be called or a weak secret, `vault_missing` where the edge has no key to keep the secret with.
   */
  put(principal: Principal, name: string, input: ModuleInput, trace?: Trace): { module: RegisteredModule; created: boolean };
  /** Throws `conflict` for one of the settings file, `not_found` where there is none. */
  remove(principal: Principal, name: string, trace?: Trace): void;
  close(): void;
}

/** Modules of one tenant: each is asked for its health all day. */
export const MOST_MODULES = 50;
/** Milliseconds after which the store is read again: the bus tells at most once. */
const REREAD = 60_000;

const REGISTRATIONS = topic<{ tenant: string; name: string }>('module-registrations', (message) => {
  const { tenant, name } = { ...(message as { tenant?: unknown; name?: unknown } | null) };
  return typeof tenant === 'string' && typeof name === 'string';
});

export function createRegistrations(deps: RegistrationsDeps): Registrations {
  const { rows, registry, vault, audit, bus, clock, log, addressFault, weaknessOf } = deps;
  const tenants = [...deps.tenants];
  /** What of each row is in the registry: a row that was not written since is not opened again. */
  const taken = new Map<string, number>();
  let cancel: () => void = () => {};

  function take(row: ModuleRow): RegisteredModule | undefined {
    const { tenant, name, url, sealed, updatedAt } = row;
    taken.set(keyOf(tenant, name), updatedAt);
    // One of the settings file came later: it goes before, for all tenants alike.
    if (registry.isFixed(name)) return undefined;
    return registry.register(tenant, { name, url: new URL(url), secret: opened(sealed, placeOf(tenant, name)) });
  }

  /** A secret that no key opens lets nobody in: the module is called, but its events are refused. */
  function opened(sealed: string, place: SecretPlace): string {
    try {
      return vault.open(sealed, place);
    } catch {
      log.error({ tenant: place.tenant, module: place.name }, "a module's secret does not open; its events are refused until it is registered again");
      return '';
    }
  }

  function forget(tenant: string, name: string): void {
    taken.delete(keyOf(tenant, name));
    if (!registry.isFixed(name)) registry.unregister(tenant, name);
  }

  function refresh(tenant: string, name: string): void {
    const row = rows.get(tenant, name);
    if (row === undefined) forget(tenant, name);
    else if (taken.get(keyOf(tenant, name)) !== row.updatedAt) take(row);
  }

  function readAll(): void {
    for (const tenant of tenants) {
      const found = rows.list(tenant);
      for (const row of found) if (taken.get(keyOf(tenant, row.name)) !== row.updatedAt) take(row);
      const names = new Set(found.map(({ name }) => name));
      for (const { origin, settings } of registry.of(tenant)) if (origin === 'tenant' && !names.has(settings.name)) forget(tenant, settings.name);
    }
  }

  function reread(): void {
    cancel = clock.after(REREAD, () => {
      try {
        readAll();
      } catch (error) {
        log.error({ err: error }, 'the registered modules could not be read again');
      }
      reread();
    });
  }

  readAll();
  reread();
  const unsubscribe = [
    bus.subscribe(REGISTRATIONS, ({ tenant, name }) => refresh(tenant, name)),
    bus.onGap(() => readAll()),
  ];

  return {
    put({ tenant, subject }, name, { url, secret }, trace = {}) {
      if (registry.isFixed(name)) throw fixed(name);
      requireGood({ url, secret }, rows.get(tenant, name) !== undefined);
      if (!vault.usable) throw new ProblemError('vault_missing', 'This edge has no key to keep secrets with: CCM_FERNET_KEYS is not set.');
      const { row, created } = rows.write(() => {
        const standing = rows.get(tenant, name);
        const sealed = secret === undefined ? standing?.sealed : vault.seal(secret, placeOf(tenant, name));
        if (sealed === undefined) throw unmade([{ path: 'secret', message: 'is required' }]);
        if (standing === undefined && rows.list(tenant).length >= MOST_MODULES) {
          throw new ProblemError('conflict', `A tenant may register ${MOST_MODULES} modules; remove one first.`);
        }
        const now = Math.max(clock.now(), (standing?.updatedAt ?? 0) + 1);
        const next = { tenant, name, url: new URL(url).href, sealed, createdBy: subject, createdAt: now, updatedAt: now };
        if (standing === undefined) rows.insert(next);
        else rows.update(next);
        audit.within({ ...trace, tenant, user: subject, action: 'module.set', target: `module ${name}`, outcome: 'ok', detail: new URL(url).host });
        return { row: next, created: standing === undefined };
      });
      const module = take(row);
      bus.publish(REGISTRATIONS, { tenant, name });
      if (module === undefined) throw fixed(name);
      return { module, created };
    },

    remove({ tenant, subject }, name, trace = {}) {
      if (registry.isFixed(name)) throw fixed(name);
      rows.write(() => {
        if (!rows.remove(tenant, name)) throw notFound();
        audit.within({ ...trace, tenant, user: subject, action: 'module.remove', target: `module ${name}`, outcome: 'ok' });
      });
      forget(tenant, name);
      bus.publish(REGISTRATIONS, { tenant, name });
    },

    close() {
      cancel();
      for (const end of unsubscribe) end();
    },
  };

  function requireGood({ url, secret }: ModuleInput, known: boolean): void {
    const faults: Fault[] = [];
    const fault = addressFault(url);
    if (fault !== undefined) faults.push({ path: 'url', message: fault });
    const weakness = secret === undefined ? (known ? undefined : 'is required') : weaknessOf(secret);
    if (weakness !== undefined) faults.push({ path: 'secret', message: weakness });
    if (faults.length > 0) throw unmade(faults);
  }
}

function placeOf(tenant: string, name: string): SecretPlace {
  return { tenant, owner: '', name: `module:${name}` };
}

/** A tenant's id has no blank. */
function keyOf(tenant: string, name: string): string {
  return `${tenant} ${name}`;
}

function fixed(name: string): ProblemError {
  return new ProblemError('conflict', `The module ${name} is of the settings file and can only be changed there.`);
}

function unmade(errors: Fault[]): ProblemError {
  return new ProblemError('invalid', errors.map(({ path, message }) => `${path} ${message}`).join('; '), { errors });
}
