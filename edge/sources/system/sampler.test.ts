import { expect, it } from 'vitest';
import { createFakeClock, settle } from '../../feeds/test/fake-clock.js';
import { createLog } from '../../kernel/log.js';
import type { SamplePoint, Samples } from '../../kernel/samples.js';
import { defineMetric } from './metric.js';
import { createSampler } from './sampler.js';

const HOUR = 3_600_000;
const tenants = ['acme', 'globex'].map((id) => ({ id, name: id, timeZone: 'UTC', currency: 'EUR' }));

function memory(): Samples & { kept: Map<string, SamplePoint[]> } {
  const kept = new Map<string, SamplePoint[]>();
  const of = ({ tenant, name }: { tenant: string; name: string }) => kept.get(`${tenant} ${name}`) ?? [];
  return {
    kept,
    add: (series, point) => void kept.set(`${series.tenant} ${series.name}`, [...of(series), point]),
    read: (series, since) => of(series).filter(({ time }) => time >= since),
    last: (series, count) => of(series).slice(-count),
  };
}

it('is there again after a restart, as far as the samples reach', async () => {
  const clock = createFakeClock();
  const samples = memory();
  let value = 0;
  const machine = defineMetric({ name: 'load', scope: 'machine', read: () => (value += 1), number: (data) => data });
  const users = defineMetric({ name: 'users', scope: 'tenant', read: ({ id }) => id.length, number: (data) => data });
  const first = createSampler([machine, users], tenants, { clock, samples });
  await clock.advance(60_000);
  const before = first.points(machine, tenants[0]!, HOUR);
  expect(before.map((point) => point.value)).toEqual([1, 2, 3, 4, 5]);
  first.close();
  expect([...samples.kept.keys()].sort()).toEqual(['@machine system:load', 'acme system:users', 'globex system:users']);

  await clock.advance(600_000);
  const second = createSampler([machine, users], tenants, { clock, samples });
  await settle();
  expect(second.points(machine, tenants[1]!, HOUR).map((point) => point.value)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(second.points(machine, tenants[1]!, HOUR).slice(0, 5)).toEqual(before);
  expect(second.points(users, tenants[1]!, HOUR).every((point) => point.value === 6)).toBe(true);
  second.close();
});

it('goes on where its history can be neither read nor kept, and says so', async () => {
  const clock = createFakeClock();
  const broken = (): never => {
    throw new Error('database disk image is malformed');
  };
  const lines: string[] = [];
  const log = createLog({ destination: { write: (line) => void lines.push(line) } });
  let value = 0;
  const load = defineMetric({ name: 'load', scope: 'machine', read: () => (value += 1), number: (data) => data });
  const sampler = createSampler([load], tenants, { clock, samples: { add: broken, read: broken, last: broken }, log });
  await clock.advance(60_000);
  expect(sampler.points(load, tenants[0]!, HOUR).map((point) => point.value)).toEqual([1, 2, 3, 4, 5]);
  expect(lines.join('')).toContain('the history of a system metric could not be read');
  sampler.close();
});
