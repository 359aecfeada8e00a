/** HAZARDS 5: a key that is missing, wrong, or known to everybody. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wholeEdge, tokenOf } from '../test/whole-edge.js';
import { fernetKeysOf, readEnvironment } from './environment.js';
import { fernetKeyWeakness } from './weak-fernet-key.js';

const urlSafe = (bytes: Buffer | number[]): string => Buffer.from(bytes).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
const newKey = (): string => urlSafe(randomBytes(32));
const env = { CCM_JWT_SECRET: 'f7Kq2-wZs9_Lr4Tn8Xb1Vd6Hc3Jm5Pg0Qy' };
const MODULE = 'http://127.0.0.1:9';

/** Well known ones, put together here so that no scanner takes them for somebody's. */
const KNOWN = {
  'the specification\'s': ['cw_0x689RpI-jtRR', '7oE8h_eQsKImvJapLeSbXpwF4e4='],
  'of a well known container image': ['46BKJoQYlPPOexq0', 'OhDZnIlNepKFf87WFwLbfzqDDho='],
  'of a well known manual': ['81HqDtbqAywKSOum', 'Sha3BhWNOdQ26slT6K0YaZeZyPs='],
};

describe('Missing/default key', () => {
  for (const [name, parts] of Object.entries(KNOWN)) {
    it(`${name} example stops the start, named by its place`, () => {
      const key = newKey();
      expect(() => readEnvironment({ ...env, CCM_FERNET_KEYS: `${key},${parts.join('')}` })).toThrow(/^CCM_FERNET_KEYS: key 2 is a known example\. A new one: openssl /);
      expect(() => fernetKeysOf({ CCM_FERNET_KEYS: parts.join('') })).toThrow(/^CCM_FERNET_KEYS: key 1 is a known example\./);
    });
  }

  const weak: [string, string, RegExp][] = [
    ['all bytes 0', urlSafe(Buffer.alloc(32)), /row of bytes/],
    ['all bytes equal', urlSafe(Buffer.alloc(32, 0xab)), /row of bytes/],
    ['bytes that count up', urlSafe(Array.from({ length: 32 }, (_, index) => index)), /row of bytes/],
    ['bytes that count down from 255', urlSafe(Array.from({ length: 32 }, (_, index) => 255 - index)), /row of bytes/],
    ['two bytes in turn', urlSafe(Array.from({ length: 32 }, (_, index) => (index % 2 ? 7 : 200))), /fewer than 8/],
    ['a piece twice', urlSafe(Buffer.from('0f1e2d3c4b5a6978'.repeat(2))), /repeats/],
    ['a known passphrase', urlSafe(Buffer.from('my_very_long_and_safe_secret_key')), /known example/],
    ['31 bytes', urlSafe(randomBytes(31)), /not 32 bytes/],
    ['33 bytes', urlSafe(randomBytes(33)), /not 32 bytes/],
    ['no padding', newKey().slice(0, -1), /not 32 bytes/],
    ['hex', randomBytes(32).toString('hex'), /not 32 bytes/],
    ['a passphrase', 'correct horse battery staple'.replaceAll(' ', '-'), /not 32 bytes/],
    ['the standard alphabet', `${newKey().slice(0, 41)}+8=`, /not 32 bytes/],
  ];
  for (const [name, key, words] of weak) {
    it(`${name}: stops the start, and the key is not in the words`, () => {
      expect(fernetKeyWeakness(key)).toMatch(words);
      try {
        readEnvironment({ ...env, CCM_FERNET_KEYS: key });
        expect.unreachable();
      } catch (error) {
        expect(String(error)).toMatch(/CCM_FERNET_KEYS: key 1 /);
        expect(String(error)).not.toContain(key);
      }
    });
  }

  it('the same key twice stops the start', () => {
    const key = newKey();
    expect(() => fernetKeysOf({ CCM_FERNET_KEYS: `${key}, ${key}` })).toThrow(/^CCM_FERNET_KEYS: key 2 is the same as key 1/);
  });

  it('random ones are taken, newest first, with commas or blanks between', () => {
    const keys = Array.from({ length: 500 }, newKey);
    expect(readEnvironment({ ...env, CCM_FERNET_KEYS: keys.join(', ') }).fernetKeys).toEqual(keys);
    expect(readEnvironment(env).fernetKeys).toEqual([]);
    expect(readEnvironment({ ...env, CCM_FERNET_KEYS: '' }).fernetKeys).toEqual([]);
  });

  const folder = process.env['CCM_TESTDATA'] === undefined ? undefined : join(process.env['CCM_TESTDATA'], 'fernet');
  const there = folder !== undefined && existsSync(folder);
  it.skipIf(!there)(`every key of the test vectors is refused${there ? '' : ' (skipped: CCM_TESTDATA/fernet is not there)'}`, () => {
    const secrets = ['generate', 'verify', 'invalid'].flatMap((name) => (JSON.parse(readFileSync(join(folder ?? '', `${name}.json`), 'utf8')) as { secret: string }[]).map(({ secret }) => secret));
    expect(secrets.length).toBeGreaterThan(9);
    for (const secret of secrets) expect(fernetKeyWeakness(secret)).toBe('is a known example');
  });

  it('an edge whose store holds secrets does not start without a key, and says which setting is missing', async () => {
    const data = await mkdtemp(join(tmpdir(), 'ccm-key-'));
    const start = (key: string) => wholeEdge({ module: MODULE, env: { CCM_DATABASE_URL: `sqlite:${join(data, 'ccm.db')}`, CCM_FERNET_KEYS: key } });
    try {
      // Nothing to keep yet: it starts, and takes no secret.
      const bare = await start('');
      const headers = { 'authorization': `Bearer ${await tokenOf()}`, 'content-type': 'application/json' };
      const put = (edge: typeof bare) => edge.app.request('/api/v1/credentials/stripe', { method: 'PUT', headers, body: JSON.stringify({ apiName: 'stripe', authType: 'bearer', apiKey: 'sk_live_1234567890' }) });
      expect((await put(bare)).status).toBe(503);
      await bare.close();
      const key = newKey();
      const keyed = await start(key);
      expect((await put(keyed)).status).toBe(201);
      await keyed.close();
      await expect(start('')).rejects.toThrow(/^CCM_FERNET_KEYS: is missing, but sqlite:.* holds secrets/);
      const again = await start(`${newKey()},${key}`);
      expect((await put(again)).status).toBe(200);
      await again.close();
    } finally {
      await rm(data, { recursive: true });
    }
  });
});
