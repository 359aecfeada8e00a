import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { startServer, type TestServer } from './server.js';

/** A server for one test. */
export async function serving(listener: RequestListener, run: (server: TestServer) => Promise<void>): Promise<void> {
  const server = await startServer(listener);
  try {
    await run(server);
  } finally {
    await server.close();
  }
}

/** A server that need not speak HTTP, for one test. */
export async function rawServing(onSocket: (socket: Socket) => void, run: (base: URL) => Promise<void>): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    onSocket(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await run(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

/** Writes chunks until the reader goes away; resolves to the bytes that were taken. */
export async function pour(response: ServerResponse, chunk: Buffer, times: number): Promise<number> {
  let written = 0;
  for (let i = 0; i < times && !response.destroyed; i += 1) {
    written += chunk.length;
    if (!response.write(chunk)) await drained(response);
  }
  response.end();
  return written;
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((done) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      done();
    };
    response.on('drain', go).on('close', go);
  });
}
