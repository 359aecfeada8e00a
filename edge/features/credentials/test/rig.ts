import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { createVault } from '../../../drivers/fernet/vault.js';
import { openStore, type Store } from '../../../drivers/store/open-store.js';
import { createAccess } from '../../../gate/access.js';
import type { AuditEvent } from '../../../kernel/audit.js';
import type { Bus } from '../../../kernel/bus.js';
import type { Connectors } from '../../../kernel/connectors.js';
import { createLog } from '../../../kernel/log.js';
import type { ConnectorSettings } from '../../../kernel/settings.js';
import { createFakeClock, type FakeClock } from '../../../feeds/test/fake-clock.js';
import { frontDoor, principal, recordingBus, type FrontDoor } from '../../test/front-door.js';
import { credentialRoutes } from '../routes.js';
import { createCredentials, type CredentialService } from '../service.js';
import { createCredentialStore, type CredentialStore } from '../store.js';

export const newFernetKey = (): string => randomBytes(32).toString('base64').replaceAll('+', '-').replaceAll('/', '_');

export const USERS = {
  ada: principal('acme', 'ada', ['user']),
  bob: principal('acme', 'bob', ['user']),
  boss: principal('acme', 'boss', ['admin'], ['credentials.manage']),
  gus: principal('globex', 'gus', ['user'], ['*']),
};

/** Where the credentials of these tests may go: each API has the one address. */
export const ORIGINS = ['https://api.example'];
const connectors: Pick<Connectors, 'find'> = {
  find: (_tenant, name) => (name === 'nothing' ? undefined : ({ name, baseUrl: `${ORIGINS[0]}/v1`, auth: { kind: 'none' }, ...(name === 'keyed' && { takes: [{ kind: 'api_key', headerName: 'X-Key' }] }) } as ConnectorSettings)),
};

export interface CredentialRig extends FrontDoor {
  readonly credentials: CredentialService;
  readonly rows: CredentialStore;
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: FakeClock;
  /** What the trail got, in order. */
  readonly trail: AuditEvent[];
  /** From now on the trail cannot be written. */
  breakTrail(): void;
  /** All lines of the log. */
  log(): string;
  /** Another edge on the same store and bus, with keys of its own. */
  another(keys?: readonly string[]): CredentialService;
  close(): void;
}

export interface RigOptions {
  keys?: readonly string[];
  store?: string;
}

/** The credentials on a real store behind the front door. */
export async function credentialRig({ keys = [newFernetKey()], store: url = 'sqlite::memory:' }: RigOptions = {}): Promise<CredentialRig> {
  const store = await openStore(url);
  const rows = createCredentialStore(store);
  const bus = recordingBus();
  const clock = createFakeClock();
  const trail: AuditEvent[] = [];
  let broken = false;
  let lines = '';
  const write = (event: AuditEvent): void => {
    if (broken) throw new Error('the trail is full');
    trail.push(event);
  };
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines += String(chunk);
      done();
    },
  });
  const opened: CredentialService[] = [];
  const another = (own: readonly string[] = keys): CredentialService => {
    const made = createCredentials({
      rows, bus, clock, connectors, access: createAccess(), vault: createVault(own, clock), log: createLog({ level: 'trace', destination }),
      audit: { note: (event) => void trail.push(event), within: write },
    });
    opened.push(made);
    return made;
  };
  const credentials = another();
  return {
    credentials, rows, store, bus, clock, trail, another,
    ...frontDoor(USERS, credentialRoutes({ credentials })),
    breakTrail: () => void (broken = true),
    log: () => lines,
    close() {
      for (const one of opened) one.close();
      store.close();
    },
  };
}

export const BEARER = { apiName: 'stripe', authType: 'bearer', apiKey: 'sk_live_0123456789abcdef' };
