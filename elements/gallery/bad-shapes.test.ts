/** What no kind of widget expects: answers and options of other shapes. Each says so or draws what it can, and its neighbours go on. */
import { expect } from '@open-wc/testing';
import type { WidgetDefinition } from '../../sdk/contract/widget.js';
import { WIDGET_TYPES } from '../../sdk/contract/widget.js';
import type { WidgetKind } from '../../sdk/define/widget-kind.js';
import { kinds } from '../core/kinds.js';
import type { WidgetView } from '../core/widget-view.js';
import { define } from '../tags.js';
import type { CcmWidget } from '../widget/ccm-widget.js';
import { fieldsOf, withField } from './test/fields.js';
import { nonsenseIn } from './test/nonsense.js';
import { CARDS, settled, together } from './test/together.js';

define();

const LONG = 'long words '.repeat(5_000);
const parsed = (json: string): unknown => JSON.parse(json);

const SHAPES: unknown[] = [
  null, undefined, 0, 5, -1, Number.NaN, Infinity, '', 'x', LONG, true, [], [[]], [null], [[[]], 7], {}, { items: null }, { items: {} }, { items: [] },
  { items: 'x' }, { items: { length: 3 } }, { items: [null, 1, 'x', [], true, {}] }, { data: { data: [] } }, { results: [[1, 2], [3, 4]] },
  [1, 2, 3], ['a', 'b'], [{}, {}], [{ a: { b: { c: [] } } }], parsed('{"__proto__": {"polluted": true}}'), parsed('[{"__proto__": 1, "constructor": 2, "length": -1}]'),
  parsed('{"constructor": {"prototype": 1}, "toString": 1, "hasOwnProperty": 2, "valueOf": null}'), { error: { code: 500 } },
  { trend: 'up', history: 'x' }, { trend: { percentage: 'NaN', direction: 7 }, history: [null, 'x', {}, [], Infinity] }, { toJSON: 1, then: 1 },
];

/** Values in place of a field's own. */
const VALUES: unknown[] = [
  null, undefined, '', ' ', 'x', LONG, true, false, {}, { a: 1 }, [], [[]], [null], 0, -0, -1, 1e308, -1e308, 5e-324, 9_007_199_254_740_993, Number.NaN, Infinity, -Infinity,
  '12.5', '1e400', '1,234', '2026-13-45', '2026-03-29T02:30:00', '2026-03-16', '9999-12-31T23:59:59Z', 1_760_000_000, 1_760_000_000_000, 8.64e15 + 1, -62_135_596_800_000,
];
const OPTIONS: unknown[] = [null, undefined, '', 'x', LONG, 0, -1, 1e9, -1e308, 0.5, true, {}, [], [null], [{}], [[]], { a: {} }, '__proto__', 'constructor.prototype', 'a..b', '..'];

const samplesOf = ({ name, sample, samples = [] }: WidgetKind) => [{ name: `${name} (sample)`, ...sample }, ...samples];
const widgetOf = (type: string, options: unknown): WidgetDefinition =>
  ({ id: 'sample', title: 'Sample', type, size: 'medium', dataSource: { type: 'static' }, [`${type}Config`]: options }) as WidgetDefinition;

interface Case {
  name: string;
  widget: WidgetDefinition;
  data: unknown;
}

const faults: string[] = [];
const onError = ({ message }: ErrorEvent) => faults.push(message);
const onRejection = ({ reason }: PromiseRejectionEvent) => faults.push(String(reason));
const viewOf = (element: CcmWidget): WidgetView | null => element.shadowRoot!.querySelector('.body > *:not(ccm-skeleton)');
const written = (value: unknown) => (Array.isArray(value) && value.length > 20 ? `${value.length} rows` : (JSON.stringify(value) ?? String(value)).slice(0, 80));

/** Shows each case, then what is right, then the case again; tells what was wrong. */
async function troubleOf(cases: readonly Case[], good: Pick<Case, 'widget' | 'data'>, may: { fail: boolean }): Promise<string[]> {
  const trouble: string[] = [];
  for (let from = 0; from < cases.length; from += CARDS) {
    const batch = cases.slice(from, from + CARDS);
    const { elements, neighbour } = await together(batch.map(({ widget, data }) => ({ config: widget, data })));
    const look = (when: string) => {
      for (const [index, { name }] of batch.entries()) {
        const element = elements[index]!;
        for (const found of nonsenseIn(element)) trouble.push(`${name}, ${when}: ${found}`);
        if (element.state === 'failed' && !(may.fail && when !== 'right again')) trouble.push(`${name}, ${when}: ${element.shadowRoot!.querySelector('.body')!.textContent.trim()}`);
        try {
          const cells = (viewOf(element) as Partial<WidgetView> | null)?.asTable?.()?.rows.flat() ?? [];
          if (cells.some((cell) => cell !== null && typeof cell !== 'string' && !Number.isFinite(cell))) trouble.push(`${name}, ${when}: its table has what is no value`);
        } catch (error) {
          if (!may.fail) trouble.push(`${name}, ${when}: its table throws ${String(error)}`);
        }
      }
      trouble.push(...faults.splice(0).map((fault) => `${batch[0]!.name} … ${batch.at(-1)!.name}, ${when}: ${fault}`));
    };
    look('at first');
    for (const element of elements) Object.assign(element, { config: good.widget, data: good.data });
    await settled(elements);
    look('right again');
    for (const [index, element] of elements.entries()) Object.assign(element, { config: batch[index]!.widget, data: batch[index]!.data });
    await settled(elements);
    look('after what was right');
    expect(await neighbour.goesOn(), 'the neighbour goes on').to.equal(true);
    for (const element of elements) element.remove();
  }
  return trouble;
}

describe('bad shapes', () => {
  // The test runner's own would end a test with the first fault, without the case's name.
  const { onerror } = globalThis;
  before(() => {
    globalThis.onerror = null;
    addEventListener('error', onError);
    addEventListener('unhandledrejection', onRejection);
  });
  after(() => {
    globalThis.onerror = onerror;
    removeEventListener('error', onError);
    removeEventListener('unhandledrejection', onRejection);
    expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
  });

  for (const type of WIDGET_TYPES) {
    const kindOf = async () => (await kinds()).find((kind) => kind.tag === `ccm-${type}`)!;

    it(`${type}: answers of other shapes`, async () => {
      const trouble: string[] = [];
      for (const { name, options, data } of samplesOf(await kindOf())) {
        const widget = widgetOf(type, options);
        const wrapped = SHAPES.map((shape) => ({ name: `${name}: ${written(shape)}`, widget, data: shape }));
        const atPath = SHAPES.slice(0, 20).map((shape) => ({ name: `${name}: at a path ${written(shape)}`, widget: { ...widget, dataPath: 'a.b' }, data: { a: { b: shape } } }));
        trouble.push(...await troubleOf([...wrapped, ...atPath], { widget, data }, { fail: false }));
      }
      expect(trouble).to.deep.equal([]);
    }).timeout(120_000);

    it(`${type}: values of other shapes in each field`, async () => {
      const trouble: string[] = [];
      for (const { name, options, data } of samplesOf(await kindOf())) {
        const widget = widgetOf(type, options);
        const rows = (Array.isArray(data) ? data : [data]) as Record<string, unknown>[];
        const back = (changed: unknown[]) => (Array.isArray(data) ? changed : changed[0]);
        const cases = Object.keys(rows[0] ?? {}).flatMap((field) => {
          return [
            ...VALUES.map((value) => ({ name: `${name}: ${field} ${written(value)}`, widget, data: back(rows.map((row) => ({ ...row, [field]: value }))) })),
            { name: `${name}: ${field} of all kinds`, widget, data: back(VALUES.map((value, index) => ({ ...rows[index % rows.length], [field]: value }))) },
            { name: `${name}: ${field} absent`, widget, data: back(rows.map(({ [field]: _gone, ...row }) => row)) },
          ];
        });
        const one = { name: `${name}: one row`, widget, data: back(rows.slice(0, 1)) };
        const mixed = { name: `${name}: rows and no rows`, widget, data: back([null, ...rows, 7, 'x', [], {}, ...rows]) };
        trouble.push(...await troubleOf([...cases, one, mixed], { widget, data }, { fail: false }));
      }
      expect(trouble).to.deep.equal([]);
    }).timeout(240_000);

    it(`${type}: options of other shapes, field by field`, async () => {
      const kind = await kindOf();
      const { options, data } = kind.sample;
      const good = { widget: widgetOf(type, options), data };
      // A number that is none is only met where a number is: JSON has it as 1e400.
      const cases = fieldsOf(kind.schema).flatMap(({ path, schema }) => [...OPTIONS, ...(schema.type === 'number' || schema.type === 'integer' ? [Infinity] : [])].map((value) => ({
        name: `${path.join('.')}: ${written(value)}`, widget: widgetOf(type, withField(kind.schema, options, path, value)), data,
      })));
      const whole = OPTIONS.map((value) => ({ name: `the options: ${written(value)}`, widget: widgetOf(type, value), data }));
      expect(await troubleOf([...whole, ...cases], good, { fail: true })).to.deep.equal([]);
    }).timeout(240_000);

    it(`${type}: a million rows`, async () => {
      const trouble: string[] = [];
      const count = type === 'chart' || type === 'table' ? 1_000_000 : 100_000;
      for (const { name, options, data } of samplesOf(await kindOf())) {
        const rows = (Array.isArray(data) ? data : [data]) as Record<string, unknown>[];
        const widget = widgetOf(type, options);
        trouble.push(...await troubleOf([{ name, widget, data: Array.from({ length: count }, (_, index) => another(rows[index % rows.length] ?? {}, index)) }], { widget, data }, { fail: false }));
      }
      expect(trouble).to.deep.equal([]);
    }).timeout(240_000);
  }
});

/** A row like it, with values of its own: a later time, another name, another number. */
function another(row: Record<string, unknown>, index: number): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([field, value]) => {
    if (typeof value === 'number') return [field, value + (index % 7)];
    if (typeof value !== 'string') return [field, value];
    return [field, /^\d{4}-/.test(value) ? new Date(Date.UTC(2020, 0, 1) + index * 60_000).toISOString() : `${value} ${index}`];
  }));
}
