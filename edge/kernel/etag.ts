import { ProblemError } from './problems.js';

/**
 * An ETag. `version` is what an `If-Match` protects; `view` tells the representations of one version apart
 * (a manager gets more of a definition than a viewer). Neither holds a quote or a dot.
 */
export function etagOf(version: string, view = ''): string {
  return view === '' ? `"${version}"` : `"${version}.${view}"`;
}

/** Whether an `If-None-Match` names this tag: the caller has it already. Weak comparison, as RFC 9110 wants it here. */
export function hasEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.trim() === '*' || tagsOf(ifNoneMatch).includes(etag);
}

/**
 * Throws `stale_etag` (412) where an `If-Match` names another version than the one that stands.
 * Only the version counts, not the view; a `W/` that a compressing proxy put before it is overlooked, or no save
 * would pass such a proxy.
 */
export function requireVersion(ifMatch: string | undefined, version: string): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const versions = tagsOf(ifMatch).map((tag) => tag.slice(1, -1).split('.')[0]);
  if (versions.includes(version)) return;
  throw new ProblemError('stale_etag', 'Somebody changed it since you read it. Read it again, then save.');
}

function tagsOf(header: string): string[] {
  return header.split(',').map((tag) => tag.trim().replace(/^W\//, '')).filter((tag) => /^".*"$/.test(tag));
}
