import { hash } from 'node:crypto';
import type { Head } from './heads.js';
import type { AuditContent } from './row.js';
import type { AuditRow, TrailStore } from './store.js';

/** What stands before the first row. */
export const GENESIS: Head = { seq: 0, hash: '0'.repeat(64) };

/** Names the form of what is hashed, so that another one can never be mistaken for it. */
const FORM = 'ccm-audit-1';

/**
 * SHA-256 in hex over the hash of the row before and this row. Each value goes in with its kind and its length in bytes
 * (as a netstring), so that no two different rows make the same text: `ab` and `c` is not `a` and `bc`.
 */
export function hashOf(previous: string, row: Omit<AuditRow, 'hash'>): string {
  return hash('sha256', FORM
    + field(previous) + field(row.seq) + field(row.tenant) + field(row.time) + field(row.user) + field(row.action) + field(row.target)
    + field(row.outcome) + field(row.code) + field(row.milliseconds) + field(row.bytes) + field(row.network) + field(row.requestId)
    + field(row.detail), 'hex');
}

function field(value: unknown): string {
  if (typeof value === 'string') return `${Buffer.byteLength(value)}:${value},`;
  if (typeof value === 'number') return `#${value},`;
  // A table says of no column which kind its values have: what was never written must not hash like what was.
  return value === null ? '-,' : '?,';
}

/**
 * Adds rows behind the head, within a write of the store: nobody else's row can come between.
 *
 * @returns the new head
 */
export function extend(trail: Pick<TrailStore, 'head' | 'add'>, contents: readonly AuditContent[]): Head {
  let head = trail.head() ?? GENESIS;
  for (const content of contents) {
    const row = { ...content, seq: head.seq + 1 };
    head = { seq: row.seq, hash: hashOf(head.hash, row) };
    trail.add({ ...row, hash: head.hash });
  }
  return head;
}
