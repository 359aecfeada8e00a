import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { faultsOf } from './faults.schema.js';
import { BatchRequestSchema, ClientMessageSchema } from './frames.schema.js';
import { ModuleEventSchema } from './module.schema.js';

function faults(schema: z.ZodType, value: unknown): string[] {
  const result = schema.safeParse(value);
  return result.success ? [] : faultsOf(result.error).map(({ path, message }) => `${path}: ${message}`);
}

describe('ClientMessageSchema', () => {
  it.each([
    { action: 'auth', token: 'a.b.c' },
    { action: 'subscribe', widgets: ['sales-summary', { id: 'stock', ref: 'r1', params: { region: 'north', top: 5 }, cursor: 'c1', refreshInterval: 30 }], mode: 'full' },
    { action: 'unsubscribe', widgets: ['sales-summary'] },
    { action: 'refresh', widgets: [{ id: 'stock' }] },
    { action: 'ping' },
  ])('takes $action', (message) => {
    expect(faults(ClientMessageSchema, message)).toEqual([]);
  });

  it.each<[unknown, string[]]>([
    [null, [': must be an object']],
    ['ping', [': must be an object']],
    [[], [': must be an object']],
    [{}, ['action: is required']],
    [{ action: 'drop' }, ['action: must be one of auth, subscribe, unsubscribe, refresh, ping']],
    [{ action: 'ping', widgets: [] }, ['widgets: is not a known field']],
    [{ action: 'auth' }, ['token: is required']],
    [{ action: 'auth', token: '' }, ['token: must not be empty']],
    [{ action: 'subscribe' }, ['widgets: is required']],
    [{ action: 'subscribe', widgets: 'a' }, ['widgets: must be a list']],
    [{ action: 'subscribe', widgets: [] }, ['widgets: must not be empty']],
    [{ action: 'subscribe', widgets: ['a'], mode: 'some' }, ['mode: must be one of full, patch']],
    [{ action: 'subscribe', widgets: [5] }, ['widgets.0: must be text or an object']],
    [{ action: 'subscribe', widgets: [''] }, ['widgets.0: must not be empty']],
    [{ action: 'subscribe', widgets: ['a', { ref: 'x' }] }, ['widgets.1.id: is required']],
    [{ action: 'subscribe', widgets: [{ id: 'a', params: { region: { gte: 1 } } }] }, ['widgets.0.params.region: must be text or a number or true or false']],
    [{ action: 'subscribe', widgets: [{ id: 'a', refreshInterval: 1 }] }, ['widgets.0.refreshInterval: must be 10 or more']],
  ])('says what is wrong with %j', (message, expected) => {
    expect(faults(ClientMessageSchema, message)).toEqual(expected);
  });

  it('hazard: message size and flood: not more ids in a message than a page can show', () => {
    const widgets = Array.from({ length: 10_000 }, (_, index) => `w${index}`);
    expect(faults(ClientMessageSchema, { action: 'subscribe', widgets })).toEqual(['widgets: must have at most 500 items']);
    expect(faults(BatchRequestSchema, { widgets: widgets.map((id) => ({ id })) })).toEqual(['widgets: must have at most 500 items']);
  });
});

describe('BatchRequestSchema', () => {
  it('takes an id that no widget can have: it is refused alone, not with all others', () => {
    expect(faults(BatchRequestSchema, { define: true, widgets: [{ id: 'sales-summary' }, { id: 'no such id!' }] })).toEqual([]);
  });

  it.each<[unknown, string[]]>([
    [{}, ['widgets: is required']],
    [{ widgets: ['a'] }, ['widgets.0: must be an object']],
    [{ widgets: [{ id: 'a', tenant: 'b' }] }, ['widgets.0.tenant: is not a known field']],
    [{ define: 1, widgets: [{ id: 'a' }] }, ['define: must be true or false']],
  ])('says what is wrong with %j', (body, expected) => {
    expect(faults(BatchRequestSchema, body)).toEqual(expected);
  });
});

describe('ModuleEventSchema', () => {
  it('takes word of a change, with and without the new answer', () => {
    expect(faults(ModuleEventSchema, { tenant: 'acme' })).toEqual([]);
    expect(faults(ModuleEventSchema, { tenant: 'acme', endpoint: '/api/metrics/daily-summary', widgets: ['sales-summary'], data: { total_sales: 5 } })).toEqual([]);
  });

  it.each<[unknown, string[]]>([
    [{}, ['tenant: is required']],
    [{ tenant: 'a', endpoint: '/../admin' }, ['endpoint: must not have a "." or ".." segment']],
    [{ tenant: 'a', widgets: ['../x'] }, ['widgets.0: must be 1 to 100 letters, digits, ".", "_" or "-", beginning with a letter or digit']],
    [{ tenant: 'a', user: 'x' }, ['user: is not a known field']],
  ])('says what is wrong with %j', (event, expected) => {
    expect(faults(ModuleEventSchema, event)).toEqual(expected);
  });
});
