import { expect, it } from 'vitest';
import { createLog } from '../../kernel/log.js';
import { tellReadiness } from './tell-readiness.js';

it('what is missing is told when it changes, not each time that a probe asks', () => {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ destination: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) } });
  let missing = ['the first check of the modules'];
  const readiness = tellReadiness({ missing: () => missing }, log);
  for (let probe = 0; probe < 3; probe += 1) expect(readiness.missing()).toEqual(missing);
  missing = [];
  for (let probe = 0; probe < 3; probe += 1) expect(readiness.missing()).toEqual([]);
  expect(lines.map(({ level, msg, missing: what }) => [level, msg, what])).toEqual([
    [40, 'the edge is not ready', ['the first check of the modules']], [30, 'the edge is ready', undefined],
  ]);
});

it('an edge that was ready from the first probe on has nothing to tell', () => {
  const lines: string[] = [];
  tellReadiness({ missing: () => [] }, createLog({ destination: { write: (line) => void lines.push(line) } })).missing();
  expect(lines).toEqual([]);
});
