import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fernetKey } from './fernet-key.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccm-demo-key-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is made once, kept with the data, and readable by its owner alone', () => {
  const key = fernetKey(folder);
  expect(key).toMatch(/^[\w-]{43}=$/);
  expect(fernetKey(folder)).toBe(key);
  const file = join(folder, 'fernet.key');
  expect(readFileSync(file, 'utf8')).toBe(`${key}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('is another one in each folder, and each time where nothing is kept', () => {
  expect(new Set([fernetKey(folder), fernetKey(':memory:'), fernetKey(':memory:')]).size).toBe(3);
});
