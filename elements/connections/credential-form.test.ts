import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import {
  card, faultAt, formOf, isOpen, mountConnections, press, SECRET, startConnections, text, type, untilCards, untilClosed, untilOpen,
} from '../core/test/connections-on-page.js';
import { HOSTILE } from '../core/test/samples.js';
import { connector, type StandInConnections } from '../core/test/stand-in-connections.js';
import { until, type StandIn } from '../core/test/stand-in-edge.js';
import type { CcmConnections } from './ccm-connections.js';

const SERVICE_ACCOUNT = JSON.stringify({ client_email: 'a@b.test', private_key: SECRET });
const outcome = (root: ShadowRoot) => text(root.querySelector('.outcome'));
const lastBody = (api: StandInConnections) => JSON.parse(api.bodies.at(-1)!) as Record<string, unknown>;

async function openForm(api: string, name = `Connect ${api[0]!.toUpperCase()}${api.slice(1)}`): Promise<{ element: CcmConnections; root: ShadowRoot }> {
  const element = await mountConnections();
  await until('the card is there', () => card(element, api) !== undefined);
  press(card(element, api), name);
  const root = formOf(element);
  await untilOpen(root);
  return { element, root };
}

describe('the form of a credential', () => {
  let edge: StandIn;
  let api: StandInConnections;

  before(async () => {
    ({ edge, api } = await startConnections());
  });
  after(() => edge.close());
  beforeEach(() =>
    api.reset(
      connector('stripe'),
      connector('crm', { takes: [{ kind: 'api_key', queryName: 'key' }, { kind: 'basic' }] }),
      connector('analytics', {
        takes: [{ kind: 'service_account', tokenUrl: 'https://t.test', scope: 'read' }, { kind: 'oauth2', tokenUrl: 'https://t.test' }],
      }),
    ));

  it('tries what was typed without keeping it, saves it, and says so', async () => {
    const { element, root } = await openForm('stripe');
    const heard: unknown[] = [];
    element.addEventListener('ccm-connection-change', ({ detail }) => heard.push(detail));
    expect(text(root.querySelector('h2'))).to.equal('Connect Stripe');
    type(root, 'apiKey', ` ${SECRET}\n`);
    press(root, 'Test');
    await until('it is told', () => outcome(root).includes('It works (132 ms) HTTP 200'));
    expect(lastBody(api)).to.deep.equal({ apiName: 'stripe', authType: 'bearer', apiKey: SECRET });
    expect(api.asked).not.to.contain('PUT stripe');
    press(root, 'Save');
    await untilClosed(root);
    expect(lastBody(api)).to.deep.equal({ apiName: 'stripe', authType: 'bearer', apiKey: SECRET });
    await until('it stands in the list', () => text(card(element, 'stripe')).includes('Connected as ••••4242'));
    expect(heard).to.deep.equal([{ name: 'stripe' }]);
    expect(text(element.shadowRoot!.querySelector('[role=status]'))).to.equal('Stripe is connected');
    await until('the focus is at the API', () => text(element.shadowRoot!.activeElement) === 'Stripe');
  });

  it('takes each way of signing in, and nothing from one to the other', async () => {
    const { root } = await openForm('crm');
    type(root, 'apiKey', SECRET);
    const choose = root.querySelector<HTMLSelectElement>('#authType')!;
    choose.value = 'basic';
    choose.dispatchEvent(new Event('change'));
    await until('there are other fields', () => root.querySelector('[name=password]') !== null);
    expect([...root.querySelectorAll<HTMLInputElement>('input')].map(({ value }) => value)).not.to.contain(SECRET);
    type(root, 'username', 'anna');
    type(root, 'password', ` ${SECRET} `);
    press(root, 'Save');
    await untilClosed(root);
    expect(lastBody(api)).to.deep.equal({ apiName: 'crm', authType: 'basic', username: 'anna', password: ` ${SECRET} ` });
  });

  it('says where an API wants its key', async () => {
    const { root } = await openForm('crm');
    type(root, 'apiKey', SECRET);
    press(root, 'Save');
    await untilClosed(root);
    expect(lastBody(api)).to.deep.equal({ apiName: 'crm', authType: 'api_key', queryName: 'key', apiKey: SECRET });
  });

  it('takes the file of a service account, or its text, and refuses what is none', async () => {
    const { root } = await openForm('analytics');
    type(root, 'json-text', 'not json');
    press(root, 'Save');
    await until('it is refused here', () => faultAt(root, 'json-text').includes('no JSON'));
    type(root, 'json-text', '');
    const file = new DataTransfer();
    file.items.add(new File([SERVICE_ACCOUNT], 'key.json', { type: 'application/json' }));
    root.querySelector<HTMLInputElement>('[name=json]')!.files = file.files;
    press(root, 'Save');
    await untilClosed(root);
    expect(lastBody(api)).to.deep.equal({ apiName: 'analytics', authType: 'service_account', json: SERVICE_ACCOUNT });
  });

  it('takes OAuth 2.0 with what is optional left out', async () => {
    const { root } = await openForm('analytics');
    const choose = root.querySelector<HTMLSelectElement>('#authType')!;
    choose.value = 'oauth2';
    choose.dispatchEvent(new Event('change'));
    await until('there are other fields', () => root.querySelector('[name=clientId]') !== null);
    type(root, 'clientId', 'c-1');
    type(root, 'clientSecret', SECRET);
    press(root, 'Save');
    await untilClosed(root);
    expect(lastBody(api)).to.deep.equal({ apiName: 'analytics', authType: 'oauth2', clientId: 'c-1', clientSecret: SECRET });
  });

  it('keeps what was typed on an error, and says at the field what is wrong with it (422)', async () => {
    const { root } = await openForm('stripe');
    press(root, 'Save');
    await until('it is needed', () => faultAt(root, 'apiKey') === 'Needed');
    expect(root.activeElement?.id).to.equal('apiKey');
    expect(api.asked).not.to.contain('PUT stripe');
    type(root, 'apiKey', SECRET);
    await until('it is said no more', () => root.querySelector('.fault') === null);
    api.refuse = { PUT: { code: 'invalid', errors: [{ path: 'apiKey', message: 'must be printable ASCII' }, { path: 'apiName', message: 'is unknown' }] } };
    press(root, 'Save');
    await until('it is said', () => faultAt(root, 'apiKey') === 'must be printable ASCII');
    expect(outcome(root)).to.equal('apiName: is unknown');
    const input = root.querySelector<HTMLInputElement>('#apiKey')!;
    expect(input.value).to.equal(SECRET);
    expect(root.activeElement).to.equal(input);
    expect(input.getAttribute('aria-describedby')).to.contain('apiKey-fault');
    await expect(root.host as HTMLElement).to.be.accessible();
  });

  it('says that one may not share it (403), and saves it for oneself then', async () => {
    api.rights = {};
    const { root } = await openForm('stripe');
    type(root, 'apiKey', SECRET);
    root.querySelector<HTMLInputElement>('#shared')!.checked = true;
    api.refuse = { PUT: { code: 'forbidden' } };
    press(root, 'Save');
    await until('it is said', () => faultAt(root, 'shared').includes('You may not share a connection.'));
    expect(lastBody(api)).to.include({ shared: true });
    api.refuse = {};
    root.querySelector<HTMLInputElement>('#shared')!.click();
    press(root, 'Save');
    await untilClosed(root);
    expect(lastBody(api)).not.to.have.property('shared');
  });

  it('does not offer to share where the edge says that one may not', async () => {
    api.rights = { mayShare: false };
    const { root } = await openForm('stripe');
    expect(root.querySelector('#shared')).to.equal(null);
  });

  it('replaces under the same name, for the same people', async () => {
    api.credentials = [{ name: 'live-key', apiName: 'stripe', authType: 'bearer', last4: '1111', createdAt: '2026-03-01T08:00:00.000Z', shared: true }];
    const { element, root } = await openForm('stripe', 'Replace: Stripe ••••1111 shared with the company');
    expect(text(root.querySelector('h2'))).to.equal('Replace the key of Stripe');
    expect(root.querySelector('#shared')).to.equal(null);
    type(root, 'apiKey', SECRET);
    press(root, 'Save');
    await untilClosed(root);
    expect(api.asked).to.contain('PUT live-key');
    expect(lastBody(api)).to.include({ shared: true });
    await until('it stands in the list', () => text(card(element, 'stripe')).includes('••••4242'));
    expect(card(element, 'stripe')!.querySelectorAll('li')).to.have.length(1);
  });

  it('says what failed on the way, and what the other side said of the key', async () => {
    const { root } = await openForm('stripe');
    type(root, 'apiKey', SECRET);
    api.tested = { ok: false, status: 401, ms: 51.4, detail: 'Stripe refuses the key.' };
    press(root, 'Test');
    await until('it is told', () => outcome(root).includes('It did not work (51 ms) HTTP 401 · Stripe refuses the key.'));
    await expect(root.host as HTMLElement).to.be.accessible();
    api.refuse = { PUT: { code: 'vault_missing' } };
    press(root, 'Save');
    await until('it is told', () => outcome(root).includes('The stand-in says vault_missing.'));
    expect(isOpen(root)).to.equal(true);
  });

  it('asks for a path to try, and says where one may not try', async () => {
    api.connectors[0] = connector('stripe', { paths: ['/v1/*/metadata'] });
    const { root } = await openForm('stripe');
    type(root, 'apiKey', SECRET);
    api.refuse = { TEST: { code: 'bad_request', errors: [{ path: 'endpoint', message: 'is required' }] } };
    press(root, 'Test');
    await until('it asks', () => root.querySelector<HTMLInputElement>('#endpoint')?.value === '/v1/*/metadata');
    expect(faultAt(root, 'endpoint')).to.equal('is required');
    expect(root.activeElement?.id).to.equal('endpoint');
    type(root, 'endpoint', '/v1/7/metadata');
    api.refuse = {};
    press(root, 'Test');
    await until('it is told', () => outcome(root).includes('It works'));
    expect(lastBody(api)).to.deep.equal({ apiName: 'stripe', authType: 'bearer', apiKey: SECRET, endpoint: '/v1/7/metadata' });
    api.refuse = { TEST: { code: 'forbidden' } };
    press(root, 'Test');
    await until('it is told', () => outcome(root).includes('You may not try a key here.'));
    press(root, 'Save');
    await untilClosed(root);
    expect(lastBody(api)).not.to.have.property('endpoint');
  });

  it('is done by the keyboard alone', async () => {
    const element = await mountConnections();
    await untilCards(element, 3);
    const opener = card(element, 'stripe')!.querySelector<HTMLButtonElement>('button')!;
    opener.focus();
    await sendKeys({ press: 'Enter' });
    const root = formOf(element);
    await untilOpen(root);
    expect(root.activeElement?.id).to.equal('apiKey');
    await sendKeys({ press: 'Escape' });
    await untilClosed(root);
    await until('the focus is back', () => element.shadowRoot!.activeElement === opener);
    await sendKeys({ press: 'Enter' });
    await untilOpen(root);
    await sendKeys({ type: SECRET });
    await sendKeys({ press: 'Escape' });
    await until('it says so', () => text(root.querySelector('.outcome')).includes('Close it once more'));
    expect([root.querySelector('dialog')!.open, root.querySelector<HTMLInputElement>('#apiKey')!.value]).to.deep.equal([true, SECRET]);
    await sendKeys({ press: 'Tab' });
    expect(root.activeElement?.id).to.equal('shared');
    await sendKeys({ press: 'Space' });
    await sendKeys({ press: 'Enter' });
    await untilClosed(root);
    expect(lastBody(api)).to.deep.equal({ apiName: 'stripe', authType: 'bearer', apiKey: SECRET, shared: true });
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible (${theme})`, async () => {
      const element = await mountConnections({ theme });
      await untilCards(element, 3);
      for (const name of ['stripe', 'crm', 'analytics']) {
        press(card(element, name), `Connect ${name[0]!.toUpperCase()}${name.slice(1)}`);
        await untilOpen(formOf(element));
        await expect(formOf(element).host as HTMLElement).to.be.accessible();
        press(formOf(element), 'Cancel');
        await untilClosed(formOf(element));
      }
    });
  }

  it('shows hostile names and answers as they were typed', async () => {
    api.reset(connector('evil', { label: HOSTILE[0]! }));
    api.tested = { ok: false, ms: 1, detail: HOSTILE[1]! };
    const { root } = await openForm('evil', `Connect ${HOSTILE[0]!}`);
    type(root, 'apiKey', SECRET);
    press(root, 'Test');
    await until('it is told', () => outcome(root).includes(HOSTILE[1]!));
    api.refuse = { PUT: { code: 'invalid', errors: [{ path: 'apiKey', message: HOSTILE[2]! }, { path: HOSTILE[3]!, message: HOSTILE[4]! }] } };
    press(root, 'Save');
    await until('it is told', () => faultAt(root, 'apiKey') === HOSTILE[2]!);
    expect(outcome(root)).to.equal(`${HOSTILE[3]!}: ${HOSTILE[4]!}`);
    expect(root.querySelector('img, script, svg[onload]')).to.equal(null);
    expect('pwned' in window).to.equal(false);
  });

  it('chooses the API itself where none was named, and stores it under the name that is asked for', async () => {
    const element = await mountConnections({ formOnly: true });
    expect(text(element.shadowRoot!.querySelector('section'))).to.equal('');
    await element.connect('stripe', 'stripe_api_key');
    const root = formOf(element);
    type(root, 'apiKey', SECRET);
    press(root, 'Save');
    await untilClosed(root);
    expect(api.asked).to.contain('PUT stripe_api_key');
    await element.connect();
    await untilOpen(root);
    const choose = root.querySelector<HTMLSelectElement>('#api')!;
    expect([...choose.options].map(({ text: label }) => label)).to.deep.equal(['Stripe', 'Crm', 'Analytics']);
    choose.value = 'crm';
    choose.dispatchEvent(new Event('change'));
    await until('it is another', () => root.querySelector('#authType') !== null);
    await expect(root.host as HTMLElement).to.be.accessible();
  });
});
