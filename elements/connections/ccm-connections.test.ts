import { expect } from '@open-wc/testing';
import { card, cards, mountConnections, press, startConnections, text, untilCards } from '../core/test/connections-on-page.js';
import { HOSTILE } from '../core/test/samples.js';
import { connector, type StandInConnections } from '../core/test/stand-in-connections.js';
import { until, type StandIn } from '../core/test/stand-in-edge.js';
import type { CcmConnections } from './ccm-connections.js';

const MINUTE = 60_000;
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();
const said = (element: CcmConnections) => text(element.shadowRoot!.querySelector('.box'));
const yes = (element: CcmConnections) => card(element, 'stripe')!.querySelector<HTMLElement>('.question .critical')!.click();
const focused = (element: CcmConnections) => element.shadowRoot!.activeElement as HTMLElement | null;

describe('ccm-connections', () => {
  let edge: StandIn;
  let api: StandInConnections;

  before(async () => {
    ({ edge, api } = await startConnections());
  });
  after(() => edge.close());
  beforeEach(() => {
    api.reset(
      connector('stripe', { use: { used: 12, limit: 100 }, health: { status: 'ok', at: ago(MINUTE) } }),
      connector('sendgrid', { use: { used: 95, limit: 100, queued: 3 }, health: { status: 'failing', at: ago(MINUTE), code: 'upstream_timeout' } }),
      connector('prometheus', { takes: [], needs: [], limits: {}, use: { used: 1234 } }),
      connector('paypal', { needs: [], takes: [{ kind: 'oauth2', tokenUrl: 'https://pay.test/token' }] }),
    );
    api.credentials = [
      { name: 'stripe', apiName: 'stripe', authType: 'bearer', last4: '1111', createdAt: ago(9 * MINUTE), shared: true },
      { name: 'stripe', apiName: 'stripe', authType: 'bearer', last4: '4242', createdAt: ago(9 * MINUTE), lastUsedAt: ago(3 * MINUTE), shared: false },
    ];
  });

  it('shows the outline of what comes after a moment, then each API', async () => {
    const letGo = api.hold();
    const element = await mountConnections();
    expect(element.shadowRoot!.querySelector('.ghost')).to.equal(null);
    await until('the outline is shown', () => element.shadowRoot!.querySelectorAll('.ghost').length === 3);
    expect(element.shadowRoot!.querySelector('section')!.ariaBusy).to.equal('true');
    letGo();
    await untilCards(element, 4);
    expect(element.shadowRoot!.querySelector('section')!.ariaBusy).to.equal('false');
  });

  it('says of each who it is connected for, when it was used, how many calls of the minute are gone, and how it goes', async () => {
    const element = await mountConnections();
    await untilCards(element, 4);
    const [own, shared] = [...card(element, 'stripe')!.querySelectorAll('li')].map(text);
    expect(own).to.contain('Connected as ••••4242').and.contain('only you').and.contain('used 3 min ago');
    expect(shared).to.contain('••••1111').and.contain('shared with the company').and.contain('not used yet');
    expect(text(card(element, 'stripe'))).to.contain('12 of 100 calls this minute').and.contain('Working');
    expect(text(card(element, 'sendgrid'))).to.contain('Not connected').and.contain('95 of 100 calls this minute · 3 waiting').and.contain('Too slow to answer');
    expect(text(card(element, 'prometheus'))).to.contain('Asks for no key').and.contain('1,234 calls this minute');
    expect(text(card(element, 'paypal'))).to.contain('Set up by your administrator');
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible (${theme})`, async () => {
      const element = await mountConnections({ theme });
      element.parentElement!.style.background = theme === 'dark' ? '#0e1116' : '#f5f6f8';
      await untilCards(element, 4);
      await expect(element).to.be.accessible();
      press(card(element, 'stripe'), 'Test: Stripe ••••4242');
      await until('the try went well', () => text(card(element, 'stripe')).includes('It works'));
      press(card(element, 'stripe'), 'Remove: Stripe ••••4242');
      await until('it asks', () => text(card(element, 'stripe')).includes('Remove this key?'));
      await expect(element).to.be.accessible();
    });
  }

  it('tries a stored credential by its name alone, and says how it went', async () => {
    const element = await mountConnections();
    await untilCards(element, 4);
    press(card(element, 'stripe'), 'Test: Stripe ••••4242');
    await until('the try went well', () => text(card(element, 'stripe')).includes('It works (132 ms) HTTP 200 · Stripe answered.'));
    expect(api.bodies).to.deep.equal(['{"apiName":"stripe","credentials":"stripe"}']);
    api.tested = { ok: false, status: 401, ms: 80, detail: 'Stripe says: no such key.' };
    press(card(element, 'stripe'), 'Test: Stripe ••••4242');
    await until('the try failed', () => text(card(element, 'stripe')).includes('It did not work (80 ms) HTTP 401 · Stripe says: no such key.'));
    api.refuse = { TEST: { code: 'rate_limited' } };
    press(card(element, 'stripe'), 'Test: Stripe ••••4242');
    await until('the refusal is told', () => text(card(element, 'stripe')).includes('The stand-in says rate_limited.'));
  });

  it('asks for a path to try where the API has none that stands for itself', async () => {
    api.connectors[0] = connector('stripe', { paths: ['/v1/*/metadata'] });
    api.refuse = { TEST: { code: 'bad_request', errors: [{ path: 'endpoint', message: 'is required' }] } };
    const element = await mountConnections();
    await untilCards(element, 4);
    press(card(element, 'stripe'), 'Test: Stripe ••••4242');
    await until('it asks', () => card(element, 'stripe')!.querySelector('.path') !== null);
    await expect(element).to.be.accessible();
    const input = card(element, 'stripe')!.querySelector<HTMLInputElement>('.path input')!;
    expect(input.value).to.equal('/v1/*/metadata');
    input.value = '/v1/7/metadata';
    api.refuse = {};
    card(element, 'stripe')!.querySelector<HTMLButtonElement>('.path button')!.click();
    await until('the try went well', () => text(card(element, 'stripe')).includes('It works'));
    expect(JSON.parse(api.bodies.at(-1)!)).to.deep.equal({ apiName: 'stripe', credentials: 'stripe', endpoint: '/v1/7/metadata' });
    expect(card(element, 'stripe')!.querySelector('.path')).to.equal(null);
  });

  it('asks in place before it removes, and gives the focus to what is safe', async () => {
    const element = await mountConnections();
    const heard: string[] = [];
    element.addEventListener('ccm-connection-change', ({ detail }) => heard.push(detail.name));
    await untilCards(element, 4);
    press(card(element, 'stripe'), 'Remove: Stripe ••••1111 shared with the company');
    await until('Keep has the focus', () => text(focused(element)) === 'Keep');
    press(card(element, 'stripe'), 'Keep');
    await until('the focus is back', () => focused(element)?.ariaLabel === 'Remove: Stripe ••••1111 shared with the company');
    expect(api.asked).not.to.contain('DELETE stripe');
    press(card(element, 'stripe'), 'Remove: Stripe ••••1111 shared with the company');
    await until('it asks', () => text(card(element, 'stripe')).includes('Remove this key?'));
    yes(element);
    await until('it is gone', () => !text(card(element, 'stripe')).includes('1111'));
    expect(api.removed).to.deep.equal(['?shared=true']);
    expect(heard).to.deep.equal(['stripe']);
    await until('the focus is at the API', () => text(focused(element)) === 'Stripe');
  });

  it('says why it could not be removed', async () => {
    const element = await mountConnections();
    await untilCards(element, 4);
    api.refuse = { DELETE: { code: 'forbidden' } };
    press(card(element, 'stripe'), 'Remove: Stripe ••••4242');
    await until('it asks', () => text(card(element, 'stripe')).includes('Remove this key?'));
    yes(element);
    await until('it is told', () => text(card(element, 'stripe')).includes('You may not do this.'));
    expect(text(card(element, 'stripe'))).to.contain('4242');
  });

  it('offers only what the edge says that one may', async () => {
    api.rights = { mayShare: false, mayManage: false };
    const element = await mountConnections();
    await untilCards(element, 4);
    const labels = [...card(element, 'stripe')!.querySelectorAll('button')].map((one) => one.ariaLabel);
    expect(labels.filter((label) => label?.includes('1111'))).to.deep.equal(['Test: Stripe ••••1111 shared with the company']);
    expect(labels.filter((label) => label?.includes('4242'))).to.have.length(3);
    expect(text(element.shadowRoot!.querySelector('.top'))).not.to.contain('Add an API');
  });

  it('says what failed, and tries again', async () => {
    api.refuse = { LIST: { code: 'internal' } };
    const element = await mountConnections();
    const codes: string[] = [];
    element.addEventListener('ccm-error', ({ detail }) => codes.push(detail.code));
    await until('it failed', () => said(element).includes('This could not be loaded'));
    expect(said(element)).to.contain('The stand-in says internal.');
    expect(codes).to.deep.equal(['internal']);
    await expect(element).to.be.accessible();
    api.refuse = {};
    press(element.shadowRoot!, 'Try again');
    await untilCards(element, 4);
  });

  it('tells who is refused nothing more', async () => {
    api.refuse = { LIST: { code: 'forbidden' } };
    const element = await mountConnections();
    await until('it is refused', () => said(element).includes('Not available to you'));
    expect(text(element.shadowRoot!.querySelector('section'))).not.to.contain('Add an API');
    await expect(element).to.be.accessible();
  });

  it('says what an administrator must do where there is no API, and where there is no edge', async () => {
    api.reset();
    const element = await mountConnections();
    await until('it is empty', () => said(element).includes('No API is set up yet'));
    expect(said(element)).to.contain('An administrator adds one').and.contain('connectors.manage');
    await expect(element).to.be.accessible();
    const alone = await mountConnections({ edge: '' });
    await until('it has no edge', () => said(alone).includes('No edge is named'));
  });

  it('shows another user nothing of the last one’s', async () => {
    const element = await mountConnections();
    await untilCards(element, 4);
    api.reset(connector('stripe'));
    element.edge = 'https://other.test';
    await until('nothing of it stays', () => cards(element).length === 0);
  });

  it('hears of a connection that another element made', async () => {
    const element = await mountConnections();
    const other = await mountConnections({ token: element.token });
    await untilCards(element, 4);
    await untilCards(other, 4);
    press(card(other, 'stripe'), 'Remove: Stripe ••••4242');
    await until('it asks', () => text(card(other, 'stripe')).includes('Remove this key?'));
    yes(other);
    await until('both know', () => [element, other].every((one) => !text(card(one, 'stripe')).includes('4242')));
  });

  it('shows hostile names as they were typed', async () => {
    api.reset(...HOSTILE.map((name, index) => connector(`c${index}`, { label: name, health: { status: 'failing', code: name } })));
    api.credentials = HOSTILE.map((name, index) => ({ name, apiName: `c${index}`, authType: 'bearer', last4: name, createdAt: name, lastUsedAt: name }));
    api.tested = { ok: false, ms: 1, detail: HOSTILE[0]! };
    const element = await mountConnections();
    await untilCards(element, HOSTILE.length);
    HOSTILE.forEach((name, index) => expect(text(card(element, `c${index}`)!.querySelector('h3'))).to.equal(name));
    [...cards(element)[0]!.querySelectorAll<HTMLButtonElement>('li button')][0]!.click();
    await until('the try is told', () => text(cards(element)[0]).includes('It did not work'));
    expect(element.shadowRoot!.querySelector('img, script, .card svg[onload]')).to.equal(null);
    expect('pwned' in window).to.equal(false);
    await expect(element).to.be.accessible();
  });

  for (const width of [358, 736, 1248]) {
    it(`keeps inside ${width} px`, async () => {
      api.connectors.push(connector('long', { label: 'Übernachtungsbuchungsprovisionsabrechnung'.repeat(3) }));
      const element = await mountConnections({ width });
      await untilCards(element, 5);
      expect(element.scrollWidth).to.be.at.most(width);
      for (const one of cards(element)) expect(one.scrollWidth, one.dataset['api']).to.be.at.most(one.clientWidth);
    });
  }
});
