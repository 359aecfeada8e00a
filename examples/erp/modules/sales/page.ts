import { html } from 'hono/html';
import { demoUser } from '../../platform/users.js';
import { MAX_QUANTITY } from '../../platform/order.js';
import type { ModulePage } from '../pages.js';
import { ccmScript, header, shell, writers } from '../shell.js';
import type { SalesStore } from './store.js';

interface OrderRow {
  id: string;
  at: number;
  customer: string;
  city: string;
  segment: string;
  pieces: number;
  total: number;
}

const ROWS = 40;
const CHOICES = 60;

/** The order list of the sales module: its own rows, rendered here, and three widget tags among them. */
export function salesPage({ db }: SalesStore): ModulePage {
  const orders = db.prepare<[string, number, number], OrderRow>(
    'SELECT id, at, customer, city, segment, pieces, total FROM orders WHERE tenant = ? AND at <= ? ORDER BY at DESC, id DESC LIMIT ?',
  );
  const products = db.prepare<[string, number], { sku: string; name: string; list_price: number }>(
    `SELECT sku, name, list_price FROM products WHERE sku IN (
       SELECT sku FROM lines WHERE tenant = ? GROUP BY sku ORDER BY count(*) DESC, sku LIMIT ?) ORDER BY name`,
  );

  return ({ tenant, user, now, edge }) => {
    const write = writers(tenant);
    const body = html`
      ${header({ heading: 'Sales', company: tenant.name, user: demoUser(user)?.label ?? user, edge, current: 'sales' })}
      <main>
        <h1>Orders</h1>
        <section class="tiles" aria-label="Figures">
          <ccm-widget widget="sales-summary"></ccm-widget>
          <ccm-widget widget="sales-by-hour"></ccm-widget>
          <ccm-widget widget="top-products"></ccm-widget>
        </section>
        <section>
          <h2 id="new-order">New order</h2>
          <form class="line" method="post" action="/orders" data-order-form>
            <label for="sku">Product</label>
            <select id="sku" name="sku">
              ${products.all(tenant.id, CHOICES).map(({ sku, name, list_price: price }) => html`
              <option value="${sku}">${name} · ${write.money(price)}</option>`)}
            </select>
            <label for="quantity">Pieces</label>
            <input id="quantity" name="quantity" type="number" min="1" max="${MAX_QUANTITY}" value="1" required>
            <button type="submit">Place order</button>
            <output for="sku quantity" data-order-said></output>
          </form>
        </section>
        <section>
          <h2 id="latest">Latest orders</h2>
          <div class="scroll" tabindex="0" role="region" aria-labelledby="latest">
            <table data-orders data-locale="${tenant.locale}" data-currency="${tenant.currency}" data-time-zone="${tenant.timeZone}">
              <thead>
                <tr>
                  <th scope="col">Order</th><th scope="col">Received</th><th scope="col">Customer</th><th scope="col">City</th>
                  <th scope="col">Segment</th><th scope="col" class="number">Pieces</th><th scope="col" class="number">Total</th>
                </tr>
              </thead>
              <tbody>
                ${orders.all(tenant.id, now, ROWS).map((row) => html`<tr>
                  <th scope="row">${row.id}</th><td>${write.time(row.at)}</td><td>${row.customer}</td><td>${row.city}</td>
                  <td>${row.segment}</td><td class="number">${write.number(row.pieces)}</td><td class="number">${write.money(row.total)}</td>
                </tr>`)}
              </tbody>
            </table>
          </div>
        </section>
      </main>`;
    return shell({
      name: 'sales',
      title: `Orders · ${tenant.name}`,
      body,
      script: html`${ccmScript(edge)}
    <script type="module" src="/assets/sales.js"></script>`,
    });
  };
}
