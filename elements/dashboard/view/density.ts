import type { LayoutSettings } from '../../../sdk/contract/layout.js';

/** Pixels between two widgets, and of a row. The space inside the cards goes with them, by the tokens of the styles. */
export const DENSITIES: Readonly<Record<NonNullable<LayoutSettings['density']>, { gap: number; row: number }>> = {
  compact: { gap: 8, row: 108 },
  normal: { gap: 12, row: 120 },
  spacious: { gap: 16, row: 136 },
};
