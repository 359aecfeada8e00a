import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real HTTP server on a free port, that remembers what it was asked. */
export interface TestServer {
  url: URL;
  port: number;
  requests: IncomingMessage[];
  close(): Promise<void>;
}

export async function startServer(listener: RequestListener, host = '127.0.0.1'): Promise<TestServer> {
  const requests: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request);
    response.on('error', () => {});
    listener(request, response);
  });
  await new Promise<void>((done) => server.listen(0, host, done));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}`),
    port,
    requests,
    close: () => new Promise((done) => {
      server.closeAllConnections();
      server.close(() => done());
    }),
  };
}
