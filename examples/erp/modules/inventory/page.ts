import { html } from 'hono/html';
import { MAX_QUANTITY } from '../../platform/order.js';
import { demoUser } from '../../platform/users.js';
import type { ModulePage } from '../pages.js';
import { type Markup, ccmScript, header, shell, writers } from '../shell.js';
import { type InventoryStore, STOCK } from './store.js';

interface StockRow {
  sku: string;
  name: string;
  warehouse: string;
  level: number;
  coming: number;
  reorder_point: number;
  unit_cost: number;
}

const ROWS = 60;

/** The stock list of the inventory module: its own rows, rendered here, and three widget tags among them. */
export function inventoryPage({ db }: InventoryStore): ModulePage {
  const stock = db.prepare<[{ tenant: string; now: number; words: string; limit: number }], StockRow>(
    `${STOCK} SELECT * FROM stock WHERE @words = '' OR instr(lower(name || ' ' || sku), lower(@words)) > 0
     ORDER BY level - reorder_point, sku LIMIT @limit`,
  );

  return ({ tenant, user, now, edge, query }) => {
    const write = writers(tenant);
    const words = (query['q'] ?? '').trim().slice(0, 100);
    const rows = stock.all({ tenant: tenant.id, now, words, limit: ROWS });
    const body = html`
      ${header({ heading: 'Inventory', company: tenant.name, user: demoUser(user)?.label ?? user, edge, current: 'inventory' })}
      <main>
        <h1>Stock</h1>
        <div class="columns">
          <section>
            <h2 id="shelves">${words === '' ? 'Scarcest shelves' : `Shelves with “${words}”`}</h2>
            <form class="line" method="get" role="search">
              <label for="q">Find a product</label>
              <input id="q" name="q" type="search" value="${words}">
              <button type="submit">Find</button>
            </form>
            <form class="line" method="post" action="/deliveries">
              <label for="sku">Delivery of</label>
              <input id="sku" name="sku" list="skus" required maxlength="100" placeholder="SKU">
              <datalist id="skus">${rows.map((row) => html`<option value="${row.sku}">${row.name}</option>`)}</datalist>
              <label for="quantity">Pieces</label>
              <input id="quantity" name="quantity" type="number" min="1" max="${MAX_QUANTITY}" value="50" required>
              <button type="submit">Book</button>
            </form>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="shelves">
              <table>
                <thead>
                  <tr>
                    <th scope="col">SKU</th><th scope="col">Product</th><th scope="col">Hall</th><th scope="col" class="number">Stock</th>
                    <th scope="col" class="number">On order</th><th scope="col" class="number">Reorder at</th><th scope="col" class="number">Value</th>
                  </tr>
                </thead>
                <tbody>
                  ${rows.map((row) => html`<tr>
                    <th scope="row">${row.sku}</th><td title="${row.name}">${row.name}</td><td>${hallOf(row.warehouse)}</td>
                    <td class="number">${row.level <= row.reorder_point ? low(write.number(row.level)) : write.number(row.level)}</td>
                    <td class="number">${write.number(row.coming)}</td><td class="number">${write.number(row.reorder_point)}</td>
                    <td class="number">${write.money(row.level * row.unit_cost)}</td>
                  </tr>`)}
                  ${rows.length === 0 ? html`<tr><td colspan="7">No product has “${words}” in its name or number.</td></tr>` : ''}
                </tbody>
              </table>
            </div>
          </section>
          <aside aria-label="Figures">
            <ccm-widget widget="inventory-turnover"></ccm-widget>
            <ccm-widget widget="low-stock-alert"></ccm-widget>
            <ccm-widget widget="stock-levels"></ccm-widget>
          </aside>
        </div>
      </main>`;
    return shell({ name: 'inventory', title: `Stock · ${tenant.name}`, body, script: ccmScript(edge) });
  };
}

function low(level: string): Markup {
  return html`<strong class="low">${level} low</strong>`;
}

/** The hall without what is kept in it: "Hall B". */
function hallOf(warehouse: string): string {
  return warehouse.split(' · ')[0] ?? warehouse;
}
