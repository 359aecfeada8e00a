import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ROWS, SERIES, TICKS, type Reading } from './series.js';

/** What both systems see at one tick. */
export interface Tick {
  readonly number: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly readings: Readonly<Record<string, Reading>>;
  readonly rows: readonly { id: string; value: number }[];
}

export interface Exporter {
  /** `host:port`. */
  readonly target: string;
  readonly ticks: readonly Tick[];
  /** Serves nothing until then. */
  begin(): void;
  /** When the last tick was served, and held for one more scrape. */
  readonly done: Promise<void>;
  close(): Promise<void>;
}

/** Goes one tick on with each scrape, so that whom it tells of it sees what Prometheus sees, when Prometheus sees it. */
export async function startExporter(onTick: (tick: Tick) => void): Promise<Exporter> {
  const ticks: Tick[] = [];
  let begun = false;
  let end = () => {};
  const done = new Promise<void>((resolve) => (end = resolve));
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
    if (!begun) return void response.end();
    if (ticks.length < TICKS) {
      const tick = tickOf(ticks.length);
      ticks.push(tick);
      onTick(tick);
    } else {
      end();
    }
    response.end(textOf(ticks.at(-1)!));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    target: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    ticks,
    begin: () => void (begun = true),
    done,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function tickOf(number: number): Tick {
  return {
    number,
    at: Date.now(),
    readings: Object.fromEntries(SERIES.map(({ name, at }) => [name, at(number)])),
    rows: ROWS.flatMap(({ id, at }) => {
      const value = at(number);
      return value === undefined ? [] : [{ id, value }];
    }),
  };
}

function textOf({ readings, rows }: Tick): string {
  return [
    ...Object.entries(readings).filter(([, value]) => value !== undefined).map(([name, value]) => `reading{series="${name}"} ${value}`),
    ...rows.map(({ id, value }) => `row{id="${id}"} ${value}`),
  ].map((line) => `${line}\n`).join('');
}
