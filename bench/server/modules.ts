/** The bench's ERP module: answers of the workload, and `/slow/N` after 200 ms. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cards } from '../workload.js';
import { large, small } from './payloads.js';

export const SLOW_MS = 200;

export function startModule(): Promise<{ url: string }> {
  const answers = new Map(cards().map((card) => [card.id, card.data]));
  const module = new Hono();
  module.get('/health', (context) => context.json({ status: 'ok' }));
  module.get('/data/small', (context) => context.json(small));
  module.get('/data/large', (context) => context.json(large));
  module.get('/data/:id', (context) => context.json(answers.get(context.req.param('id')) as object));
  module.get('/slow/:n', async (context) => {
    await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    return context.json({ value: Number(context.req.param('n')) });
  });
  return new Promise((resolve) => serve({ fetch: module.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve({ url: `http://127.0.0.1:${port}` })));
}
