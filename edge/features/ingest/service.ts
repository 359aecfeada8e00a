import { createHash, timingSafeEqual } from 'node:crypto';
import type { Channels } from '../../kernel/channels.js';
import type { Clock } from '../../kernel/clock.js';
import type { Limiter } from '../../kernel/limiter.js';
import { ProblemError } from '../../kernel/problems.js';
import type { IngestChannel } from '../../kernel/settings.js';
import { readValues } from './values.js';

/** Requests of one channel a second. */
export const RATE = 50;
/** Faults that one answer tells. */
const MOST_FAULTS = 50;

export interface IngestDeps {
  /** Of the settings. */
  ingest: readonly IngestChannel[];
  channels: Pick<Channels, 'put'>;
  limiter: Limiter;
  clock: Clock;
  /** Requests a second and channel (default 50). */
  rate?: number;
}

export interface Ingest {
  /**
   * Whose channel it is, by its secret. Throws `unauthenticated`, the same for a wrong secret and for a channel that is not
   * there; `rate_limited` where the channel was used too often.
   */
  authenticate(channel: string, secret: string | undefined): Promise<IngestChannel>;
  /** Takes one value or a batch; all of it or nothing. Returns how many. Throws `invalid` naming each fault. */
  receive(channel: IngestChannel, body: unknown): number;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export function createIngest({ ingest, channels, limiter, clock, rate = RATE }: IngestDeps): Ingest {
  const byChannel = new Map<string, { settings: IngestChannel; digest: Buffer }[]>();
  for (const settings of ingest) {
    byChannel.set(settings.channel, [...(byChannel.get(settings.channel) ?? []), { settings, digest: digest(settings.secret) }]);
  }
  const nobody = digest('no such channel');

  return {
    async authenticate(channel, secret) {
      const given = digest(secret ?? '');
      // Digests have one length, and all are compared: the time says nothing about a secret, nor whether there is such a channel.
      const known = byChannel.get(channel) ?? [{ settings: undefined, digest: nobody }];
      const same = known.filter((one) => timingSafeEqual(given, one.digest));
      const found = secret === undefined || secret === '' ? undefined : same[0]?.settings;
      if (found === undefined) throw new ProblemError('unauthenticated', "The channel's own secret is needed as bearer token.");
      const take = await limiter.take(`ingest ${JSON.stringify([found.tenant, channel])}`, rate, 1);
      if (!take.allowed) {
        throw new ProblemError('rate_limited', `A channel takes ${rate} requests a second; send several values in one.`, { retryAfter: take.resetIn / 1_000 });
      }
      return found;
    },

    receive({ tenant, channel }, body) {
      const read = readValues(body, clock.now());
      if (read.faults !== undefined) {
        const errors = read.faults.slice(0, MOST_FAULTS);
        throw new ProblemError('invalid', `body: ${[errors[0]?.path, errors[0]?.message].filter(Boolean).join(': ')}`, { errors });
      }
      // In the order of their time: each is news to those who listen, and the last stays.
      for (const value of [...read.values].sort((a, b) => a.time - b.time)) channels.put(tenant, channel, value);
      return read.values.length;
    },
  };
}
