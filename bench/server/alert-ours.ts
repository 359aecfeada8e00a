/** The edge's own engine on the answers of A1: each rule with its instances, as they are kept between two answers. */
import { evaluate } from '../../edge/features/alerts/engine/evaluate.js';
import { Scan } from '../../edge/features/alerts/engine/scan.js';
import { MOST_INSTANCES } from '../../edge/kernel/alert-settings.js';
import type { AlertInstance } from '../../edge/kernel/alerts.js';
import { listening } from '../contestant.js';
import { feeds, ROUNDS, ruleOf } from './alert-workload.js';

/** Milliseconds between two rounds, as the engine is told. */
const INTERVAL = 30_000;

const NONE: ReadonlyMap<string, AlertInstance> = new Map();
const work = feeds().map(({ conditions, answers }, feed) => {
  const rules = conditions.map((condition) => ruleOf(feed, condition));
  return { rules, scan: new Scan(rules), instances: rules.map(() => NONE), answers: answers.map((json) => JSON.parse(json) as unknown) };
});

let round = 0;
let ids = 0;
let changed = 0;
const samples = () => [];
const newId = () => `id-${(ids += 1)}`;
listening({ port: 0 }, (message) => {
  for (let left = (message as { rounds: number }).rounds; left > 0; left -= 1, round += 1) {
    const wall = round * INTERVAL;
    for (const { rules, scan, instances, answers } of work) {
      const answer = answers[round % ROUNDS];
      for (const [at, rule] of rules.entries()) {
        const known = instances[at] ?? NONE;
        if (known.size === 0 && scan.isInOrder(at, answer)) continue;
        const result = evaluate({ rule, user: '', instances: known, input: { answer }, wall, elapsed: INTERVAL, samples, newId, most: MOST_INSTANCES });
        instances[at] = result.instances;
        changed += result.changes.length;
      }
    }
  }
  return changed;
});
