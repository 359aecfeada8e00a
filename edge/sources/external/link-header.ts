/** Linear on any input: no part can begin where another might have. */
const LINK = /<([^<>]{1,2000})>([^<]*)/g;

function isNext(parameters: string): boolean {
  return parameters.split(';').some((parameter) => {
    const [name = '', value = ''] = parameter.split('=', 2).map((part) => part.trim());
    return name.toLowerCase() === 'rel' && value.replace(/[",]/g, ' ').toLowerCase().split(/\s+/).includes('next');
  });
}

/**
 * The query of the `rel="next"` of a `Link` header (RFC 8288), where it leads to the path that was asked for; undefined where there is
 * none. Of an address that the other side writes only the query is used: the host and the path stay ours.
 */
export function nextLink(header: string | undefined, path: string): string | undefined {
  for (const [, target = '', parameters = ''] of (header ?? '').matchAll(LINK)) {
    if (!isNext(parameters)) continue;
    const base = 'http://base.invalid';
    if (!URL.canParse(target, base)) return undefined;
    const url = new URL(target, base);
    return url.pathname.endsWith(path) && url.search.length > 1 ? url.search.slice(1) : undefined;
  }
  return undefined;
}
