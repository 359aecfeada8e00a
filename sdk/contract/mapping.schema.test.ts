import { describe, expect, it } from 'vitest';
import { StatConfigSchema, TableConfigSchema } from './display.schema.js';
import { faultsOf } from './faults.schema.js';

describe('a mapping’s pattern', () => {
  const mapping = (regex: string) => [{ regex, text: 'On' }];

  it.each(['on|off', '(?i)err.*', '(a+)+$', '\\p{Lu}.*'])('%s can be used', (regex) => {
    expect(StatConfigSchema.safeParse({ primaryValue: 'x', mappings: mapping(regex) }).success).toBe(true);
  });

  it.each(['(', '[a', 'a**', '(?=a)', '(a)\\1', 'a{2000}'])('%s is told by its path', (regex) => {
    const stat = StatConfigSchema.safeParse({ primaryValue: 'x', mappings: mapping(regex) });
    expect(stat.error && faultsOf(stat.error)).toEqual([{ path: 'mappings.0.regex', message: 'is not a pattern that can be used' }]);
    const table = TableConfigSchema.safeParse({ columns: [{ key: 'a', mappings: mapping(regex) }] });
    expect(table.error && faultsOf(table.error)).toEqual([{ path: 'columns.0.mappings.0.regex', message: 'is not a pattern that can be used' }]);
  });
});
