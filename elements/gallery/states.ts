import type { Snapshot } from '../../sdk/store/snapshot.js';

/** What a widget can be in; each is shown of each kind. */
export const STATES = ['fresh', 'loading', 'stale', 'failed', 'refused', 'empty', 'unusable', 'credential'] as const;
export type GalleryState = (typeof STATES)[number];

/** The age of what is stale. */
const OLD = 7 * 60_000;
/** The shape of an answer that no widget expects. */
const ANOTHER_SHAPE = { message: 'Internal Server Error', code: 500 };

/** The snapshot of one state, with the sample's data where there are any. */
export function snapshotOf(state: GalleryState, data: unknown, now = Date.now()): Omit<Snapshot, 'widget'> {
  const known = { timestamp: new Date(now).toISOString(), checkedAt: now };
  const old = { timestamp: new Date(now - OLD).toISOString(), checkedAt: now - OLD };
  switch (state) {
    case 'fresh': return { state, data, ...known };
    case 'loading': return { state };
    case 'stale': return { state, data, ...old, error: { code: 'upstream_timeout', detail: 'The source did not answer within 30 s.' } };
    case 'failed': return { state, error: { code: 'upstream_unreachable', detail: 'The source could not be reached.' } };
    case 'refused': return { state, error: { code: 'not_found', detail: 'There is no such widget.' } };
    case 'empty': return { state: 'fresh', data: Array.isArray(data) ? [] : {}, ...known };
    case 'unusable': return { state: 'fresh', data: ANOTHER_SHAPE, ...known };
    case 'credential': return { state: 'failed', error: { code: 'credential_missing', detail: 'No credential “stripe” is stored.' } };
  }
}
