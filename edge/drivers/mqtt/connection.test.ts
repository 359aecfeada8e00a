import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findServer } from '../../../scripts/servers.js';
import { systemClock } from '../../kernel/clock.js';
import { createLog } from '../../kernel/log.js';
import type { MqttSettings } from '../../kernel/settings.js';
import { brokerOf } from './client.js';
import { connectMqtt, type MqttConnection, type MqttMessage } from './connection.js';
import { probeMqtt } from './probe.js';
import { PASSWORD, startBroker, USER, type Broker } from './test/broker.js';

const WAIT = { timeout: 10_000, interval: 20 };

describe.skipIf(findServer('mosquitto') === undefined)('a connection to a real mosquitto', () => {
  let broker: Broker;
  const connections: MqttConnection[] = [];
  const log: string[] = [];
  beforeEach(async () => {
    broker = await startBroker();
    log.length = 0;
  });
  afterEach(async () => {
    await Promise.all(connections.splice(0).map((connection) => connection.close()));
    await broker.close();
  });

  const settingsOf = (more: Partial<MqttSettings> = {}): MqttSettings => ({
    url: new URL(broker.url), username: USER, password: PASSWORD, topics: [{ filter: 'plant/+/temperature', tenant: 'acme' }, { filter: 'hall', tenant: 'acme' }], ...more,
  });

  async function open(more: Partial<MqttSettings> = {}) {
    const messages: MqttMessage[] = [];
    const states: boolean[] = [];
    const connection = await connectMqtt({
      settings: settingsOf(more), clock: systemClock, random: () => 0, log: createLog({ destination: { write: (line) => void log.push(line) } }),
      onMessage: (message) => void messages.push(message), onState: (up) => void states.push(up),
    });
    connections.push(connection);
    return { connection, messages, states, texts: () => messages.map(({ topic, payload }) => `${topic} ${Buffer.from(payload).toString()}`) };
  }
  const up = (connection: MqttConnection) => vi.waitFor(() => expect(connection.up).toBe(true), WAIT);

  it('brings what is published on its topics, with wildcards, of QoS 0, 1 and 2, and nothing else', async () => {
    const { connection, texts } = await open();
    await up(connection);
    const device = await broker.client();
    await device.publishAsync('plant/7/temperature', '21.5');
    await device.publishAsync('plant/8/temperature', '22', { qos: 1 });
    await device.publishAsync('plant/7/humidity', '40', { qos: 1 });
    await device.publishAsync('hall', '{"a":1}', { qos: 2 });
    await vi.waitFor(() => expect(texts()).toHaveLength(3), WAIT);
    expect(texts()).toEqual(['plant/7/temperature 21.5', 'plant/8/temperature 22', 'hall {"a":1}']);
  });

  it('brings what the broker retained, and says that it is retained', async () => {
    const device = await broker.client();
    await device.publishAsync('hall', 'kept', { retain: true, qos: 1 });
    const { messages } = await open();
    await vi.waitFor(() => expect(messages.map(({ retained }) => retained)).toEqual([true]), WAIT);
    await device.publishAsync('hall', 'new', { qos: 1 });
    await vi.waitFor(() => expect(messages.map(({ retained }) => retained)).toEqual([true, false]), WAIT);
  });

  it('comes back, subscribed, after the broker was killed', async () => {
    const { connection, texts, states } = await open();
    await up(connection);
    await broker.kill();
    await vi.waitFor(() => expect(connection.up).toBe(false), WAIT);
    expect(connection.fault).not.toBe('');
    await broker.restart();
    await up(connection);
    await (await broker.client()).publishAsync('plant/7/temperature', '23', { qos: 1 });
    await vi.waitFor(() => expect(texts()).toEqual(['plant/7/temperature 23']), WAIT);
    expect(states).toEqual([true, false, true]);
    expect(log.filter((line) => line.includes('is not reached'))).toHaveLength(1);
  });

  it('of a listener that throws goes on', async () => {
    const seen: string[] = [];
    const connection = await connectMqtt({
      settings: settingsOf(), clock: systemClock, log: createLog({ destination: { write: (line) => void log.push(line) } }),
      onMessage({ payload }) {
        seen.push(Buffer.from(payload).toString());
        throw new Error('the first one fails');
      },
    });
    connections.push(connection);
    await up(connection);
    const device = await broker.client();
    for (const text of ['1', '2']) await device.publishAsync('hall', text, { qos: 1 });
    await vi.waitFor(() => expect(seen).toEqual(['1', '2']), WAIT);
    expect(log.join('')).toContain('could not be taken');
  });

  it('with a wrong password keeps trying and says why, without the password', async () => {
    const { connection } = await open({ password: 'a-wrong-password' });
    await vi.waitFor(() => expect(connection.fault).toMatch(/not authori[sz]ed/i), WAIT);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(connection.up).toBe(false);
    expect(log.filter((line) => line.includes('is not reached'))).toHaveLength(1);
    expect(log.join('')).not.toContain('a-wrong-password');
  });

  it('is probed by the doctor', async () => {
    expect(await probeMqtt(settingsOf(), 5_000)).toBeUndefined();
    expect(await probeMqtt(settingsOf({ password: 'wrong' }), 5_000)).toMatch(/not authori[sz]ed/i);
    await broker.kill();
    expect(await probeMqtt(settingsOf(), 5_000)).toContain('ECONNREFUSED');
  });

  it('that is closed takes nothing more and does not come back', async () => {
    const { connection, messages, states } = await open();
    await up(connection);
    await connection.close();
    await (await broker.client()).publishAsync('hall', '1', { qos: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect([messages.length, connection.up, states.at(-1)]).toEqual([0, false, false]);
  });
});

describe('a broker', () => {
  it('that is not there is no reason not to start', async () => {
    const log: string[] = [];
    const connection = await connectMqtt({
      settings: { url: new URL('mqtt://127.0.0.1:1'), topics: [{ filter: 'a', tenant: 'acme' }] },
      clock: systemClock, log: createLog({ destination: { write: (line) => void log.push(line) } }), onMessage: () => undefined,
    });
    await vi.waitFor(() => expect(connection.fault).toContain('ECONNREFUSED'), WAIT);
    expect(log.join('')).toContain('mqtt://127.0.0.1:1');
    await connection.close();
  });

  it('that accepts and never answers is given up when it is probed', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    expect(await probeMqtt({ url: new URL(`mqtt://127.0.0.1:${port}`), topics: [] }, 300)).toMatch(/did not answer|connack timeout/i);
    server.close();
  });

  it('that speaks only MQTT 3.1.1 is spoken to in it', async () => {
    const levels: (number | undefined)[] = [];
    // A CONNECT's ninth byte is the protocol's level; of MQTT 5 the answer is "unacceptable protocol version", as 3.1.1 says it.
    const server = createServer((socket) => void socket.on('error', () => undefined).on('data', (packet) => {
      const kind = packet[0]! >> 4;
      if (kind === 1) {
        levels.push(packet[8]);
        if (packet[8] === 4) socket.write(Uint8Array.of(0x20, 2, 0, 0));
        else socket.end(Uint8Array.of(0x20, 2, 0, 1));
      } else if (kind === 8) socket.write(Uint8Array.of(0x90, 3, packet[2]!, packet[3]!, 1));
    }));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const settings: MqttSettings = { url: new URL(`mqtt://127.0.0.1:${port}`), topics: [{ filter: 'a', tenant: 'acme' }] };
    const connection = await connectMqtt({ settings, clock: systemClock, random: () => 0, log: createLog({ level: 'silent' }), onMessage: () => undefined });
    await vi.waitFor(() => expect(connection.up).toBe(true), WAIT);
    expect(levels).toEqual([5, 4]);
    expect(await probeMqtt(settings, 3_000)).toBeUndefined();
    await connection.close();
    server.close();
  });

  it('is named without what logs in', () => {
    expect(brokerOf({ url: new URL('mqtts://broker.example:8883/x') })).toBe('mqtts://broker.example:8883');
  });
});
