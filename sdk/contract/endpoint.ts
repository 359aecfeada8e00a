const LONGEST = 500;
/** More rounds of escaping than anybody has an honest use for. */
const ROUNDS = 5;

/** Blanks, controls, line ends of any alphabet, characters without a shape of their own, halves of a pair. */
const UNWRITABLE = /[\p{C}\p{Z}]/u;
/** What an escape must never stand for; a written blank may be escaped. */
const UNSPEAKABLE = /[\p{C}\p{Zl}\p{Zp}]/u;

function segmentFault(path: string): string | undefined {
  // Full-width dots and the like become what they look like; `..;x` is `..` to some servers.
  const segments = path.normalize('NFKC').split(/[/\\]/).map((segment) => segment.split(';')[0]?.trim());
  if (segments.some((segment) => segment === '..' || segment === '.')) return 'must not have a "." or ".." segment';
  return undefined;
}

/**
 * What is wrong with the endpoint of a data source, in words, or `undefined` if nothing is. An endpoint is a path inside
 * its module or API: joined to a base URL it must stay on that host and below that path, for whoever reads it, also one
 * that decodes it once more. Asked when a definition is saved and again before each call.
 */
export function endpointFault(endpoint: string): string | undefined {
  if (!endpoint.startsWith('/')) return 'must begin with "/"';
  if (endpoint.length > LONGEST) return `must be at most ${LONGEST} characters long`;
  if (UNWRITABLE.test(endpoint)) return 'must not have blanks or control characters';
  if (/[?#]/.test(endpoint)) return 'must be a path alone: what follows "?" belongs into params';
  if (endpoint.includes('//')) return 'must not have an empty segment ("//")';

  let path = endpoint;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (path.includes('\\') || /%(?:2f|5c)/i.test(path)) return 'must not have a backslash or an escaped slash';
    const fault = segmentFault(path);
    if (fault !== undefined) return fault;
    let decoded: string;
    try {
      decoded = decodeURIComponent(path);
    } catch {
      return 'must not have a "%" that is no escape';
    }
    if (UNSPEAKABLE.test(decoded)) return 'must not have control characters';
    if (decoded === path) return undefined;
    path = decoded;
  }
  return 'must not be escaped so many times';
}
