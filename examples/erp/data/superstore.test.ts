import { describe, expect, it } from 'vitest';
import { parseSuperstore, readSuperstore, totalOf } from './superstore.js';

const HEAD = 'Order ID,Order Date,Customer ID,Customer Name,Segment,City,State,Region,Ship Mode,Product ID,Category,Sub-Category,Product Name,Sales,Quantity,Discount,Profit';
const line = (fields: Record<string, string> = {}) => {
  const good: Record<string, string> = {
    'Order ID': 'A-1', 'Order Date': '2014-01-03', 'Customer ID': 'C', 'Customer Name': 'Ann', 'Segment': 'Consumer', 'City': 'X', 'State': 'Y',
    'Region': 'East', 'Ship Mode': 'First', 'Product ID': 'P', 'Category': 'Technology', 'Sub-Category': 'Phones', 'Product Name': 'Phone',
    'Sales': '957.5775', 'Quantity': '5', 'Discount': '0.5', 'Profit': '-383.031',
  };
  return HEAD.split(',').map((name) => fields[name] ?? good[name]).join(',');
};

describe('the data set', () => {
  it('is read whole: every line, every order once, by date', async () => {
    const { orders, products, lineCount } = await readSuperstore();
    expect(lineCount).toBe(9994);
    expect(orders).toHaveLength(5009);
    expect(orders.reduce((sum, order) => sum + order.lines.length, 0)).toBe(9994);
    expect(products.size).toBe(1862);
    expect([orders[0]?.date, orders.at(-1)?.date]).toEqual(['2014-01-03', '2017-12-30']);
    expect(orders.every((order, index) => index === 0 || order.date >= (orders[index - 1]?.date ?? ''))).toBe(true);
    // 2,297,200.86 in the file; each of its lines is rounded to a whole cent here.
    expect(Math.abs(orders.reduce((sum, order) => sum + totalOf(order), 0) - 229_720_086)).toBeLessThan(100);
  });

  it('gives money in cents, the price before discount, and what the goods cost', () => {
    const { orders, products } = parseSuperstore([HEAD, line()].join('\n'));
    expect(orders[0]?.lines).toEqual([{ sku: 'P', quantity: 5, sales: 95_758, profit: -38_303 }]);
    expect(products.get('P')).toMatchObject({ listPrice: 38_303, unitCost: 26_812, name: 'Phone' });
  });

  it.each([
    [{ Sales: 'a lot' }, 'superstore.csv line 3: column "Sales" holds "a lot".'],
    [{ Quantity: '' }, 'superstore.csv line 3: column "Quantity" holds "".'],
    [{ 'Order ID': 'A-2', 'Segment': 'Nobody' }, 'superstore.csv line 3: column "Segment" holds "Nobody".'],
  ])('says where it cannot be read: %o', (fields, message) => {
    expect(() => parseSuperstore([HEAD, line(), line(fields)].join('\n'))).toThrow(message);
  });
});
