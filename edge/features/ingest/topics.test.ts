import { beforeEach, describe, expect, it } from 'vitest';
import type { ChannelValue } from '../../kernel/channels.js';
import { createLog } from '../../kernel/log.js';
import { testClock } from '../test/front-door.js';
import { createTopicIntake, TENANT_RATE, TOPIC_RATE } from './topics.js';

const clock = testClock();
let values: Map<string, ChannelValue>;
let log: string[];
let counted: string[];
let reached: unknown[];
let receive: (topic: string, payload: string | Uint8Array, retained?: boolean) => void;

beforeEach(() => {
  values = new Map();
  log = [];
  counted = [];
  reached = [];
  const intake = createTopicIntake({
    topics: [{ filter: 'plant/+/temperature', tenant: 'acme' }, { filter: 'hall', tenant: 'globex', channel: 'big-hall' }, { filter: 'up/#', tenant: 'acme' }],
    channels: {
      last: (tenant, channel) => values.get(`${tenant} ${channel}`),
      put(tenant, channel, value, reach) {
        reached.push(reach);
        return Boolean(values.set(`${tenant} ${channel}`, value));
      },
    },
    metrics: { ingested: (carrier, count, outcome = 'taken') => void counted.push(`${carrier} ${count} ${outcome}`) },
    clock, log: createLog({ destination: { write: (line) => void log.push(line) } }),
  });
  receive = (topic, payload, retained = false) => intake({ topic, payload: typeof payload === 'string' ? Buffer.from(payload) : payload, retained });
});

describe('a message', () => {
  it.each<[string, unknown]>([
    ['{"celsius": 21.4}', { celsius: 21.4 }], ['[1,2]', [1, 2]], ['21.4', { value: 21.4 }], [' 7\n', { value: 7 }], ['ON', { value: 'ON' }], ['"ON"', { value: 'ON' }],
    ['true', { value: true }], ['null', null], ['\uFEFF5', { value: 5 }],
  ])('%j is %j', (payload, data) => {
    receive('plant/7/temperature', payload);
    expect(values.get('acme plant-7-temperature')).toEqual({ data, time: clock.now() });
    expect(counted).toEqual(['mqtt 1 taken']);
    expect(reached).toEqual(['here']);
  });

  it('goes to the channel that its topic names', () => {
    receive('hall', '1');
    receive('up/A/b', '2');
    receive('down/a', '3');
    expect([...values.keys()]).toEqual(['globex big-hall', 'acme up-a-b']);
  });

  it('that the broker retained is no news where it is known, and is where it is not', () => {
    receive('hall', '{"a":1}');
    const { time } = values.get('globex big-hall')!;
    clock.move(60_000);
    receive('hall', '{"a":1}', true);
    expect(values.get('globex big-hall')?.time).toBe(time);
    receive('hall', '{"a":2}', true);
    expect(values.get('globex big-hall')).toEqual({ data: { a: 2 }, time: time + 60_000 });
  });
});

describe('a payload that is no value', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'it is empty'], ['broken JSON', '{"a":', 'it is not JSON'], ['a list without end', '['.repeat(50_000), 'it is not JSON'],
    ['no UTF-8', Uint8Array.of(0xff, 0xfe, 0x41), 'it is not UTF-8'], ['100 kB', 'x'.repeat(100_000), 'it has 100000 bytes; 65536 are the most'],
    ['too deep', '['.repeat(30_000) + ']'.repeat(30_000), 'it is nested too deep'], ['no number', '{"a":1e999}', 'must be a finite number'],
  ])('%s is told of once a minute, by its topic and never by its content', (_name, payload, why) => {
    receive('hall', '{"a":1}');
    for (let time = 0; time < 40; time += 1) receive('hall', payload);
    receive('plant/7/temperature', payload);
    expect(values.get('globex big-hall')?.data).toEqual({ a: 1 });
    expect(log.map((line) => (JSON.parse(line) as { topic: string }).topic)).toEqual(['hall', 'plant/7/temperature']);
    expect(log[0]).toContain(why);
    expect(log[0]!.length).toBeLessThan(400);
    clock.move(60_000);
    receive('hall', payload);
    expect(log).toHaveLength(3);
    expect(counted.filter((what) => what.endsWith('refused'))).toHaveLength(42);
  });

  it('a topic that makes no name of a channel is told of', () => {
    receive(`up/${'x'.repeat(1_000)}`, '1');
    expect(values.size).toBe(0);
    expect(log.join('')).toContain('its topic makes no name of a channel');
    expect(log[0]!.length).toBeLessThan(600);
  });
});

describe('what comes too fast is left out, counted, and told of once a minute', () => {
  const countOf = (outcome: string) => counted.filter((what) => what.endsWith(outcome)).length;

  it('a topic, and no other', () => {
    for (let at = 0; at < 1_000; at += 1) receive('hall', String(at));
    receive('plant/7/temperature', '21');
    expect([countOf('taken'), countOf('refused')]).toEqual([TOPIC_RATE + 1, 1_000 - TOPIC_RATE]);
    expect(values.get('globex big-hall')?.data).toEqual({ value: TOPIC_RATE - 1 });
    expect(log).toHaveLength(1);
    expect(log[0]).toContain(`more than ${TOPIC_RATE} values a second come on it`);
    clock.move(1_000);
    receive('hall', '"on"');
    expect(values.get('globex big-hall')?.data).toEqual({ value: 'on' });
  });

  it('all topics of a tenant together, and no other tenant\'s', () => {
    for (let at = 0; at < TENANT_RATE + 100; at += 1) receive(`up/${at}`, '1');
    receive('hall', '1');
    expect([countOf('taken'), countOf('refused')]).toEqual([TENANT_RATE + 1, 100]);
    expect(log).toHaveLength(1);
    expect(log[0]).toContain('for the tenant acme');
  });
});
