import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../contract/json-schema.js';
import { faultsOfSchema } from './schema-faults.js';

const FUNNEL: JsonSchema = {
  type: 'object',
  properties: {
    label: { type: 'string', minLength: 1 },
    steps: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } },
    color: { enum: ['blue', 'green'] },
  },
  required: ['label'],
  additionalProperties: false,
};

describe('faultsOfSchema', () => {
  it('is empty where the value fits', () => {
    expect(faultsOfSchema(FUNNEL, { label: 'a', steps: [{ name: 'b' }], color: 'blue' })).toEqual([]);
  });

  it('tells one fault a field, with its path', () => {
    expect(faultsOfSchema(FUNNEL, { steps: [{ name: 'a' }, { name: 1 }], color: 'red' })).toEqual([
      { path: 'label', message: 'is required' },
      { path: 'steps.1.name', message: 'must be text' },
      { path: 'color', message: 'must be one of blue, green' },
    ]);
  });

  it('tells of a field that nobody knows, beside the others', () => {
    expect(faultsOfSchema(FUNNEL, { label: 5, hue: 1 }).map(({ path }) => path).sort()).toEqual(['hue', 'label']);
  });

  it.each([null, 7, [], 'x', undefined])('tells that %j is no object', (value) => {
    expect(faultsOfSchema(FUNNEL, value)).toEqual([{ path: '', message: 'must be an object' }]);
  });

  it('throws nothing for a schema that is none, or a field named like an own property of all objects', () => {
    expect(faultsOfSchema({ type: 'thing' as 'object' }, {})).toEqual([{ path: '', message: expect.stringMatching(/^cannot be checked: its schema is none/) }]);
    expect(faultsOfSchema({ type: 'object', required: ['constructor'] }, {})).toEqual([{ path: 'constructor', message: 'is required' }]);
  });
});
