import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { openStore } from './open-store.js';
import { widgets } from './tables/widgets.js';

describe('onQuery', () => {
  it('is told each statement with its time and without its values', async () => {
    const told: { sql: string; ms: number }[] = [];
    const store = await openStore('sqlite::memory:', { onQuery: (text, ms) => told.push({ sql: text, ms }) });
    told.length = 0;
    const prepared = store.db.select().from(widgets).where(sql`${widgets.id} = ${'a-secret-value'}`).prepare();
    expect(prepared.all()).toEqual([]);
    expect(prepared.get()).toBeUndefined();
    expect(told).toHaveLength(2);
    for (const query of told) {
      expect(query.sql).toMatch(/^select .* from "?\w*widgets/i);
      expect(query.sql).not.toContain('a-secret-value');
      expect(query.ms).toBeGreaterThan(0);
    }
    store.close();
  });

  it('times a statement that fails, and lets it fail', async () => {
    const told: string[] = [];
    const store = await openStore('sqlite::memory:', { onQuery: (text) => told.push(text) });
    store.db.run(sql`CREATE TABLE once (id TEXT PRIMARY KEY)`);
    store.db.run(sql`INSERT INTO once VALUES ('a')`);
    told.length = 0;
    expect(() => store.db.run(sql`INSERT INTO once VALUES ('a')`)).toThrow();
    expect(told).toHaveLength(1);
    store.close();
  });
});
