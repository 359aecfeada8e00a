import type { Clock } from '../../kernel/clock.js';
import type { Log } from '../../kernel/log.js';
import type { MqttSettings } from '../../kernel/settings.js';
import { brokerOf, endOf, isOldBroker, loadMqtt, optionsOf, ownId, wordsOf, type Client } from './client.js';

/** Milliseconds before the first new try; each further one may wait twice as long. */
const FIRST_RETRY = 500;
const LONGEST_RETRY = 30_000;
export interface MqttMessage {
  topic: string;
  payload: Uint8Array;
  retained: boolean;
}

export interface MqttOptions {
  settings: MqttSettings;
  clock: Clock;
  log: Log;
  onMessage: (message: MqttMessage) => void;
  /** Told of each change. */
  onState?: (up: boolean) => void;
  /** In [0, 1); `Math.random` where absent. */
  random?: () => number;
}

export interface MqttConnection {
  readonly up: boolean;
  /** Why it is not up, in words without secrets. */
  readonly fault: string | undefined;
  close(): Promise<void>;
}

/**
 * Subscribes to the topics of the settings and stays subscribed: a lost connection is made anew after a growing, random
 * pause. Returns at once; a broker that is not there is no reason not to start.
 *
 * @throws MissingPeerError where the package mqtt is not installed
 */
export async function connectMqtt({ settings, clock, log, onMessage, onState, random = Math.random }: MqttOptions): Promise<MqttConnection> {
  const mqtt = await loadMqtt();
  const clientId = settings.clientId ?? ownId();
  const filters = [...new Set(settings.topics.map(({ filter }) => filter))];
  let version: 4 | 5 = 5;
  let failures = 0;
  let up = false;
  let fault: string | undefined = 'it was not reached yet';
  let closed = false;
  let client: Client | undefined;
  let cancelRetry: () => void = () => undefined;

  function say(now: boolean, why?: string): void {
    fault = now ? undefined : (why ?? 'the connection was closed');
    if (now === up && (now || failures !== 1)) return;
    if (now) log.info({ broker: brokerOf(settings) }, 'the MQTT broker is reached');
    else log.warn({ broker: brokerOf(settings), why: fault }, 'the MQTT broker is not reached; trying again');
    if (now !== up) onState?.(now);
    up = now;
  }

  function attempt(): void {
    if (closed) return;
    let why: string | undefined;
    const own = mqtt.connect(settings.url.href, optionsOf(settings, clientId, version));
    client = own;
    own.on('connect', () => {
      own.subscribe(filters, { qos: 1 }, (error, granted) => {
        if (own !== client || closed) return;
        const refused = (granted ?? []).filter(({ qos }) => Number(qos) >= 128).map(({ topic }) => topic);
        if (refused.length > 0) log.warn({ topics: refused }, 'the MQTT broker refuses topics');
        if (error && refused.length === 0) {
          why = error.message;
          own.end(true);
          return;
        }
        failures = 0;
        say(true);
      });
    });
    own.on('message', (topic, payload, { retain }) => {
      try {
        onMessage({ topic, payload, retained: retain });
      } catch (error) {
        log.error({ err: error, topic }, 'an MQTT message could not be taken');
      }
    });
    own.on('error', (error) => {
      why = wordsOf(error);
      if (isOldBroker(error)) version = 4;
    });
    own.on('close', () => {
      own.removeAllListeners();
      // What it still says concerns nobody, but an error without a listener would end the process.
      own.on('error', () => undefined);
      own.end(true);
      if (own !== client || closed) return;
      failures += 1;
      say(false, why);
      const most = Math.min(FIRST_RETRY * 2 ** Math.min(failures, 16), LONGEST_RETRY);
      cancelRetry = clock.after(most * (0.5 + random() / 2), attempt);
    });
  }
  attempt();

  return {
    get up() {
      return up;
    },
    get fault() {
      return fault;
    },
    async close() {
      if (closed) return;
      closed = true;
      cancelRetry();
      onState?.(false);
      up = false;
      await endOf(client);
    },
  };
}
