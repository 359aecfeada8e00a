/** The floor of A1: a bare loop that reads each path, with the product's own reader, and compares. */
import type { AlertOperator } from '../../sdk/contract/alert.js';
import { pathReader } from '../../sdk/data/path.js';
import { listening } from '../contestant.js';
import { feeds, ROUNDS } from './alert-workload.js';

type Compare = (value: number, threshold: number) => boolean;
const less: Compare = (value, threshold) => value < threshold;
const compare: Partial<Record<AlertOperator, Compare>> = {
  '<': less, '>': (value, threshold) => value > threshold, '<=': (value, threshold) => value <= threshold, '>=': (value, threshold) => value >= threshold,
};
const work = feeds().map(({ conditions, answers }) => ({
  rules: conditions.map(({ field, operator, value }) => ({ read: pathReader(field), met: compare[operator] ?? less, threshold: value as number })),
  answers: answers.map((json) => JSON.parse(json) as unknown),
}));

let round = 0;
let firing = 0;
listening({ port: 0 }, (message) => {
  for (let left = (message as { rounds: number }).rounds; left > 0; left -= 1, round += 1) {
    for (const { rules, answers } of work) {
      const answer = answers[round % ROUNDS];
      for (const { read, met, threshold } of rules) {
        const value = read(answer);
        if (typeof value === 'number' && met(value, threshold)) firing += 1;
      }
    }
  }
  return firing;
});
