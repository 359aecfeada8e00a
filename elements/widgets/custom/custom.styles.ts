import { css } from 'lit';

export const styles = css`
  :host {
    height: 100%;
    min-height: 0;
    min-width: 0;
  }
  /* Stretches what is in it, whatever its display is. The tokens have their public names here: in a widget they are always set, to the theme's own. */
  .place {
    --ccm-surface: var(--_surface);
    --ccm-canvas: var(--_canvas);
    --ccm-border: var(--_border);
    --ccm-text: var(--_text);
    --ccm-muted: var(--_muted);
    --ccm-accent: var(--_accent);
    --ccm-on-accent: var(--_on-accent);
    --ccm-good: var(--_good);
    --ccm-warning: var(--_warning);
    --ccm-critical: var(--_critical);
    --ccm-shadow: var(--_shadow);
    --ccm-radius: var(--_radius);
    --ccm-radius-control: var(--_radius-control);
    --ccm-radius-badge: var(--_radius-badge);
    --ccm-padding: var(--_padding);
    --ccm-gap: var(--_gap);
    --ccm-row-height: var(--_row-height);
    --ccm-chart-1: var(--_chart-1);
    --ccm-chart-2: var(--_chart-2);
    --ccm-chart-3: var(--_chart-3);
    --ccm-chart-4: var(--_chart-4);
    --ccm-chart-5: var(--_chart-5);
    --ccm-chart-6: var(--_chart-6);
    --ccm-chart-7: var(--_chart-7);
    --ccm-chart-8: var(--_chart-8);
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    height: 100%;
    min-width: 0;
    min-height: 0;
    color: var(--_text);
  }
  .wait {
    display: grid;
    align-content: center;
    gap: 8px;
    height: 100%;
    animation: breathe 1.6s ease-in-out 300ms infinite alternate;
  }
  .wait i {
    display: block;
    height: 12px;
    border-radius: var(--_radius-badge);
    background: color-mix(in srgb, var(--_muted) 12%, var(--_surface));
  }
  .wait i:first-child {
    width: min(60%, 160px);
    height: 28px;
  }
  .wait i:last-child {
    width: min(40%, 110px);
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .wait {
      animation: none;
    }
  }
`;
