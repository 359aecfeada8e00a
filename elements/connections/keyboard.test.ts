import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { card, formOf, mountConnections, press, SECRET, startConnections, text, type, untilCards, untilClosed, untilOpen } from '../core/test/connections-on-page.js';
import { connector, type StandInConnections } from '../core/test/stand-in-connections.js';
import { until, type StandIn } from '../core/test/stand-in-edge.js';
import type { CcmConnections } from './ccm-connections.js';

const TEST = 'Test: Stripe ••••4242';
const REMOVE = 'Remove: Stripe ••••4242';
const focused = (element: CcmConnections) => element.shadowRoot!.activeElement as HTMLElement | null;
const focusOn = (element: CcmConnections, label: string) =>
  [...element.shadowRoot!.querySelectorAll<HTMLElement>('button')].find((one) => one.ariaLabel === label)!.focus();

describe('connections with the keyboard', () => {
  let edge: StandIn;
  let api: StandInConnections;

  before(async () => {
    ({ edge, api } = await startConnections());
  });
  after(() => edge.close());
  beforeEach(() => {
    api.reset(connector('stripe', { health: { status: 'ok', at: new Date().toISOString() } }));
    api.credentials = [{ name: 'stripe', apiName: 'stripe', authType: 'bearer', last4: '4242', createdAt: '2026-01-01T00:00:00Z', shared: false }];
  });

  async function list(): Promise<CcmConnections> {
    const element = await mountConnections();
    await untilCards(element, 1);
    return element;
  }

  it('a test keeps the focus where it is, and a second Enter tests again, but not at the same time', async () => {
    const element = await list();
    focusOn(element, TEST);
    const letGo = api.hold();
    await sendKeys({ press: 'Enter' });
    await until('it is under way', () => text(card(element, 'stripe')).includes('Trying'));
    expect(focused(element)?.ariaLabel).to.equal(TEST);
    expect(focused(element)?.ariaDisabled).to.equal('true');
    await sendKeys({ press: 'Enter' });
    letGo();
    await until('it went well', () => text(card(element, 'stripe')).includes('It works'));
    expect(focused(element)?.ariaLabel).to.equal(TEST);
    expect(api.bodies).to.have.length(1);
    await sendKeys({ press: 'Enter' });
    await until('it is tested again', () => api.bodies.length === 2);
  });

  it('a test in the form keeps it too, and Enter works again', async () => {
    const element = await list();
    press(card(element, 'stripe'), 'Replace: Stripe ••••4242');
    const root = formOf(element);
    await untilOpen(root);
    type(root, 'apiKey', SECRET);
    root.querySelector<HTMLElement>('button.start')!.focus();
    for (const round of [1, 2]) {
      await sendKeys({ press: 'Enter' });
      await until('it was tried', () => api.bodies.length === round && text(root.querySelector('.outcome')).includes('It works'));
      expect(text(root.activeElement)).to.equal('Test');
    }
  });

  it('Escape keeps what was to be removed, and the focus goes back', async () => {
    const element = await list();
    focusOn(element, REMOVE);
    await sendKeys({ press: 'Enter' });
    await until('Keep has the focus', () => text(focused(element)) === 'Keep');
    await sendKeys({ press: 'Escape' });
    await until('the focus is back', () => focused(element)?.ariaLabel === REMOVE);
    expect(api.asked).not.to.contain('DELETE stripe');
  });

  it('says that it is connected each time that it is, in the same words too', async () => {
    const element = await list();
    const status = element.shadowRoot!.querySelector('[role=status]')!;
    const said: string[] = [];
    const watch = new MutationObserver(() => text(status) && said.push(text(status)));
    watch.observe(status, { childList: true, subtree: true, characterData: true });
    for (const round of [1, 2]) {
      press(card(element, 'stripe'), 'Replace: Stripe ••••4242');
      const root = formOf(element);
      await untilOpen(root);
      type(root, 'apiKey', SECRET);
      press(root, 'Save');
      await untilClosed(root);
      await until('it is said', () => said.length === round);
    }
    watch.disconnect();
    expect(said).to.deep.equal(['Stripe is connected', 'Stripe is connected']);
  });

  it('does not say that it works once its key is removed', async () => {
    const element = await list();
    expect(text(card(element, 'stripe'))).to.contain('Working');
    press(card(element, 'stripe'), REMOVE);
    await until('it asks', () => text(focused(element)) === 'Keep');
    card(element, 'stripe')!.querySelector<HTMLElement>('.question .critical')!.click();
    await until('it is gone', () => text(card(element, 'stripe')).includes('Not connected'));
    expect(text(card(element, 'stripe'))).not.to.contain('Working');
  });
});
