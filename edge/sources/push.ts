import type { PushDataSource } from '../../sdk/contract/data-source.js';
import type { Channels } from '../kernel/channels.js';
import { ProblemError } from '../kernel/problems.js';
import type { Source } from '../kernel/source.js';

/**
 * The last value of a channel, with the time of that value: a sensor that fell silent is as old as its last word.
 * Before the first one the data is null, which a widget shows as empty. Throws `bad_request` for a channel that the
 * tenant does not have.
 */
export function createPushSource(channels: Pick<Channels, 'has' | 'last'>): Source<PushDataSource> {
  return {
    type: 'push',
    async fetch({ tenant, dataSource: { channel } }) {
      const value = channels.last(tenant.id, channel);
      if (value !== undefined) return { data: value.data, timestamp: new Date(value.time).toISOString() };
      if (channels.has(tenant.id, channel)) return { data: null };
      throw new ProblemError('bad_request', `channel: ${JSON.stringify(channel)} is no channel of this tenant; the settings have them under ingest and mqtt.`);
    },
  };
}
