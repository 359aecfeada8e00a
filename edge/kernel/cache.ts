/** Bytes that several edges may share for a while (drivers: memory, redis). What is lost from it costs a fetch, never data. */
export interface Cache {
  get(key: string): Promise<Uint8Array | undefined>;
  /** In the order of the keys: one round trip for all. */
  getMany(keys: readonly string[]): Promise<(Uint8Array | undefined)[]>;
  /** Kept for `ttl` milliseconds at most. */
  set(key: string, value: Uint8Array, ttl: number): Promise<void>;
  delete(key: string): Promise<void>;
}
