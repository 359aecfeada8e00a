import { css } from 'lit';

/**
 * The tokens. A host page sets `--ccm-NAME` anywhere above the elements, for instance on `:root`;
 * the elements' own styles read `--_NAME`, which is the host's value or else that of the resolved theme.
 * `data-theme` is on every element that shows something (see theme.ts), so themes nest.
 */
export const tokens = css`
  :host {
    --_radius: var(--ccm-radius, 10px);
    --_radius-control: var(--ccm-radius-control, 6px);
    --_radius-badge: var(--ccm-radius-badge, 4px);
    --_padding: var(--ccm-padding, 16px);
    --_gap: var(--ccm-gap, 12px);
    --_font: var(--ccm-font, inherit);
    --_row-height: var(--ccm-row-height, 36px);
  }
  :host([data-plain]) {
    --_font: var(--ccm-font, system-ui, sans-serif);
  }
  :host([data-theme='light']) {
    color-scheme: light;
    --_surface: var(--ccm-surface, #ffffff);
    --_canvas: var(--ccm-canvas, #f5f6f8);
    --_border: var(--ccm-border, #dfe3ea);
    --_text: var(--ccm-text, #141a26);
    --_muted: var(--ccm-muted, #5a6577);
    --_accent: var(--ccm-accent, #2f5fd0);
    --_good: var(--ccm-good, #157a4a);
    --_warning: var(--ccm-warning, #9a5b00);
    --_critical: var(--ccm-critical, #c22f2f);
    --_on-accent: var(--ccm-on-accent, #ffffff);
    --_shadow: var(--ccm-shadow, 0 1px 2px rgb(20 26 38 / 8%), 0 8px 24px rgb(20 26 38 / 14%));
    --_chart-1: var(--ccm-chart-1, #2f5fd0);
    --_chart-2: var(--ccm-chart-2, #da780d);
    --_chart-3: var(--ccm-chart-3, #0f8c7b);
    --_chart-4: var(--ccm-chart-4, #a22f84);
    --_chart-5: var(--ccm-chart-5, #7a6800);
    --_chart-6: var(--ccm-chart-6, #6f55c9);
    --_chart-7: var(--ccm-chart-7, #4d6478);
    --_chart-8: var(--ccm-chart-8, #b33a3a);
  }
  :host([data-theme='dark']) {
    color-scheme: dark;
    --_surface: var(--ccm-surface, #171b23);
    --_canvas: var(--ccm-canvas, #0e1116);
    --_border: var(--ccm-border, #2c3340);
    --_text: var(--ccm-text, #e7eaf1);
    --_muted: var(--ccm-muted, #9aa5b8);
    --_accent: var(--ccm-accent, #86a8ff);
    --_good: var(--ccm-good, #4cc38a);
    --_warning: var(--ccm-warning, #f2b04a);
    --_critical: var(--ccm-critical, #ff8a80);
    --_on-accent: var(--ccm-on-accent, #0e1116);
    --_shadow: var(--ccm-shadow, 0 1px 2px rgb(0 0 0 / 40%), 0 8px 24px rgb(0 0 0 / 50%));
    --_chart-1: var(--ccm-chart-1, #86a8ff);
    --_chart-2: var(--ccm-chart-2, #f6b445);
    --_chart-3: var(--ccm-chart-3, #3dd1ac);
    --_chart-4: var(--ccm-chart-4, #e577b8);
    --_chart-5: var(--ccm-chart-5, #b6a16a);
    --_chart-6: var(--ccm-chart-6, #a68bf0);
    --_chart-7: var(--ccm-chart-7, #93a7ba);
    --_chart-8: var(--ccm-chart-8, #f0837d);
  }
`;

/** How many series colours there are: `--_chart-1` to `--_chart-8`. */
export const CHART_COLORS = 8;
