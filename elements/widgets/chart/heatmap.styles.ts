import { css } from 'lit';

export const heatmapStyles = css`
  :host {
    container-type: size;
  }
  canvas {
    display: block;
    width: 100%;
    height: 100%;
  }
  .cell {
    position: absolute;
    border: 2px solid var(--_text);
    border-radius: 2px;
    pointer-events: none;
  }
  /* From low to high as the canvas is drawn: from left to right, whatever is read from where. */
  .scale {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    align-self: flex-start;
    gap: 6px;
    color: var(--_muted);
    direction: ltr;
  }
  .ramp {
    width: 96px;
    height: 8px;
    border-radius: 2px;
    background: linear-gradient(
      to right in oklab,
      color-mix(in oklab, var(--_chart-1) 10%, var(--_surface)),
      var(--_chart-1) 62%,
      color-mix(in oklab, var(--_text) 45%, var(--_chart-1))
    );
  }
  .cut {
    margin-inline-start: 8px;
  }
  /* Low: what room there is, is for the cells. */
  @container (max-height: 100px) {
    .scale {
      display: none;
    }
  }
`;
