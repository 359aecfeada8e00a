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
  ['its own words for times and numbers', 1, /^const numFormatter = .*\nconst fmtNum = .*$/gm, 'const fmtNum = String;'],
  ['zones, which ask for the machine’s own when it loads', 1, /^const localTz = [\s\S]*?^\}/gm, ''],
  ['its own words for times and numbers', 1, /s\.value = isTime \? .*;/g, ''],
  ['its own words for times and numbers', 1, /axis\.values = \([\s\S]*?\) : av \|\| numAxisVals\n\t\t\t\);/g, 'axis.values = av;'],
  ['scales of ordinals', 11, /\b(?:\w+\.d|xScaleD)istr == 2/g, 'false'],
  ['series and bands that come and go', 6, /self\.(?:addSeries|delSeries|addBand|setBand|delBand|batch) = \w+;/g, ''],
  ['plots that stand on their side', 25, /\b(?:scaleX|sx)\.ori == 0/g, 'true'],
  ['plots that stand on their side', 9, /\bscaleX\.ori == 1/g, 'false'],
  ['labels of axes', 3, 'axis.label != null', 'false'],
  ['a cursor that finds the nearest series', 1, 'const cursorFocus = focus.prox >= 0;', 'const cursorFocus = false;'],
  ['plots that move each other’s cursor', 1, /const syncOpts = assign\(\{[\s\S]*?self\.pub = pub;/g, ''],
  ['plots that move each other’s cursor', 1, /\tif \(syncKey != null\) \{\s*let \[xSyncKey[\s\S]*?\n\t\t\t\t\}/g, ''],
  ['plots that move each other’s cursor', 1, /let \[xKey, yKey\] = syncOpts\.scales;\s*let syncOptsSrc[\s\S]*?(?=\n\t\t\}\n\n\t\tif \(snap)/g, ''],
  ['plots that move each other’s cursor', 1, /events\["setSeries"\] = [\s\S]*?\n\t\};/g, ''],
  ['plots that move each other’s cursor', 1, 'sync.unsub(self);', ''],
  ['plots that move each other’s cursor', 5, /\bpubSync\(.*;$/gm, 'null;'],
  ['plots that move each other’s cursor', 6, 'syncOpts.setSeries', 'false'],
  ['plots that move each other’s cursor', 1, /\bsrc != null/g, 'false'],
  ['plots that move each other’s cursor', 3, /\bsrc == null/g, 'true'],
  [
    'a cursor that looks for values around it', 1, /if \(cursor\.dataIdx == null\) \{[\s\S]*?return idx2;\n\t\t\};\n\t\}/g,
    'cursor.dataIdx ??= (self, seriesIdx, cursorIdx) => cursorIdx;',
  ],
  ['a cursor that can be locked', 6, /\bcursor\._lock(?= ?\))/g, 'false'],
  ['dragging up and down', 1, /dragY = drag\.y && rawDY[\s\S]*?dragX = dragY = true;/g, ''],
  ['dragging up and down', 2, /\bif \(dragY\)/g, 'if (false)'],
  ['dragging up and down', 2, /!dragY\b/g, 'true'],
  ['dragging that sets its scale by itself', 1, 'if (drag.setScale && hasSelect && chgSelect)', 'if (false)'],
  ['its own legend', 1, /\tfunction setLegend\([\s\S]*?self\.setLegend = setLegend;/g, '\tfunction setLegend() { shouldSetLegend = false; }'],
  ['its own legend', 1, 'const legend     = (self.legend = assign({}, legendOpts, opts.legend));', 'const legend = { values: [] };'],
  ['its own legend', 1, 'legendTable?.remove();', ''],
  ['its own legend', 1, /const markers {4}= legend\.markers;\s*\{[\s\S]*?\n\t\}/g, ''],
  ['series that are hidden or in focus', 1, 'self.setSeries = setSeries;', ''],
  ['series that are hidden or in focus', 6, /\bcursorFocus\b(?! =)/g, 'false'],
  ['one point for all series', 6, /\bcursorOnePt\b(?! =)/g, 'false'],
  ['a second line of the cursor', 2, /\bhCursor && /g, 'false && '],
  ['points as large as something else', 1, 'getBBox != null', 'false'],
  ['plots from right to left', 5, 'scaleX.dir * (true ? 1 : -1)', '1'],
  ['plots from right to left', 3, /\bsc(?:ale)?\.dir == -1/g, 'false'],
  ['ranges that are no function', 1, /let rangeIsArr = isArr\(rn\);[\s\S]*?sc\.auto = .*;/g, 'sc.range = rn;\nsc.auto = fnOrSelf(sc.auto);'],
  ['scales by another', 1, 'scaleOpts.from != null', 'false'],
  ['ticks beside the words of an axis', 2, /\bticks\.show\b/g, 'false'],
  ['words that are turned or have lines', 1, 'axis._rotate * -PI/180', '0'],
  ['words that are turned or have lines', 1, /val\.indexOf\("\\n"\) == -1 \? \[val\] : val\.split\(.*\)/g, '[val]'],
  ['plugins', 2, /^\t\(opts\.plugins \|\| \[\]\)[\s\S]*?\n\t\}\);/gm, ''],
  ['a title, an id and a class', 1, /^\tif \(opts\.id != null\)[\s\S]*?(?=\tconst can = )/gm, ''],
  ['another order', 1, 'opts.drawOrder || ', ''],
  ['positions of values', 2, /self\.(?:val|pos)ToIdx = .*;/g, ''],
  ['series that are hidden or in focus', 1, 'series.some(s => s._focus)', 'false'],
  [
    'paths and helpers that are not drawn with', 1, /uPlot\.assign = assign;[\s\S]*(?=export \{ uPlot as default \};)/g,
    'uPlot.rangeNum = rangeNum;\n',
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
