import { eq, sql } from 'drizzle-orm';
import type { Store } from '../../drivers/store/open-store.js';
import { channelValues } from '../../drivers/store/tables/channel-values.js';

export type ChannelRow = typeof channelValues.$inferSelect;

/** The last value of each channel, by prepared statements. */
export interface ChannelStore {
  list(tenant: string): ChannelRow[];
  /** All of them as one. A value that is older than the one that stands is left out: another edge may know better. */
  save(rows: readonly ChannelRow[]): void;
}

export function createChannelStore({ db, write }: Store): ChannelStore {
  const at = (name: string) => sql.placeholder(name);
  const ofTenant = eq(channelValues.tenant, at('tenant'));
  const all = db.select().from(channelValues).where(ofTenant).prepare();
  const upsert = db.insert(channelValues)
    .values({ tenant: at('tenant'), channel: at('channel'), data: at('data'), time: at('time') })
    .onConflictDoUpdate({
      target: [channelValues.tenant, channelValues.channel],
      set: { data: sql`excluded.data`, time: sql`excluded.time` },
      setWhere: sql`excluded.time >= ${channelValues.time}`,
    }).prepare();

  return {
    list: (tenant) => all.all({ tenant }),
    save: (rows) => write(() => {
      for (const row of rows) upsert.run(row);
    }),
  };
}
