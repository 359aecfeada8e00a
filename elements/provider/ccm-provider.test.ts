import { expect, fixture, html } from '@open-wc/testing';
import { definition, SALES, SALES_DATA } from '../core/test/samples.js';
import { EDGE, startStandIn, until } from '../core/test/stand-in-edge.js';
import type { StandIn } from '../core/test/stand-in-edge.js';
import { define } from '../tags.js';
import type { CcmProvider } from './ccm-provider.js';

define();

/** A token of one user; nobody checks its signature here. */
const token = (serial: number) => ['{"alg":"HS256"}', JSON.stringify({ sub: 'ann', tenant: 'acme', exp: 4e9, serial }), 'sig'].map((part) => btoa(part).replace(/=+$/, '')).join('.');

describe('ccm-provider', () => {
  let edge: StandIn;

  before(async () => {
    edge = await startStandIn({ 'sales-summary': definition(SALES) });
    edge.tell('sales-summary', { data: SALES_DATA });
  });
  after(() => edge.close());
  beforeEach(() => {
    edge.batches.length = 0;
    edge.messages.length = 0;
  });

  const three = html`<ccm-widget widget="sales-summary"></ccm-widget><ccm-widget widget="sales-summary"></ccm-widget><ccm-widget widget="sales-summary"></ccm-widget>`;
  const fresh = (outer: Element) => [...outer.querySelectorAll('ccm-widget')].every(({ state }) => state === 'fresh');

  it('shares one client, and renews its token without another request or connection', async () => {
    const outer = await fixture<CcmProvider>(html`<ccm-provider edge=${EDGE} token=${token(1)}>${three}</ccm-provider>`);
    await until('all are fresh', () => fresh(outer));
    await until('they are live', () => edge.messages.some(({ action }) => action === 'subscribe'));
    const { currentClient } = outer;
    const sockets = edge.sockets;
    expect(edge.batches.map(({ token }) => token)).to.deep.equal([`Bearer ${token(1)}`]);
    outer.token = token(2);
    await outer.updateComplete;
    await until('the new token is told', () => edge.messages.some((message) => message.action === 'auth' && message.token === token(2)));
    expect(outer.currentClient).to.equal(currentClient);
    expect([...outer.querySelectorAll('ccm-widget')].every(({ client }) => client === currentClient)).to.equal(true);
    expect(edge.sockets).to.equal(sockets);
    expect(fresh(outer)).to.equal(true);
  });

  it('takes another getToken at each render without a new client', async () => {
    const outer = await fixture<CcmProvider>(html`<ccm-provider edge=${EDGE} .getToken=${() => Promise.resolve('one')}>${three}</ccm-provider>`);
    await until('all are fresh', () => fresh(outer));
    const { currentClient } = outer;
    outer.getToken = () => Promise.resolve('two');
    await outer.updateComplete;
    expect(outer.currentClient).to.equal(currentClient);
    expect(edge.batches).to.have.length(1);
  });

  it('says once that the page has to log its user in', async () => {
    const reasons: string[] = [];
    const hear = (event: HTMLElementEventMap['ccm-auth-required']) => reasons.push(`${(event.target as Element).localName} ${event.detail.reason}`);
    document.addEventListener('ccm-auth-required', hear);
    await fixture(html`<ccm-provider edge=${EDGE} .getToken=${() => Promise.resolve('')}>${three}</ccm-provider>`);
    await until('it was said', () => reasons.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    document.removeEventListener('ccm-auth-required', hear);
    expect(reasons).to.deep.equal(['ccm-provider refused']);
  });

  it('reaches elements inside another shadow root', async () => {
    const outer = await fixture<CcmProvider>(html`<ccm-provider edge=${EDGE} token="deep"><div></div></ccm-provider>`);
    const root = outer.querySelector('div')!.attachShadow({ mode: 'open' });
    const inner = document.createElement('ccm-widget');
    inner.widget = 'sales-summary';
    root.append(inner);
    await until('it is fresh', () => inner.state === 'fresh');
    expect(inner.client).to.equal(outer.currentClient);
  });

  it('is no box of its own', async () => {
    const outer = await fixture<CcmProvider>(html`<ccm-provider></ccm-provider>`);
    expect(getComputedStyle(outer).display).to.equal('contents');
  });
});
