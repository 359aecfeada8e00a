import { expect, it } from 'vitest';
import { createActivity } from '../kernel/activity.js';
import { systemClock } from '../kernel/clock.js';
import { createLog } from '../kernel/log.js';
import { ProblemError } from '../kernel/problems.js';
import { newRouter } from './openapi.js';
import { onProblem } from './problem.js';

async function answerTo(problem: ProblemError, times = 1) {
  const lines: Record<string, unknown>[] = [];
  const activity = createActivity(systemClock);
  const app = newRouter();
  app.onError(onProblem(createLog({ destination: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) } }), activity));
  app.get('/asked', () => {
    throw problem;
  });
  let status = 0;
  for (let time = 0; time < times; time += 1) ({ status } = await app.request('/asked'));
  return { status, lines: lines.map(({ level, msg, code }) => [level, msg, code]), faults: activity.faults('acme').length };
}

it('a source that fails is a line and a fault', async () => {
  expect(await answerTo(new ProblemError('upstream_status', 'no'))).toEqual({ status: 502, lines: [[40, 'a source failed', 'upstream_status']], faults: 1 });
});

it('a source that is away is not a line each time that somebody asks', async () => {
  const { lines, faults } = await answerTo(new ProblemError('module_not_running', 'no'), 50);
  expect([lines, faults]).toEqual([[[40, 'a source failed', 'module_not_running']], 50]);
});

it('a fault of our own is told each time', async () => {
  expect((await answerTo(new ProblemError('internal', 'no'), 3)).lines).toHaveLength(3);
});

it('a key that the edge lacks is no source that failed', async () => {
  expect(await answerTo(new ProblemError('vault_missing', 'no'))).toEqual({ status: 503, lines: [[40, 'a request failed', 'vault_missing']], faults: 1 });
});

it('an edge that is not ready has no fault, however often a probe asks', async () => {
  expect(await answerTo(new ProblemError('going_away', 'Not ready.'))).toEqual({ status: 503, lines: [], faults: 0 });
});
