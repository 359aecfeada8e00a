import { describe, expect, it } from 'vitest';
import { createPathRule } from './paths.js';

describe('allowed paths of a connector', () => {
  it.each<[string, string, boolean]>([
    ['/v1/charges', '/v1/charges', true],
    ['/v1/charges', '/v1/charges/', false],
    ['/v1/charges', '/v1/chargesx', false],
    ['/v1/charges', '/x/v1/charges', false],
    ['/v1/*', '/v1/balance', true],
    ['/v1/*', '/v1/balance/history', false],
    ['/v1/*', '/v1/', false],
    ['/v1/**', '/v1/balance/history', true],
    ['/v1/**', '/v1', false],
    ['/v1/**', '/v2/x', false],
    ['/v1/*/lines', '/v1/42/lines', true],
    ['/v1/rep*', '/v1/reports', true],
    ['/v1/a.b', '/v1/axb', false],
    ['/v1/(a|b)', '/v1/a', false],
    ['/**', '/anything/at/all', true],
    ['/**', '/', false],
    ['/v1/**', '/v1/', false],
    ['/v1/**', '/v1/a/', true],
    ['/**/lines', '/v1/42/lines', true],
    ['/**/lines', '/lines', false],
    ['/**/a/*/b', '/x/a/1/a/2/b', true],
    ['/**/a/**/b', '/x/a/b', false],
    ['/**/a/**/b', '/x/a/y/z/b', true],
    ['/v1/*:report', '/v1/p:report', true],
    ['/v1/*:report', '/v1/:report', false],
    ['/v1/a*b*c', '/v1/a1b2bc', true],
    ['/v1/a*b*c', '/v1/abbc', false],
    ['/v1/a*b*c', '/v1/axbc', false],
    ['/v1/a**b', '/v1/axb', false],
    ['/v1/a**b', '/v1/axyb', true],
    ['/v1/*', '/v1/\u{1f600}', true],
  ])('%s and %s: %s', (pattern, path, allowed) => {
    expect(createPathRule([pattern])(path)).toBe(allowed);
  });

  it('allows nothing without patterns', () => {
    expect(createPathRule([])('/v1')).toBe(false);
  });
});
