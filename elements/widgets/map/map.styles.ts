import { css } from 'lit';

export const mapStyles = css`
  :host {
    display: flex !important;
    flex-direction: column;
    gap: 8px;
    height: 100%;
    min-width: 0;
    min-height: 0;
    color: var(--_text);
    font-size: 12px;
    line-height: 16px;
    --_land: color-mix(in srgb, var(--_muted) 13%, var(--_surface));
    --_coast: color-mix(in srgb, var(--_muted) 34%, var(--_surface));
    --_step-1: color-mix(in oklab, var(--_accent) 30%, var(--_surface));
    --_step-2: color-mix(in oklab, var(--_accent) 49%, var(--_surface));
    --_step-3: color-mix(in oklab, var(--_accent) 69%, var(--_surface));
    --_step-4: color-mix(in oklab, var(--_accent) 90%, var(--_surface));
    --_step-5: color-mix(in oklab, var(--_accent) 68%, var(--_text));
  }
  .legend {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 14px;
    margin: 0;
    padding: 0;
    list-style: none;
    color: var(--_muted);
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
  }
  /* A number stays before its unit, whatever the page's direction. */
  .legend .name,
  .tip-value strong {
    unicode-bidi: plaintext;
  }
  .legend .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .swatch {
    flex: none;
    width: 10px;
    height: 10px;
    border-radius: 2px;
  }
  .ramp {
    width: 96px;
    height: 8px;
    border-radius: 4px;
    background: linear-gradient(to right, transparent, var(--_accent) 60%, color-mix(in srgb, var(--_accent) 25%, var(--_text)));
  }
  :host(:dir(rtl)) .ramp {
    transform: scaleX(-1);
  }
  .stage {
    position: relative;
    flex: 1;
    min-height: 0;
  }
  .box {
    position: absolute;
    inset: 0;
    overflow: hidden;
    border-radius: 4px;
    /* The page scrolls past it; two fingers are the map's. */
    touch-action: pan-x pan-y;
    cursor: grab;
    user-select: none;
  }
  .box:focus {
    touch-action: none;
  }
  .box:active {
    cursor: grabbing;
  }
  .box:focus-visible {
    outline: none;
  }
  /* Above what is drawn in it. */
  .box:focus-visible::after {
    content: '';
    position: absolute;
    inset: 0;
    border: 2px solid var(--_accent);
    border-radius: inherit;
    pointer-events: none;
  }
  .box svg,
  .box canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: hidden;
  }
  .box canvas,
  .over {
    pointer-events: none;
  }
  .tiles {
    position: absolute;
    inset: 0;
    overflow: hidden;
    background: var(--_canvas);
  }
  .tiles img {
    position: absolute;
    max-width: none;
  }
  :host([data-theme='dark']) .tiles img {
    filter: brightness(0.75);
  }
  .shape {
    fill: var(--_fill, var(--_land));
  }
  .borders {
    fill: none;
    stroke: var(--_surface);
    stroke-width: 0.75;
    pointer-events: none;
  }
  .shape,
  .borders {
    vector-effect: non-scaling-stroke;
  }
  .plain .shape {
    stroke: var(--_coast);
    stroke-width: 0.5;
  }
  .tiled .shape {
    fill: var(--_fill, transparent);
    fill-opacity: 0.65;
  }
  .shape.active,
  .dot.active,
  .mark.active {
    stroke: var(--_text);
    stroke-width: 2;
  }
  /* Around each part of it: the smallest keep their fill. */
  .shape.active {
    stroke-width: 3;
    paint-order: stroke;
  }
  .dot {
    fill: var(--_fill, var(--_land));
    stroke: var(--_coast);
    stroke-width: 1;
  }
  .mark {
    fill: var(--_tone, var(--_accent));
    fill-opacity: 0.78;
    stroke: var(--_surface);
    stroke-width: 1.25;
  }
  .mark.cluster {
    fill-opacity: 0.92;
    stroke: color-mix(in srgb, var(--_tone, var(--_accent)) 30%, transparent);
    stroke-width: 5;
  }
  .cluster.active {
    stroke: var(--_text);
    stroke-width: 2;
  }
  .ring {
    fill: none;
    stroke: var(--_text);
    stroke-width: 2;
  }
  .count {
    fill: var(--_surface);
    font-size: 12px;
    font-weight: 600;
    text-anchor: middle;
    dominant-baseline: central;
  }
  .controls {
    position: absolute;
    inset-block-end: 8px;
    inset-inline-end: 8px;
    display: grid;
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_border);
    gap: 1px;
  }
  .controls button {
    display: grid;
    place-items: center;
    width: 28px;
    height: 28px;
    padding: 0;
    border: 0;
    background: color-mix(in srgb, var(--_surface) 92%, transparent);
    color: var(--_muted);
    cursor: pointer;
  }
  .controls button:hover:not([aria-disabled='true']) {
    color: var(--_text);
    background: var(--_canvas);
  }
  .controls button[aria-disabled='true'] {
    color: color-mix(in srgb, var(--_muted) 45%, var(--_surface));
    cursor: default;
  }
  .controls button:focus-visible {
    outline-offset: -2px;
  }
  /* Quiet until somebody is there; a finger does not hover. */
  @media (hover: hover) {
    .controls {
      opacity: 0;
      transition: opacity 120ms;
    }
    .stage:hover .controls,
    .stage:focus-within .controls {
      opacity: 1;
    }
  }
  .tip {
    position: absolute;
    z-index: 1;
    width: max-content;
    padding: 6px 8px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    pointer-events: none;
    line-height: 18px;
    overflow-wrap: anywhere;
  }
  .tip-label,
  .tip-name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tip-label,
  .tip-name,
  .tip-value {
    color: var(--_muted);
  }
  .tip-value {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .tip-value strong,
  .tip-name {
    color: var(--_text);
    font-weight: 600;
  }
  .tip-name {
    font-weight: 400;
  }
  .attribution {
    position: absolute;
    inset-block-end: 0;
    inset-inline-start: 0;
    max-width: calc(100% - 48px);
    margin: 0;
    padding: 0 6px;
    border-start-end-radius: 4px;
    background: color-mix(in srgb, var(--_surface) 82%, transparent);
    color: var(--_text);
    font-size: 11px;
  }
  .notes {
    flex: none;
    margin: 0;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  /* Low: the map has all the room, and its borders leave some to the small countries. */
  @container (max-height: 150px) {
    .legend,
    .notes {
      display: none;
    }
    .shape:not(.active),
    .borders {
      stroke-width: 0.25;
    }
  }
  /* Keys and fingers zoom without them. */
  @container (max-height: 150px) or (max-width: 200px) {
    .controls {
      display: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .controls {
      transition: none;
    }
  }
  @media (pointer: coarse) {
    .controls button {
      width: 36px;
      height: 36px;
    }
  }
  @media (prefers-contrast: more) {
    :host {
      --_coast: var(--_muted);
    }
    .shape,
    .plain .shape {
      stroke: var(--_text);
      stroke-width: 1.2;
      paint-order: stroke;
    }
    .borders {
      display: none;
    }
    .mark {
      fill-opacity: 1;
      stroke: var(--_text);
    }
  }
  @media (forced-colors: active) {
    .shape,
    .plain .shape {
      fill: var(--_fill, Canvas);
      stroke: CanvasText;
      stroke-width: 1.2;
      paint-order: stroke;
    }
    .borders {
      display: none;
    }
    .mark {
      fill: var(--_tone, Highlight);
      fill-opacity: 1;
      stroke: Canvas;
    }
    .count {
      fill: HighlightText;
    }
    .swatch,
    .ramp {
      forced-color-adjust: none;
    }
    .shape.active,
    .mark.active,
    .ring {
      stroke: Highlight;
      stroke-width: 3;
    }
  }
`;
