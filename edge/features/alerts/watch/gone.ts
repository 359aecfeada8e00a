import type { AlertChange, AlertInstance, AlertNotices } from '../../../kernel/alerts.js';
import { eventOf } from '../event.js';
import type { AlertStore } from '../store.js';

/** Ends what nobody evaluates any more: what fires is over, and says why; what waited is forgotten. All of it or nothing. */
export function endInstances(
  { store, notices }: { store: AlertStore; notices: AlertNotices },
  gone: readonly { instance: AlertInstance; reason: 'gone' | 'ruleGone' }[], wall: number,
): AlertChange[] {
  return store.write(() => {
    const changes = gone.flatMap(({ instance: { tenant, id }, reason }): AlertChange[] => {
      const before = store.get(tenant, id);
      if (before === undefined || before.state === 'resolved') return [];
      const ended = { ...before, since: wall, held: 0, missing: 0, reason, updatedAt: Math.max(wall, before.updatedAt + 1) };
      if (before.state !== 'firing' && before.state !== 'recovering') {
        store.remove(tenant, id);
        return [{ before, now: { ...ended, state: 'inactive' } }];
      }
      const now: AlertInstance = { ...ended, state: 'resolved', resolvedAt: wall };
      store.save(now);
      store.note(eventOf(now, 'resolved', wall, { value: now.value ?? null }));
      return [{ before, now }];
    });
    if (changes.length > 0) notices.within(changes);
    return changes;
  });
}
