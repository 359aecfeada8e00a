import type { PageSignals } from '../client/client.js';
import type { Pace } from '../client/pace.js';
import type { Link, LinkEvents, LiveItem } from './link.js';

/** The last carrier: each widget is asked at its interval, with the cursor it has. Rests while the page is hidden. */
export function openPoll(ask: (items: readonly LiveItem[]) => void, page: PageSignals | undefined, events: LinkEvents, pace: Pace): Link {
  /** Epoch milliseconds at which each key is due. */
  const due = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const shortest = (item: LiveItem) => Math.max(pace.poll, item.interval * 1000);
  // A little apart, so that the pages of one office do not ask in step.
  const interval = (item: LiveItem) => shortest(item) * (0.9 + 0.2 * pace.random());

  function isDue(item: LiveItem): boolean {
    const wait = (due.get(item.key) ?? 0) - Date.now();
    // So far away none was ever set: the clock was put back since.
    return wait <= pace.poll / 10 || wait > 2 * shortest(item);
  }

  function plan(): void {
    clearTimeout(timer);
    if (page?.hidden || !due.size) return;
    timer = setTimeout(run, Math.max(0, Math.min(...due.values()) - Date.now()));
  }

  function run(): void {
    const items = events.items();
    const now = items.filter(isDue);
    const kept = new Map(due);
    due.clear();
    for (const item of items) due.set(item.key, now.includes(item) ? Date.now() + interval(item) : (kept.get(item.key) ?? 0));
    if (now.length) ask(now);
    plan();
  }

  // In its own task: whoever opened it must hold it before it speaks.
  timer = setTimeout(() => {
    events.ready();
  });

  return {
    update(added, removed) {
      for (const { key } of removed) due.delete(key);
      // At the start nobody knows what was missed meanwhile; later ones come with a first answer a moment old.
      const wait = due.size > 0;
      for (const item of added) due.set(item.key, wait ? Date.now() + interval(item) : 0);
      plan();
    },
    refresh: () => false,
    auth() {
      // Each request takes the newest token anyway.
    },
    check() {
      if (page?.hidden) return;
      // All pages wake together when an office does.
      clearTimeout(timer);
      timer = setTimeout(run, pace.random() * pace.settle * 50);
    },
    close() {
      clearTimeout(timer);
      due.clear();
    },
  };
}
