import { and, asc, desc, eq, gte, notExists, sql } from 'drizzle-orm';
import type { Store } from '../../drivers/store/open-store.js';
import { samples, series } from '../../drivers/store/tables/samples.js';
import type { SamplePoint, SeriesName } from '../../kernel/samples.js';

export interface SampleRow extends SeriesName, SamplePoint {}

/** Scalars over time, by prepared statements. A point is written by the tenant and name of its series, never by a number alone. */
export interface SampleStore {
  /** All of them or none. A point of the same moment is replaced. */
  write(rows: readonly SampleRow[]): void;
  /** Those from `since` (epoch milliseconds) on, oldest first. */
  read(of: SeriesName, since: number): SamplePoint[];
  /** The last `count`, newest first. */
  last(of: SeriesName, count: number): SamplePoint[];
  names(tenant: string): string[];
  /** Deletes at most `limit` points that are older, whoever's they are. Returns how many. */
  removeBefore(time: number, limit: number): number;
  /** Deletes the tenant's series that have no points. Returns their names. */
  removeEmpty(tenant: string): string[];
}

export function createSampleStore({ db, write }: Store): SampleStore {
  const at = (name: string) => sql.placeholder(name);
  const named = and(eq(series.tenant, at('tenant')), eq(series.name, at('name')));
  const points = db.select({ time: samples.time, value: samples.value }).from(series).innerJoin(samples, eq(samples.series, series.id));
  const addSeries = db.insert(series).values({ tenant: at('tenant'), name: at('name') }).onConflictDoNothing().prepare();
  const find = db.select({ id: series.id }).from(series).where(named).prepare();
  const addPoint = db.insert(samples).values({ series: at('series'), time: at('time'), value: at('value') })
    .onConflictDoUpdate({ target: [samples.series, samples.time], set: { value: sql`excluded.value` } }).prepare();
  const since = points.where(and(named, gte(samples.time, at('since')))).orderBy(asc(samples.time)).prepare();
  const newest = db.select({ time: samples.time, value: samples.value }).from(series).innerJoin(samples, eq(samples.series, series.id))
    .where(named).orderBy(desc(samples.time)).limit(at('count')).prepare();
  const ofTenant = db.select({ name: series.name }).from(series).where(eq(series.tenant, at('tenant'))).prepare();
  const old = db.select({ series: samples.series, time: samples.time }).from(samples)
    .where(sql`${samples.time} < ${at('before')}`).orderBy(asc(samples.time)).limit(at('limit'));
  const dropOld = db.delete(samples).where(sql`(${samples.series}, ${samples.time}) in ${old}`).prepare();
  const dropEmpty = db.delete(series).where(and(
    eq(series.tenant, at('tenant')),
    notExists(db.select({ one: sql`1` }).from(samples).where(eq(samples.series, series.id))),
  )).returning({ name: series.name }).prepare();

  return {
    write: (rows) => write(() => {
      // Found anew in each transaction: a number that was remembered could be another series' by now.
      const ids = new Map<string, number>();
      for (const { tenant, name, time, value } of rows) {
        const key = JSON.stringify([tenant, name]);
        let id = ids.get(key);
        if (id === undefined) {
          addSeries.run({ tenant, name });
          id = find.get({ tenant, name })?.id;
          if (id === undefined) throw new Error(`The series ${name} could not be made.`);
          ids.set(key, id);
        }
        addPoint.run({ series: id, time, value });
      }
    }),
    read: ({ tenant, name }, from) => since.all({ tenant, name, since: from }),
    last: ({ tenant, name }, count) => newest.all({ tenant, name, count }),
    names: (tenant) => ofTenant.all({ tenant }).map(({ name }) => name),
    removeBefore: (before, limit) => dropOld.run({ before, limit }).changes,
    removeEmpty: (tenant) => dropEmpty.all({ tenant }).map(({ name }) => name),
  };
}
