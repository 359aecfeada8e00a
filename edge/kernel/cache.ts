/**
 * Bytes that several edges may share for a while (drivers: memory, redis). What is lost from it costs a fetch, never data: nothing
 * here rejects because the others cannot be reached; then a read is a miss and a write or a deletion is lost.
 */
export interface Cache {
  /** Not to be written into. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** In the order of the keys: one round trip for all. */
  getMany(keys: readonly string[]): Promise<(Uint8Array | undefined)[]>;
  /** Kept for `ttl` milliseconds at most; for none at all where that is not above 0. */
  set(key: string, value: Uint8Array, ttl: number): Promise<void>;
  delete(key: string): Promise<void>;
}
