import { describe, expect, it } from 'vitest';
import { channelOf, filterFault, matchesFilter, mayLeadTo } from './mqtt-topics.js';

describe('a filter', () => {
  it.each(['a', '/', 'a/b/c', '+', '#', 'a/#', '+/b/+', 'a b/ä', '$SYS/#'])('%s is one', (filter) => {
    expect(filterFault(filter)).toBeUndefined();
  });

  it.each(['', 'a/#/b', 'a#', 'a/b+', '+a', '##', 'a\0', '$share/g/a', 'x'.repeat(501)])('%j is none', (filter) => {
    expect(filterFault(filter)).toMatch(/^must /);
  });

  it.each([
    ['a/b', 'a/b', true], ['a/b', 'a/B', false], ['a/+', 'a/b', true], ['a/+', 'a', false], ['a/+', 'a/b/c', false], ['+', 'a/b', false], ['+/+', '/b', true],
    ['a/#', 'a', true], ['a/#', 'a/b/c', true], ['a/#', 'ab', false], ['#', 'a/b', true], ['#', '$SYS/x', false], ['+/x', '$SYS/x', false], ['$SYS/#', '$SYS/x', true],
    ['a/b', 'a/b/', false], ['a/+/', 'a/b/', true],
  ])('%s has %s: %s', (filter, topic, matches) => {
    expect(matchesFilter(filter, topic)).toBe(matches);
  });
});

describe('the channel of a topic', () => {
  it.each([
    ['plant/7/temperature', 'plant-7-temperature'], ['Plant/Hall.1', 'plant-hall.1'], ['/a', undefined], ['a/ä', undefined], ['a b', undefined], ['x'.repeat(101), undefined],
  ])('%s is %s', (topic, channel) => {
    expect(channelOf({}, topic)).toBe(channel);
  });

  it('is the one that the settings name', () => {
    expect(channelOf({ channel: 'hall' }, '/what/ever')).toBe('hall');
  });

  it.each([
    ['plant/+/temperature', 'plant-7-temperature', true], ['plant/+/temperature', 'plant-7-humidity', false], ['plant/+/temperature', 'plant-temperature', false],
    ['Plant/#', 'plant-7', true], ['plant/#', 'plant', true], ['plant/#', 'plants', false], ['#', 'anything', true], ['a/b', 'a-b', true], ['a/b', 'a-b-c', false],
    ['a.c', 'abc', false], ['+/b', 'a-b', true], ['a/+/b/+/c', 'a-1-b-2-c', true], ['a/+/b', 'a-b', false],
  ])('%s may lead to %s: %s', (filter, name, may) => {
    expect(mayLeadTo({ filter, tenant: 'acme' }, name)).toBe(may);
  });

  it('whatever the filter, is told in a moment', () => {
    const start = process.cpuUsage();
    for (let round = 0; round < 1_000; round += 1) mayLeadTo({ filter: `${'+/a/'.repeat(60)}b`, tenant: 'acme' }, 'a-'.repeat(50));
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(1_000);
  });
});
