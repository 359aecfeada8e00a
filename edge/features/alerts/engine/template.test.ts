import { describe, expect, it } from 'vitest';
import type { AlertCondition } from '../../../../sdk/contract/alert.js';
import { lineOf, linesOf } from './clean.js';
import { templateFaults, tooManyWording, wordingOf } from './template.js';
import { ruleOf } from './test/watched.js';
import { keptValue, wordsOf } from './values.js';

const values = { name: 'Bolts', value: 3, row: { name: 'Bolts', warehouse: { city: 'Bremen' }, note: 'a\r\nBcc: x@y.z', list: ['a', 'b'] } };
const titled = (title: string, labels?: Record<string, string>) => wordingOf(ruleOf({ title, ...(labels && { labels }) }), values, false).title;
const said = (condition: Partial<AlertCondition>, value: unknown = 3, still = false) => wordingOf(ruleOf(condition), { name: 'Bolts', value }, still).title;

describe('templates', () => {
  it('name what the alert is about', () => {
    expect(titled('{{name}} {{value}} {{threshold}} {{severity}} {{widget}} {{rule}}')).toBe('Bolts 3 5 critical Stock levels Low stock');
    expect(titled('{{ labels.team }} in {{row.warehouse.city}}: {{row.list}}', { team: 'north' })).toBe('north in Bremen: a, b');
  });

  it('say nothing where they name nothing', () => {
    expect(titled('[{{nam}}{{labels.x}}{{row.none}}{{row.warehouse}}{{row}}{{}}]')).toBe('[]');
    expect(titled('{{value')).toBe('{{value');
  });

  it('reach what is the row\'s own and nothing else', () => {
    expect(titled('[{{row.constructor}}{{row.__proto__.x}}{{row.constructor.name}}{{labels.toString}}{{row.name.length}}]')).toBe('[]');
  });

  it('do not fill what a value brings along', () => {
    expect(wordingOf(ruleOf({ title: '{{name}}' }), { name: '{{value}} {{row.x}}', value: 3 }, false).title).toBe('{{value}} {{row.x}}');
    expect(wordingOf(ruleOf({ title: '{{name}}' }), { name: '$& $1 $`', value: 3 }, false).title).toBe('$& $1 $`');
  });

  it('have titles of one line: no header, no steering of the terminal, no writing that runs backwards', () => {
    expect(titled('{{name}}\r\nBcc: {{row.note}}')).toBe('Bolts Bcc: a Bcc: x@y.z');
    expect(lineOf('a\u0000b\u001b[31mc\u2028d\u202ee\u0085f\u2067g\u061ch', 100)).toBe('a b [31mc d e f g h');
  });

  it('have texts of lines', () => {
    expect(wordingOf(ruleOf({ text: 'One\r\ntwo\u0007\n{{name}}' }), values, false).text).toBe('One\ntwo \nBolts');
    expect(linesOf('a\u2029b\tc', 100)).toBe('a b c');
  });

  it('are short, and cut between characters', () => {
    expect(wordingOf(ruleOf({ title: '{{row.note}}{{row.note}}' }), { name: 'x', value: 1, row: { note: 'y'.repeat(5_000) } }, false).title.length).toBeLessThanOrEqual(200);
    expect(lineOf('😀'.repeat(10), 6)).toBe('😀😀…');
    expect(linesOf('x'.repeat(1_000_000), 2_000)).toHaveLength(2_000);
  });

  it('take no longer with what is made to take long', () => {
    const started = process.cpuUsage();
    for (const text of ['{{'.repeat(1_000), '{{ '.repeat(660), '{'.repeat(2_000), `{{${' '.repeat(1_900)}`]) {
      titled(text);
      templateFaults(text);
    }
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(500);
  });
});

describe('templateFaults', () => {
  it('names what names nothing', () => {
    expect(templateFaults('{{name}} {{ value }} {{labels.team}} {{row.a.b}}')).toEqual([]);
    expect(templateFaults('{{nam}} {{row}} {{labels.}} {{}} {{row.__proto__}} {{Value}}')).toEqual(['nam', 'row', 'labels.', '', 'row.__proto__', 'Value']);
    expect(templateFaults('{{name}} and {{value')).toEqual(['{{value']);
  });
});

describe('titles that the rule does not give', () => {
  it.each<[Partial<AlertCondition>, unknown, string]>([
    [{}, 3, 'Bolts: stock 3 is below 5'],
    [{ operator: '>=', value: 90, field: 'cpu.loadAverage' }, 93.5, 'Bolts: load average 93.5 is at or above 90'],
    [{ operator: '=', value: 'down', field: 'status' }, 'down', 'Bolts: status is down'],
    [{ operator: '!=', value: 'up', field: 'node_state' }, 'down', 'Bolts: node state is down, not up'],
    [{ operator: 'contains', value: 'fire', field: 'items.0.notes' }, 'on fire', 'Bolts: notes contains fire'],
    [{ operator: '=', value: null }, null, 'Bolts: stock is empty'],
    [{ operator: '!=', value: null, field: 'lastError' }, 'disk full', 'Bolts: last error is disk full'],
    [{ reduce: { by: 'mean', over: '10m' } }, 0.1 + 0.2, 'Bolts: mean of stock over 10m 0.3 is below 5'],
    [{ field: 'dueAt', type: 'date', value: '2026-11-26T08:00:00Z' }, 1_764_057_600, 'Bolts: due at 2025-11-25T08:00Z is before 2026-11-26T08:00Z'],
    [{ field: 'due', type: 'date', operator: '>=', value: '2026-11-26' }, '2026-11-26T08:00:30+01:00', 'Bolts: due 2026-11-26T07:00:30Z is at or after 2026-11-26T00:00Z'],
    [{ reduce: { by: 'percentChange' } }, -20, 'Bolts: percent change of stock -20 is below 5'],
  ])('%j', (condition, value, title) => {
    expect(said(condition, value)).toBe(title);
  });

  it('is true of what fires only because it has not recovered', () => {
    expect(said({ recover: 8 }, 6, true)).toBe('Bolts: stock 6 is still below 8');
  });

  it('says what the rule is', () => {
    expect(wordingOf(ruleOf({ for: 300 }), values, false).text).toBe('The rule "Low stock" of "Stock levels" fires where stock is below 5 for 5 minutes.');
    expect(wordingOf(ruleOf({ operator: '=', value: null }), values, false).text).toBe('The rule "Low stock" of "Stock levels" fires where stock is empty.');
  });

  it('says how many rows are not followed', () => {
    expect(tooManyWording(ruleOf(), 9_000, 1_000)).toEqual({
      title: 'Stock levels: 9000 more rows meet the rule than are followed',
      text: 'The rule "Low stock" is met by more rows than can be told one by one: 1000 rows have alerts of their own, 9000 more have none. Narrow the rule, or look at the widget.',
    });
  });
});

describe('values that alerts keep', () => {
  it.each([[Number.NaN, null], [Infinity, null], [{}, null], [undefined, null], ['', null], [() => 1, null], [new Date('x'), null], [[], null], [[{}, null], null], [[1, 'b', true], '1, b, true'], [new Date(0), '1970-01-01T00:00:00.000Z'], [0, 0], [false, false]])('%o is %o', (value, kept) => {
    expect(keptValue(value)).toBe(kept);
    expect(wordsOf(value)).not.toMatch(/NaN|undefined|object/);
  });

  it('are short', () => {
    expect(String(keptValue('x'.repeat(1e6)))).toHaveLength(200);
    expect(String(keptValue(Array.from({ length: 1e5 }, () => 'long words'))).length).toBeLessThanOrEqual(200);
  });
});
