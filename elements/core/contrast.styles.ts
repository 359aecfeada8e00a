import { css } from 'lit';

/**
 * The tokens for those who ask for more contrast, and for those whose system gives the colours. They load only for them, behind the
 * others; what a host page sets counts here too, but not where the system decides.
 */
export const contrastTokens = css`
  @media (prefers-contrast: more) {
    :host([data-theme='light']) {
      --_border: var(--ccm-border, #5a6577);
      --_grid: var(--ccm-border, #9aa5b8);
      --_text: var(--ccm-text, #000000);
      --_muted: var(--ccm-muted, #333c4b);
      --_accent: var(--ccm-accent, #1742a8);
      --_good: var(--ccm-good, #0b5232);
      --_warning: var(--ccm-warning, #6b3f00);
      --_critical: var(--ccm-critical, #8f1717);
    }
    :host([data-theme='dark']) {
      --_surface: var(--ccm-surface, #0b0e13);
      --_canvas: var(--ccm-canvas, #000000);
      --_border: var(--ccm-border, #9aa5b8);
      --_grid: var(--ccm-border, #5a6577);
      --_text: var(--ccm-text, #ffffff);
      --_muted: var(--ccm-muted, #d3dae6);
      --_accent: var(--ccm-accent, #b3c7ff);
      --_good: var(--ccm-good, #7fe0b0);
      --_warning: var(--ccm-warning, #ffd08a);
      --_critical: var(--ccm-critical, #ffb4ae);
    }
  }
  @media (forced-colors: active) {
    :host([data-theme]) {
      --_surface: Canvas;
      --_canvas: Canvas;
      --_border: CanvasText;
      --_grid: color-mix(in srgb, CanvasText 40%, Canvas);
      --_text: CanvasText;
      --_muted: CanvasText;
      --_accent: LinkText;
      --_good: CanvasText;
      --_warning: CanvasText;
      --_critical: CanvasText;
      --_on-accent: Canvas;
      --_shadow: none;
    }
    /*
     * What is drawn by its colour alone: a series, a threshold, a share, an arrow's triangle, three dots; and what is written on the accent,
     * where the system would put a patch of its own colour behind it.
     */
    .swatch,
    .slice,
    .plot,
    .dot,
    .bar:not([part]),
    .arc,
    .ramp,
    .direction,
    .skeleton,
    .state::before,
    .menu-button::before,
    .more::before,
    button.primary {
      forced-color-adjust: none;
    }
    .skeleton.skeleton {
      --_bone: color-mix(in srgb, CanvasText 25%, Canvas);
    }
    /* Where one is, which else a tint says. */
    .row.active,
    .entry.chosen,
    .slices li.active {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    button:hover {
      border-color: Highlight;
    }
  }
`;
