import { monitorEventLoopDelay, performance, type EventLoopUtilization } from 'node:perf_hooks';
import { defineMetric, rounded, type Metric } from './metric.js';

/** How late the event loop is, in milliseconds, and which share of the time it works, since the last reading. */
export interface EventLoopFigures { mean_ms: number; p99_ms: number; utilization: number }

export interface EventLoop {
  read(): EventLoopFigures;
  close(): void;
}

/** Milliseconds between two looks at the clock; what is late is late beyond them. */
const RESOLUTION = 20;
/** Milliseconds for which a reading stands, so that several who ask at once see the same. */
const KEPT = 5_000;
const NANOSECONDS = 1e6;

/** The loop that answers all requests: when it is late, everybody waits. */
export function createEventLoop(): EventLoop {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION });
  delays.enable();
  let since: EventLoopUtilization = performance.eventLoopUtilization();
  let takenAt = performance.now();
  let figures: EventLoopFigures | undefined;

  const late = (nanoseconds: number): number => (Number.isFinite(nanoseconds) ? rounded(Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION), 2) : 0);

  return {
    read() {
      if (figures !== undefined && performance.now() - takenAt < KEPT) return figures;
      const now = performance.eventLoopUtilization();
      figures = { mean_ms: late(delays.mean), p99_ms: late(delays.percentile(99)), utilization: rounded(performance.eventLoopUtilization(now, since).utilization, 3) };
      since = now;
      takenAt = performance.now();
      delays.reset();
      return figures;
    },
    close: () => void delays.disable(),
  };
}

export function eventLoopMetrics(loop: EventLoop): Metric[] {
  return [defineMetric({ name: 'event_loop', scope: 'machine', read: () => loop.read(), number: ({ p99_ms }) => p99_ms })];
}
