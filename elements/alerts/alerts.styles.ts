import { css } from 'lit';

/** The frame of the alert centre: its heading, tabs, filters, messages, the bell and its panel. */
export const alertsStyles = css`
  :host {
    color: var(--_text);
    font-family: var(--_font);
    font-size: 13px;
    font-weight: 400;
    line-height: 20px;
  }
  :host([compact]) {
    display: inline-block;
  }
  /* Where there is room for details beside it, the list scrolls in itself: who opens one keeps their place. */
  @media (min-width: 720px) {
    :host(:not([compact])) {
      max-height: max(480px, calc(100dvh - 32px));
    }
  }
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  h2:focus,
  h3:focus {
    outline: none;
  }
  h2:focus-visible,
  h3:focus-visible {
    outline: 2px solid var(--_accent);
  }
  .center {
    container-type: inline-size;
    display: flex;
    flex-direction: column;
    min-width: 0;
    height: 100%;
    max-height: inherit;
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .head {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: flex-end;
    gap: 4px 16px;
    padding: 12px 16px 0;
    border-block-end: 1px solid var(--_border);
  }
  .heading {
    display: flex;
    flex: 1 1 220px;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 10px;
    min-width: 0;
    padding-block-end: 8px;
  }
  h2 {
    font-size: 16px;
    font-weight: 600;
    line-height: 24px;
  }
  .sum,
  .note,
  .count {
    color: var(--_muted);
  }
  /* Before it is known it has its line already. */
  .sum:empty::before {
    content: '\\200b';
  }
  .note {
    font-size: 12px;
  }
  .scroll > .note {
    padding: 4px 16px 12px;
  }
  .tabs {
    display: flex;
    gap: 4px;
    margin-inline: -8px;
  }
  .gear {
    justify-content: center;
    min-width: 32px;
    min-height: 32px;
    margin-block-end: 2px;
    margin-inline-start: -4px;
    padding: 4px;
    border-color: transparent;
    background: none;
    color: var(--_muted);
  }
  .gear svg {
    width: 16px;
    height: 16px;
  }
  .tabs button {
    min-height: 36px;
    padding: 6px 8px;
    border: 0;
    border-block-end: 2px solid transparent;
    border-radius: 0;
    outline-offset: -2px;
    background: none;
    color: var(--_muted);
  }
  .tabs [aria-selected='true'] {
    border-color: var(--_accent);
    color: var(--_text);
    font-weight: 600;
  }
  .view {
    flex: 1;
    min-width: 0;
    min-height: 180px;
    overflow: auto;
  }
  .panel .view {
    overscroll-behavior: contain;
  }
  .market {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .browse {
    min-width: 0;
  }
  .opened .browse {
    display: none;
  }
  .stale {
    display: flex;
    gap: 6px;
  }
  .stale svg {
    flex: none;
    width: 14px;
    height: 14px;
    margin-block-start: 1px;
  }
  .stale,
  .wrong {
    color: var(--_critical);
    font-size: 12px;
    line-height: 16px;
    overflow-wrap: anywhere;
  }
  .stale,
  .view > .wrong,
  .history > .wrong {
    padding: 10px 16px 0;
  }
  .box {
    padding: 40px 16px;
  }
  .calm .message-icon {
    color: var(--_good);
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    padding: 12px 16px 4px;
  }
  .search {
    flex: 1 1 180px;
    min-width: 0;
  }
  input,
  textarea {
    min-height: 34px;
    margin: 0;
    padding: 6px 10px;
    border: 1px solid color-mix(in srgb, var(--_muted) 70%, var(--_border));
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }
  ::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .chips > span {
    flex: none;
  }
  .chip[aria-pressed] {
    flex: none;
    min-height: 26px;
    padding: 1px 10px;
    border-radius: 13px;
    font-weight: 400;
    white-space: nowrap;
  }
  .chip[aria-pressed] svg {
    width: 13px;
    height: 13px;
  }
  .chip[aria-pressed='true'] {
    border-color: var(--_accent);
    background: color-mix(in srgb, var(--_accent) 12%, var(--_surface));
    color: var(--_accent);
    font-weight: 600;
  }
  .chip[aria-pressed='true'] .count {
    color: inherit;
  }
  .more {
    justify-content: center;
    width: calc(100% - 32px);
    margin: 8px 16px 16px;
  }
  button:is(:disabled, [aria-disabled='true']) {
    opacity: 0.6;
  }
  .ghosts {
    display: grid;
    gap: 12px;
    padding: 16px;
  }
  .ghost {
    height: 52px;
    border-radius: var(--_radius-control);
    background: color-mix(in srgb, var(--_muted) 10%, transparent);
  }
  .bell {
    position: relative;
    justify-content: center;
    gap: 6px;
    min-width: 36px;
    min-height: 36px;
    padding: 6px 9px;
    font-size: 13px;
    line-height: 20px;
  }
  .total {
    display: inline-flex;
    gap: 2px;
    min-width: 18px;
    justify-content: center;
    padding: 0 5px;
    border-radius: 9px;
    background: color-mix(in srgb, var(--_muted) 18%, var(--_surface));
    font-size: 12px;
    font-weight: 600;
    line-height: 18px;
  }
  .bell .sign {
    position: absolute;
    inset-block-start: -4px;
    inset-inline-end: -4px;
    display: grid;
    place-items: center;
    width: 16px;
    height: 16px;
    border: 1px solid var(--_border);
    border-radius: 8px;
    background: var(--_surface);
    color: var(--_muted);
    font-size: 11px;
    font-weight: 600;
    line-height: 14px;
  }
  .bell .sign svg {
    width: 10px;
    height: 10px;
  }
  .bell.old .total,
  .bell.old > svg {
    opacity: 0.7;
  }
  .bell.critical .total {
    background: var(--_critical);
    color: var(--_surface);
  }
  /* A critical is told apart by more than its colour. */
  .bell.critical .total::before {
    content: '!';
  }
  .bell.warning .total {
    background: var(--_warning);
    color: var(--_surface);
  }
  .bell.info .total {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .panel {
    position: fixed;
    inset: auto;
    width: min(460px, calc(100vw - 16px));
    height: min(640px, calc(100dvh - 96px));
    margin: 0;
    padding: 0;
    overflow: visible;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: inherit;
    box-shadow: var(--_shadow);
    font-size: 13px;
    line-height: 20px;
  }
  @container (max-width: 559px) {
    .filters {
      gap: 8px;
    }
    .search {
      flex-basis: 100%;
    }
  }
  @container (min-width: 720px) {
    .view:has(> .market) {
      display: grid;
      grid-template-rows: minmax(0, 1fr);
      overflow: hidden;
    }
    .market {
      grid-template-rows: minmax(0, 1fr);
    }
    .browse,
    .opened .browse {
      display: flex;
      flex-direction: column;
      min-height: 0;
    }
    .scroll {
      flex: 1;
      min-height: 0;
      overflow: auto;
    }
    .opened .market {
      grid-template-columns: minmax(0, 1fr) minmax(300px, 38%);
    }
  }
  @media (forced-colors: active) {
    .bell[class] .total {
      border: 1px solid CanvasText;
      background: Canvas;
      color: CanvasText;
    }
    .tabs button {
      border-color: Canvas;
    }
    .tabs [aria-selected='true'] {
      border-color: Highlight;
    }
  }
  @media (pointer: coarse) {
    button {
      min-height: 36px;
    }
  }
`;
