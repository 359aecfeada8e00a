import type { AuditEvent } from '../../kernel/audit.js';
import { withoutSecrets } from '../../kernel/log.js';
import type { AuditRow } from './store.js';

/** What a row says, before it has its place in the chain. */
export type AuditContent = Omit<AuditRow, 'seq' | 'hash'>;

/** Characters of a value. */
export const MAX_VALUE = 500;

/**
 * An event as it is kept: cut, without what looks like a secret, and only with what comes out of the store as it went in.
 *
 * @param time epoch milliseconds
 */
export function contentOf(event: AuditEvent, time: number): AuditContent {
  return {
    tenant: whole(event.tenant),
    time,
    user: event.user === undefined ? null : whole(event.user),
    action: event.action,
    target: free(event.target),
    outcome: event.outcome,
    code: event.code === undefined ? null : free(event.code),
    milliseconds: isNumber(event.milliseconds) ? Math.round(event.milliseconds * 1000) / 1000 : null,
    bytes: isNumber(event.bytes) ? Math.min(Math.round(event.bytes), Number.MAX_SAFE_INTEGER) : null,
    network: event.network === undefined ? null : whole(event.network),
    requestId: event.requestId === undefined ? null : free(event.requestId),
    detail: event.detail === undefined ? null : free(event.detail),
  };
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0;
}

/** Looked for secrets before it is cut: half a token would not look like one any more. A value of megabytes is not looked through. */
function free(text: string): string {
  return whole(withoutSecrets(text.slice(0, 8 * MAX_VALUE)));
}

/** Half a character has no form in UTF-8: the store would give back another text than was hashed. */
function whole(text: string): string {
  const cut = text.length > MAX_VALUE ? text.slice(0, MAX_VALUE) : text;
  return /\p{Surrogate}/u.test(cut) ? cut.replaceAll(/\p{Surrogate}/gu, '\ufffd') : cut;
}
