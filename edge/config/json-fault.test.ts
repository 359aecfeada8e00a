import { expect, it } from 'vitest';
import { jsonFault } from './json-fault.js';

function told(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    return jsonFault(text, error);
  }
  throw new Error('is JSON');
}

it.each<[string, RegExp]>([
  ['{\n  "a": 1\n  "b": 2\n}', /^line 3, column 3: expected ',' or '}' after property value$/],
  ['{\n  "a": 1,\n}', /^line 3, column 1: expected double-quoted property name$/],
  ['{\n  "a": tru\n}', /^line 2, column 11: unexpected token/],
  ['{\n  "a": \'x\'\n}', /^line 2, column 8: unexpected token/],
  ['{\n  // why\n  "a": 1\n}', /^line 2, column 3: expected property name or '}'/],
  ['{"a": {"b": 1}', /^line 1, column 15: /],
  ['', /^line 1, column 1: unexpected end/],
  ['{"a": 1}}', /^line 1, column 9: unexpected non-whitespace character$/],
])('%j', (text, words) => expect(told(text)).toMatch(words));

it('finds the place in a large file', () => {
  const lines = Array.from({ length: 5_000 }, (_, index) => `  "key${index}": [${index}, "x"],`);
  expect(told(`{\n${lines.join('\n')}\n  "last": [1, 2,, 3]\n}`)).toMatch(/^line 5002, column 17: unexpected token/);
});
