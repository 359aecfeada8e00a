import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { DataSourceType } from '../../sdk/contract/data-source.js';

export type Carrier = 'ws' | 'sse';
/** `shared`: no call was made, another edge had the answer. */
export type FetchOutcome = 'changed' | 'same' | 'failed' | 'shared';

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
  /** Counts an outgoing call, or one that was not made. `api` stands in the settings: a caller's own would have no end. */
  upstreamCall(api: string, outcome: string): void;
  /** Outgoing calls that wait for their turn. */
  readonly upstreamWaiting: Level;
  /** Accounts of which no call is made because the other side fails. */
  readonly upstreamBroken: Level;
  /** Counts values that were pushed to channels, or refused. */
  ingested(carrier: 'http' | 'mqtt', count: number, outcome?: 'taken' | 'refused'): void;
  /** Counts a message about alerts that was sent, a try that failed, or a message that was given up. */
  notified(notifier: string, outcome: 'sent' | 'failed' | 'dead'): void;
  /** Whether the MQTT broker is reached; told of only where there is one. */
  mqttUp(up: boolean): void;
  /** Whether Redis is there; never told where none is used. */
  redisUp(up: boolean): void;
  /** Open push connections. */
  connections(carrier: Carrier): Level;
  /** Push frames written. */
  framesSent(carrier: Carrier, count: number): void;
  /** Counts evaluations of alert rules. */
  alertsEvaluated(count: number): void;
  /** How many alerts fire is asked of this when somebody reads; told of once. */
  alertsFiring(count: () => number): void;
  /** How many rules have nothing to compare is asked of this; told of once. */
  alertRulesWithoutData(count: () => number): void;
  /** How many messages wait or were given up is asked of this; told of once. */
  alertMessages(count: () => Record<'waiting' | 'dead', number>): void;
  /** A write that the store's database refused by itself. */
  storeRefused(): void;
  /** Rows of the audit trail that were lost because its queue was full. */
  auditDropped(count: number): void;
  /** A write to the audit trail that failed. */
  auditFailed(): void;
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
  const calls = new Counter({
    name: 'ccm_upstream_calls_total', help: 'Outgoing calls by API and how they ended.', labelNames: ['api', 'outcome'], registers,
  });
  const upstreamWaiting = new Gauge({ name: 'ccm_upstream_queue', help: 'Outgoing calls that wait for their turn.', registers });
  const upstreamBroken = new Gauge({ name: 'ccm_upstream_breaker_open', help: 'Accounts whose calls are broken off.', registers });
  const ingested = new Counter({
    name: 'ccm_ingest_values_total', help: 'Values pushed to channels.', labelNames: ['carrier', 'outcome'], registers,
  });
  const notified = new Counter({
    name: 'ccm_notifications_total', help: 'Messages about alerts, and tries that failed.', labelNames: ['notifier', 'outcome'], registers,
  });
  let mqttUp: Gauge | undefined;
  const connections = new Gauge({
    name: 'ccm_push_connections', help: 'Open push connections.', labelNames: ['carrier'], registers,
  });
  const frames = new Counter({
    name: 'ccm_push_frames_total', help: 'Push frames written.', labelNames: ['carrier'], registers,
  });

  const evaluations = new Counter({ name: 'ccm_alert_evaluations_total', help: 'Evaluations of alert rules.', registers });

  const storeRefusals = new Counter({ name: 'ccm_store_failures_total', help: 'Writes that the database refused: a full or read-only disk, a lock, a damaged file.', registers });
  const auditDropped = new Counter({ name: 'ccm_audit_dropped_total', help: 'Rows that the audit trail lost because its queue was full.', registers });
  const auditFailures = new Counter({ name: 'ccm_audit_failures_total', help: 'Failed writes to the audit trail.', registers });

  let redis: Gauge | undefined;
  const redisGauge = (): Gauge => (redis ??= new Gauge({ name: 'ccm_redis_up', help: 'Whether Redis is there: 1 or 0.', registers }));

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
    upstreamCall: (api, outcome) => calls.inc({ api, outcome }),
    upstreamWaiting,
    upstreamBroken,
    ingested: (carrier, count, outcome = 'taken') => ingested.inc({ carrier, outcome }, count),
    notified: (notifier, outcome) => notified.inc({ notifier, outcome }),
    mqttUp(up) {
      mqttUp ??= new Gauge({ name: 'ccm_mqtt_up', help: 'Whether the MQTT broker is reached.', registers });
      mqttUp.set(up ? 1 : 0);
    },
    redisUp: (up) => redisGauge().set(up ? 1 : 0),
    connections: (carrier) => levels[carrier],
    framesSent: (carrier, count) => sent[carrier].inc(count),
    alertsEvaluated: (count) => evaluations.inc(count),
    alertsFiring(count) {
      void new Gauge({ name: 'ccm_alerts_firing', help: 'Alerts that fire; of the edge that evaluates.', registers, collect() {
        ask(this, () => this.set(count()));
      } });
    },
    alertRulesWithoutData(count) {
      void new Gauge({ name: 'ccm_alert_rules_without_data', help: 'Alert rules that have nothing to compare, so that they cannot fire; of the edge that evaluates.', registers, collect() {
        ask(this, () => this.set(count()));
      } });
    },
    alertMessages(count) {
      void new Gauge({ name: 'ccm_alert_messages', help: 'Messages about alerts that wait to be sent, and those that were given up; the same on each edge of one database.', labelNames: ['state'], registers, collect() {
        ask(this, () => {
          for (const [state, messages] of Object.entries(count())) this.set({ state }, messages);
        });
      } });
    },
    storeRefused: () => storeRefusals.inc(),
    auditDropped: (count) => auditDropped.inc(count),
    auditFailed: () => auditFailures.inc(),
    text: () => registry.metrics(),
  };
}

/** A store that does not answer costs its own figure, and none of the others. */
function ask(gauge: Gauge, set: () => void): void {
  try {
    set();
  } catch {
    gauge.reset();
  }
}
