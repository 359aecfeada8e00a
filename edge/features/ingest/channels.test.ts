import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryBus } from '../../drivers/memory/bus.js';
import { openStore, type Store } from '../../drivers/store/open-store.js';
import { createFakeClock, type FakeClock } from '../../feeds/test/fake-clock.js';
import { createLog } from '../../kernel/log.js';
import { createChannels, MOST_CHANNELS, type KeptChannels } from './channels.js';
import { spreadNews } from './news.js';
import { createChannelStore, type ChannelStore } from './store.js';
import { SETTINGS } from './test/intake.js';

const log = createLog({ level: 'silent' });
let store: Store;
let rows: ChannelStore;
let clock: FakeClock;
let channels: KeptChannels;
const settings = { ...SETTINGS, mqtt: { url: new URL('mqtt://localhost'), topics: [{ filter: 'plant/+/temperature', tenant: 'acme' }] } };

beforeEach(async () => {
  store = await openStore('sqlite::memory:');
  rows = createChannelStore(store);
  clock = createFakeClock();
  channels = createChannels({ settings, rows, clock, log });
});
afterEach(() => {
  channels.close();
  store.close();
});

const put = (data: unknown, channel = 'hall', time = clock.now()) => channels.put('acme', channel, { data, time });

describe('channels', () => {
  it('are those of the settings, by name or by a topic', () => {
    expect(['hall', 'yard', 'plant-7-temperature', 'attic', 'plant-7-humidity', '__proto__'].map((name) => channels.has('acme', name)))
      .toEqual([true, true, true, false, false, false]);
    expect([channels.has('globex', 'yard'), channels.has('globex', 'plant-7-temperature'), channels.has('nobody', 'hall')]).toEqual([false, false, false]);
    expect(put(1, 'attic')).toBe(false);
    expect(channels.put('nobody', 'hall', { data: 1, time: 1 })).toBe(false);
  });

  it('are written once a second, however many values come', async () => {
    const save = vi.spyOn(rows, 'save');
    for (let at = 0; at < 100; at += 1) {
      put(at);
      put(at, 'yard');
      await clock.advance(10);
    }
    await clock.advance(1_000);
    expect(save.mock.calls.length).toBeLessThanOrEqual(2);
    expect(rows.list('acme').map(({ channel, data }) => [channel, data])).toEqual([['hall', '99'], ['yard', '99']]);
    await clock.advance(60_000);
    expect(save.mock.calls.length).toBeLessThanOrEqual(2);
  });

  it('are there again after a restart, but for those that the settings do not have any more', async () => {
    put({ celsius: 21 });
    put(7, 'plant-7-temperature');
    channels.close();
    channels = createChannels({ settings: { ...settings, mqtt: undefined }, rows, clock, log });
    expect(channels.last('acme', 'hall')).toEqual({ data: { celsius: 21 }, time: clock.now() });
    expect(channels.last('acme', 'plant-7-temperature')).toBeUndefined();
    expect(put('older', 'hall', clock.now() - 1)).toBe(false);
  });

  it('keep what cannot be written and try again', async () => {
    const save = vi.spyOn(rows, 'save').mockImplementation(() => {
      throw new Error('database or disk is full');
    });
    put(1);
    await clock.advance(3_000);
    expect(channels.last('acme', 'hall')?.data).toBe(1);
    save.mockRestore();
    await clock.advance(1_000);
    expect(rows.list('acme')).toMatchObject([{ channel: 'hall', data: '1' }]);
  });

  it('of one tenant have an end', () => {
    // Two places are those of the channels that the settings name, before and after a restart.
    for (let at = 0; at < MOST_CHANNELS - 2; at += 1) expect(put(at, `plant-${at}-temperature`)).toBe(true);
    expect(put(1, 'plant-x-temperature')).toBe(false);
    expect(put(2, 'plant-0-temperature')).toBe(true);
    expect(put(3, `plant-${MOST_CHANNELS - 3}-temperature`)).toBe(true);
    expect(channels.put('globex', 'hall', { data: 1, time: clock.now() })).toBe(true);
    channels.close();
    channels = createChannels({ settings, rows, clock, log });
    expect([put(1, 'plant-x-temperature'), put(1, 'yard'), put(1, 'hall'), put(1, 'plant-x-temperature')]).toEqual([false, true, true, false]);
  });

  it('of a topic that names its channel keep their place too', () => {
    channels.close();
    const mqtt = { ...settings.mqtt, topics: [...settings.mqtt.topics, { filter: 'gate', tenant: 'globex', channel: 'gate' }, { filter: 'all/+', tenant: 'globex' }] };
    channels = createChannels({ settings: { ...settings, mqtt }, rows, clock, log });
    for (let at = 0; at < MOST_CHANNELS; at += 1) channels.put('globex', `all-${at}`, { data: at, time: clock.now() });
    expect(channels.last('globex', `all-${MOST_CHANNELS - 3}`)?.data).toBe(MOST_CHANNELS - 3);
    expect(channels.last('globex', `all-${MOST_CHANNELS - 2}`)).toBeUndefined();
    expect(channels.put('globex', 'gate', { data: 1, time: clock.now() })).toBe(true);
  });
});

describe('news', () => {
  function spread(bus = createMemoryBus(log), of = channels) {
    const supplied: [string, unknown, number | undefined][] = [];
    const stop = spreadNews({
      channels: of, bus, clock,
      feeds: {
        supply: (tenant, { source, name }, data, options) => {
          expect([source, options?.reach]).toEqual(['push', 'here']);
          supplied.push([`${tenant} ${name}`, data, options?.at]);
        },
        invalidate: () => undefined,
      },
    });
    return { supplied, stop, bus };
  }

  it('reach the feeds of that channel at once, and at most ten times a second', async () => {
    const { supplied, stop } = spread();
    put(1);
    expect(supplied).toEqual([['acme hall', 1, clock.now()]]);
    put('other', 'yard');
    expect(supplied).toHaveLength(2);
    for (let at = 0; at < 100; at += 1) {
      await clock.advance(10);
      put(at);
    }
    await clock.advance(1_000);
    const hall = supplied.filter(([where]) => where === 'acme hall');
    expect(hall.length).toBeGreaterThanOrEqual(10);
    expect(hall.length).toBeLessThanOrEqual(12);
    expect(hall.at(-1)?.[1]).toBe(99);
    stop();
    put('later');
    await clock.advance(1_000);
    expect(supplied.filter(([where]) => where === 'acme hall')).toHaveLength(hall.length);
  });

  it('that were lost between edges are read from what was written', async () => {
    const gaps: (() => void)[] = [];
    const bus = { ...createMemoryBus(log), onGap: (handler: () => void) => (gaps.push(handler), () => undefined) };
    const { supplied, stop } = spread(bus);
    put('ours', 'yard', clock.now());
    rows.save([
      { tenant: 'acme', channel: 'hall', data: '"theirs"', time: clock.now() }, { tenant: 'acme', channel: 'yard', data: '"older"', time: clock.now() - 1 },
    ]);
    const published = vi.spyOn(bus, 'publish');
    for (const gap of gaps) gap();
    expect(channels.last('acme', 'hall')?.data).toBe('theirs');
    expect(channels.last('acme', 'yard')?.data).toBe('ours');
    expect(supplied.map(([where]) => where)).toEqual(['acme yard', 'acme hall']);
    await clock.advance(1_000);
    expect(published).not.toHaveBeenCalled();
    stop();
  });

  it('reach the other edges, once', async () => {
    const bus = createMemoryBus(log);
    const otherRows: ChannelStore = { list: () => [], save: vi.fn() };
    const other = createChannels({ settings, rows: otherRows, clock, log });
    const here = spread(bus);
    const there = spread(bus, other);
    put({ celsius: 3 });
    expect(other.last('acme', 'hall')).toEqual(channels.last('acme', 'hall'));
    await clock.advance(5_000);
    expect(here.supplied).toHaveLength(1);
    expect(there.supplied).toHaveLength(1);
    // Written by the edge that it came to.
    expect(otherRows.save).not.toHaveBeenCalled();
    here.stop();
    there.stop();
    other.close();
  });

  it('that come at two edges within a moment reach both: the last of them stays at each', async () => {
    const bus = createMemoryBus(log);
    const other = createChannels({ settings, rows: { list: () => [], save: vi.fn() }, clock, log });
    const here = spread(bus);
    const there = spread(bus, other);
    const published = vi.spyOn(bus, 'publish');
    put('theirs');
    await clock.advance(10);
    // It comes while the other edge still rests after what it was told.
    other.put('acme', 'hall', { data: 'ours', time: clock.now() });
    await clock.advance(1_000);
    expect(channels.last('acme', 'hall')?.data).toBe('ours');
    expect([here.supplied.at(-1)?.[1], there.supplied.at(-1)?.[1]]).toEqual(['ours', 'ours']);
    expect(published).toHaveBeenCalledTimes(2);

    // A later one of the other edge takes its place: it is not told again.
    other.put('acme', 'yard', { data: 1, time: clock.now() });
    await clock.advance(10);
    put(2, 'yard');
    other.put('acme', 'yard', { data: 3, time: clock.now() + 1 });
    await clock.advance(1_000);
    expect([channels.last('acme', 'yard')?.data, other.last('acme', 'yard')?.data]).toEqual([3, 3]);
    expect(published).toHaveBeenCalledTimes(4);
    here.stop();
    there.stop();
    other.close();
  });

  it('that every edge is sent are not told to the others', async () => {
    const bus = createMemoryBus(log);
    const { supplied, stop } = spread(bus);
    const published = vi.spyOn(bus, 'publish');
    for (let at = 0; at < 3; at += 1) channels.put('acme', 'plant-7-temperature', { data: at, time: clock.now() }, 'here');
    await clock.advance(1_000);
    expect(supplied.map(([, data]) => data)).toEqual([0, 2]);
    expect(published).not.toHaveBeenCalled();
    stop();
  });
});
