/** S9: what a row of the audit trail and the read of a layout cost. CPU time of the process that does it, contestants in turn, medians. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, type Contestant } from '../contestant.js';
import { median, type Figure } from '../figures.js';
import { READS, ROWS } from './store-workload.js';

const ROUNDS = 7;

interface Turn {
  name: string;
  of: Contestant;
  turn: string;
  /** Rows or reads of one turn. */
  count: number;
}

export async function storeFigures(say: (line: string) => void): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ccm-bench-'));
  const [ours, floor] = await Promise.all([
    start('./server/store-ours.ts', join(folder, 'ours.db')),
    start('./server/store-floor.ts', join(folder, 'floor.db')),
  ]);
  try {
    say('S9 insert');
    const insert = await interleave([
      { name: 'floor', of: floor, turn: 'insert', count: ROWS },
      { name: 'ours', of: ours, turn: 'insert', count: ROWS },
      { name: 'single', of: floor, turn: 'single', count: ROWS / 10 },
    ]);
    say('S9 read');
    const read = await interleave([
      { name: 'floor', of: floor, turn: 'read', count: READS },
      { name: 'ours', of: ours, turn: 'read', count: READS },
    ]);
    return [
      // The target is said as a share of the floor's rows a second: 0.3 of them is 1 / 0.3 of its cost a row.
      figure('audit row (full sync, hash chain): CPU', insert.cpu, 1 / 0.3, 1 / 0.4, true),
      figure('audit row: time, with the waits for the disk', insert.wall, 1 / 0.3, 1 / 0.4, true),
      figure('layout read: CPU', read.cpu, 1 / 0.85, 1 / 0.95, false),
    ];
  } finally {
    ours.stop();
    floor.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function figure(what: string, values: Map<string, number>, gate: number, goal: number, peer: boolean): Figure {
  const value = (name: string): number => values.get(name) ?? Number.NaN;
  return {
    id: 'S9', what, ours: value('ours'), floor: value('floor'), unit: 'µs', gate: Number(gate.toFixed(2)), goal: Number(goal.toFixed(2)),
    ...(peer && { peers: [{ name: 'one drizzle insert, not prepared', value: value('single'), atMost: 1 / 5 }] }),
  };
}

/** Microseconds a row or read, by name: the medians over the rounds, each round in the other order. */
async function interleave(turns: Turn[]): Promise<{ cpu: Map<string, number>; wall: Map<string, number> }> {
  const samples = new Map(turns.map(({ name }) => [name, { cpu: [] as number[], wall: [] as number[] }]));
  for (const { of, turn } of turns) await of.tell({ turn });
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, of, turn, count } of round % 2 === 0 ? turns : [...turns].reverse()) {
      const before = await of.cpu();
      const began = performance.now();
      await of.tell({ turn });
      samples.get(name)?.wall.push(((performance.now() - began) * 1000) / count);
      samples.get(name)?.cpu.push(((await of.cpu()) - before) / count);
    }
  }
  const medians = (of: 'cpu' | 'wall') => new Map([...samples].map(([name, values]) => [name, median(values[of])]));
  return { cpu: medians('cpu'), wall: medians('wall') };
}
