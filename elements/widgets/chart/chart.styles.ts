import { css } from 'lit';

export const chartStyles = css`
  :host {
    display: flex !important;
    flex-direction: column;
    gap: 8px;
    height: 100%;
    min-height: 0;
    color: var(--_text);
    font-size: 12px;
    line-height: 16px;
  }
  :host([data-sized]) {
    container-type: size;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0 14px;
    margin: -4px 0;
    padding: 0;
    list-style: none;
    color: var(--_muted);
  }
  .legend button {
    display: flex;
    align-items: center;
    gap: 6px;
    max-width: 100%;
    padding: 4px 0;
    border: 0;
    border-radius: var(--_radius-badge);
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .legend li {
    min-width: 0;
  }
  .legend button:hover {
    color: var(--_text);
  }
  .legend button[aria-pressed='false'] {
    text-decoration: line-through;
  }
  .legend button[aria-pressed='false'] :is(.swatch, .sample) {
    opacity: 0.25;
  }
  .legend button[aria-disabled='true'] {
    color: inherit;
    cursor: default;
  }
  .sample {
    flex: none;
  }
  .swatch {
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 2px;
  }
  .box,
  ccm-heatmap {
    position: relative;
    flex: 1;
    min-height: 0;
    border-radius: 4px;
  }
  .plot {
    position: absolute;
    inset: 0;
    overflow: hidden;
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .pie {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 16px;
    min-height: 0;
    container-type: size;
  }
  /* Gives way to long names, down to a size that can be read. */
  .pie svg {
    flex: 0 9999 auto;
    height: 100%;
    min-width: min(36%, 100cqh);
    max-width: 46%;
    max-height: 220px;
    aspect-ratio: 1;
  }
  .slice {
    stroke: var(--_surface);
    stroke-width: 0.8;
    transition: opacity 120ms;
  }
  .slice.faded {
    opacity: 0.35;
  }
  text {
    fill: var(--_muted);
    font-size: 8px;
    text-anchor: middle;
    unicode-bidi: plaintext;
  }
  .total {
    fill: var(--_text);
    font-weight: 600;
  }
  /* In a small donut it would be too small to read. */
  @container (width < 280px) or (max-height: 140px) {
    .total-label {
      display: none;
    }
    .total {
      dominant-baseline: central;
    }
  }
  .slices {
    flex: auto;
    min-width: 0;
    max-height: 100%;
    margin: 0;
    padding: 0;
    overflow: auto;
    list-style: none;
  }
  .slices li {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 2px 4px;
    border-radius: var(--_radius-badge);
  }
  .slices li[aria-selected='true'] {
    background: var(--_canvas);
  }
  .slices .name {
    flex: 1;
  }
  .slices .value {
    font-weight: 600;
  }
  .slices .share {
    width: 4.5ch;
    color: var(--_muted);
    text-align: right;
    unicode-bidi: plaintext;
  }
  /* Low: what room there is, is for the picture. */
  @container (max-height: 100px) {
    .legend {
      display: none;
    }
    .slices li {
      padding-block: 0;
      line-height: 14px;
    }
  }
  /* Whole names say more than shares. */
  @container (width < 280px) or ((width < 340px) and (height > 100px)) {
    .slices .share {
      display: none;
    }
  }
  @container (width < 200px) or (height < 56px) {
    .slices {
      display: none;
    }
    .pie svg {
      max-width: 100%;
      margin: 0 auto;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .slice {
      transition: none;
    }
  }
`;
