import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { createEventLoop, type EventLoop } from './event-loop.js';

let loop: EventLoop;
afterEach(() => {
  vi.restoreAllMocks();
  loop.close();
});

test('a loop that was held up is late by as much, and busy', async () => {
  loop = createEventLoop();
  await sleep(100);
  const end = performance.now() + 300;
  while (performance.now() < end);
  await sleep(50);
  const { mean_ms, p99_ms, utilization } = loop.read();
  expect(p99_ms).toBeGreaterThan(200);
  expect(mean_ms).toBeGreaterThan(0);
  expect(mean_ms).toBeLessThan(p99_ms);
  expect(utilization).toBeGreaterThan(0.3);
  expect(utilization).toBeLessThanOrEqual(1);
});

test('one reading stands for all who ask within five seconds, and the next is of the time since', async () => {
  loop = createEventLoop();
  const end = performance.now() + 200;
  await sleep(30);
  while (performance.now() < end);
  await sleep(50);
  const first = loop.read();
  expect(loop.read()).toBe(first);
  const later = performance.now() + 5_001;
  vi.spyOn(performance, 'now').mockReturnValue(later);
  await sleep(60);
  const second = loop.read();
  expect(second).not.toBe(first);
  expect(second.p99_ms).toBeLessThan(first.p99_ms);
});

test('read before the first look it says nothing that is no number', () => {
  loop = createEventLoop();
  for (const figure of Object.values(loop.read())) expect(Number.isFinite(figure)).toBe(true);
});
