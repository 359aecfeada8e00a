import type { Bus } from '../../kernel/bus.js';
import { CHANNEL_VALUES, type ChannelValue } from '../../kernel/channels.js';
import type { Clock } from '../../kernel/clock.js';
import type { Feeds, FeedSelector, Reach } from '../../kernel/feed.js';
import { newId } from '../../kernel/ids.js';
import type { KeptChannels } from './channels.js';

/** Milliseconds between two pushes of a channel: ten a second are more than an eye can follow. */
const SPACING = 100;

export interface NewsDeps {
  channels: Pick<KeptChannels, 'onValue' | 'relay' | 'reload' | 'last'>;
  feeds: Pick<Feeds, 'supply' | 'invalidate'>;
  bus: Bus;
  clock: Clock;
}

/**
 * Brings each new value to the feeds that show its channel and to the other edges: the first at once, of what follows
 * quickly only the last. Returns its end.
 */
export function spreadNews({ channels, feeds, bus, clock }: NewsDeps): () => void {
  const self = newId();
  /** Channels that were told of within the last moment: whether there is news since, and the last of it that is for the other edges. */
  const resting = new Map<string, { again: boolean; untold?: ChannelValue; cancel: () => void }>();

  function supply(tenant: string, channel: string, { data, time }: ChannelValue): void {
    const shows: FeedSelector = { source: 'push', name: channel };
    try {
      feeds.supply(tenant, shows, data, { at: time, reach: 'here' });
    } catch {
      // A transform that this value breaks is the feed's fault to tell, not the sender's.
      feeds.invalidate(tenant, shows, 'here');
    }
  }

  function tell(tenant: string, channel: string, value: ChannelValue, reach: Reach): void {
    const key = JSON.stringify([tenant, channel]);
    const rest = resting.get(key);
    if (rest !== undefined) {
      rest.again = true;
      if (reach === 'everywhere') rest.untold = value;
      return;
    }
    resting.set(key, { again: false, cancel: clock.after(SPACING, () => wake(tenant, channel, key)) });
    supply(tenant, channel, value);
    if (reach === 'everywhere') bus.publish(CHANNEL_VALUES, { ...value, tenant, channel, from: self });
  }

  function wake(tenant: string, channel: string, key: string): void {
    const { again = false, untold } = resting.get(key) ?? {};
    resting.delete(key);
    const value = channels.last(tenant, channel);
    // What is known of other edges is not told to them again: a later value of theirs takes the place of ours everywhere.
    if (again && value !== undefined) tell(tenant, channel, value, value === untold ? 'everywhere' : 'here');
  }

  const stopListening = channels.onValue(tell);
  const unsubscribe = bus.subscribe(CHANNEL_VALUES, ({ tenant, channel, data, time, from }) => {
    if (from !== self) channels.relay(tenant, channel, { data, time });
  });
  const stopGaps = bus.onGap(() => channels.reload());

  return () => {
    stopListening();
    unsubscribe();
    stopGaps();
    for (const { cancel } of resting.values()) cancel();
    resting.clear();
  };
}
