import type { MqttSettings } from '../../kernel/settings.js';
import { endOf, isOldBroker, loadMqtt, optionsOf, ownId, wordsOf, type Mqtt } from './client.js';

/** Connects once and leaves. Undefined where all went well, else why not, in words without secrets. */
export async function probeMqtt(settings: MqttSettings, milliseconds: number): Promise<string | undefined> {
  const mqtt = await loadMqtt();
  const error = await probe(mqtt, settings, milliseconds, 5);
  const last = error !== undefined && isOldBroker(error) ? await probe(mqtt, settings, milliseconds, 4) : error;
  return last && wordsOf(last);
}

async function probe(mqtt: Mqtt, settings: MqttSettings, milliseconds: number, version: 4 | 5): Promise<Error | undefined> {
  const client = mqtt.connect(settings.url.href, { ...optionsOf(settings, ownId(), version), connectTimeout: milliseconds });
  try {
    return await new Promise<Error | undefined>((resolve) => {
      const timer = setTimeout(() => end(new Error(`it did not answer within ${milliseconds / 1_000} s`)), milliseconds);
      const end = (error?: Error): void => {
        clearTimeout(timer);
        resolve(error);
      };
      client.on('connect', () => end());
      client.on('error', end);
      client.on('close', () => end(new Error('it closed the connection')));
    });
  } finally {
    await endOf(client);
  }
}
