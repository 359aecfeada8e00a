/** Timings of the statements that the store ran, of the last five minutes. */
export interface QueryStats {
  /** Told by the store's driver after each statement. `sql` has placeholders, never values. */
  query(sql: string, milliseconds: number): void;
  figures(): QueryFigures;
}

export interface QueryFigures {
  queriesPerSecond: number;
  p50: number;
  p95: number;
  /** The slowest statements by p95, at most five. Milliseconds. */
  slow: { sql: string; count: number; p95: number }[];
}

/** What a store tells of itself. */
export interface StoreProbe {
  /** Bytes on disk. */
  sizeBytes(): number;
  /** Open connections, and how many there may be; absent for a store that has one, such as SQLite. */
  connections?(): { active: number; max: number };
}
