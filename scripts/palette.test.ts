import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { closest, contrast, deltaE, paletteFaults } from './check-palette.js';

const source = readFileSync(new URL('../elements/core/tokens.ts', import.meta.url), 'utf8');

describe('the measures', () => {
  it('agree with the values that were published for them', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    // Sharma, Wu and Dalal 2005, table 1: pairs 1, 7, 17 and 25.
    expect(deltaE([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
    expect(deltaE([50, 0, 0], [50, -1, 2])).toBeCloseTo(2.3669, 4);
    expect(deltaE([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4);
    expect(deltaE([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387])).toBeCloseTo(1.2644, 4);
  });

  it('find red and green close for those who do not tell them apart', () => {
    const { apart, where } = closest(['#b04000', '#5f6a00']);
    expect(apart).toBeLessThan(15);
    expect(where).toMatch(/^series 1 and 2, (protan|deutan)$/);
  });
});

describe('the colours of both themes', () => {
  it('hold: text and status 4.5:1, series 3:1, the first five ΔE 11 (CIEDE2000) apart for every sight', () => {
    expect(paletteFaults(source)).toEqual([]);
  });

  it.each([
    ['light', '--_chart-2', '#ffb060', /^light: chart-2 has [\d.]+:1/],
    ['light', '--_good', '#4cc38a', /^light: good has [\d.]+:1/],
    ['dark', '--_chart-2', '#b6a16a', /^dark: series 2 and 5, \w+ are only ΔE 0\.0 apart/],
  ])('would be told of in the %s theme if %s were %s', (theme, token, color, fault) => {
    const start = source.indexOf(`[data-theme='${theme}']`);
    const changed = source.slice(0, start) + source.slice(start).replace(new RegExp(`(${token}: var\\(--ccm-[a-z0-9-]+, )#[0-9a-f]{6}`), `$1${color}`);
    expect(changed).not.toBe(source);
    expect(paletteFaults(changed).some((one) => fault.test(one))).toBe(true);
  });
});
