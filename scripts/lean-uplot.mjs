/**
 * uPlot is one function of 3,500 lines: a bundler can shake nothing off it. Here the features that `elements/plot` never asks for are
 * switched off in its source, so that the minifier drops them: a third of its bytes. Whoever needs one of them deletes its
 * lines. Each text must be found exactly as often as it says (uPlot's version is pinned), else the build stops.
 *
 * @type {readonly (readonly [what: string, places: number, from: string | RegExp, to: string])[]}
 */
const SWITCHED_OFF = [
  ['logarithmic, asinh and custom scales', 24, /\b(?:\w+\.)?distr\s*(?:==|>=)\s*(?:3|4|100)\b/g, 'false'],
  ['plots of facets', 16, /\bmode == 2\b/g, 'false'],
  ['plots of facets', 16, /\bmode == 1\b/g, 'true'],
  ['times in seconds', 1, '(ms == 1 ? timeAxisSplitsMs(_tzDate) : timeAxisSplitsS(_tzDate))', 'timeAxisSplitsMs(_tzDate)'],
  ['times in seconds', 1, '(ms == 1 ? timeIncrsMs : timeIncrsS)', 'timeIncrsMs'],
  ['times in seconds', 1, /^const \[ timeIncrsS,.*$/gm, ''],
  ['its own legend', 1, 'const showLegend = legend.show;', 'const showLegend = false;'],
  ['its own legend', 7, /\blegend\.live\b/g, 'false'],
  ['its own legend', 6, /\bmultiValLegend\b(?! =)/g, 'false'],
  ['its own words for times and numbers', 1, /const _timeAxisStamps = \[[\s\S]*?\n\t\];/g, 'const _timeAxisStamps = null;'],
  ['its own words for times and numbers', 1, /^\tconst _timeAxisVals .*$/gm, ''],
  ['its own words for times and numbers', 1, /^\tconst _timeSeriesVal .*$/gm, ''],
  ['its own words for times and numbers', 1, /^\tconst _fmtDate .*$/gm, ''],
  ['its own words for times and numbers', 1, /s\.value = isTime \? .*;/g, ''],
  ['its own words for times and numbers', 1, /axis\.values = \([\s\S]*?\) : av \|\| numAxisVals\n\t\t\t\);/g, 'axis.values = av;'],
  [
    'paths and helpers that are not drawn with', 1, /uPlot\.assign = assign;[\s\S]*(?=export \{ uPlot as default \};)/g,
    'uPlot.rangeNum = rangeNum;\nuPlot.tzDate = tzDate;\n',
  ],
];

const UPLOT = /uplot\/dist\/uPlot\.esm\.js$/;

/** For the bundler. */
export function leanUplot() {
  let met = false;
  return {
    name: 'lean-uplot',
    transform: {
      filter: { id: UPLOT },
      /** @param {string} code */
      handler(code) {
        met = true;
        return { code: leaned(code), map: null };
      },
    },
    buildEnd() {
      if (!met) throw new Error(`No file matched ${String(UPLOT)}: uPlot would be bundled whole.`);
    },
  };
}

/** For the browser tests, so that they draw with what pages get. */
export function leanUplotInTests() {
  return {
    name: 'lean-uplot',
    /** @param {{ path: string, body: unknown }} context */
    transform: ({ path, body }) => (UPLOT.test(path) ? { body: leaned(String(body)) } : undefined),
  };
}

/** @param {string} code */
export function leaned(code) {
  return SWITCHED_OFF.reduce((text, [what, places, from, to]) => {
    const parts = text.split(from);
    if (parts.length - 1 !== places) {
      throw new Error(`uPlot has changed: scripts/lean-uplot.mjs looks for “${what}” in ${places} places (${String(from)}) and found ${parts.length - 1}.`);
    }
    return parts.join(to);
  }, code);
}
