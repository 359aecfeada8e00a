/** All of an evaluation as the edge does it: each feed's answer parsed once, its rules asked, and what changed written to a database of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryBus } from '../../edge/drivers/memory/bus.js';
import { openStore } from '../../edge/drivers/store/open-store.js';
import { createAlertStore } from '../../edge/features/alerts/store.js';
import { createTeller } from '../../edge/features/alerts/watch/news.js';
import { createLacks } from '../../edge/features/alerts/watch/lacking.js';
import { RulesFeed } from '../../edge/features/alerts/watch/rules-feed.js';
import { newUnit } from '../../edge/features/alerts/watch/unit.js';
import { MOST_INSTANCES } from '../../edge/kernel/alert-settings.js';
import type { Clock } from '../../edge/kernel/clock.js';
import type { FeedAnswer, FeedEvent, FeedSpec } from '../../edge/kernel/feed.js';
import { createLog } from '../../edge/kernel/log.js';
import { listening } from '../contestant.js';
import { feeds, ROUNDS, ruleOf } from './alert-workload.js';

const INTERVAL = 30_000;
let time = Date.UTC(2026, 0, 1);
/** Moved by the rounds; nothing is waited for. */
const clock: Clock = { now: () => time, monotonic: () => time, after: () => () => undefined };
const folder = mkdtempSync(join(tmpdir(), 'ccm-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const store = await openStore(`sqlite:${join(folder, 'alerts.db')}`);
const log = createLog({ level: 'error' });
const listeners = new Map<string, (event: FeedEvent) => void>();
let faults = 0;
const deps = {
  feeds: {
    watch: (spec: FeedSpec, listener: (event: FeedEvent) => void) => {
      listeners.set(spec.key, listener);
      return () => undefined;
    },
    peek: () => undefined,
    facts: () => ({ interval: INTERVAL }),
  },
  store: createAlertStore(store),
  notices: { within: () => undefined, wake: () => undefined },
  samples: { add: () => undefined, read: () => [], last: () => [] },
  teller: createTeller({ bus: createMemoryBus(log), clock }),
  clock, log, most: MOST_INSTANCES,
  evaluated: () => undefined,
  lacks: createLacks({ log, clock }),
  written: (fault?: unknown) => void (fault !== undefined && (faults += 1)),
};

const work = feeds().map(({ conditions, answers }, feed) => {
  const spec: FeedSpec = { key: `feed-${feed}`, tenant: 'bench', widgetId: `feed-${feed}`, dataSource: { type: 'static', data: null }, interval: INTERVAL };
  new RulesFeed(spec, deps).set(conditions.map((condition) => newUnit(ruleOf(feed, condition), '')), new Set());
  return { key: spec.key, answers };
});

let round = 0;
listening({ port: 0 }, (message) => {
  for (let left = (message as { rounds: number }).rounds; left > 0; left -= 1, round += 1) {
    time += INTERVAL;
    for (const { key, answers } of work) listeners.get(key)?.({ kind: 'data', answer: answerOf(answers[round % ROUNDS] ?? '') });
  }
  if (faults > 0) throw new Error(`${faults} writes failed`);
  return true;
});

function answerOf(dataJson: string): FeedAnswer {
  return { cursor: String(round), fetchedAt: time, checkedAt: time, timestamp: new Date(time).toISOString(), dataJson, body: new Uint8Array(), frame: '' };
}
