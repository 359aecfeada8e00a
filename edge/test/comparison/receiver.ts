import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One alert as Alertmanager's webhook tells it. */
export interface ToldAlert {
  status: 'firing' | 'resolved';
  labels: Record<string, string>;
  startsAt: string;
  endsAt: string;
}

export interface Receiver {
  readonly url: URL;
  /** Calls so far, those that failed among them. */
  readonly calls: number;
  /** What it took, in the order it came. */
  readonly told: readonly ToldAlert[];
  close(): Promise<void>;
}

/** Takes Alertmanager's webhooks; the first calls it refuses with 503. */
export async function startReceiver(failing: number): Promise<Receiver> {
  const told: ToldAlert[] = [];
  let calls = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part)).on('end', () => {
      calls += 1;
      if (calls > failing) told.push(...(JSON.parse(body) as { alerts: ToldAlert[] }).alerts);
      response.writeHead(calls > failing ? 200 : 503).end();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`),
    get calls() {
      return calls;
    },
    told,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
