import { describe, expect, it } from 'vitest';
import { defineConnector } from './define-connector.js';

const crm = { name: 'crm', baseUrl: 'https://api.crm.example' } as const;

describe('defineConnector', () => {
  it('gives the definition back as it is', () => {
    const definition = {
      ...crm, label: 'Acme CRM', takes: [{ kind: 'oauth2', tokenUrl: '/oauth/token', clientAuth: 'body' }], paths: ['/v2/deals', '/v2/deals/*'], post: ['/v2/search'],
      pagination: { kind: 'page', param: 'page', counts: 'pages', total: 'pages', items: 'deals' }, limits: { perMinute: 60 }, cacheSeconds: 60,
    } as const;
    expect(defineConnector(definition)).toBe(definition);
    expect(defineConnector({ ...crm, baseUrl: 'https://{dc}.api.crm.example', takes: [{ kind: 'bearer' }] }).takes).toHaveLength(1);
  });

  it.each<[object, string]>([
    [{ name: 'CRM!' }, 'name must be 1 to 40 lower case letters'], [{ baseUrl: 'ftp://x' }, 'baseUrl must be an http or https URL'], [{ baseUrl: 'https://a:b@x.example' }, 'baseUrl must have no user'],
    [{ baseUrl: 'https://api.{dc}.example' }, 'baseUrl must be an http or https URL'], [{ baseUrl: 'https://{dc}.x{dc}.example' }, 'baseUrl must be an http or https URL'],
    [{ paths: ['/v2/../admin'] }, 'paths.0 must not have a "." or ".." segment'], [{ paths: ['v2'] }, 'paths.0 must begin with "/"'], [{ post: ['//x'] }, 'post.0 must not have an empty segment'],
    [{ probe: 'ping' }, 'probe must begin with "/"'], [{ takes: [{ kind: 'api_key', headerName: 'Cookie' }] }, 'takes.0.headerName is a header that no key may be sent in'],
    [{ takes: [{ kind: 'api_key', headerName: 'a', queryName: 'b' }] }, 'takes.0.queryName must not stand beside headerName'], [{ takes: [{ kind: 'bearer' }, { kind: 'bearer' }] }, 'takes.1.kind is there twice'],
    [{ takes: [{ kind: 'oauth2', tokenUrl: 'javascript:x' }] }, 'takes.0.tokenUrl must be an http or https URL'], [{ takes: [{ kind: 'oauth2', tokenUrl: '/../token' }] }, 'takes.0.tokenUrl must not have'],
    [{ baseUrl: 'https://{dc}.x.example', takes: [{ kind: 'oauth2', tokenUrl: '/token' }] }, 'takes.0.tokenUrl must name its host'],
    [{ pagination: { kind: 'cursor', param: 'cursor', items: 'rows' } }, 'pagination.next is needed, or lastItem'],
  ])('%j throws where it is written', (more, message) => {
    expect(() => defineConnector({ ...crm, ...more })).toThrow(TypeError);
    expect(() => defineConnector({ ...crm, ...more })).toThrow(`defineConnector: ${message}`);
  });
});
