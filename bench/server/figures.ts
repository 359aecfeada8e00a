/** S1, S2, S3: what an answer costs the server. CPU time of the server's process, contestants in turn, medians. */
import { request as httpRequest } from 'node:http';
import autocannon from 'autocannon';
import { start, type Contestant } from '../contestant.js';
import { median, type Figure } from '../figures.js';
import { cards } from '../workload.js';
import { startModule } from './modules.js';

const ROUNDS = 5;
const SECONDS = 2;
const CONNECTIONS = 32;

interface Load {
  name: string;
  of: Contestant;
  options: Partial<autocannon.Options>;
  /** Requests that make one unit of the figure. */
  perUnit?: number;
}

export async function serverFigures(say: (line: string) => void): Promise<Figure[]> {
  const module = await startModule();
  const [floor, hono, express, ours] = await Promise.all([
    start('./server/floor.ts'),
    start('./server/hono-jose.ts'),
    start('./server/express.ts'),
    start('./server/ours.ts', module.url),
  ]);
  const all = [floor, hono, express, ours];
  try {
    const bearer = (contestant: Contestant) => ({ authorization: `Bearer ${String(contestant.ready['token'])}` });
    const figures: Figure[] = [];
    for (const [size, gate, goal] of [['small', 1.9, 1.5], ['large', 1.6, 1.3]] as const) {
      say(`S1 ${size}`);
      const cpu = await interleave([
        { name: 'floor', of: floor, options: { url: `${floor.url}/${size}` } },
        { name: 'ours', of: ours, options: { url: `${ours.url}/api/v1/widgets/${size}/data`, headers: bearer(ours) } },
        { name: 'hono + jose', of: hono, options: { url: `${hono.url}/${size}`, headers: bearer(hono) } },
        { name: 'express', of: express, options: { url: `${express.url}/${size}` } },
      ]);
      figures.push({
        id: 'S1', what: `cached GET, ${size}: server CPU`, ours: of(cpu, 'ours'), floor: of(cpu, 'floor'), unit: 'µs', gate, goal,
        peers: [
          { name: 'hono + jose', value: of(cpu, 'hono + jose'), atMost: 1 / 2 },
          { name: 'express', value: of(cpu, 'express'), atMost: 1 / 3 },
        ],
      });
    }

    say('S2');
    const ids = cards().map((card) => card.id);
    const batch = JSON.stringify({ widgets: ids.map((id) => ({ id })) });
    const post = { method: 'POST', body: batch } as const;
    const json = { 'content-type': 'application/json' };
    const cpu = await interleave([
      { name: 'floor', of: floor, options: { url: `${floor.url}/batch`, ...post, headers: json } },
      { name: 'ours', of: ours, options: { url: `${ours.url}/api/v1/widgets/data`, ...post, headers: { ...json, ...bearer(ours) } } },
      { name: '20 hono GETs', of: hono, perUnit: ids.length, options: { url: hono.url, requests: ids.map((id) => ({ method: 'GET' as const, path: `/widget/${id}` })) } },
    ]);
    figures.push({
      id: 'S2', what: '20-widget batch: server CPU', ours: of(cpu, 'ours'), floor: of(cpu, 'floor'), unit: 'µs', gate: 2, goal: 1.5,
      peers: [{ name: '20 hono GETs', value: of(cpu, '20 hono GETs'), atMost: 1 / 5 }],
    });

    say('S3');
    const times: number[] = [];
    for (let round = 0; round < 21; round += 1) {
      const asked = [...ids.slice(0, 19), `slow-${round}`];
      times.push(await untilLines(19, `${ours.url}/api/v1/widgets/data`, { ...json, ...bearer(ours) }, JSON.stringify({ widgets: asked.map((id) => ({ id })) })));
    }
    figures.push({ id: 'S3', what: 'one source takes 200 ms: the other 19 lines', ours: median(times.slice(1)), unit: 'ms', gate: 10, goal: 5 });
    return figures;
  } finally {
    for (const contestant of all) contestant.stop();
  }
}

/** CPU microseconds a unit, by name: the median over the rounds, each round in the other order. */
async function interleave(loads: Load[]): Promise<Map<string, number>> {
  const samples = new Map(loads.map((load) => [load.name, [] as number[]]));
  for (const load of loads) await burst(load, 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const load of round % 2 === 0 ? loads : [...loads].reverse()) samples.get(load.name)?.push(await burst(load, SECONDS));
  }
  return new Map([...samples].map(([name, values]) => [name, median(values)]));
}

async function burst({ name, of: contestant, options, perUnit = 1 }: Load, seconds: number): Promise<number> {
  const before = await contestant.cpu();
  const result = await autocannon({ connections: CONNECTIONS, duration: seconds, ...options, url: options.url ?? contestant.url });
  const spent = (await contestant.cpu()) - before;
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${name}: ${result.non2xx} answers were not 2xx, ${result.errors} errors`);
  return (spent / result['2xx']) * perUnit;
}

function of(cpu: Map<string, number>, name: string): number {
  return cpu.get(name) ?? Number.NaN;
}

/** Milliseconds until the n-th line of a streamed answer is here. */
function untilLines(count: number, url: string, headers: Record<string, string>, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    let lines = 0;
    let reached: number | undefined;
    const request = httpRequest(url, { method: 'POST', headers }, (response) => {
      response.on('data', (chunk: Buffer) => {
        for (const byte of chunk) if (byte === 10) lines += 1;
        if (lines >= count) reached ??= performance.now() - started;
      });
      response.on('end', () => (reached === undefined || lines !== count + 1 ? reject(new Error(`${lines} lines came`)) : resolve(reached)));
    });
    request.on('error', reject);
    request.end(body);
  });
}
