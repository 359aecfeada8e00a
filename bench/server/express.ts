/** The peer: bare express 5 without a token, the answer from memory. */
import type { AddressInfo } from 'node:net';
import express from 'express';
import { listening } from '../contestant.js';
import { large, small } from './payloads.js';

const bodies: Record<string, Buffer> = { small: Buffer.from(JSON.stringify(small)), large: Buffer.from(JSON.stringify(large)) };
const app = express().set('etag', false);
app.get('/:size', (request, response) => {
  response.type('application/json').send(bodies[request.params.size]);
});
const server = app.listen(0, '127.0.0.1', () => listening({ port: (server.address() as AddressInfo).port }));
