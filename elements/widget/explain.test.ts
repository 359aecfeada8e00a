import { expect, fixture, html } from '@open-wc/testing';
import { startStandIn, until, EDGE } from '../core/test/stand-in-edge.js';
import type { StandIn } from '../core/test/stand-in-edge.js';
import { definition, SALES, SALES_DATA } from '../core/test/samples.js';
import { englishWhy } from '../core/why-strings.js';
import { define } from '../tags.js';
import type { CcmWidget } from './ccm-widget.js';
import { failureOf } from './explain.js';

define();

describe('what a widget explains of itself, without an edge', () => {
  it('says that its data is the page’s', async () => {
    const element = await fixture<CcmWidget>(html`<ccm-widget .config=${SALES} .data=${SALES_DATA}></ccm-widget>`);
    await until('it is shown', () => element.state === 'fresh');
    expect(await element.explain()).to.deep.equal({ widgetId: 'sales-summary', state: 'fresh', carrier: 'off', from: 'page', source: { type: 'static' } });
  });

  it('says what is wrong, in words', async () => {
    const element = await fixture<CcmWidget>(html`<ccm-widget></ccm-widget>`);
    expect((await element.explain()).error).to.deep.equal({ code: 'no_widget', detail: '', ...englishWhy.failures.no_widget });
    element.config = { ...SALES, title: 5 } as never;
    await element.updateComplete;
    expect((await element.explain()).error).to.include({ code: 'invalid', what: englishWhy.failures.invalid.what });
  });

  it('has the words of its language, where it has them, and some for codes that nobody knows', () => {
    expect(failureOf({ code: 'constructor', detail: 'x' }, undefined)).to.deep.equal({ code: 'constructor', detail: 'x', ...englishWhy.failures.internal });
  });
});

describe('what a widget explains of itself, with an edge', () => {
  let edge: StandIn;

  before(async () => {
    edge = await startStandIn({ [SALES.id]: definition(SALES) });
  });
  after(() => edge.close());
  afterEach(() => edge.explained.clear());

  const tag = async () => {
    const element = await fixture<CcmWidget>(html`<ccm-widget widget=${SALES.id} edge=${EDGE} token=${`t-${Math.random()}`}></ccm-widget>`);
    await until('it knows something', () => element.state !== 'loading');
    return element;
  };

  it('adds what the edge knows to what is known here', async () => {
    edge.tell(SALES.id, { data: SALES_DATA });
    edge.explained.set(SALES.id, {
      source: { type: 'external_api', name: 'stripe' }, interval: 60, every: 120, ms: 80, watchers: 3, fetchedAt: '2026-01-01T00:00:00.000Z',
      quota: { used: 40, limit: 100, resetAt: '2026-01-01T00:01:00.000Z', queued: 2 }, tokenEndsAt: '2026-01-01T01:00:00.000Z',
    });
    const element = await tag();
    await until('it is live', () => element.live === 'ws');
    expect(await element.explain()).to.deep.include({
      widgetId: SALES.id, state: 'fresh', carrier: 'ws', from: 'edge', edge: EDGE, source: { type: 'external_api', name: 'stripe' }, interval: 60, every: 120, slowedBy: 'api_limit', ms: 80,
      watchers: 3, fetchedAt: '2026-01-01T00:00:00.000Z', tokenEndsAt: '2026-01-01T01:00:00.000Z', age: 0,
    });
  });

  it('says why it could not be asked, and still what is known here', async () => {
    edge.tell(SALES.id, { data: SALES_DATA });
    const told = await (await tag()).explain();
    expect(told).not.to.have.property('error');
    expect(told).to.deep.include({ state: 'fresh', from: 'edge', source: { type: 'module' }, unanswered: { code: 'not_found', detail: 'There is nothing here that you may see.' } });
    expect(told.age).to.be.within(0, 2);
  });

  const KINDS = [
    'module_not_running', 'upstream_timeout', 'upstream_unreachable', 'upstream_status', 'upstream_invalid', 'upstream_too_large', 'contract', 'credential_missing', 'credential_refused', 'rate_limited',
    'store_unavailable', 'vault_missing', 'internal',
  ] as const;
  for (const code of KINDS) {
    it(`names ${code}, and its panel says it in words of its own`, async () => {
      edge.tell(SALES.id, { state: 'failed', error: { code, detail: `Details of ${code}.` } });
      const element = await tag();
      const { what, todo } = englishWhy.failures[code];
      expect((await element.explain()).error).to.deep.equal({ code, detail: `Details of ${code}.`, what, todo });
      element.shadowRoot!.querySelector<HTMLElement>('.menu-button')!.click();
      const items = () => [...(element.shadowRoot!.querySelector('ccm-menu')?.shadowRoot?.querySelectorAll<HTMLElement>(':popover-open [role=menuitem]') ?? [])];
      await until('the menu is open', () => items().length > 0);
      items().find(({ textContent }) => textContent?.includes('Why?'))!.click();
      const panel = () => element.shadowRoot!.querySelector('ccm-widget-details')?.shadowRoot?.querySelector<HTMLElement>(':popover-open');
      await until('it is said', () => panel()?.textContent?.includes(what) === true);
      expect(panel()!.textContent).to.contain(todo).and.to.contain(code).and.to.contain(`Details of ${code}.`);
      await expect(element).to.be.accessible();
    });
  }
});
