import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { lowStockAlert, salesSummary, stripePayments, systemHealth } from './requirement.fixture.js';

describe('widget.schema.json', () => {
  const schema = JSON.parse(readFileSync(new URL('../../widget.schema.json', import.meta.url), 'utf8')) as object;
  const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(schema);

  it.each([salesSummary, stripePayments, systemHealth, lowStockAlert])('$id passes with a plain JSON Schema tool', (widget) => {
    expect(validate(widget)).toBe(true);
  });

  it.each<[string, object]>([
    ['an unknown field', { titel: 'x' }],
    ['a wrong source', { dataSource: { type: 'module', moduleName: 'Sales', endpoint: '/x' } }],
    ['a wrong format', { statConfig: { primaryValue: 'a', format: { style: 'money' } } }],
    ['two steps in one', { transform: [{ limit: 1, select: ['a'] }] }],
  ])('%s does not', (_what, change) => {
    expect(validate({ ...salesSummary, ...change })).toBe(false);
  });
});

describe('layout.schema.json', () => {
  const schema = JSON.parse(readFileSync(new URL('../../layout.schema.json', import.meta.url), 'utf8')) as object;
  const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(schema);
  const layout = { $schema: './layout.schema.json', name: 'Mine', widgets: [{ widgetId: 'a', position: { x: 0, y: 0, w: 1, h: 1 }, config: { title: 'A' } }] };

  it('takes a layout with a plain JSON Schema tool, and no wrong one', () => {
    expect(validate(layout)).toBe(true);
    expect(validate({ ...layout, widgets: [{ widgetId: 'a' }] })).toBe(false);
    expect(validate({ ...layout, nmae: 'x' })).toBe(false);
  });
});
