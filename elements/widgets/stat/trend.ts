import type { StatConfig } from '../../../sdk/contract/display.js';
import { toNumber } from '../../../sdk/data/number.js';
import { pathReader } from '../../../sdk/data/path.js';

export interface Trend {
  direction: 'up' | 'down' | 'flat';
  /** Per cent, without a sign; undefined where none is known or it is not to be shown. */
  percentage?: number;
  /** The period compared with, as the answer or the definition names it. */
  comparison?: string;
  /** Undefined for a value that does not move. */
  better?: boolean;
}

const readPercentage = pathReader('trend.percentage');
const readDirection = pathReader('trend.direction');
const readComparison = pathReader('trend.comparison');

/**
 * The trend that an answer tells at `trend {direction, percentage, comparison}`; where it names no direction, the sign of
 * the percentage does. Undefined where the definition wants none or the answer has none.
 */
export function trendOf(data: unknown, config: StatConfig['trend']): Trend | undefined {
  if (config?.enabled !== true) return undefined;
  const told = readPercentage(data);
  // Null says that there was nothing to compare with: an arrow beside nothing would be read as a change.
  if (told === null && config.showPercentage !== false) return undefined;
  const percentage = toNumber(told);
  const direction = directionOf(readDirection(data), percentage);
  if (direction === undefined) return undefined;
  const comparison = readComparison(data);
  return {
    direction,
    percentage: percentage === undefined || config.showPercentage === false ? undefined : Math.abs(percentage),
    comparison: typeof comparison === 'string' && comparison !== '' ? comparison : config.compareWith,
    better: direction === 'flat' ? undefined : direction === (config.goodDirection ?? 'up'),
  };
}

function directionOf(told: unknown, percentage: number | undefined): Trend['direction'] | undefined {
  if (told === 'up' || told === 'down') return told;
  if (told === 'flat' || told === 'stable' || told === 'neutral') return 'flat';
  if (percentage === undefined) return undefined;
  return percentage > 0 ? 'up' : percentage < 0 ? 'down' : 'flat';
}
