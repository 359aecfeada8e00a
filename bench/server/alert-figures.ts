/** A1, A2: what the evaluation of 10,000 rules costs. CPU time of the process that does it, contestants in turn, medians. */
import { start, type Contestant } from '../contestant.js';
import { median, type Figure } from '../figures.js';
import { FEEDS, RULES } from './alert-workload.js';

const TURNS = 7;
/** Rounds of one turn. */
const ROUNDS = 100;
/** Seconds between two rounds of A2. */
const INTERVAL = 30;

/**
 * A1 holds the engine against a loop that reads the same paths and compares: both have the answers parsed, and neither writes.
 * A2 is all of it, as the edge does it: the answer parsed once for its ten rules, evaluated, and what changed written to the store.
 */
export async function alertFigures(say: (line: string) => void): Promise<Figure[]> {
  const [ours, floor, edge] = await Promise.all(['./server/alert-ours.ts', './server/alert-floor.ts', './server/alert-edge.ts'].map((file) => start(file))) as [Contestant, Contestant, Contestant];
  try {
    say('A1');
    const cpu = await interleave({ ours, floor }, ROUNDS);
    const evaluations = ROUNDS * FEEDS * RULES;
    say('A2');
    const whole = await interleave({ edge }, 4);
    return [
      {
        id: 'A1', what: 'evaluation of a rule: CPU', ours: (cpu.get('ours') ?? Number.NaN) / evaluations * 1000, floor: (cpu.get('floor') ?? Number.NaN) / evaluations * 1000,
        unit: 'ns', gate: 3, goal: 2,
      },
      {
        id: 'A2', what: `10,000 rules over 1,000 feeds each ${INTERVAL} s, with writes: share of a core`,
        ours: (whole.get('edge') ?? Number.NaN) / 4 / (INTERVAL * 1e6) * 100, unit: '%', gate: 10, goal: 5,
      },
    ];
  } finally {
    for (const contestant of [ours, floor, edge]) contestant.stop();
  }
}

/** CPU microseconds of a turn, by name: the medians, each turn in the other order. */
async function interleave(contestants: Record<string, Contestant>, rounds: number): Promise<Map<string, number>> {
  const samples = new Map(Object.keys(contestants).map((name) => [name, [] as number[]]));
  for (const of of Object.values(contestants)) await of.tell({ rounds });
  for (let turn = 0; turn < TURNS; turn += 1) {
    const inTurn = Object.entries(contestants);
    for (const [name, of] of turn % 2 === 0 ? inTurn : inTurn.reverse()) {
      const before = await of.cpu();
      await of.tell({ rounds });
      samples.get(name)?.push((await of.cpu()) - before);
    }
  }
  return new Map([...samples].map(([name, values]) => [name, median(values)]));
}
