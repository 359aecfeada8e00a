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
  ])('%s and %s: %s', (pattern, path, allowed) => {
    expect(createPathRule([pattern])(path)).toBe(allowed);
  });

  it('allows nothing without patterns', () => {
    expect(createPathRule([])('/v1')).toBe(false);
  });
});
