import { expect, fixture, html } from '@open-wc/testing';
import { http, HttpResponse } from 'msw';
import { SALES, SALES_DATA } from '../core/test/samples.js';
import { startStandIn, until, type StandIn } from '../core/test/stand-in-edge.js';
import { define } from '../tags.js';
import type { CcmWidget } from './ccm-widget.js';

define();

describe('a widget part of whose code cannot be loaded', () => {
  let edge: StandIn;
  let lost = '';

  before(async () => {
    edge = await startStandIn({}, [http.get(/\/widget\/(explain|widget-menu)\.[jt]s/, ({ request }) => (lost && request.url.includes(lost) ? HttpResponse.error() : undefined))]);
  });
  after(() => edge.close());

  const shown = async () => {
    const element = await fixture<CcmWidget>(html`<ccm-widget .config=${SALES} .data=${SALES_DATA}></ccm-widget>`);
    await until('it is shown', () => element.state === 'fresh');
    return element;
  };

  it('explains what it knows, and what it lacks', async () => {
    const element = await shown();
    lost = '/explain.';
    const { unanswered, ...known } = await element.explain();
    expect(known).to.deep.equal({ state: 'fresh', carrier: 'off', from: 'page' });
    expect(unanswered!.code).to.equal('load');
    expect(unanswered!.detail).to.contain('explain');
    lost = '';
    expect(await element.explain()).not.to.have.property('unanswered');
  });

  it('says that its menu did not come, and opens it when it is pressed again', async () => {
    const element = await shown();
    const codes: string[] = [];
    element.addEventListener('ccm-error', ({ detail }) => codes.push(detail.code));
    const footer = () => element.shadowRoot!.querySelector<HTMLElement>('footer');
    lost = 'widget-menu';
    element.shadowRoot!.querySelector<HTMLElement>('.menu-button')!.click();
    await until('it says so', () => footer() !== null);
    expect([codes, footer()!.querySelector('[role=alert]')!.textContent]).to.deep.equal([['load'], `Actions for ${SALES.title}: This could not be loaded`]);
    expect(element.state).to.equal('fresh');
    await expect(element).to.be.accessible();
    lost = '';
    footer()!.querySelector('button')!.click();
    await until('the menu is open', () => element.shadowRoot!.querySelector('ccm-menu')?.shadowRoot?.querySelector(':popover-open') != null);
    expect([codes, footer()]).to.deep.equal([['load'], null]);
  });
});
