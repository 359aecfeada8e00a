import { describe, expect, it } from 'vitest';
import { endpointFault } from './endpoint.js';

describe('endpointFault', () => {
  it.each([
    '/', '/v1/charges', '/api/metrics/daily-summary', '/api/metrics/', '/reports/by%20region', '/users/ann@example.com', '/a/b;v=2/c', '/größe',
    '/caf%C3%A9', '/..hidden', '/a/...', '/a..b/c', '/v1/items:batch', '/a,b/(c)', `/${'x'.repeat(499)}`,
  ])('lets %s pass', (endpoint) => {
    expect(endpointFault(endpoint)).toBeUndefined();
  });

  it.each([
    ['', 'must begin with "/"'],
    ['v1/charges', 'must begin with "/"'],
    ['https://evil.example/x', 'must begin with "/"'],
    ['/a b', 'must not have blanks or control characters'],
    ['/a?b=1', 'must be a path alone: what follows "?" belongs into params'],
    ['//evil', 'must not have an empty segment ("//")'],
    ['/a/../b', 'must not have a "." or ".." segment'],
    ['/100%', 'must not have a "%" that is no escape'],
    [`/${'x'.repeat(500)}`, 'must be at most 500 characters long'],
  ])('says of %j: %s', (endpoint, fault) => {
    expect(endpointFault(endpoint)).toBe(fault);
  });
});
