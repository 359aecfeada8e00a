import { toNumber } from '../../../sdk/data/number.js';
import { getPath } from '../../../sdk/data/path.js';
import type { FeedSpec } from '../../kernel/feed.js';
import type { Samples } from '../../kernel/samples.js';

/** Keeps the numbers of the feeds' answers: what the feeds tell of each answer that they take. `time`: epoch milliseconds. */
export function createSampling(samples: Pick<Samples, 'add'>): (spec: FeedSpec, data: unknown, time: number) => void {
  return ({ tenant, viewer, sampled, dataPath }, data, time) => {
    // A user's own rows are not the tenant's history, whoever made the spec.
    if (sampled === undefined || viewer !== undefined) return;
    const subject = dataPath === undefined ? data : getPath(data, dataPath);
    for (const [name, path] of sampled) {
      const value = toNumber(getPath(subject, path));
      if (value !== undefined) samples.add({ tenant, name }, { time, value });
    }
  };
}
