/**
 * Whether a path is one of those that the patterns allow; no patterns allow nothing. `*` is one segment or a part of one, `**` any
 * rest, all else stands for itself. Patterns may be a tenant's own: they are held against a path piece by piece, never as an
 * expression, so that none takes longer than its length times the path's.
 */
export function createPathRule(patterns: readonly string[]): (path: string) => boolean {
  const rules = patterns.map(patternRule);
  return (path) => {
    const segments = path.split('/');
    return rules.some((fits) => fits(segments));
  };
}

type SegmentRule = (segment: string) => boolean;

/** Runs of segments, with `**` between them: each run is taken as early as it fits, the last one at the end. */
function patternRule(pattern: string): (segments: readonly string[]) => boolean {
  const [first = [], ...others] = runsOf(pattern.split('/'));
  const last = others.pop();
  return (segments) => {
    const standsAt = (run: readonly SegmentRule[], at: number): boolean =>
      at + run.length <= segments.length && run.every((fits, index) => fits(segments[at + index] ?? ''));
    /** What `**` stands for is something: one segment with a letter in it, or several. */
    const isRest = (from: number, to: number): boolean => to - from > 1 || (to - from === 1 && segments[from] !== '');

    if (!standsAt(first, 0)) return false;
    let end = first.length;
    if (last === undefined) return end === segments.length;
    for (const run of others) {
      let at = end + 1;
      while (at + run.length <= segments.length && !(isRest(end, at) && standsAt(run, at))) at += 1;
      if (at + run.length > segments.length) return false;
      end = at + run.length;
    }
    const at = segments.length - last.length;
    return isRest(end, at) && standsAt(last, at);
  };
}

function runsOf(segments: readonly string[]): SegmentRule[][] {
  const runs: SegmentRule[][] = [[]];
  for (const segment of segments) {
    if (segment === '**') runs.push([]);
    else runs.at(-1)?.push(segmentRule(segment));
  }
  return runs;
}

/** Pieces of text, with at least one letter in the place of each `*` between them. */
function segmentRule(pattern: string): SegmentRule {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return (segment) => segment === first;
  return (segment) => {
    if (!segment.startsWith(first)) return false;
    let end = first.length;
    for (const piece of others) {
      const at = segment.indexOf(piece, end + 1);
      if (at < 0) return false;
      end = at + piece.length;
    }
    return segment.length - last.length > end && segment.endsWith(last);
  };
}
