import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { CredentialSecretInput } from '../../../sdk/contract/credential.js';
import { startGoogleAnalytics } from '../test/stand-ins/google-analytics.js';
import { startMailchimp } from '../test/stand-ins/mailchimp.js';
import { startPayPal } from '../test/stand-ins/paypal.js';
import { startPrometheus } from '../test/stand-ins/prometheus.js';
import { startSendGrid } from '../test/stand-ins/sendgrid.js';
import { chargesOf, startStripe } from '../test/stand-ins/stripe.js';
import { externalRig, readyMade } from './test/rig.js';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
const client = { id: 'id', secret: 'sec', refreshToken: 'ref' };
const account = (email: string): CredentialSecretInput => ({ authType: 'service_account', json: JSON.stringify({ client_email: email, private_key: privateKey }) });

async function probe(name: string, url: string, secret: CredentialSecretInput | undefined, takesAt?: string) {
  const scope = 'https://www.googleapis.com/auth/analytics.readonly';
  const takes = takesAt === undefined ? {} : { takes: [{ kind: 'service_account' as const, tokenUrl: takesAt, scope }] };
  const rig = externalRig([readyMade(name, { baseUrl: url, ...takes })]);
  open.push(rig);
  return rig.source.probe({ tenant: 'acme', user: 'ann', apiName: name, signal: AbortSignal.timeout(5_000), ...(secret && { credential: { secret } }) });
}

describe('each ready-made connector can be tried', () => {
  it('stripe', async () => {
    const server = await startStripe({ keys: ['sk'], charges: chargesOf(1) });
    open.push(server);
    expect(await probe('stripe', server.url, { authType: 'bearer', apiKey: 'sk' })).toMatchObject({ ok: true, status: 200 });
    expect(await probe('stripe', server.url, { authType: 'bearer', apiKey: 'wrong' })).toMatchObject({ ok: false, status: 401, detail: 'Stripe refuses the credential (status 401).' });
    expect(await probe('stripe', server.url, { authType: 'basic', username: 'a', password: 'b' })).toMatchObject({ ok: false, detail: 'Stripe takes no credential of the kind basic; it takes bearer.' });
    expect(await probe('stripe', server.url, undefined)).toMatchObject({ ok: false, detail: 'Connect Stripe.' });
  });

  it('sendgrid, mailchimp, prometheus', async () => {
    const [mail, chimp, prometheus] = [await startSendGrid({ key: 'SG' }), await startMailchimp({ key: 'k-us1', lists: 1 }), await startPrometheus({})];
    open.push(mail, chimp, prometheus);
    expect(await probe('sendgrid', mail.url, { authType: 'bearer', apiKey: 'SG' })).toMatchObject({ ok: true, status: 200 });
    expect(await probe('mailchimp', chimp.url, { authType: 'bearer', apiKey: 'k-us1' })).toMatchObject({ ok: true, status: 200 });
    expect(await probe('prometheus', prometheus.url, undefined)).toMatchObject({ ok: true, status: 200 });
  });

  it('paypal: a token is got anew each time, and kept by nobody', async () => {
    const server = await startPayPal({ clientId: 'id', secret: 'sec', transactions: 1 });
    open.push(server);
    const rig = externalRig([readyMade('paypal', { baseUrl: server.url })]);
    open.push(rig);
    const trial = (clientSecret: string) => rig.source.probe({
      tenant: 'acme', user: 'ann', apiName: 'paypal', endpoint: '/v1/reporting/transactions', signal: AbortSignal.timeout(5_000), credential: { secret: { authType: 'oauth2', clientId: 'id', clientSecret } },
    });
    // The question lacks its dates: the API lets it in and says so.
    expect(await trial('sec')).toMatchObject({ ok: false, status: 400 });
    expect(await trial('wrong')).toMatchObject({ ok: false, status: 401, detail: 'PayPal refuses the credential (status 401).' });
    expect(await trial('sec')).toMatchObject({ ok: false, status: 400 });
    expect(server.tokens).toHaveLength(2);
  });

  it('google_analytics: whose paths name a property is tried by its token', async () => {
    const server = await startGoogleAnalytics({ email: 'a@b', publicKey, client, rows: 1 });
    open.push(server);
    expect(await probe('google_analytics', server.url, account('a@b'), `${server.url}/token`)).toMatchObject({ ok: true, detail: 'Google Analytics lets it in.' });
    expect(await probe('google_analytics', server.url, account('c@d'), `${server.url}/token`)).toMatchObject({ ok: false, status: 400, detail: 'Google Analytics refuses the credential (status 400).' });
  });
});
