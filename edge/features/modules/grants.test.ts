import { afterEach, describe, expect, it } from 'vitest';
import { principal, problemOf } from '../test/front-door.js';
import { openRig, type Rig, type RigOptions } from './test/rig.js';

const USERS = { reader: principal('acme', 'reader', ['user'], ['modules.sales.read']) };
const GRANT = { from: 'crm', to: 'sales', endpoints: ['/api/metrics/**', '/api/orders/*/total'] };

let rig: Rig | undefined;
afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

async function open(options: RigOptions = {}) {
  rig = await openRig({ users: USERS, more: { crm: ['acme', 'globex'], mail: ['acme'] }, tenants: ['acme', 'globex'], grants: [GRANT], ...options });
  const { door } = rig;
  const ask = (path: string, secret = 'the-secret-of-crm', headers: Record<string, string> = {}) => door.as(secret)('GET', `/modules/sales/widget-data?${path}`, undefined, headers);
  return { ...rig, ask };
}

describe('a module that asks another', () => {
  it('gets what a grant allows, with the tenant\'s view, once for all who ask, and it is audited', async () => {
    const { ask, asked, audited, door } = await open({ answer: (request, response) => void response.end(JSON.stringify({ as: request.headers.authorization })) });
    const answer = await ask('endpoint=/api/metrics/daily&tenant=acme&days=7');
    expect([answer.status, answer.body]).toEqual([200, {
      data: { as: 'Bearer {"tenant":"acme","aud":"sales"}' }, timestamp: expect.any(String) as string, cursor: expect.any(String) as string,
    }]);
    expect(audited).toEqual([{
      tenant: 'acme', user: 'module:crm', action: 'grant.use', target: 'module:sales /api/metrics/daily', outcome: 'ok',
      milliseconds: expect.any(Number) as number, bytes: expect.any(Number) as number,
    }]);
    await ask('endpoint=/api/metrics/daily&tenant=acme&days=7');
    expect((await door.as('reader')('GET', '/modules/sales/widget-data?endpoint=/api/metrics/daily&days=7')).status).toBe(200);
    expect(asked()).toEqual(['/api/metrics/daily?days=7']);
    await ask('endpoint=/api/orders/5/total&tenant=globex');
    expect(asked()).toHaveLength(2);
  });

  it.each([
    ['another endpoint', 'endpoint=/api/customers&tenant=acme'], ['below a path that ends', 'endpoint=/api/orders/5/total/x&tenant=acme'],
    ['two segments for one', 'endpoint=/api/orders/5/6/total&tenant=acme'], ['the bare prefix', 'endpoint=/api/metrics&tenant=acme'],
  ])('is refused %s, which is audited', async (_name, path) => {
    const { ask, asked, audited } = await open();
    expect(problemOf(await ask(path))).toMatchObject({ status: 403, code: 'forbidden' });
    expect(audited).toEqual([expect.objectContaining({ tenant: 'acme', user: 'module:crm', action: 'access.refused', outcome: 'refused', code: 'forbidden' })]);
    expect(asked()).toEqual([]);
  });

  it.each([
    ['no tenant', 'endpoint=/api/metrics/daily'], ['two tenants', 'endpoint=/api/metrics/daily&tenant=acme&tenant=globex'],
    ['a tenant that is not its own', 'endpoint=/api/metrics/daily&tenant=initech'],
  ])('is refused %s, which stands in no tenant\'s trail', async (_name, path) => {
    const { ask, asked, audited } = await open();
    expect(problemOf(await ask(path))).toMatchObject({ status: 403, code: 'forbidden' });
    expect([audited, asked()]).toEqual([[], []]);
  });

  it('without a grant, against its direction, or of a module that is not there hears the same', async () => {
    const { ask, door, asked } = await open();
    const mail = problemOf(await ask('endpoint=/api/metrics/daily&tenant=acme', 'the-secret-of-mail'));
    expect(mail).toMatchObject({ status: 403, detail: 'No grant lets the module mail ask this.' });
    const back = await door.as('the-secret-of-sales')('GET', '/modules/crm/widget-data?endpoint=/api/metrics/daily&tenant=acme');
    expect(problemOf(back)).toMatchObject({ status: 403, detail: 'No grant lets the module sales ask this.' });
    expect(problemOf(await door.as('the-secret-of-crm')('GET', '/modules/nobody/widget-data?endpoint=/api/metrics/daily&tenant=acme')).status).toBe(403);
    expect(asked()).toEqual([]);
  });

  it('with a secret that is nobody\'s is not authenticated', async () => {
    const { ask, audited } = await open();
    for (const secret of ['', 'guess', 'the-secret-of-crm ', 'the-secret-of-cr']) {
      expect(problemOf(await ask('endpoint=/api/metrics/daily&tenant=acme', secret.trim() === 'the-secret-of-crm' ? 'the-secret-of-CRM' : secret))).toMatchObject({ status: 401, code: 'unauthenticated' });
    }
    expect(audited).toEqual([]);
  });

  it('is held to the tenants of the grant', async () => {
    const { ask } = await open({ grants: [{ ...GRANT, tenants: ['globex'] }] });
    expect((await ask('endpoint=/api/metrics/daily&tenant=acme')).status).toBe(403);
    expect((await ask('endpoint=/api/metrics/daily&tenant=globex')).status).toBe(200);
  });

  it('where the other does not serve the tenant is refused', async () => {
    const { ask } = await open({ tenants: ['acme'] });
    expect((await ask('endpoint=/api/metrics/daily&tenant=globex')).status).toBe(403);
  });

  it('hears of the other\'s faults, which are audited as failed', async () => {
    const { ask, audited } = await open({ answer: (_request, response) => void response.writeHead(500).end('{}') });
    expect(problemOf(await ask('endpoint=/api/metrics/daily&tenant=acme'))).toMatchObject({ status: 502, code: 'upstream_status' });
    expect(audited).toEqual([expect.objectContaining({ action: 'grant.use', outcome: 'failed', code: 'upstream_status' })]);
  });
});
