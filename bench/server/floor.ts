/** The floor: node:http and bytes that are there. `GET /small`, `GET /large`, `POST /batch` (spliced). */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cards } from '../workload.js';
import { listening } from '../contestant.js';
import { large, small } from './payloads.js';

const bodies: Record<string, Buffer> = { '/small': Buffer.from(JSON.stringify(small)), '/large': Buffer.from(JSON.stringify(large)) };
const answers = new Map(cards().map((card) => [card.id, Buffer.from(JSON.stringify({ widget_id: card.id, data: card.data }))]));
const comma = Buffer.from(',');

const server = createServer((request, response) => {
  if (request.method === 'POST') {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { widgets } = JSON.parse(Buffer.concat(chunks).toString()) as { widgets: { id: string }[] };
      const parts: Buffer[] = [Buffer.from('[')];
      for (const { id } of widgets) {
        const bytes = answers.get(id);
        if (bytes) parts.push(bytes, comma);
      }
      parts[parts.length - 1] = Buffer.from(']');
      const body = Buffer.concat(parts);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
      response.end(body);
    });
    return;
  }
  const body = bodies[request.url ?? ''];
  response.writeHead(body ? 200 : 404, { 'content-type': 'application/json', 'content-length': body?.length ?? 0 });
  response.end(body);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => listening({ port: (server.address() as AddressInfo).port }));
