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
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    margin: 0;
    padding: 0;
    list-style: none;
    color: var(--_muted);
  }
  .legend li,
  .tooltip .row {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
  }
  .swatch {
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 2px;
  }
  .box {
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
  .tooltip {
    position: absolute;
    z-index: 1;
    width: max-content;
    padding: 6px 8px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    pointer-events: none;
  }
  .tooltip .at {
    color: var(--_muted);
    white-space: nowrap;
  }
  .tooltip .row {
    line-height: 18px;
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tooltip .value {
    margin-inline-start: auto;
    padding-inline-start: 8px;
    font-weight: 600;
    white-space: nowrap;
  }
  .message {
    display: grid;
    flex: 1;
    place-content: center;
    color: var(--_muted);
    font-size: 13px;
    text-align: center;
  }
  .pie {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 16px;
    min-height: 0;
    container-type: size;
  }
  .pie svg {
    flex: 0 1 auto;
    height: 100%;
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
  .total,
  .total-label {
    fill: var(--_text);
    font-weight: 600;
    text-anchor: middle;
  }
  .total-label {
    fill: var(--_muted);
    font-size: 7px;
    font-weight: 400;
  }
  .slices {
    flex: 1;
    min-width: 0;
    max-height: 100%;
    margin: 0;
    padding: 0;
    overflow: auto;
    list-style: none;
  }
  .slices li {
    display: grid;
    grid-template-columns: 8px minmax(0, 1fr) auto 4.5ch;
    align-items: center;
    gap: 8px;
    padding: 2px 4px;
    border-radius: var(--_radius-badge);
  }
  .slices li.active {
    background: var(--_canvas);
  }
  .slices .value {
    font-weight: 600;
  }
  .slices .share {
    color: var(--_muted);
    text-align: end;
  }
  @container (width < 280px) {
    .slices .share {
      display: none;
    }
    .slices li {
      grid-template-columns: 8px minmax(0, 1fr) auto;
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
