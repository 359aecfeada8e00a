import type { Channels } from '../../kernel/channels.js';
import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import type { Metrics } from '../../kernel/metrics.js';
import { channelOf, matchesFilter } from '../../kernel/mqtt-topics.js';
import type { MqttSettings } from '../../kernel/settings.js';
import { createRate } from './rate.js';
import { dataFaults, MAX_VALUE_BYTES } from './values.js';

/** Values that are taken within a second: of one topic, and of all topics of a tenant (each of its channels may be retained, and come at once). */
export const TOPIC_RATE = 50;
export const TENANT_RATE = 5_000;
/** Milliseconds between two words about the same topic. */
const TOLD_EVERY = 60_000;
/** Topics of which is remembered that they were told of. */
const MOST_TOLD = 1_000;
/** Characters of a topic in the log. */
const SHOWN = 200;

export interface TopicsDeps {
  topics: MqttSettings['topics'];
  channels: Pick<Channels, 'put' | 'last'>;
  metrics: Pick<Metrics, 'ingested'>;
  clock: Clock;
  log: Log;
}

/** What an MQTT broker delivers. */
export interface Delivery {
  topic: string;
  payload: Uint8Array;
  /** The broker kept it: it is of some earlier moment. */
  retained: boolean;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Brings what arrives on topics to their channels. What is no value, or comes too fast, is left out and told of, once a minute a topic,
 * and harms nothing else. Each edge has a subscription of its own, so that none tells the others.
 */
export function createTopicIntake({ topics, channels, metrics, clock, log }: TopicsDeps): (delivery: Delivery) => void {
  const toldAt = new Map<string, number>();
  const ofTopics = createRate(clock, TOPIC_RATE);
  const ofTenants = createRate(clock, TENANT_RATE);

  /** @param about what is told of once a minute: the topic, or something that many topics have in common */
  function refuse(topic: string, why: string, about = topic): void {
    metrics.ingested('mqtt', 1, 'refused');
    const now = clock.monotonic();
    if (now - (toldAt.get(about) ?? Number.NEGATIVE_INFINITY) < TOLD_EVERY) return;
    if (toldAt.size >= MOST_TOLD) toldAt.clear();
    toldAt.set(about, now);
    // Never the payload: it may be anything.
    log.warn({ topic: topic.slice(0, SHOWN), why }, 'an MQTT message is no value of a channel');
  }

  const isTooFast = (topic: string, tenant: string): boolean => {
    if (!ofTenants.take(tenant)) {
      refuse(topic, `more than ${TENANT_RATE} values a second come for the tenant ${tenant}`, `\0${tenant}`);
      return true;
    }
    if (ofTopics.take(JSON.stringify([tenant, topic]))) return false;
    refuse(topic, `more than ${TOPIC_RATE} values a second come on it`, `\0\0${topic}`);
    return true;
  };

  return function receive({ topic, payload, retained }) {
    const matching = topics.filter(({ filter }) => matchesFilter(filter, topic));
    const admitted = new Set([...new Set(matching.map(({ tenant }) => tenant))].filter((tenant) => !isTooFast(topic, tenant)));
    const wanted = matching.filter(({ tenant }) => admitted.has(tenant));
    if (wanted.length === 0) return;
    const read = readPayload(payload);
    if (read.why !== undefined) {
      refuse(topic, read.why);
      return;
    }
    for (const one of wanted) {
      const channel = channelOf(one, topic);
      if (channel === undefined) {
        refuse(topic, 'its topic makes no name of a channel; name one in mqtt.topics');
        continue;
      }
      // A broker hands what it retained to everybody who comes, however old it is: known already, it is no news.
      if (retained && isSame(channels.last(one.tenant, channel)?.data, read.data)) continue;
      if (channels.put(one.tenant, channel, { data: read.data, time: clock.now() }, 'here')) metrics.ingested('mqtt', 1);
      else refuse(topic, 'the tenant has too many channels, or a later value');
    }
  };
}

type ReadPayload = { data: unknown; why?: undefined } | { why: string };

/** JSON as it is; a plain number or text as `{value}`, so that a widget has a path to it. */
function readPayload(payload: Uint8Array): ReadPayload {
  if (payload.byteLength === 0) return { why: 'it is empty' };
  if (payload.byteLength > MAX_VALUE_BYTES) return { why: `it has ${payload.byteLength} bytes; ${MAX_VALUE_BYTES} are the most` };
  let text: string;
  try {
    text = utf8.decode(payload).trim();
  } catch {
    return { why: 'it is not UTF-8' };
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    if (/^[[{"]/.test(text)) return { why: 'it is not JSON' };
    data = text;
  }
  const [fault] = dataFaults(data, 'it');
  if (fault !== undefined) return { why: `${fault.path} ${fault.message}` };
  return { data: typeof data === 'object' ? data : { value: data } };
}

function isSame(known: unknown, data: unknown): boolean {
  return known !== undefined && JSON.stringify(known) === JSON.stringify(data);
}
