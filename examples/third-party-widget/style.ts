/** The look: colours and sizes are the theme's, by the custom properties that every widget is given. */
export const STYLE = `
  .funnel {
    container-type: size;
    position: relative;
    height: 100%;
    min-height: 0;
    color: var(--ccm-text);
    font-variant-numeric: tabular-nums;
  }
  .message {
    display: grid;
    place-content: center;
    height: 100%;
    margin: 0;
    color: var(--ccm-muted);
    font-size: 13px;
    text-align: center;
  }
  ol {
    display: grid;
    grid-auto-columns: minmax(0, 1fr);
    grid-auto-flow: column;
    height: 100%;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    position: relative;
    min-width: 0;
  }
  .step {
    display: flex;
    flex-direction: column;
    justify-content: start;
    width: 100%;
    height: 100%;
    margin: 0;
    padding-block: 0;
    padding-inline: 0 6px;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
  }
  button.step {
    border-radius: var(--ccm-radius-badge);
    cursor: pointer;
  }
  button.step:hover {
    background: linear-gradient(color-mix(in srgb, var(--ccm-accent) 8%, transparent), transparent 60%);
  }
  button.step:focus-visible {
    outline: 2px solid var(--ccm-accent);
    outline-offset: -2px;
  }
  .name {
    display: block;
    overflow: hidden;
    color: var(--ccm-muted);
    font-size: 12px;
    line-height: 16px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .value {
    display: block;
    overflow: hidden;
    font-size: 18px;
    font-weight: 600;
    letter-spacing: -0.01em;
    line-height: 24px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .kept {
    position: absolute;
    inset-block-start: calc(46px + (100% - 46px) / 2);
    inset-inline-start: 0;
    padding: 1px 7px;
    border: 1px solid var(--ccm-border);
    border-radius: 99px;
    background: var(--ccm-surface);
    color: var(--ccm-text);
    font-size: 11px;
    font-weight: 600;
    line-height: 16px;
    white-space: nowrap;
    pointer-events: none;
    transform: translate(-50%, -50%);
  }
  [dir='rtl'] .kept {
    transform: translate(50%, -50%);
  }
  .bar {
    display: none;
  }
  .shape {
    position: absolute;
    inset: 46px 0 0;
    width: 100%;
    height: calc(100% - 46px);
    pointer-events: none;
  }
  [dir='rtl'] .shape {
    transform: scaleX(-1);
  }
  .shape path,
  .bar > i {
    fill: color-mix(in srgb, var(--ccm-accent) var(--depth, 100%), var(--ccm-surface));
    background: color-mix(in srgb, var(--ccm-accent) var(--depth, 100%), var(--ccm-surface));
  }
  .shape path {
    stroke: var(--ccm-surface);
    stroke-width: 1.5px;
    vector-effect: non-scaling-stroke;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  /* Narrow, or low: under one another, each with its bar. */
  @container (max-width: 459px) {
    .shape {
      display: none;
    }
    ol {
      grid-auto-flow: row;
      grid-auto-rows: minmax(28px, 1fr);
      overflow: auto;
      scrollbar-width: thin;
    }
    .step {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto 4.5em;
      align-content: center;
      align-items: baseline;
      padding: 0;
    }
    .name {
      grid-column: 1;
      color: var(--ccm-text);
      font-size: 13px;
    }
    .value {
      grid-column: 2;
      font-size: 13px;
      line-height: 18px;
    }
    .kept {
      position: static;
      grid-column: 3;
      grid-row: 1;
      padding: 0;
      border: 0;
      background: none;
      color: var(--ccm-muted);
      font-size: 12px;
      font-weight: 400;
      text-align: end;
      transform: none;
    }
    [dir='rtl'] .kept {
      transform: none;
    }
    .bar {
      display: block;
      grid-column: 1 / -1;
      height: 4px;
      margin-top: 3px;
      border-radius: 2px;
      background: color-mix(in srgb, var(--ccm-muted) 14%, var(--ccm-surface));
    }
    .bar > i {
      display: block;
      width: max(2px, var(--share, 0%));
      height: 100%;
      border-radius: 2px;
    }
  }
  @container (min-width: 460px) and (max-height: 84px) {
    .value {
      font-size: 15px;
      line-height: 18px;
    }
    .shape {
      inset-block-start: 38px;
      height: calc(100% - 38px);
    }
    .kept {
      inset-block-start: calc(38px + (100% - 38px) / 2);
    }
  }
`;
