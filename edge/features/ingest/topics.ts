import type { Channels } from '../../kernel/channels.js';
import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import type { Metrics } from '../../kernel/metrics.js';
import { channelOf, matchesFilter } from '../../kernel/mqtt-topics.js';
import type { MqttSettings } from '../../kernel/settings.js';
import { dataFaults, MAX_VALUE_BYTES } from './values.js';

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

/** Brings what arrives on topics to their channels. What is no value is told of, once a minute a topic, and harms nothing else. */
export function createTopicIntake({ topics, channels, metrics, clock, log }: TopicsDeps): (delivery: Delivery) => void {
  const toldAt = new Map<string, number>();

  function refuse(topic: string, why: string): void {
    metrics.ingested('mqtt', 1, 'refused');
    const now = clock.monotonic();
    if (now - (toldAt.get(topic) ?? Number.NEGATIVE_INFINITY) < TOLD_EVERY) return;
    if (toldAt.size >= MOST_TOLD) toldAt.clear();
    toldAt.set(topic, now);
    // Never the payload: it may be anything.
    log.warn({ topic: topic.slice(0, SHOWN), why }, 'an MQTT message is no value of a channel');
  }

  return function receive({ topic, payload, retained }) {
    const wanted = topics.filter(({ filter }) => matchesFilter(filter, topic));
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
      if (channels.put(one.tenant, channel, { data: read.data, time: clock.now() })) metrics.ingested('mqtt', 1);
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
