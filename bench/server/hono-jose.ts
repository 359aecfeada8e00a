/** The peer: Hono, the token checked by jose on each request, the answer from memory. Without a token: `GET /widget/:id`. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { jwtVerify, SignJWT } from 'jose';
import { webcrypto } from 'node:crypto';
import { listening } from '../contestant.js';
import { cards } from '../workload.js';
import { large, small } from './payloads.js';

const secret = new TextEncoder().encode('a-secret-of-the-bench-longer-than-32-bytes');
const key = await webcrypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify', 'sign']);
const token = await new SignJWT({ tenant: 'bench' }).setProtectedHeader({ alg: 'HS256' }).setSubject('u').setExpirationTime('2h').sign(key);
const nothing = new Uint8Array();
const headers = { 'content-type': 'application/json' };
const bodies: Record<string, Uint8Array<ArrayBuffer>> = { small: bytes(small), large: bytes(large) };
const widgets = new Map(cards().map((card) => [card.id, bytes({ widget_id: card.id, data: card.data })]));

const app = new Hono();
app.get('/widget/:id', (context) => context.body(widgets.get(context.req.param('id')) ?? nothing, 200, headers));
app.use(async (context, next) => {
  await jwtVerify(context.req.header('authorization')?.slice(7) ?? '', key);
  await next();
});
app.get('/:size', (context) => context.body(bodies[context.req.param('size')] ?? nothing, 200, headers));

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => listening({ port, token }));

function bytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}
