/** HAZARDS 5: what goes wrong with Fernet, and with what is kept by it. */
import { execFileSync } from 'node:child_process';
import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeUrlSafe } from './base64.js';
import { readFernetKey, type FernetKey } from './key.js';
import { decryptFernet, encryptFernet } from './token.js';
import { createVault } from './vault.js';

const newKey = (): string => encodeUrlSafe(randomBytes(32));
const KEY = newKey();
const PLACE = { tenant: 'acme', owner: 'ada', name: 'stripe' };

function keyOf(text: string): FernetKey {
  const key = readFernetKey(text);
  if (key === undefined) throw new Error('no key');
  return key;
}

interface Vector {
  desc?: string;
  token: string;
  now: string;
  secret: string;
  src?: string;
  ttl_sec?: number;
  iv?: number[];
}
const folder = process.env['CCM_TESTDATA'] === undefined ? undefined : join(process.env['CCM_TESTDATA'], 'fernet');
const there = folder !== undefined && existsSync(folder);
const vectors = (name: string): Vector[] => (there ? JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Vector[] : []);
const seconds = (iso: string): number => Date.parse(iso) / 1000;
const skipped = there ? '' : ' (skipped: CCM_TESTDATA/fernet is not there)';

describe(`Wrong Fernet${skipped}`, () => {
  it.skipIf(!there)('makes the token of the specification, byte for byte', () => {
    const all = vectors('generate');
    expect(all.length).toBeGreaterThan(0);
    for (const { secret, src = '', now, iv = [], token } of all) {
      expect(encryptFernet(keyOf(secret), Buffer.from(src), BigInt(seconds(now)), Buffer.from(iv))).toBe(token);
    }
  });
  it.skipIf(!there)('opens what the specification opens', () => {
    const all = vectors('verify');
    expect(all.length).toBeGreaterThan(0);
    for (const { secret, src, now, token, ttl_sec: ttl = 0 } of all) {
      expect(decryptFernet(keyOf(secret), token, { ttl, now: seconds(now) })?.plaintext.toString()).toBe(src);
    }
  });
  it.skipIf(!there)('refuses all 8 that the specification refuses', () => {
    const all = vectors('invalid');
    expect(all).toHaveLength(8);
    for (const { secret, now, token, ttl_sec: ttl = 0, desc } of all) {
      expect(decryptFernet(keyOf(secret), token, { ttl, now: seconds(now) }), desc).toBeUndefined();
    }
  });
  it('signs with the first half of the key and encrypts with the second', () => {
    const [first, second] = [randomBytes(16), randomBytes(16)];
    const token = Buffer.from(encryptFernet(keyOf(encodeUrlSafe(Buffer.concat([first, second]))), Buffer.from('x'), 1n), 'base64url');
    expect(createHmac('sha256', first).update(token.subarray(0, -32)).digest()).toEqual(token.subarray(-32));
  });
  it('never uses an IV twice', () => {
    const ivs = Array.from({ length: 2_000 }, () => Buffer.from(encryptFernet(keyOf(KEY), Buffer.from('x'), 1n), 'base64url').subarray(9, 25).toString('hex'));
    expect(new Set(ivs).size).toBe(2_000);
  });
  it('takes as a key 32 bytes in url-safe base64 and nothing else', () => {
    for (const text of ['', KEY.slice(0, -1), `${KEY}=`, ` ${KEY}`, `${KEY}\n`, 'x'.repeat(44), encodeUrlSafe(randomBytes(31)), encodeUrlSafe(randomBytes(33)), KEY.slice(0, 42) + '/=']) {
      expect(readFernetKey(text), JSON.stringify(text)).toBeUndefined();
      expect(() => createVault([KEY, text])).toThrow('CCM_FERNET_KEYS: key 2 is not 32 bytes in url-safe base64.');
    }
  });
});

/** Whether this machine has the second implementation. */
const python = ((): boolean => {
  try {
    execFileSync('python3', ['-c', 'import cryptography'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe(`Wrong Fernet: against Python's cryptography${python ? '' : ' (skipped: python3 has no cryptography)'}`, () => {
  const texts = ['', 'x', 'hello', 'fünfzehn Zeichen', '16 bytes exactly', '€ 👩‍🚀 \u0000', 'k'.repeat(16 * 1024)];
  const run = (code: string, input: object): string[] =>
    JSON.parse(execFileSync('python3', ['-c', `import sys, json\nfrom cryptography.fernet import Fernet, MultiFernet\ngiven = json.load(sys.stdin)\n${code}`], { input: JSON.stringify(input) }).toString()) as string[];

  it.skipIf(!python)('it opens ours', () => {
    const tokens = texts.map((text) => encryptFernet(keyOf(KEY), Buffer.from(text), BigInt(Math.floor(Date.now() / 1000))));
    const opened = run('print(json.dumps([Fernet(given["key"]).decrypt(token, ttl=60).decode() for token in given["tokens"]]))', { key: KEY, tokens });
    expect(opened).toEqual(texts);
  });
  it.skipIf(!python)('we open its own', () => {
    const tokens = run('print(json.dumps([Fernet(given["key"]).encrypt(text.encode()).decode() for text in given["texts"]]))', { key: KEY, texts });
    expect(tokens.map((token) => decryptFernet(keyOf(KEY), token, { ttl: 60, now: Date.now() / 1000 })?.plaintext.toString())).toEqual(texts);
  });
  it.skipIf(!python)('it opens what we renewed, and we what it rotated; both keep the time', () => {
    const next = newKey();
    const ours = createVault([KEY], { now: () => 1_600_000_000_000 }).seal('s3cret', PLACE);
    const renewed = createVault([next, KEY]).renew(ours) ?? '';
    const [opened, time, rotated] = run(
      'f = Fernet(given["next"])\nprint(json.dumps([f.decrypt(given["renewed"]).decode(), str(f.extract_timestamp(given["renewed"])), '
      + 'MultiFernet([f, Fernet(given["key"])]).rotate(given["ours"]).decode()]))',
      { next, key: KEY, renewed, ours },
    );
    expect(JSON.parse(opened ?? '')).toEqual({ ...PLACE, secret: 's3cret' });
    expect(time).toBe('1600000000');
    expect(createVault([next]).open(rotated ?? '', PLACE)).toBe('s3cret');
    expect(decryptFernet(keyOf(next), rotated ?? '')?.time).toBe(1_600_000_000n);
  });
});

describe('TTL used on stored secrets', () => {
  it('a secret that was sealed 50 years ago, or in the future, opens', () => {
    for (const at of [-20 * 365, 0, 50 * 365, -50 * 365].map((days) => Date.now() + days * 86_400_000).filter((at) => at > 0)) {
      expect(createVault([KEY]).open(createVault([KEY], { now: () => at }).seal('s3cret', PLACE), PLACE)).toBe('s3cret');
    }
  });
  it.skipIf(!there)(`without a ttl the far-future and the expired token of the specification open${skipped}`, () => {
    const aged = vectors('invalid').filter(({ desc = '' }) => /far-future|expired/.test(desc));
    expect(aged.map(({ secret, token }) => decryptFernet(keyOf(secret), token)?.plaintext.toString())).toEqual(['', '']);
  });
  it('with a ttl: to its last second, and 60 s ahead of the clock', () => {
    const at = (time: number) => decryptFernet(keyOf(KEY), encryptFernet(keyOf(KEY), Buffer.from('x'), BigInt(time)), { ttl: 100, now: 10_000 });
    expect(at(9_900)).toBeDefined();
    expect(at(9_899)).toBeUndefined();
    expect(at(10_060)).toBeDefined();
    expect(at(10_061)).toBeUndefined();
  });
});

describe('Node\'s lenient base64', () => {
  const token = encryptFernet(keyOf(KEY), Buffer.from('a secret of some length, so that the token ends without padding?'), 1_700_000_000n);
  const padded = [1, 2, 3].map((more) => encryptFernet(keyOf(KEY), Buffer.from('x'.repeat(16 * more)), 1n)).find((text) => text.endsWith('=')) ?? token;
  const spellings: Record<string, string> = {
    'percent signs': `${token.slice(0, 20)}%%${token.slice(20)}`,
    'a space inside': `${token.slice(0, 20)} ${token.slice(20)}`,
    'a space before': ` ${token}`,
    'a line end after': `${token}\n`,
    'a line end inside': `${token.slice(0, 76)}\r\n${token.slice(76)}`,
    'a NUL': `${token}\u0000`,
    'no padding': padded.replace(/=+$/, ''),
    'too much padding': `${padded}=`,
    'padding inside': `${token.slice(0, 8)}====${token.slice(8)}`,
    'the standard alphabet': token.replaceAll('-', '+').replaceAll('_', '/'),
    'full-width letters': token.replace('A', 'Ａ'),
    'nothing': '',
  };
  it('opens the one spelling', () => {
    expect(decryptFernet(keyOf(KEY), token)).toBeDefined();
    expect(decryptFernet(keyOf(KEY), padded)).toBeDefined();
    expect(padded).toMatch(/=$/);
  });
  for (const [name, text] of Object.entries(spellings)) {
    // A token without - or _ is spelt alike in both alphabets.
    it(`${name}: refused`, () => expect(text !== token && decryptFernet(keyOf(KEY), text) !== undefined).toBe(false));
  }
  it('stray bits before the padding: refused', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const end = padded.replace(/=+$/, '');
    const twin = `${end.slice(0, -1)}${alphabet.charAt(alphabet.indexOf(end.slice(-1)) ^ 1)}${'='.repeat(padded.length - end.length)}`;
    expect(Buffer.from(twin, 'base64url')).toEqual(Buffer.from(padded, 'base64url'));
    expect(decryptFernet(keyOf(KEY), twin)).toBeUndefined();
  });
});

describe('HMAC compare / order', () => {
  const vault = createVault([KEY]);
  const sealed = vault.seal('s3cret', PLACE);
  const bytes = Buffer.from(sealed, 'base64url');
  const key = keyOf(KEY);
  /** A token with this body and a right HMAC. */
  const signed = (body: Buffer): string => encodeUrlSafe(Buffer.concat([body, createHmac('sha256', key.signing).update(body).digest()]));
  const flipped = (at: number): string => {
    const copy = Buffer.from(bytes);
    copy[at < 0 ? copy.length + at : at]! ^= 1;
    return encodeUrlSafe(copy);
  };
  const badPadding = (): string => {
    const cipher = createCipheriv('aes-128-cbc', key.encryption, bytes.subarray(9, 25)).setAutoPadding(false);
    return signed(Buffer.concat([bytes.subarray(0, 25), cipher.update(Buffer.alloc(32)), cipher.final()]));
  };
  const plain = (text: string): string => encryptFernet(key, Buffer.from(text), 1n);
  const faults: Record<string, string> = {
    'another version': flipped(0),
    'another time': flipped(8),
    'another IV': flipped(9),
    'another ciphertext': flipped(30),
    'a wrong HMAC, first byte': flipped(-32),
    'a wrong HMAC, last byte': flipped(-1),
    'another version, rightly signed': signed(Buffer.concat([Buffer.from([0x81]), bytes.subarray(1, -32)])),
    'a wrong padding, rightly signed': badPadding(),
    'a wrong length, rightly signed': signed(bytes.subarray(0, -33)),
    'no ciphertext, rightly signed': signed(bytes.subarray(0, 25)),
    'a cut token': sealed.slice(0, 40),
    'another key': createVault([newKey()]).seal('s3cret', PLACE),
    'no JSON': plain('s3cret'),
    'JSON of another form': plain('[]'),
    'null': plain('null'),
    'no secret in it': plain(JSON.stringify(PLACE)),
    'a secret that is no text': plain(JSON.stringify({ ...PLACE, secret: 7 })),
    'another place': vault.seal('s3cret', { ...PLACE, owner: 'bob' }),
    'no token': 'gAAAA',
  };
  for (const [name, text] of Object.entries(faults)) {
    it(`${name}: the one error`, () => expect(() => vault.open(text, PLACE)).toThrow(new Error('The sealed secret cannot be opened.')));
  }
  it('nothing is decrypted before the HMAC is right: a token whose padding cannot be right fails the same', () => {
    // A bad HMAC over bad padding, and over good padding: neither says more, and neither gets as far as the cipher.
    for (const text of [flipped(-1), encodeUrlSafe(Buffer.concat([Buffer.from(badPadding(), 'base64url').subarray(0, -1), Buffer.from([0])]))]) {
      expect(decryptFernet(key, text)).toBeUndefined();
    }
  });
});

describe('Rotation', () => {
  const [old, next] = [newKey(), newKey()];
  it('the first key seals, all of them open', () => {
    const sealed = createVault([old]).seal('s3cret', PLACE);
    expect(createVault([next, old]).open(sealed, PLACE)).toBe('s3cret');
    const fresh = createVault([next, old]).seal('s3cret', PLACE);
    expect(createVault([next]).open(fresh, PLACE)).toBe('s3cret');
    expect(() => createVault([old]).open(fresh, PLACE)).toThrow('cannot be opened');
  });
  it('renewing keeps the time, takes a new IV, and does nothing the second time', () => {
    const sealed = createVault([old], { now: () => 1_500_000_000_999 }).seal('s3cret', PLACE);
    const both = createVault([next, old]);
    const renewed = both.renew(sealed) ?? '';
    expect(decryptFernet(keyOf(next), renewed)?.time).toBe(1_500_000_000n);
    expect(Buffer.from(renewed, 'base64url').subarray(9, 25)).not.toEqual(Buffer.from(sealed, 'base64url').subarray(9, 25));
    expect(both.renew(sealed)).not.toBe(renewed);
    expect(both.renew(renewed)).toBeUndefined();
    expect(createVault([next]).open(renewed, PLACE)).toBe('s3cret');
  });
  it('after the old key is dropped, what is under it stays shut', () => {
    const sealed = createVault([old]).seal('s3cret', PLACE);
    const vault = createVault([next]);
    expect(() => vault.open(sealed, PLACE)).toThrow('cannot be opened');
    expect(() => vault.renew(sealed)).toThrow('cannot be opened');
  });
  it('renewing does not move a secret: its place stays in it', () => {
    const renewed = createVault([next, old]).renew(createVault([old]).seal('s3cret', { ...PLACE, tenant: 'globex' })) ?? '';
    expect(() => createVault([next]).open(renewed, PLACE)).toThrow('cannot be opened');
  });
});

describe('Secret moved between tenants/rows', () => {
  const vault = createVault([KEY]);
  for (const other of [{ tenant: 'globex' }, { owner: 'bob' }, { owner: '' }, { name: 'stripe2' }]) {
    it(`sealed for ${JSON.stringify(other)}: refused`, () => {
      expect(() => vault.open(vault.seal('s3cret', { ...PLACE, ...other }), PLACE)).toThrow('cannot be opened');
    });
  }
  it('no choice of names makes two places one', () => {
    const sealed = vault.seal('s3cret', { tenant: 'a', owner: 'b","name":"c', name: 'd' });
    expect(() => vault.open(sealed, { tenant: 'a', owner: 'b', name: 'c' })).toThrow('cannot be opened');
    expect(vault.open(sealed, { tenant: 'a', owner: 'b","name":"c', name: 'd' })).toBe('s3cret');
  });
});

describe('Missing key', () => {
  it('nothing is sealed, with words that name the setting; nothing opens', () => {
    const vault = createVault([]);
    expect(vault.usable).toBe(false);
    expect(() => vault.seal('s3cret', PLACE)).toThrow(expect.objectContaining({ code: 'vault_missing', status: 503, message: expect.stringContaining('CCM_FERNET_KEYS') }));
    expect(() => vault.open(createVault([KEY]).seal('s3cret', PLACE), PLACE)).toThrow('cannot be opened');
  });
});
