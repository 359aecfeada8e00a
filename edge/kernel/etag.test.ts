import { describe, expect, test } from 'vitest';
import { etagOf, hasEtag, requireVersion } from './etag.js';

test('a tag holds the version and the view', () => {
  expect(etagOf('a1')).toBe('"a1"');
  expect(etagOf('a1', 'm')).toBe('"a1.m"');
});

describe('hasEtag', () => {
  test.each([
    ['"a1.m"', true], ['"x", "a1.m"', true], ['W/"a1.m"', true], ['*', true], [' * ', true],
    ['"a1"', false], ['a1.m', false], ['', false], ['"a1.m', false], [undefined, false],
  ])('%j', (header, expected) => {
    expect(hasEtag(header, '"a1.m"')).toBe(expected);
  });
});

describe('requireVersion', () => {
  test.each([undefined, '*', '"a1"', '"a1.m"', 'W/"a1.m"', '"b2", "a1.v"'])('%j lets the write stand', (header) => {
    expect(() => requireVersion(header, 'a1')).not.toThrow();
  });

  test.each(['"b2"', '"a1x"', 'a1', '', '"b2.a1"', '""'])('%j is another version', (header) => {
    expect(() => requireVersion(header, 'a1')).toThrow(expect.objectContaining({ code: 'stale_etag', status: 412 }));
  });
});
