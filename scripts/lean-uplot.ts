import type { Plugin } from 'rolldown';

/**
 * uPlot is one function of 3,500 lines: nothing in it that a page does not use can be shaken off. Here the features that
 * `elements/plot` never asks for are switched off in its source, so that the minifier drops them: a fifth of its bytes.
 * Who needs one of them deletes its line. Each text must be there (uPlot's version is pinned), else the build stops.
 */
const SWITCHED_OFF: readonly [what: string, from: string | RegExp, to: string][] = [
  ['logarithmic, asinh and custom scales', /\b(\w+\.)?distr\s*(==|>=)\s*(3|4|100)\b/g, 'false'],
  ['plots of facets (scatter)', /\bmode == 2\b/g, 'false'],
  ['plots of facets (scatter)', /\bmode == 1\b/g, 'true'],
  ['times in seconds', '(ms == 1 ? timeAxisSplitsMs(_tzDate) : timeAxisSplitsS(_tzDate))', 'timeAxisSplitsMs(_tzDate)'],
  ['times in seconds', '(ms == 1 ? timeIncrsMs : timeIncrsS)', 'timeIncrsMs'],
  ['times in seconds', /^const \[ timeIncrsS,.*$/m, ''],
  ['its own legend', 'const showLegend = legend.show;', 'const showLegend = false;'],
  ['its own legend', /\blegend\.live\b/g, 'false'],
  ['its own legend', /\bmultiValLegend\b(?! =)/g, 'false'],
  ['its own words for times and numbers', /const _timeAxisStamps = \[[\s\S]*?\n\t\];/, 'const _timeAxisStamps = null;'],
  ['its own words for times and numbers', /^\tconst _timeAxisVals .*$/m, ''],
  ['its own words for times and numbers', /^\tconst _timeSeriesVal .*$/m, ''],
  ['its own words for times and numbers', /^\tconst _fmtDate .*$/m, ''],
  ['its own words for times and numbers', /s\.value = isTime \? .*;/, ''],
  ['its own words for times and numbers', /axis\.values = \([\s\S]*?\) : av \|\| numAxisVals\n\t\t\t\);/, 'axis.values = av;'],
  ['paths and helpers that are not drawn with', /uPlot\.assign = assign;[\s\S]*(?=export \{ uPlot as default \};)/, 'uPlot.rangeNum = rangeNum;\nuPlot.tzDate = tzDate;\n'],
];

export function leanUplot(): Plugin {
  return {
    name: 'lean-uplot',
    transform: { filter: { id: /uplot\/dist\/uPlot\.esm\.js$/ }, handler: (code) => ({ code: leaned(code), map: null }) },
  };
}

export function leaned(code: string): string {
  return SWITCHED_OFF.reduce((text, [what, from, to]) => {
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`uPlot has changed: “${what}” is not where scripts/lean-uplot.ts looks for it (${String(from)}).`);
    return changed;
  }, code);
}
