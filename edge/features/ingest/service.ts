import type { Channels } from '../../kernel/channels.js';
import type { Clock } from '../../kernel/clock.js';
import type { Limiter } from '../../kernel/limiter.js';
import { ProblemError, tooMany } from '../../kernel/problems.js';
import { digestOf, sameDigest } from '../../kernel/secret-digest.js';
import type { TellRefusal } from '../../kernel/seldom.js';
import type { IngestChannel } from '../../kernel/settings.js';
import { readValues } from './values.js';

/** Requests of one channel a second. */
const RATE = 50;
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
  /** Told why a sender is not let in, which the sender may not learn. */
  tell?: TellRefusal;
}

export interface Ingest {
  /**
   * Whose channel it is, by its secret. Throws `unauthenticated`, the same for a wrong secret and for a channel that is not
   * there; `rate_limited` where the channel was used too often.
   */
  authenticate(channel: string, secret: string | undefined): Promise<IngestChannel>;
  /** Takes one value or a batch; where one is at fault, nothing. Returns how many were kept: not those older than the last. Throws `invalid` naming each fault. */
  receive(channel: IngestChannel, body: unknown): number;
}

export function createIngest({ ingest, channels, limiter, clock, rate = RATE, tell }: IngestDeps): Ingest {
  const byChannel = new Map<string, { settings: IngestChannel; digest: Buffer }[]>();
  for (const settings of ingest) {
    byChannel.set(settings.channel, [...(byChannel.get(settings.channel) ?? []), { settings, digest: digestOf(settings.secret) }]);
  }
  const nobody = digestOf('no such channel');

  return {
    async authenticate(channel, secret) {
      const given = digestOf(secret ?? '');
      // All are compared: the time says nothing about whether there is such a channel.
      const known = byChannel.get(channel) ?? [{ settings: undefined, digest: nobody }];
      const same = known.filter((one) => sameDigest(given, one.digest));
      const found = secret === undefined || secret === '' ? undefined : same[0]?.settings;
      if (found === undefined) {
        tell?.(whyNot(byChannel.has(channel), secret), { channel });
        throw new ProblemError('unauthenticated', "The channel's own secret is needed as bearer token.");
      }
      const take = await limiter.take(`ingest ${JSON.stringify([found.tenant, channel])}`, rate, 1);
      if (!take.allowed) {
        throw tooMany(`A channel takes ${rate} requests a second; send several values in one.`, take.resetIn / 1_000);
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
      return [...read.values].sort((a, b) => a.time - b.time).filter((value) => channels.put(tenant, channel, value)).length;
    },
  };
}

function whyNot(known: boolean, secret: string | undefined): string {
  if (!known) return 'there is no such channel under ingest in the settings';
  return secret === undefined || secret === '' ? 'it came without a secret' : "its secret is none of the channel's own";
}
