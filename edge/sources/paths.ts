/** A pattern of a connector's `paths` as an expression: `*` is one segment, `**` any rest, all else stands for itself. */
function expressionOf(pattern: string): RegExp {
  const source = pattern
    .split('/')
    .map((segment) => (segment === '**' ? '.+' : segment.split('*').map(escaped).join('[^/]+')))
    .join('/');
  return new RegExp(`^${source}$`);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Whether a path is one of those that the patterns allow; no patterns allow nothing. */
export function createPathRule(patterns: readonly string[]): (path: string) => boolean {
  const expressions = patterns.map(expressionOf);
  return (path) => expressions.some((expression) => expression.test(path));
}
