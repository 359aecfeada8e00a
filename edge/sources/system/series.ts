import { ProblemError } from '../../kernel/problems.js';

/** An hour at every 15 s, a day at every 5 minutes, 30 days at every hour. */
const TIERS = [
  { step: 15_000, size: 240 },
  { step: 300_000, size: 288 },
  { step: 3_600_000, size: 720 },
] as const;

/** Milliseconds between two samples. */
export const SAMPLE_INTERVAL = TIERS[0].step;

export interface SeriesPoint {
  /** ISO 8601: the beginning of the step. */
  time: string;
  /** Mean of the samples in the step. */
  value: number;
}

interface Ring {
  step: number;
  /** Number of the step that a place holds; a place whose number is another one is old. */
  steps: Float64Array;
  sums: Float64Array;
  counts: Float64Array;
}

/** The samples of one number, ever coarser with age, in a fixed amount of memory. Kept while the process runs. */
export class Series {
  private readonly rings: readonly Ring[] = TIERS.map(({ step, size }) => ({
    step,
    steps: new Float64Array(size).fill(-1),
    sums: new Float64Array(size),
    counts: new Float64Array(size),
  }));

  add(now: number, value: number): void {
    if (!Number.isFinite(value)) return;
    for (const ring of this.rings) {
      const step = Math.floor(now / ring.step);
      const place = step % ring.steps.length;
      const kept = ring.steps[place] === step;
      ring.steps[place] = step;
      ring.sums[place] = (kept ? ring.sums[place] ?? 0 : 0) + value;
      ring.counts[place] = (kept ? ring.counts[place] ?? 0 : 0) + 1;
    }
  }

  /** The points of the last `range` milliseconds, oldest first, in the finest step that reaches so far. */
  points(now: number, range: number): SeriesPoint[] {
    const ring = this.rings.find(({ step, steps }) => step * steps.length >= range) ?? this.rings.at(-1);
    if (ring === undefined) return [];
    const last = Math.floor(now / ring.step);
    const first = Math.max(Math.floor((now - range) / ring.step) + 1, last - ring.steps.length + 1, 0);
    const points: SeriesPoint[] = [];
    for (let step = first; step <= last; step += 1) {
      const place = step % ring.steps.length;
      if (ring.steps[place] !== step) continue;
      const mean = (ring.sums[place] ?? 0) / (ring.counts[place] ?? 1);
      points.push({ time: new Date(step * ring.step).toISOString(), value: Math.round(mean * 100) / 100 });
    }
    return points;
  }
}

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000, y: 365 * 86_400_000 };

/** Milliseconds of `15m`, `1h`, `24h`, `7d`, `1y`. Throws `bad_request` for anything else. */
export function rangeOf(timeRange: unknown): number {
  const [, amount, unit] = typeof timeRange === 'string' ? /^([1-9]\d{0,3})([mhdwy])$/.exec(timeRange) ?? [] : [];
  const milliseconds = Number(amount) * (UNITS[unit ?? ''] ?? Number.NaN);
  if (Number.isNaN(milliseconds)) {
    throw new ProblemError('bad_request', `timeRange: ${JSON.stringify(timeRange)} is none of 15m, 1h, 24h, 7d, 30d, 1y and the like.`);
  }
  return milliseconds;
}
