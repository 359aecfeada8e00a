import type * as MqttPackage from 'mqtt';
import { newId } from '../../kernel/ids.js';
import type { MqttSettings } from '../../kernel/settings.js';
import { loadPeer } from '../optional.js';

/** Milliseconds that a broker may take to answer. */
const CONNECT_TIMEOUT = 10_000;
/** Seconds of silence after which the broker is asked whether it is there. */
const KEEP_ALIVE = 30;
/** Bytes of a message that a broker of MQTT 5 does not even send us. What is a value is smaller; what is between is told of. */
const MAX_PACKET = 1024 * 1024;
/** Reason codes of a broker that speaks only MQTT 3.1.1: its own, and that of MQTT 5. */
const OLD_BROKER = new Set([1, 132]);

export type Mqtt = typeof MqttPackage;
export type Client = ReturnType<Mqtt['connect']>;

/** The broker's address, without what logs in. */
export function brokerOf({ url }: Pick<MqttSettings, 'url'>): string {
  return `${url.protocol}//${url.host}`;
}

/** For an edge that the settings give none. */
export function ownId(): string {
  return `ccm-${newId().slice(0, 13)}`;
}

export function isOldBroker(error: Error): boolean {
  return 'code' in error && OLD_BROKER.has(Number(error.code));
}

/** Throws `MissingPeerError` where the package is not installed. */
export function loadMqtt(): Promise<Mqtt> {
  return loadPeer('mqtt@5', 'Reading MQTT topics', async () => {
    const loaded = await import('mqtt');
    // It is CommonJS to Node: what it exports stands under `default`.
    return 'connect' in loaded ? loaded : (loaded as { default: Mqtt }).default;
  });
}

export function optionsOf({ username, password }: MqttSettings, clientId: string, version: 4 | 5) {
  return {
    clientId, protocolVersion: version, clean: true, keepalive: KEEP_ALIVE, connectTimeout: CONNECT_TIMEOUT,
    // Each try is a new client: what to do about a lost connection is decided here.
    reconnectPeriod: 0, resubscribe: false,
    ...(version === 5 && { properties: { maximumPacketSize: MAX_PACKET } }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
  };
}

/** What an error says, without secrets. */
export function wordsOf(error: Error & { code?: unknown; errors?: unknown }): string {
  // Node's error for several addresses has its words inside.
  if (error.message === '' && Array.isArray(error.errors)) return error.errors.map((one) => (one instanceof Error ? one.message : String(one))).join('; ');
  return error.message || String(error.code ?? error.name);
}

/** Says goodbye, and waits a second for it at most. */
export async function endOf(client: Client | undefined): Promise<void> {
  if (client === undefined) return;
  client.removeAllListeners();
  client.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, 1_000);
    timer.unref();
    client.end(false, {}, () => {
      clearTimeout(timer);
      resolve();
    });
  });
  client.end(true);
}
