import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { createRouter } from './remembering-router.js';

function app(): Hono {
  const made = new Hono({ router: createRouter() });
  made.get('/modules/jwks', (c) => c.text('keys'));
  made.get('/modules/:name/widget-data', (c) => c.text(`data of ${c.req.param('name')}`));
  made.get('/widgets/:id', (c) => c.text(`got ${c.req.param('id')}`));
  made.delete('/widgets/:id', (c) => c.text(`removed ${c.req.param('id')}`));
  return made;
}
const text = async (from: Hono, path: string, method = 'GET'): Promise<string> => (await from.request(path, { method })).text();

describe('a remembered route', () => {
  it('answers the second time as the first, with its own params', async () => {
    const from = app();
    for (let round = 0; round < 3; round += 1) {
      expect(await text(from, '/modules/jwks')).toBe('keys');
      expect(await text(from, '/modules/sales/widget-data')).toBe('data of sales');
      expect(await text(from, '/widgets/a')).toBe('got a');
      expect(await text(from, '/widgets/b%20c')).toBe('got b c');
    }
  });
  it('is one of its method', async () => {
    const from = app();
    expect([await text(from, '/widgets/a'), await text(from, '/widgets/a', 'DELETE')]).toEqual(['got a', 'removed a']);
    expect((await from.request('/widgets/a', { method: 'PUT' })).status).toBe(404);
  });
  it('survives more paths than it remembers, and very long ones', async () => {
    const from = app();
    for (let index = 0; index < 5_000; index += 1) {
      if ((await text(from, `/widgets/w${index}`)) !== `got w${index}`) throw new Error(`wrong at ${index}`);
    }
    expect(await text(from, `/widgets/${'x'.repeat(5_000)}`)).toBe(`got ${'x'.repeat(5_000)}`);
    expect(await text(from, '/modules/jwks')).toBe('keys');
  });
});
