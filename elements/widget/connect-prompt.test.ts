import { expect, fixture, html } from '@open-wc/testing';
import { http, HttpResponse } from 'msw';
import { formOf, press, SECRET, text, type, untilClosed, untilOpen } from '../core/test/connections-on-page.js';
import { definition, HEALTH, SALES, SALES_DATA } from '../core/test/samples.js';
import { connector, StandInConnections } from '../core/test/stand-in-connections.js';
import { EDGE, startStandIn, until, type StandIn } from '../core/test/stand-in-edge.js';
import type { CcmWidget } from './ccm-widget.js';

const MISSING = { state: 'failed', error: { code: 'credential_missing', detail: 'There is no account with Stripe.' } } as const;
const action = (element: CcmWidget) => text(element.shadowRoot!.querySelector('.message-action'));

async function tag(id: string, token = `token-${Math.random()}`): Promise<CcmWidget> {
  const element = await fixture<CcmWidget>(html`<ccm-widget widget=${id} edge=${EDGE} token=${token}></ccm-widget>`);
  await until('it was told', () => element.state === 'failed');
  return element;
}

describe('a widget that waits for a credential', () => {
  let edge: StandIn;
  const api = new StandInConnections();
  let requires: unknown;
  let lookups = 0;
  let unreachable = false;
  let gate: Promise<void> = Promise.resolve();

  before(async () => {
    edge = await startStandIn({ 'sales-summary': definition(SALES), 'system-health': definition(HEALTH) }, [
      ...api.handlers,
      http.get(`${EDGE}/api/v1/widgets/:id`, async () => {
        lookups++;
        await gate;
        if (unreachable) return new HttpResponse(null, { status: 400 });
        return requires ? HttpResponse.json({ ...definition(SALES), requires }) : new HttpResponse(null, { status: 404 });
      }),
    ]);
  });
  after(() => edge.close());
  beforeEach(() => {
    api.reset(connector('stripe'), connector('crm'));
    requires = { connector: 'stripe', credential: 'stripe_api_key', met: false };
    lookups = 0;
    unreachable = false;
    gate = Promise.resolve();
    edge.tell('sales-summary', MISSING);
    edge.tell('system-health', MISSING);
  });

  it('says what the edge said and offers to connect that API, by its name', async () => {
    const element = await tag('sales-summary');
    await until('it is named', () => action(element) === 'Connect Stripe');
    expect(text(element.shadowRoot!.querySelector('.message'))).to.contain('Its connection is not set up.').and.contain('There is no account with Stripe.');
    await expect(element).to.be.accessible();
    expect(lookups).to.equal(1);
    expect(customElements.get('ccm-connections')).not.to.equal(undefined);
    expect(element.shadowRoot!.querySelector('ccm-connections')).to.equal(null);
  });

  it('says of a key that its source refuses that it is refused, and not that there is none', async () => {
    edge.tell('sales-summary', { state: 'failed', error: { code: 'credential_refused', detail: 'Stripe refuses the credential (status 401).' } });
    const element = await tag('sales-summary');
    await until('it is named', () => action(element) === 'Connect Stripe');
    expect(text(element.shadowRoot!.querySelector('.message')))
      .to.contain('Its source refuses the key that is stored.').and.contain('status 401').and.not.contain('not set up');
  });

  it('opens the form over the page, stores what is typed under the name that it waits for, and asks again', async () => {
    const token = `token-${Math.random()}`;
    const element = await tag('sales-summary', token);
    await until('it is named', () => action(element) === 'Connect Stripe');
    const button = element.shadowRoot!.querySelector<HTMLElement>('.message-action')!;
    button.focus();
    press(element.shadowRoot!, 'Connect Stripe');
    await until('the form is in it', () => element.shadowRoot!.querySelector('ccm-connections')?.shadowRoot?.querySelector('ccm-credential-form')?.shadowRoot != null);
    const root = formOf(element.shadowRoot!.querySelector('ccm-connections')!);
    await untilOpen(root);
    await expect(root.host as HTMLElement).to.be.accessible();
    const { left, right, width } = root.querySelector('dialog')!.getBoundingClientRect();
    expect(width).to.be.greaterThan(300);
    expect(Math.abs(left - (innerWidth - right))).to.be.at.most(1);
    type(root, 'apiKey', SECRET);
    edge.tell('sales-summary', { data: SALES_DATA });
    const { length } = edge.batches;
    const heard: string[] = [];
    document.addEventListener('ccm-connection-change', ({ detail }) => heard.push(detail.name), { once: true });
    press(root, 'Save');
    await untilClosed(root);
    expect(api.asked).to.contain('PUT stripe_api_key');
    expect(heard).to.deep.equal(['stripe']);
    await until('it asked again', () => edge.batches.length > length || edge.messages.some(({ action: what }) => what === 'refresh'));
    edge.push('sales-summary', { data: SALES_DATA });
    await until('it is fresh', () => element.state === 'fresh');
    expect(element.shadowRoot!.activeElement?.classList.contains('menu-button')).to.equal(true);
    expect(element.shadowRoot!.querySelector('.message')).to.equal(null);
    await expect(element).to.be.accessible();
  });

  it('asks again when another element connected what it waits for, and only then', async () => {
    const element = await tag('sales-summary');
    await until('it is named', () => action(element) === 'Connect Stripe');
    await until('it is live', () => element.getAttribute('live') === 'ws');
    const refreshes = () => edge.messages.filter(({ action: what }) => what === 'refresh').length;
    const before = refreshes();
    const tell = (name: string) => document.dispatchEvent(new CustomEvent('ccm-connection-change', { detail: { name } }));
    tell('crm');
    tell('stripe');
    await until('it asked again', () => refreshes() > before);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(refreshes()).to.equal(before + 1);
    element.remove();
    tell('stripe');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(refreshes()).to.equal(before + 1);
  });

  it('does without the name where it cannot be known, and lets the API be chosen', async () => {
    requires = undefined;
    const element = await tag('system-health');
    await until('it offers to', () => action(element) === 'Connect');
    press(element.shadowRoot!, 'Connect');
    await until('the form is in it', () => element.shadowRoot!.querySelector('ccm-connections')?.shadowRoot?.querySelector('ccm-credential-form')?.shadowRoot != null);
    const root = formOf(element.shadowRoot!.querySelector('ccm-connections')!);
    await untilOpen(root);
    expect([...root.querySelector<HTMLSelectElement>('#api')!.options].map(({ text: label }) => label)).to.deep.equal(['Stripe', 'Crm']);
  });

  it('says in the form what is wrong where no API is known', async () => {
    const element = await tag('sales-summary');
    await until('it is named', () => action(element) === 'Connect Stripe');
    api.refuse = { LIST: { code: 'internal' } };
    press(element.shadowRoot!, 'Connect Stripe');
    await until('the form is in it', () => element.shadowRoot!.querySelector('ccm-connections')?.shadowRoot?.querySelector('ccm-credential-form')?.shadowRoot != null);
    const root = formOf(element.shadowRoot!.querySelector('ccm-connections')!);
    await untilOpen(root);
    expect(text(root.querySelector('.outcome'))).to.contain('The stand-in says internal.');
    expect(root.querySelector<HTMLButtonElement>('.primary')!.disabled).to.equal(true);
    await expect(root.host as HTMLElement).to.be.accessible();
  });

  const formIn = async (element: CcmWidget): Promise<ShadowRoot> => {
    const form = () => element.shadowRoot!.querySelector('ccm-connections')?.shadowRoot?.querySelector('ccm-credential-form');
    await until('the form is in it', () => form()?.shadowRoot != null);
    const root = formOf(element.shadowRoot!.querySelector('ccm-connections')!);
    await untilOpen(root);
    return root;
  };

  it('opens the form of its API for who presses before that is known', async () => {
    let open = () => {};
    gate = new Promise((resolve) => (open = resolve));
    const element = await tag('sales-summary');
    await until('it offers to', () => action(element) === 'Connect');
    press(element.shadowRoot!, 'Connect');
    setTimeout(open, 100);
    const root = await formIn(element);
    expect(root.querySelector('#api')).to.equal(null);
    expect(text(root.querySelector('#title'))).to.equal('Connect Stripe');
  });

  it('looks again at a press after a look that failed', async () => {
    unreachable = true;
    const element = await tag('sales-summary');
    await until('it offers to', () => action(element) === 'Connect');
    await until('it looked', () => lookups === 1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(lookups).to.equal(1);
    unreachable = false;
    press(element.shadowRoot!, 'Connect');
    expect(text((await formIn(element)).querySelector('#title'))).to.equal('Connect Stripe');
    expect(lookups).to.equal(2);
    expect(action(element)).to.equal('Connect Stripe');
  });

  it('looks again for another client', async () => {
    const element = await tag('sales-summary');
    await until('it is named', () => action(element) === 'Connect Stripe');
    requires = { connector: 'crm', met: false };
    element.removeAttribute('token');
    element.token = undefined;
    element.getToken = () => Promise.resolve(`token-${Math.random()}`);
    await until('it is another', () => action(element) === 'Connect Crm');
    expect(lookups).to.equal(2);
  });

  it('writes no token that the page gave as a property into the document', async () => {
    const element = await tag('sales-summary');
    await until('it is named', () => action(element) === 'Connect Stripe');
    press(element.shadowRoot!, 'Connect Stripe');
    await formIn(element);
    const nested = element.shadowRoot!.querySelector('ccm-connections')!;
    expect(nested.token).to.equal(element.token);
    expect(nested.outerHTML).not.to.contain('token');
  });

  it('offers it beside old data too, in the footer', async () => {
    edge.tell('sales-summary', { state: 'stale', error: MISSING.error, data: SALES_DATA });
    const element = await fixture<CcmWidget>(html`<ccm-widget widget="sales-summary" edge=${EDGE} token=${`token-${Math.random()}`}></ccm-widget>`);
    await until('it is stale', () => element.state === 'stale');
    const footer = () => element.shadowRoot!.querySelector('footer')!;
    await until('it is offered', () => text(footer().querySelector('button')) === 'Connect Stripe');
    expect(text(footer())).to.contain('Its connection is not set up.');
    await expect(element).to.be.accessible();
    footer().querySelector('button')!.click();
    expect(text((await formIn(element)).querySelector('#title'))).to.equal('Connect Stripe');
  });

  it('keeps its offer in a language of one’s own', async () => {
    const { registerTranslation } = await import('../core/localize.js');
    registerTranslation('de', { connections: { connectTo: (name: string) => `${name} verbinden` }, reasons: { credential_missing: 'Noch nicht verbunden' } });
    const element = await tag('sales-summary');
    element.locale = 'de-AT';
    await until('it is named', () => action(element) === 'Stripe verbinden');
    expect(text(element.shadowRoot!.querySelector('.message'))).to.contain('Noch nicht verbunden');
  });
});
