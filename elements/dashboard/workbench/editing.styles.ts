import { css } from 'lit';

/** The line above the grid and the toast; while editing gridstack's boxes, a quiet dotted grid, handles. */
export const editingStyles = css`
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    min-height: 32px;
    margin-block-end: 12px;
  }
  .name {
    margin: 0;
    font-size: 16px;
    font-weight: 600;
    line-height: 24px;
  }
  .saved,
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px min(8px, 1.5vw);
    margin-inline-start: auto;
  }
  /* Side by side where there is room, else it stands beside the name. */
  .saved + .tools {
    margin-inline-start: 0;
  }
  .add {
    white-space: nowrap;
  }
  .tool {
    justify-content: center;
    width: 32px;
    padding: 0;
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  .more::before {
    width: 3px;
    height: 3px;
    border-radius: 50%;
    background: currentColor;
    box-shadow: 0 5px, 0 -5px;
    content: '';
  }
  .save {
    color: var(--_muted);
    font-size: 12px;
  }
  .save.failed {
    color: var(--_critical);
  }
  select {
    max-width: 240px;
    min-height: 32px;
    padding: 4px 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  select:hover {
    border-color: var(--_muted);
  }
  button.primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .grid.editing {
    position: relative;
    display: block;
    margin: calc(var(--_gap) / -2);
    min-height: calc(var(--_row) * 3);
    background-image: radial-gradient(circle, var(--_border) 1px, transparent 1.5px);
    background-position: calc(var(--_gap) / 2 - 12px) calc(var(--_gap) / 2 - 12px);
    background-size: 24px 24px;
  }
  /* What to do with an empty grid is written on it. It is 324px high where rows are lowest: 12px are left above and below. */
  .editing + .empty {
    position: relative;
    box-sizing: border-box;
    align-content: center;
    height: 300px;
    margin-block-start: -312px;
    padding: 0 16px;
    border: 0;
    pointer-events: none;
  }
  .editing > .item,
  .editing > .grid-stack-placeholder {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    width: var(--gs-column-width);
    height: var(--gs-cell-height);
  }
  .editing > .item > .content,
  .editing > .grid-stack-placeholder > .placeholder-content {
    position: absolute;
    inset: calc(var(--_gap) / 2);
    height: auto;
  }
  .editing > .grid-stack-placeholder > .placeholder-content {
    border: 1px dashed var(--_accent);
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--_accent) 8%, transparent);
  }
  /* Each a layer of its own: else the browser holds the parts of all of them against each other at each move. */
  .editing > .item {
    --_alert-layer: 2;
    will-change: transform;
  }
  .editing ccm-widget[collapsed] {
    height: auto;
  }
  .grid-stack-animate .item:not(.ui-draggable-dragging, .ui-resizable-resizing) {
    transition:
      left 160ms ease-out,
      right 160ms ease-out,
      top 160ms ease-out,
      width 160ms ease-out,
      height 160ms ease-out;
  }
  .ui-draggable-dragging,
  .ui-resizable-resizing {
    z-index: 3;
    /* gridstack says none, which all that is in it would inherit, in the first frame. The shield lies over it anyway. */
    pointer-events: auto !important;
  }
  .ui-draggable-armed > .content,
  .ui-draggable-dragging > .content {
    border-radius: var(--_radius);
    box-shadow: var(--_shadow);
  }
  /* Over all while something is moved: a fast hand leaves the handle behind, and every chart on its way would follow it. */
  .shield {
    position: fixed;
    inset: 0;
    z-index: 4;
    cursor: grabbing;
  }
  .shield.resizestart {
    cursor: nwse-resize;
  }
  .handle {
    position: absolute;
    inset-block-start: 1px;
    inset-inline: 1px 56px;
    z-index: 1;
    height: 44px;
    min-height: 0;
    padding: 0;
    border: 0;
    border-radius: 0;
    border-start-start-radius: var(--_radius);
    outline-offset: -2px;
    background: none;
    cursor: grab;
    /* A swipe scrolls; held for a moment it is a drag. */
    touch-action: manipulation;
    user-select: none;
    -webkit-touch-callout: none;
  }
  .handle:active {
    cursor: grabbing;
  }
  .handle:hover {
    background: color-mix(in srgb, var(--_accent) 6%, transparent);
  }
  .remove {
    position: absolute;
    inset-block-start: -8px;
    inset-inline-end: -8px;
    z-index: 2;
    justify-content: center;
    width: 24px;
    min-height: 24px;
    height: 24px;
    padding: 0;
    border-radius: 50%;
    color: var(--_muted);
  }
  .remove:hover {
    border-color: var(--_critical);
    color: var(--_critical);
  }
  .remove svg {
    width: 14px;
    height: 14px;
  }
  .ui-resizable-handle {
    position: absolute;
    inset-block-end: calc(var(--_gap) / 2);
    inset-inline-end: calc(var(--_gap) / 2);
    z-index: 1;
    width: 20px;
    height: 20px;
    cursor: nwse-resize;
    touch-action: none;
  }
  .ui-resizable-handle:dir(rtl),
  .shield.resizestart:dir(rtl) {
    cursor: nesw-resize;
  }
  .ui-resizable-handle::after {
    position: absolute;
    inset: 6px 5px 5px 6px;
    border: solid var(--_muted);
    border-width: 0 2px 2px 0;
    border-end-end-radius: 3px;
    content: '';
  }
  .ui-resizable-disabled > .ui-resizable-handle {
    display: none;
  }
  .toast {
    position: fixed;
    inset: auto 0 20px;
    z-index: 5;
    display: flex;
    align-items: center;
    gap: 12px;
    width: max-content;
    max-width: calc(100vw - 32px);
    margin: 0 auto;
    padding: 8px;
    padding-inline-start: 16px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  .toast button {
    min-height: 28px;
    padding: 2px 10px;
    color: var(--_accent);
  }
  @media (pointer: coarse) {
    .remove {
      /* Clear of the menu's button. */
      inset-block-start: -12px;
      width: 32px;
      height: 32px;
      min-height: 32px;
    }
  }
`;
