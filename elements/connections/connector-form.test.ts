import { expect } from '@open-wc/testing';
import type { ConnectorInput } from '../../sdk/contract/connector.js';
import {
  card, cards, faultAt, formOf, mountConnections, press, startConnections, text, type, untilCards, untilClosed, untilOpen,
} from '../core/test/connections-on-page.js';
import { connector, ownConnector, type StandInConnections } from '../core/test/stand-in-connections.js';
import { until, type StandIn } from '../core/test/stand-in-edge.js';
import type { CcmConnections } from './ccm-connections.js';
import { connectorName } from './connector-form.js';

const FORM = 'ccm-connector-form';
const lastBody = (api: StandInConnections) => JSON.parse(api.bodies.at(-1)!) as Record<string, unknown>;

async function openForm(): Promise<{ element: CcmConnections; root: ShadowRoot }> {
  const element = await mountConnections();
  await untilCards(element, 1);
  press(element.shadowRoot!, 'Add an API of your own');
  const root = formOf(element, FORM);
  await untilOpen(root);
  return { element, root };
}

function kind(root: ShadowRoot, value: string): void {
  const select = root.querySelector<HTMLSelectElement>('#kind')!;
  select.value = value;
  select.dispatchEvent(new Event('change'));
}

describe('the form of an API of one’s own', () => {
  let edge: StandIn;
  let api: StandInConnections;

  before(async () => {
    ({ edge, api } = await startConnections());
  });
  after(() => edge.close());
  beforeEach(() => api.reset(connector('stripe')));

  it('makes it, and it stands in the list with what one may do with it', async () => {
    const { element, root } = await openForm();
    const heard: string[] = [];
    element.addEventListener('ccm-connection-change', ({ detail }) => heard.push(detail.name));
    await expect(root.host as HTMLElement).to.be.accessible();
    type(root, 'label', 'Günther’s Shop!');
    await until('its name is told', () => text(root.querySelector('#label-hint')) === 'Widgets call it “gunther-s-shop”.');
    type(root, 'baseUrl', 'https://shop.test');
    kind(root, 'api_key');
    await until('there is more to say', () => root.querySelector('[name="auth.name"]') !== null);
    type(root, 'auth.name', 'X-Shop-Key');
    type(root, 'paths', '/v1/orders\n\n  /v1/orders/*  \n');
    type(root, 'limits.perMinute', '30');
    press(root, 'Add');
    await untilClosed(root);
    expect(api.asked).to.contain('PUT-API gunther-s-shop');
    expect(lastBody(api)).to.deep.equal({
      label: 'Günther’s Shop!', baseUrl: 'https://shop.test', auth: { kind: 'api_key', headerName: 'X-Shop-Key' },
      paths: ['/v1/orders', '/v1/orders/*'], limits: { perMinute: 30 },
    });
    await untilCards(element, 2);
    expect(heard).to.deep.equal(['gunther-s-shop']);
    expect(text(card(element, 'gunther-s-shop'))).to.contain('Günther’s Shop!').and.contain('Your company’s own').and.contain('Not connected');
    expect(text(element.shadowRoot!.querySelector('[role=status]'))).to.equal('Günther’s Shop! is added');
    press(card(element, 'gunther-s-shop'), 'Remove: Günther’s Shop!');
    await until('it asks', () => card(element, 'gunther-s-shop')!.querySelector('.question') !== null);
    card(element, 'gunther-s-shop')!.querySelector<HTMLElement>('.question .critical')!.click();
    await untilCards(element, 1);
    expect(api.asked).to.contain('DELETE-API gunther-s-shop');
  });

  async function openChange(name: string, label: string): Promise<ShadowRoot> {
    const element = await mountConnections();
    await untilCards(element, 1);
    press(card(element, name), `Change ${label}`);
    const root = formOf(element, FORM);
    await untilOpen(root);
    return root;
  }

  it('changes one, under the name that it has', async () => {
    api.reset(ownConnector('shop', { label: 'Shop', baseUrl: 'https://shop.test', auth: { kind: 'none' }, paths: ['/a', '/b'], limits: { perMinute: 5 } }));
    const root = await openChange('shop', 'Shop');
    type(root, 'label', 'Shop 2');
    type(root, 'limits.perMinute', '');
    press(root, 'Save');
    await untilClosed(root);
    expect(api.asked).to.contain('PUT-API shop');
    expect(lastBody(api)).to.deep.equal({ label: 'Shop 2', baseUrl: 'https://shop.test', auth: { kind: 'none' }, paths: ['/a', '/b'] });
  });

  it('leaves what it does not ask for as it is: POST paths, pages, dates, other ways of signing in', async () => {
    const definition: ConnectorInput = {
      label: 'Books', baseUrl: 'https://books.test/v2', paths: ['/orders'], post: ['/reports/run'], encoding: 'brackets', dates: 'unix',
      dateParams: { day: 'iso-date' }, defaults: { locale: 'en' }, pagination: { kind: 'cursor', param: 'after', items: 'rows', next: 'next' },
      limits: { perMinute: 60, concurrent: 2 }, cacheSeconds: 30, errors: { 402: { code: 'upstream_status', detail: 'Not paid.' } }, probe: '/orders',
      takes: [{ kind: 'oauth2', tokenUrl: '/oauth/token', scope: 'read', clientAuth: 'body' }, { kind: 'api_key', queryName: 'key' }],
    };
    api.reset(ownConnector('books', definition));
    const root = await openChange('books', 'Books');
    const value = (name: string) => root.querySelector<HTMLInputElement>(`[name="${name}"]`)!.value;
    expect(value('paths')).to.equal('/orders');
    expect([value('auth.kind'), value('auth.tokenUrl'), value('auth.scope')]).to.deep.equal(['oauth2', '/oauth/token', 'read']);
    type(root, 'limits.perMinute', '90');
    press(root, 'Save');
    await untilClosed(root);
    expect(lastBody(api)).to.deep.equal({ ...definition, limits: { perMinute: 90, concurrent: 2 } });
  });

  it('begins with the place of the key that it has', async () => {
    const definition: ConnectorInput = { label: 'Rates', baseUrl: 'https://rates.test', auth: { kind: 'api_key', queryName: 'appid' }, paths: ['/now'] };
    api.reset(ownConnector('rates', definition));
    const root = await openChange('rates', 'Rates');
    press(root, 'Save');
    await untilClosed(root);
    expect(lastBody(api)).to.deep.equal(definition);
  });

  it('offers no change of one whose definition the edge does not tell', async () => {
    const { definition: _definition, ...untold } = ownConnector('shop', { label: 'Shop', baseUrl: 'https://shop.test', auth: { kind: 'none' }, paths: ['/a'] });
    api.reset(untold);
    const element = await mountConnections();
    await untilCards(element, 1);
    expect([...card(element, 'shop')!.querySelectorAll('button')].map(text)).to.deep.equal(['Remove']);
  });

  it('says what is missing before it asks the edge', async () => {
    const { root } = await openForm();
    kind(root, 'service_account');
    await until('there is more to say', () => root.querySelector('[name="auth.scope"]') !== null);
    type(root, 'label', '!!!');
    type(root, 'limits.perMinute', 'many');
    press(root, 'Add');
    await until('it is told', () => faultAt(root, 'label') === 'A name has at least one letter or digit.');
    for (const name of ['baseUrl', 'auth.tokenUrl', 'auth.scope', 'paths']) expect(faultAt(root, name), name).to.equal('Needed');
    expect(faultAt(root, 'limits.perMinute')).to.equal('A whole number from 1.');
    expect(root.activeElement?.id).to.equal('label');
    expect(api.bodies).to.deep.equal([]);
    await expect(root.host as HTMLElement).to.be.accessible();
  });

  it('puts the edge’s faults at their fields (422), a path’s at its line', async () => {
    const { element, root } = await openForm();
    type(root, 'label', 'Shop');
    type(root, 'baseUrl', 'http://127.0.0.1');
    type(root, 'paths', '\n/ok\n../up');
    api.refuse = {
      'PUT-API': {
        code: 'invalid',
        errors: [
          { path: 'baseUrl', message: 'must not be a private address' },
          { path: 'paths.1', message: 'must begin with /' },
          { path: 'name', message: 'is taken' },
          { path: 'limits.perMinute', message: 'is too high' },
          { path: 'auth.kind', message: 'is not allowed' },
        ],
      },
    };
    press(root, 'Add');
    await until('it is told', () => faultAt(root, 'baseUrl') === 'must not be a private address');
    expect(faultAt(root, 'paths')).to.equal('Line 3: must begin with /');
    expect(faultAt(root, 'label')).to.equal('is taken');
    expect(faultAt(root, 'limits.perMinute')).to.equal('is too high');
    expect(faultAt(root, 'auth.kind')).to.equal('is not allowed');
    expect(root.querySelector<HTMLInputElement>('#baseUrl')!.value).to.equal('http://127.0.0.1');
    expect(cards(element)).to.have.length(1);
    type(root, 'baseUrl', 'https://shop.test');
    await until('it is said no more of that', () => root.querySelector('#baseUrl-fault') === null);
    expect(faultAt(root, 'label')).to.equal('is taken');
    expect(root.activeElement?.id).to.equal('label');
  });

  it('is not offered to who may not, and says so where that was not known (403)', async () => {
    api.rights = {};
    const { root } = await openForm();
    type(root, 'label', 'Shop');
    type(root, 'baseUrl', 'https://shop.test');
    type(root, 'paths', '/a');
    api.refuse = { 'PUT-API': { code: 'forbidden' } };
    press(root, 'Add');
    await until('it is told', () => text(root.querySelector('.outcome')).includes('You may not do this.'));
  });

  it('makes names of what people type', () => {
    expect(connectorName('My shop’s API')).to.equal('my-shop-s-api');
    expect(connectorName('  Ärzte & Co. ')).to.equal('arzte-co');
    expect(connectorName('日本')).to.equal('');
    expect(connectorName('x'.repeat(39) + ' y')).to.equal('x'.repeat(39));
  });
});
