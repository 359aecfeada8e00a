import { inDisplays, type Rule } from '../rule.js';

/** As many as there are colours: `CHART_COLORS` of elements/core/tokens.ts. */
export const MOST_SERIES = 8;

export const manySeries: Rule = {
  name: 'many-series',
  why: `A chart has ${MOST_SERIES} colours that are told apart; with more series they come again.`,
  find: (given) => inDisplays(given, ({ chartConfig }) => {
    const count = chartConfig?.series?.length ?? 0;
    return count > MOST_SERIES ? [{ path: ['chartConfig', 'series'], message: `there are ${count}; show the largest, or several charts` }] : [];
  }),
};
