import { describe, expect, it } from 'vitest';
import { createPathRule } from './paths.js';

/** As a pattern was read before; right, and endless for some. */
function expressionOf(pattern: string): RegExp {
  const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${pattern.split('/').map((segment) => (segment === '**' ? '.+' : segment.split('*').map(escaped).join('[^/]+'))).join('/')}$`);
}

describe('ReDoS / filter language', () => {
  it.each<[string, string, string]>([
    ['stars in a segment', `/${'*a'.repeat(30)}b`, `/${'a'.repeat(499)}`],
    ['stars alone', `/${'*'.repeat(400)}b`, `/${'a'.repeat(499)}`],
    ['a rest many times', `${'/**'.repeat(160)}/b`, '/a'.repeat(250)],
    ['a rest many times, with segments between', `${'/**/a'.repeat(90)}/b`, '/a'.repeat(250)],
    ['both', `${'/**/*a*a*a'.repeat(40)}b`, '/aaaa'.repeat(100)],
  ])('%s: 50 of them take less than 50 ms', (_what, pattern, path) => {
    const allows = createPathRule(Array.from({ length: 50 }, () => pattern));
    allows('/warm');
    const started = process.cpuUsage();
    expect(allows(path)).toBe(false);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(50);
  });

  it('and it allows what an expression would', () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const text = (letters: string, most: number): string => Array.from({ length: random(most) }, () => letters[random(letters.length)]).join('');
    let allowed = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const pattern = `/${text('ab*/*', 9)}`;
      const path = `/${text('abb/', 9)}`;
      const expected = expressionOf(pattern).test(path);
      expect(createPathRule([pattern])(path), `${pattern} and ${path}`).toBe(expected);
      if (expected) allowed += 1;
    }
    expect(allowed).toBeGreaterThan(500);
  });
});
