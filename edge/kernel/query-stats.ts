/** What the store's driver tells of each statement it ran. */
export interface QueryRecorder {
  /** `sql` with placeholders, never with values. */
  query(sql: string, ms: number): void;
}

/** Of the last five minutes. */
export interface QueryFigures {
  figures(): {
    queriesPerSecond: number;
    p50Ms: number;
    p95Ms: number;
    /** The slowest statements, at most five. */
    slow: { sql: string; count: number; p95Ms: number }[];
  };
}

export interface QueryStats extends QueryRecorder, QueryFigures {}

/** What a store tells of itself. */
export interface StoreProbe {
  /** Open connections, and how many there may be. */
  connections(): { active: number; max: number };
  /** Bytes on disk. */
  sizeBytes(): number | Promise<number>;
}
