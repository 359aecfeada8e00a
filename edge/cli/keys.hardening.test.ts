/** HAZARDS 5: the keys of stored secrets are changed while they are in use, and the machine stops in the middle. */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVault } from '../drivers/fernet/vault.js';
import { openStore } from '../drivers/store/open-store.js';
import { holdsSecrets, rotateKeys } from '../drivers/store/sealed-rows.js';
import { audit } from '../drivers/store/tables/audit.js';
import { modules } from '../drivers/store/tables/modules.js';
import { queryPlans } from '../drivers/store/test/query-plans.js';
import { createCredentialStore, type CredentialRow } from '../features/credentials/store.js';
import { rounds } from '../test/edge-process.js';
import { program } from '../test/program.js';

const newFernetKey = (): string => randomBytes(32).toString('base64').replaceAll('+', '-').replaceAll('/', '_');

describe('Rotation', () => {
  const [old, next] = [newFernetKey(), newFernetKey()];
  const ROWS = 730;
  let folder: string;
  let url: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ccm-keys-'));
    url = `sqlite:${join(folder, 'ccm.db')}`;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const place = (index: number) => ({ tenant: `t${index % 3}`, owner: index % 5 === 0 ? '' : `u${index % 7}`, name: `n${index}` });
  async function fill(key = old, rows = ROWS): Promise<void> {
    const store = await openStore(url);
    const credentials = createCredentialStore(store);
    const vault = createVault([key]);
    store.write(() => {
      for (let index = 0; index < rows; index += 1) {
        const row: CredentialRow = {
          ...place(index), id: String(index), apiName: 'x', authType: 'bearer', last4: '', createdBy: 'u', createdAt: 1, lastUsedAt: null,
          sealed: vault.seal(`secret ${index}`, place(index)),
        };
        credentials.save(row);
      }
    });
    store.close();
  }
  /** How many open with this key alone, each to its own secret. */
  async function openWith(key: string, rows = ROWS): Promise<number> {
    const store = await openStore(url);
    const credentials = createCredentialStore(store);
    const vault = createVault([key]);
    let count = 0;
    for (let index = 0; index < rows; index += 1) {
      const { sealed } = credentials.get(place(index))!;
      try {
        expect(vault.open(sealed, place(index))).toBe(`secret ${index}`);
        count += 1;
      } catch (error) {
        if (!(error instanceof Error && error.message.includes('cannot be opened'))) throw error;
      }
    }
    store.close();
    return count;
  }
  const ccm = (keys: string) => new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [program('cli'), 'keys', 'rotate'], { env: { PATH: process.env['PATH'], CCM_DATABASE_URL: url, CCM_FERNET_KEYS: keys } }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }));
  });

  const ROUNDS = rounds(3);
  it('kill -9 in the middle, run again: all open with the new key alone', async () => {
    await fill();
    // In the middle of a batch, at its last row, and at the first row of the next one; then anywhere in one, which gets no further.
    const places = Array.from({ length: ROUNDS }, (_, round) => [150, 100, 101][round] ?? 1 + ((round * 37) % 99));
    for (const at of places) {
      const child = spawn(process.execPath, [program('cli/test/rotate-and-die'), url, `${next},${old}`, String(at)], { stdio: 'inherit' });
      expect((await once(child, 'close') as [number | null, string | null])[1]).toBe('SIGKILL');
    }
    const half = await openWith(next);
    expect(half).toBeGreaterThan(0);
    expect(half % 100).toBe(0);
    expect(await openWith(old)).toBe(ROWS - half);
    const { code, out, err } = await ccm(`${next},${old}`);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`${ROWS} of ${ROWS} looked at, ${ROWS - half} sealed anew`);
    expect(await openWith(next)).toBe(ROWS);
    expect(await openWith(old)).toBe(0);
    const store = await openStore(url);
    const trail = store.db.select().from(audit).all();
    store.close();
    expect(trail.reduce((sum, { action, target }) => sum + (action === 'keys.rotate' ? Number.parseInt(target) : 0), 0)).toBe(ROWS - half);
  }, 120_000 + ROUNDS * 5_000);

  it('makes no store where there is none: it would say that the old keys may go', async () => {
    const { code, out, err } = await ccm(`${next},${old}`);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^CCM_DATABASE_URL: there is no store at \/.*; say where that of the edges is\.\n$/);
    expect(existsSync(url.slice('sqlite:'.length))).toBe(false);
  }, 120_000);

  it('once more does nothing', async () => {
    await fill(old, 5);
    expect((await ccm(`${next},${old}`)).out).toContain(': 5 sealed anew, 0 under the newest key already, 0 that no key opens, of 5.');
    const again = await ccm(`${next},${old}`);
    expect(again.out).toContain(': 0 sealed anew, 5 under the newest key already, 0 that no key opens, of 5.');
    expect(again.code).toBe(0);
  }, 120_000);

  it('a row that no key opens is named, left, and makes it end with 1; the others are done', async () => {
    await fill(old, 120);
    const store = await openStore(url);
    const credentials = createCredentialStore(store);
    const lost = createVault([newFernetKey()]).seal('lost', { tenant: 't0', owner: 'u\nOK', name: 'lost' });
    credentials.save({ ...credentials.get(place(1))!, tenant: 't0', owner: 'u\nOK', name: 'lost', sealed: lost });
    store.close();
    const { code, out, err } = await ccm(`${next},${old}`);
    expect(code).toBe(1);
    expect(err).toBe('tenant "t0", user "u\\nOK", credential "lost": opens with none of the 2 keys and stays as it is\n');
    expect(out).toContain(': 120 sealed anew, 0 under the newest key already, 1 that no key opens, of 121.');
    expect(out + err).not.toContain(lost);
    expect(await openWith(next, 120)).toBe(120);
    const after = await openStore(url);
    expect(createCredentialStore(after).get({ tenant: 't0', owner: 'u\nOK', name: 'lost' })!.sealed).toBe(lost);
    after.close();
  }, 120_000);

  it('after the old key is dropped, what was not rotated fails closed', async () => {
    await fill(old, 3);
    expect(await openWith(next, 3)).toBe(0);
    const store = await openStore(url);
    expect(rotateKeys(store, createVault([next])).unopened).toHaveLength(3);
    store.close();
    expect(await openWith(old, 3)).toBe(3);
  });

  it('says what is missing', async () => {
    expect(await ccm('')).toMatchObject({ code: 1, err: expect.stringMatching(/^CCM_FERNET_KEYS: is missing; write the new key first/) });
    expect(await ccm(`${next},nonsense`)).toMatchObject({ code: 1, err: expect.stringMatching(/^CCM_FERNET_KEYS: key 2 is not 32 bytes/) });
  }, 120_000);

  it('the secrets of registered modules are renewed too, and named where no key opens them', async () => {
    await fill(old, 1);
    const store = await openStore(url);
    const module = (tenant: string, key: string) => ({
      tenant, name: 'sales', url: 'http://sales/', createdBy: 'u', createdAt: 1, updatedAt: 1,
      sealed: createVault([key]).seal('of the module', { tenant, owner: '', name: 'module:sales' }),
    });
    store.db.insert(modules).values([module('t0', old), module('t1', newFernetKey())]).run();
    const result = rotateKeys(store, createVault([next, old]));
    expect(result).toEqual({ total: 3, seen: 3, renewed: 2, unopened: [{ what: 'module', tenant: 't1', owner: '', name: 'sales' }] });
    const [kept] = store.db.select().from(modules).all();
    expect(createVault([next]).open(kept!.sealed, { tenant: 't0', owner: '', name: 'module:sales' })).toBe('of the module');
    store.close();
  });

  it('finds each batch by the key of its table', async () => {
    const plans = await queryPlans((store) => {
      rotateKeys(store, createVault([]));
      holdsSecrets(store);
    });
    const batches = plans.filter(({ sql }) => /limit|update/.test(sql));
    expect(batches).toHaveLength(8);
    for (const { sql, steps } of batches) expect(steps, sql).toEqual([expect.stringMatching(/^SEARCH \w+ USING INDEX/)]);
  });
});
