import { fieldsNamed } from '../fields.js';
import { inDisplays, type Rule } from '../rule.js';

/** `--ccm-surface` of either theme, as in elements/core/tokens.ts. */
export const SURFACES = { light: '#ffffff', dark: '#171b23' } as const;

/** WCAG 2.2, 1.4.11 for what is drawn or written large, and 1.4.3 for text. */
const DRAWN = 3;
const TEXT = 4.5;

export const contrast: Rule = {
  name: 'contrast',
  why: 'A colour that hardly differs from the card is not seen by everybody, and widgets are shown in light and dark.',
  find: (given) => inDisplays(given, (display) => {
    const themes = display.theme === 'light' || display.theme === 'dark' ? [display.theme] : (['light', 'dark'] as const);
    return fieldsNamed(display, ['color', 'badgeColor']).flatMap(({ path, value }) => {
      if (typeof value !== 'string' || !/^#[0-9a-f]{6}$/i.test(value)) return [];
      const least = path[0] === 'tableConfig' || path[0] === 'listConfig' ? TEXT : DRAWN;
      return themes.flatMap((theme) => {
        const ratio = ratioOf(value, SURFACES[theme]);
        if (ratio >= least) return [];
        return [{ path, message: `${value} has a contrast of ${shown(ratio)} on the ${theme} card, and needs ${least}; good, warning, critical, accent and muted have it on both` }];
      });
    });
  }),
};

/** Cut, not rounded: 2.99 is not 3. */
function shown(ratio: number): string {
  return String(Math.floor(ratio * 100) / 100);
}

/** Contrast ratio of WCAG, 1 to 21. */
export function ratioOf(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
