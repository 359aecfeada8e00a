import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('..', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');

/** Names as they are compared: tests may stand in a title of their own case and quote differently. */
const plain = (text: string): string => text.toLowerCase().replaceAll(/[`\\]/g, '');

const rows = [...read('docs/hazards.md').matchAll(/^\| (?!hazard \||---)(.+?) \| (.+) \|$/gm)].map(([, name = '', where = '']) => ({ name, where }));

it('the list is read', () => {
  expect(rows.length).toBeGreaterThan(50);
});

describe.each(rows)('$name', ({ name, where }) => {
  it('has a test of its name, or a decision why there is none', () => {
    const files = [...where.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file);
    if (files.length === 0) {
      const decision = /\(([^)]+)\)/.exec(where)?.[1] ?? '';
      expect(plain(read(`docs/${decision}`))).toContain(plain(name));
      return;
    }
    for (const file of files) expect(plain(read(file)), file).toContain(plain(name));
  });
});
