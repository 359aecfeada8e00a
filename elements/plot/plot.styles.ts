import { css } from 'lit';

/** The rules that uPlot's boxes need, without its own style sheet. */
export const plotStyles = css`
  .uplot,
  .u-wrap {
    position: relative;
    user-select: none;
  }
  .u-over,
  .u-under,
  .u-axis,
  .u-select {
    position: absolute;
  }
  .u-under {
    overflow: hidden;
  }
  .uplot canvas {
    display: block;
    position: relative;
    width: 100%;
    height: 100%;
  }
  .u-select {
    pointer-events: none;
  }
  .u-cursor-x,
  .u-cursor-pt {
    position: absolute;
    inset: 0 auto auto 0;
    pointer-events: none;
    will-change: transform;
  }
  .u-cursor-x {
    height: 100%;
    border-inline-end: 1px solid var(--_muted);
    opacity: 0.5;
  }
  .u-cursor-pt {
    border: 0 solid;
    border-radius: 50%;
    background-clip: padding-box !important;
  }
  .u-off {
    display: none;
  }
`;
