import type { AuthType, CredentialInfo, CredentialInput } from '../../../sdk/contract/credential.js';
import type { Access } from '../../gate/access.js';
import type { Audit, ChangeAudit, Trace } from '../../kernel/audit.js';
import { topic, type Bus } from '../../kernel/bus.js';
import type { Clock } from '../../kernel/clock.js';
import type { CredentialOwners, CredentialRef, Credentials } from '../../kernel/credentials.js';
import { destinationsOf, type Connectors } from '../../kernel/connectors.js';
import { newId } from '../../kernel/ids.js';
import type { Log } from '../../kernel/log.js';
import type { Principal } from '../../kernel/principal.js';
import { notFound, ProblemError } from '../../kernel/problems.js';
import type { Vault } from '../../kernel/vault.js';
import { requireKeyPlace } from '../../sources/external/credential.js';
import { createCredentialCache } from './cache.js';
import { last4Of, secretIn, secretOf, secretText, type SealedSecret } from './secret.js';
import type { CredentialRow, CredentialStore } from './store.js';
import { createCredentialUses } from './uses.js';

/** What a caller needs to set and remove those that the whole tenant shares. */
export const MANAGE_CREDENTIALS = 'credentials.manage';
/** Credentials that one user, and that a tenant together may have. */
export const MAX_OWN = 100;
export const MAX_SHARED = 200;

/** The owner of those that the tenant shares. */
const SHARED = '';

export interface CredentialChange {
  tenant: string;
  owner: string;
  apiName: string;
  /** It is the same credential as before, with the refresh token that the API gave: what is remembered is read again, and no page cares. */
  renewed?: boolean;
}

const CREDENTIAL_CHANGES = topic<CredentialChange>('credentials', (message) => {
  const { tenant, owner, apiName, renewed } = (message ?? {}) as Partial<CredentialChange>;
  return [tenant, owner, apiName].every((part) => typeof part === 'string') && (renewed === undefined || typeof renewed === 'boolean');
});

export interface CredentialDeps {
  rows: CredentialStore;
  vault: Vault;
  /** The APIs that a credential may be for. */
  connectors: Pick<Connectors, 'find'>;
  audit: Pick<Audit, 'note'> & ChangeAudit;
  access: Access;
  bus: Bus;
  clock: Clock;
  log: Log;
}

export interface CredentialService extends Credentials, CredentialOwners {
  /** The caller's own and the shared ones, by name, without their secrets. */
  list(principal: Principal): CredentialInfo[];
  /** Makes it, or puts another secret in its place. Throws `invalid` for an API that is not there and a key that nobody says the place of, `vault_missing`, `conflict`, `too_large`, `forbidden`. */
  set(principal: Principal, name: string, input: CredentialInput, trace?: Trace): { info: CredentialInfo; created: boolean };
  /** Throws `not_found`, `forbidden`. */
  remove(principal: Principal, name: string, shared: boolean, trace?: Trace): void;
  close(): void;
}

export function createCredentials({ rows, vault, connectors, audit, access, bus, clock, log }: CredentialDeps): CredentialService {
  const cache = createCredentialCache(rows, clock);
  const uses = createCredentialUses(rows, clock, (error) => log.warn({ err: error }, 'when credentials were used could not be written'));
  const listeners = new Set<(change: CredentialChange) => void>();

  const unsubscribe = bus.subscribe(CREDENTIAL_CHANGES, (change) => {
    cache.drop(change.tenant, change.owner);
    if (change.renewed === true) return;
    for (const listener of [...listeners]) listener(change);
  });
  const ungap = bus.onGap(() => cache.clear());

  /** After the write stands: this process forgets first, then everybody hears of it. */
  const tell = ({ tenant, owner }: Pick<CredentialRow, 'tenant' | 'owner'>, ...apiNames: (string | undefined)[]): void => {
    cache.drop(tenant, owner);
    for (const apiName of new Set(apiNames)) if (apiName !== undefined) bus.publish(CREDENTIAL_CHANGES, { tenant, owner, apiName });
  };

  const info = (row: CredentialRow): CredentialInfo => {
    const used = uses.lastOf(row);
    return {
      name: row.name, apiName: row.apiName, authType: row.authType as AuthType, last4: row.last4,
      createdAt: new Date(row.createdAt).toISOString(),
      ...(used !== undefined && { lastUsedAt: new Date(used).toISOString() }),
      shared: row.owner === SHARED,
    };
  };

  const requireWritable = (principal: Principal, shared: boolean): void => {
    if (shared) access.require(principal, MANAGE_CREDENTIALS);
  };

  const requireRoom = (tenant: string, owner: string): void => {
    const most = owner === SHARED ? MAX_SHARED : MAX_OWN;
    if (rows.count(tenant, owner) < most) return;
    throw new ProblemError('conflict', `There are ${most} credentials, which is the most; remove one first.`);
  };

  const fitting = (kept: readonly CredentialRow[], apiName: string, name: string | undefined): CredentialRow | undefined =>
    kept.find((row) => row.apiName === apiName && (name === undefined || row.name === name));

  return {
    find({ tenant, subject }, { apiName, name }) {
      const row = fitting(cache.of(tenant, subject), apiName, name) ?? fitting(cache.of(tenant, SHARED), apiName, name);
      return row === undefined ? undefined : refOf(row);
    },
    owners: (tenant, { apiName, name }) =>
      [...new Set(rows.ownedFor(tenant, apiName).filter((row) => name === undefined || row.name === name).map(({ owner }) => owner))],
    open(ref, destinations, { latest = false } = {}) {
      const { tenant, owner, name } = ref;
      if (latest) cache.drop(tenant, owner);
      const event = {
        tenant, action: 'credential.use', target: `credential ${name}`, ...(owner === SHARED ? { detail: 'shared' } : { user: owner }),
      } as const;
      const row = cache.of(tenant, owner).find(({ id }) => id === ref.id);
      const kept = row === undefined ? undefined : opened(vault, row, log);
      const refuse = (why: string): ProblemError => {
        audit.note({ ...event, outcome: 'failed', code: 'credential_missing' });
        return new ProblemError('credential_missing', `The credential ${name} ${why}; save it again.`);
      };
      if (row === undefined || kept === undefined) throw refuse('is not there or cannot be opened any more');
      if (!destinations.every((origin) => kept.destinations.includes(origin))) throw refuse(`was saved for another address of ${ref.apiName}`);
      uses.mark(row);
      audit.note({ ...event, outcome: 'ok' });
      return kept.secret;
    },
    renewed({ id, tenant, owner, name, apiName }, secret) {
      const place = { tenant, owner, name };
      try {
        const isKept = rows.write(() => {
          const row = rows.get(place);
          const kept = row?.id === id ? opened(vault, row, log) : undefined;
          if (row === undefined || kept === undefined || !rows.reseal(row, vault.seal(secretText(secret, kept.destinations), place))) return false;
          const event = { tenant, action: 'credential.set', target: targetOf(name, owner === SHARED), outcome: 'ok', detail: 'renewed by the API' } as const;
          audit.within({ ...event, ...(owner !== SHARED && { user: owner }) });
          return true;
        });
        if (!isKept) return;
        cache.drop(tenant, owner);
        bus.publish(CREDENTIAL_CHANGES, { tenant, owner, apiName, renewed: true });
      } catch (error) {
        // The token that was got with it still serves; the next one may have to be given by its owner.
        log.error({ err: error, tenant, owner, name }, 'a refresh token that the API replaced could not be kept');
      }
    },
    onChange(listener) {
      const own = (change: CredentialChange): void => listener(change);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    list: ({ tenant, subject }) => [...rows.list(tenant, subject), ...rows.list(tenant, SHARED)].map(info),
    set(principal, name, input, trace = {}) {
      const shared = input.shared ?? false;
      requireWritable(principal, shared);
      const { tenant, subject } = principal;
      const place = { tenant, owner: shared ? SHARED : subject, name };
      const connector = connectors.find(tenant, input.apiName);
      if (connector === undefined) throw unknownApi();
      requireKeyPlace(connector, input);
      const sealed = vault.seal(secretText(secretOf(input), destinationsOf(connector)), place);
      // The change and its row of the trail stand together, or neither does.
      const { row, before } = rows.write(() => {
        const standing = rows.get(place);
        if (standing === undefined) requireRoom(tenant, place.owner);
        const made: CredentialRow = {
          ...place, id: newId(), apiName: input.apiName, authType: input.authType, last4: last4Of(input), sealed,
          createdBy: subject, createdAt: clock.now(), lastUsedAt: null,
        };
        rows.save(made);
        audit.within({ tenant, user: subject, action: 'credential.set', target: targetOf(name, shared), outcome: 'ok', detail: input.apiName, ...trace });
        return { row: made, before: standing };
      });
      tell(row, row.apiName, before?.apiName);
      return { info: info(row), created: before === undefined };
    },
    remove(principal, name, shared, trace = {}) {
      requireWritable(principal, shared);
      const { tenant, subject } = principal;
      const place = { tenant, owner: shared ? SHARED : subject, name };
      const { apiName } = rows.write(() => {
        const standing = rows.get(place);
        if (standing === undefined) throw notFound();
        rows.remove(place);
        audit.within({ tenant, user: subject, action: 'credential.remove', target: targetOf(name, shared), outcome: 'ok', detail: standing.apiName, ...trace });
        return standing;
      });
      tell(place, apiName);
    },
    close() {
      unsubscribe();
      ungap();
      uses.close();
    },
  };
}

function unknownApi(): ProblemError {
  const errors = [{ path: 'apiName', message: 'is no API that is set up here' }];
  return new ProblemError('invalid', 'A credential is for an API that is set up.', { errors });
}

function targetOf(name: string, shared: boolean): string {
  return `credential ${name}${shared ? ' (shared)' : ''}`;
}

function refOf({ id, tenant, owner, name, apiName, authType }: CredentialRow): CredentialRef {
  return { id, tenant, owner, name, apiName, authType: authType as AuthType };
}

/** Undefined where the vault does not open it: who operates the edge reads which one, and nobody why. */
function opened(vault: Vault, { tenant, owner, name, sealed }: CredentialRow, log: Log): SealedSecret | undefined {
  try {
    return secretIn(vault.open(sealed, { tenant, owner, name }));
  } catch {
    log.error({ tenant, owner, name }, 'a stored credential cannot be opened: no key of CCM_FERNET_KEYS fits it, or it was moved');
    return undefined;
  }
}
