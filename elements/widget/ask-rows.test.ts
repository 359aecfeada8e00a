import { expect, fixture, html } from '@open-wc/testing';
import { http, HttpResponse } from 'msw';
import type { WidgetDefinition } from '../../sdk/contract/widget.js';
import { EDGE, startStandIn, until, type StandIn, type Told } from '../core/test/stand-in-edge.js';
import { column, rows, scroller, text } from '../core/test/table-on-page.js';
import { define } from '../tags.js';
import type { CcmWidget } from './ccm-widget.js';

define();

const COUNT = 5_000;
const orders = (mark = 'o') => Array.from({ length: COUNT }, (_, index) => ({ id: `${mark}-${index}` }));
const TABLE: WidgetDefinition = {
  id: 'orders', title: 'Orders', type: 'table', size: 'large', dataSource: { type: 'module' }, dataPath: 'found.orders',
  tableConfig: { columns: [{ key: 'id', label: 'Order' }], windowed: true, searchable: true },
  params: { region: { type: 'string', default: 'EU' } },
};
const first = (all: { id: string }[]): Told => ({ data: { found: { orders: all.slice(0, 100) } }, total: COUNT }) as Told;

describe('ccm-widget: rows that stay at the edge', () => {
  let edge: StandIn;
  let all = orders();
  let asked: { query: Record<string, string>; token: string | null }[];

  beforeEach(async () => {
    asked = [];
    all = orders();
    edge = await startStandIn({ orders: TABLE }, [
      http.get(`${EDGE}/api/v1/widgets/orders/data`, ({ request }) => {
        const query = Object.fromEntries(new URL(request.url).searchParams);
        asked.push({ query, token: request.headers.get('authorization') });
        const [from = 0, count = 0] = (query['rows'] ?? '').split(',').map(Number);
        const found = all.filter(({ id }) => id.includes(query['search'] ?? ''));
        return HttpResponse.json({ data: { found: { orders: found.slice(from, from + count) } }, total: found.length, timestamp: new Date().toISOString(), cursor: 'c' });
      }),
    ]);
    edge.tell('orders', first(all));
  });
  afterEach(() => edge.close());

  async function mount(): Promise<{ card: CcmWidget; table: () => HTMLElementTagNameMap['ccm-table'] }> {
    const token = `token-${Math.random()}`;
    const page = await fixture<HTMLElement>(html`<div style="width: 640px"><ccm-widget widget="orders" .edge=${EDGE} .token=${token} .params=${{ region: 'US' }}></ccm-widget></div>`);
    const card = page.querySelector('ccm-widget')!;
    const table = () => card.shadowRoot!.querySelector('ccm-table')!;
    await until('the first rows are shown', () => table()?.shadowRoot?.querySelector('.row .cell') != null && column(table(), 0)[0] === 'o-0');
    return { card, table };
  }

  it('are asked for by the card, with its token and params, when they are looked at', async () => {
    const { card, table } = await mount();
    expect(scroller(table()).getAttribute('aria-rowcount')).to.equal('5001');
    expect(asked).to.deep.equal([]);
    scroller(table()).scrollTop = 3_020 * 36;
    await until('those rows are shown', () => column(table(), 0).includes('o-3021'));
    expect(asked.map(({ query }) => query)).to.deep.include({ rows: '3000,100', params: '{"region":"US"}' });
    expect(asked.every(({ token }) => token === `Bearer ${card.token ?? ''}`)).to.equal(true);
  });

  it('are told anew after a push, also where the first of them are the same', async () => {
    const { table } = await mount();
    scroller(table()).scrollTop = 3_020 * 36;
    await until('those rows are shown', () => column(table(), 0).includes('o-3021'));
    all = [...orders().slice(0, 100), ...orders('n').slice(100)];
    edge.tell('orders', first(all));
    edge.send({ ...first(all), widget_id: 'orders', ref: 'orders{"region":"US"}', timestamp: new Date().toISOString(), cursor: 'another' } as never);
    await until('the new ones are shown', () => column(table(), 0).includes('n-3021'));
  });

  it('are searched at the edge, and say so where that fails', async () => {
    const { table } = await mount();
    const input = table().shadowRoot!.querySelector('input')!;
    input.value = 'o-499';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await until('it found', () => scroller(table()).getAttribute('aria-rowcount') === '12');
    expect(rows(table()).map((row) => text(row.querySelector('.cell')))[0]).to.equal('o-499');
    expect(asked.at(-1)!.query).to.deep.equal({ rows: '0,100', search: 'o-499', params: '{"region":"US"}' });
  });
});
