/** Bucket `i` holds times up to 0.01 ms · 1.25^i: 80 of them reach over nine minutes, each within 12 % of the truth. */
const BUCKETS = 80;
const SMALLEST = 0.01;
const GROWTH = Math.log(1.25);

const SLOT_MS = 60_000;
const SLOTS = 5;

/** Milliseconds that `Timings` looks back. */
export const TIMINGS_WINDOW = SLOT_MS * SLOTS;

interface Slot {
  minute: number;
  buckets: Uint32Array;
}

/** How long something took, over the last five minutes, in a fixed amount of memory. */
export class Timings {
  private readonly slots: Slot[] = [];

  /** `now` is any clock of milliseconds, the same at each call. */
  record(now: number, ms: number): void {
    const minute = Math.floor(now / SLOT_MS);
    const index = minute % SLOTS;
    let slot = this.slots[index];
    if (slot === undefined) this.slots[index] = slot = { minute, buckets: new Uint32Array(BUCKETS) };
    if (slot.minute !== minute) {
      slot.minute = minute;
      slot.buckets.fill(0);
    }
    const bucket = ms <= SMALLEST ? 0 : Math.min(BUCKETS - 1, Math.ceil(Math.log(ms / SMALLEST) / GROWTH));
    slot.buckets[bucket] = (slot.buckets[bucket] ?? 0) + 1;
  }

  /** The times at these shares (0.5 is the median) in milliseconds, 0 where nothing was recorded. */
  read(now: number, shares: readonly number[]): { count: number; at: number[] } {
    const minute = Math.floor(now / SLOT_MS);
    const sum = new Float64Array(BUCKETS);
    for (const slot of this.slots) {
      if (slot === undefined || minute - slot.minute >= SLOTS) continue;
      for (let i = 0; i < BUCKETS; i += 1) sum[i] = (sum[i] ?? 0) + (slot.buckets[i] ?? 0);
    }
    const count = sum.reduce((total, n) => total + n, 0);
    return { count, at: shares.map((share) => timeAt(sum, count * share)) };
  }
}

function timeAt(buckets: Float64Array, rank: number): number {
  if (rank === 0) return 0;
  let seen = 0;
  for (let i = 0; i < buckets.length; i += 1) {
    seen += buckets[i] ?? 0;
    // The middle of the bucket, as the eye sees it on a log scale.
    if (seen >= rank) return SMALLEST * Math.exp(GROWTH * (i - 0.5));
  }
  return 0;
}
