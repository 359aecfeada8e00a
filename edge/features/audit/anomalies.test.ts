import { describe, expect, test } from 'vitest';
import { createAnomalies, type Anomalies } from './anomalies.js';
import { contentOf } from './row.js';
import { event } from './test/rig.js';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 1);

function watch(known: string[] = []) {
  const anomalies = createAnomalies(() => known);
  let time = START;
  return {
    move: (ms: number) => void (time += ms),
    see: (...[more]: Parameters<typeof event>) => anomalies.observe(contentOf(event(more), time)),
    many(count: number, ...[more]: Parameters<typeof event>): ReturnType<Anomalies['observe']> {
      return Array.from({ length: count }, () => anomalies.observe(contentOf(event(more), time))).flat();
    },
  };
}

describe('volume', () => {
  test('60 a minute are nothing; the next one is told once an hour', () => {
    const { many, move } = watch();
    expect(many(60)).toEqual([]);
    expect(many(100)).toEqual([expect.objectContaining({ tenant: 'acme', user: 'ada', action: 'anomaly', target: 'volume', outcome: 'ok' })]);
    move(30 * MINUTE);
    expect(many(500)).toEqual([]);
    move(31 * MINUTE);
    expect(many(500)).toHaveLength(1);
  });

  test('who always does much is measured by themselves', () => {
    const { many, move } = watch();
    many(61);
    move(MINUTE);
    for (let minute = 0; minute < 180; minute += 1) {
      many(40);
      move(MINUTE);
    }
    // Five times forty.
    expect(many(180)).toEqual([]);
    expect(many(60)).toHaveLength(1);
    move(12 * 60 * MINUTE);
    expect(many(61)).toHaveLength(1);
  });

  test('one user\'s much is not another\'s, nor that of the same name elsewhere', () => {
    const { many } = watch();
    for (const more of [{ user: 'a' }, { user: 'b' }, { user: 'a', tenant: 'umbrella' }, { user: undefined }]) expect(many(60, more)).toEqual([]);
  });
});

describe('network', () => {
  test('the first is no new one, the second is, and then it is known', () => {
    const { see, move } = watch();
    expect(see({ network: '192.0.2.0/24' })).toEqual([]);
    expect(see({})).toEqual([]);
    expect(see({ network: '198.51.100.0/24' })).toEqual([expect.objectContaining({ target: 'network', network: '198.51.100.0/24' })]);
    move(2 * 60 * MINUTE);
    expect(see({ network: '192.0.2.0/24' })).toEqual([]);
    expect(see({ network: '198.51.100.0/24' })).toEqual([]);
    expect(see({ network: '2001:db8:1::/48' })).toHaveLength(1);
  });

  test('after a restart the trail says which are known', () => {
    const { see } = watch(['198.51.100.0/24', '192.0.2.0/24']);
    expect(see({ network: '192.0.2.0/24' })).toEqual([]);
    expect(see({ network: '203.0.113.0/24' })).toHaveLength(1);
  });
});

describe('errors', () => {
  test('ten within a minute, and not nine, and not ten within two', () => {
    const { many, move } = watch();
    expect(many(9, { outcome: 'failed' })).toEqual([]);
    move(MINUTE + 1);
    expect(many(9, { outcome: 'refused' })).toEqual([]);
    expect(many(5, { outcome: 'ok' })).toEqual([]);
    expect(many(5, { outcome: 'failed' })).toEqual([expect.objectContaining({ target: 'errors' })]);
  });
});

test('a hundred thousand users leave no more than ten thousand behind', () => {
  const anomalies = createAnomalies(() => []);
  global.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let user = 0; user < 100_000; user += 1) anomalies.observe(contentOf(event({ user: `user-${user}`, network: '192.0.2.0/24' }), START));
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(150 * 1024 * 1024);
});

test('what the trail itself noted is not looked at', () => {
  const { many } = watch();
  expect(many(1000, { action: 'anomaly' })).toEqual([]);
});
