import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { DataSourceType } from '../../sdk/contract/data-source.js';

export type Carrier = 'ws' | 'sse';
export type FetchOutcome = 'changed' | 'same' | 'failed';

/** A number that goes up and down. */
export interface Level {
  inc(by?: number): void;
  dec(by?: number): void;
}

/**
 * The edge's own figures, in Prometheus' form. Labels are bound on first use and kept: binding them on each
 * request costs a fifth of the whole request.
 */
export interface Metrics {
  /** Counts an answered request. `route` is the declared pattern, never the caller's path: that would have no end. */
  request(route: string, status: number): void;
  /** Counts an upstream fetch of a feed and its time. */
  feedFetch(source: DataSourceType, outcome: FetchOutcome, seconds: number): void;
  /** Open push connections. */
  connections(carrier: Carrier): Level;
  /** Push frames written. */
  framesSent(carrier: Carrier, count: number): void;
  /** The text of `GET /metrics`. */
  text(): Promise<string>;
  readonly contentType: string;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  // Counted in plain numbers and handed over when somebody reads: the hot path does not build labels.
  const counted = new Map<string, number[]>();
  void new Counter({
    name: 'ccm_http_requests_total', help: 'Answered requests by route and status class.', labelNames: ['route', 'status'], registers,
    collect() {
      this.reset();
      for (const [route, classes] of counted) {
        for (const [digit, count] of classes.entries()) if (count > 0) this.inc({ route, status: `${digit}xx` }, count);
      }
    },
  });
  const fetches = new Histogram({
    name: 'ccm_feed_fetch_seconds', help: 'Upstream fetches of the feeds.', labelNames: ['source', 'outcome'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 30], registers,
  });
  const connections = new Gauge({
    name: 'ccm_push_connections', help: 'Open push connections.', labelNames: ['carrier'], registers,
  });
  const frames = new Counter({
    name: 'ccm_push_frames_total', help: 'Push frames written.', labelNames: ['carrier'], registers,
  });

  const boundFetches = new Map<string, { observe(seconds: number): void }>();
  const levels: Record<Carrier, Level> = { ws: connections.labels('ws'), sse: connections.labels('sse') };
  const sent: Record<Carrier, { inc(by: number): void }> = { ws: frames.labels('ws'), sse: frames.labels('sse') };

  return {
    contentType: registry.contentType,
    request(route, status) {
      let classes = counted.get(route);
      if (classes === undefined) counted.set(route, (classes = [0, 0, 0, 0, 0, 0]));
      const digit = Math.floor(status / 100);
      classes[digit] = (classes[digit] ?? 0) + 1;
    },
    feedFetch(source, outcome, seconds) {
      const key = `${source} ${outcome}`;
      let bound = boundFetches.get(key);
      if (bound === undefined) boundFetches.set(key, (bound = fetches.labels(source, outcome)));
      bound.observe(seconds);
    },
    connections: (carrier) => levels[carrier],
    framesSent: (carrier, count) => sent[carrier].inc(count),
    text: () => registry.metrics(),
  };
}
