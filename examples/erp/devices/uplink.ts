import type { Broker } from './broker.js';

/** How readings get to the edge. */
export interface Uplink {
  /** Never rejects: what does not arrive is followed by the next. */
  send(tenant: string, channel: string, reading: unknown): Promise<void>;
  close(): Promise<void>;
}

export const topicOf = (tenant: string, channel: string) => `${tenant}/${channel.replaceAll('-', '/')}`;

/** To the broker, which keeps the last of each topic. Undefined where the package mqtt is not installed. */
export async function mqttUplink({ url, username, password }: Broker): Promise<Uplink | undefined> {
  const mqtt = await import('mqtt').catch(() => undefined);
  if (mqtt === undefined) return undefined;
  const client = mqtt.default.connect(url, { username, password });
  client.on('error', () => undefined);
  return {
    async send(tenant, channel, reading) {
      if (!client.connected && client.queue.length > 100) return;
      await client.publishAsync(topicOf(tenant, channel), JSON.stringify(reading), { qos: 1, retain: true }).catch(() => undefined);
    },
    close: () => client.endAsync(true),
  };
}

export interface HttpUplinkOptions {
  /** Undefined while the edge does not listen yet. */
  edgeUrl: () => URL | undefined;
  /** By channel and tenant. */
  secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** To the edge itself: `POST /api/v1/ingest/:channel`. */
export function httpUplink({ edgeUrl, secrets }: HttpUplinkOptions): Uplink {
  return {
    async send(tenant, channel, reading) {
      const url = edgeUrl();
      if (url === undefined) return;
      const answer = await fetch(new URL(`/api/v1/ingest/${channel}`, url), {
        method: 'POST',
        headers: { 'authorization': `Bearer ${secrets[channel]?.[tenant] ?? ''}`, 'content-type': 'application/json' },
        body: JSON.stringify({ data: reading }),
        signal: AbortSignal.timeout(5_000),
      }).catch(() => undefined);
      await answer?.body?.cancel().catch(() => undefined);
    },
    close: () => Promise.resolve(),
  };
}
