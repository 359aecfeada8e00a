import { expect, it } from 'vitest';
import type { CcmClient } from './client.js';
import { createConnectors } from './connectors.js';
import { createCredentials } from './credentials.js';

/** What was asked, in order; every answer is the question. */
function recorder() {
  const asked: unknown[][] = [];
  const request: CcmClient['request'] = <T>(method: string, path: string, { query, body }: { query?: unknown; body?: unknown } = {}) => {
    asked.push([method, path, ...(query === undefined ? [] : [query]), ...(body === undefined ? [] : [body])]);
    return Promise.resolve({ data: { items: [], asked: path } as T, status: 200 });
  };
  return { asked, client: { request } };
}

it('asks for credentials by their routes', async () => {
  const { asked, client } = recorder();
  const credentials = createCredentials(client);
  const secret = { apiName: 'stripe', authType: 'bearer', apiKey: 'sk' } as const;
  expect(await credentials.list()).toMatchObject({ items: [] });
  await credentials.set('stripe_api_key', secret);
  await credentials.remove('stripe_api_key');
  await credentials.remove('stripe_api_key', { shared: true });
  expect(asked).toEqual([
    ['GET', '/credentials'],
    ['PUT', '/credentials/stripe_api_key', secret],
    ['DELETE', '/credentials/stripe_api_key', { shared: undefined }],
    ['DELETE', '/credentials/stripe_api_key', { shared: true }],
  ]);
});

it('asks for connectors by their routes', async () => {
  const { asked, client } = recorder();
  const connectors = createConnectors(client);
  const shop = { baseUrl: 'https://shop.test', auth: { kind: 'bearer' }, paths: ['/v1/**'] } as const;
  await connectors.list();
  await connectors.set('shop', { ...shop, paths: [...shop.paths] });
  await connectors.test({ apiName: 'shop', credentials: 'shop' });
  await connectors.remove('shop');
  expect(asked).toEqual([
    ['GET', '/external-api/connectors'],
    ['PUT', '/external-api/connectors/shop', shop],
    ['POST', '/external-api/test', { apiName: 'shop', credentials: 'shop' }],
    ['DELETE', '/external-api/connectors/shop'],
  ]);
});

it.each(['', '.', '..'])('refuses %j as a name: it would climb out of its place', async (name) => {
  const { asked, client } = recorder();
  await expect(createCredentials(client).set(name, { apiName: 'a', authType: 'bearer', apiKey: 'k' })).rejects.toMatchObject({ code: 'bad_request' });
  await expect(createConnectors(client).remove(name)).rejects.toMatchObject({ code: 'bad_request' });
  expect(asked).toEqual([]);
});

it('a name goes out as one segment of the path', async () => {
  const { asked, client } = recorder();
  await createCredentials(client).remove('../a/b?c');
  expect(asked[0]?.[1]).toBe('/credentials/..%2Fa%2Fb%3Fc');
});
