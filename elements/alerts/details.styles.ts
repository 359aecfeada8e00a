import { css } from 'lit';

/** All of one alert, beside the list or instead of it. */
export const detailsStyles = css`
  .beside {
    min-width: 0;
  }
  .details {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
    align-content: start;
    padding: 12px 16px 16px;
  }
  .details .top {
    display: flex;
  }
  .back {
    min-height: 28px;
    padding: 2px 10px;
  }
  .details .close {
    display: none;
    min-height: 28px;
    margin-inline-start: auto;
    padding: 2px 6px;
    border-color: transparent;
    color: var(--_muted);
  }
  .details .state {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .details .word {
    color: var(--_tone);
    font-weight: 600;
  }
  .details h3 {
    font-size: 16px;
    font-weight: 600;
    line-height: 22px;
    overflow-wrap: anywhere;
  }
  .figure {
    overflow-wrap: anywhere;
  }
  .figure b {
    font-size: 28px;
    font-weight: 600;
    line-height: 34px;
  }
  .figure span {
    color: var(--_muted);
  }
  .told {
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  .whos {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
  }
  .whos:not(:has(span)) {
    display: none;
  }
  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 2px 16px;
  }
  dt {
    color: var(--_muted);
  }
  dd {
    overflow-wrap: anywhere;
  }
  .details .tags li {
    max-width: 100%;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .details .runbook {
    justify-self: start;
  }
  .actions {
    display: grid;
    gap: 8px;
    padding-block: 12px;
    border-block: 1px solid var(--_border);
  }
  .actions textarea {
    width: 100%;
    resize: vertical;
  }
  .actions .do,
  .assign {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .assign input {
    flex: 1 1 110px;
    min-width: 0;
    min-height: 32px;
    padding-block: 4px;
  }
  .actions .wrong {
    display: flex;
    gap: 8px;
  }
  .actions .wrong svg {
    flex: none;
  }
  .details h4 {
    font-size: 13px;
    font-weight: 600;
  }
  .details .line {
    gap: 0;
  }
  .details .event {
    position: relative;
    grid-template-columns: 9px minmax(0, 1fr);
    gap: 10px;
    padding: 0 0 12px;
  }
  .details .event::before {
    position: absolute;
    inset-block: 14px -4px;
    inset-inline-start: 4px;
    width: 1px;
    background: var(--_border);
    content: '';
  }
  .details .event:last-child::before {
    display: none;
  }
  .dot {
    width: 9px;
    height: 9px;
    margin-block-start: 6px;
    border: 2px solid var(--_tone, var(--_muted));
    border-radius: 50%;
    background: var(--_surface);
  }
  .details .event:not(.critical, .warning, .info, .good) {
    --_tone: var(--_muted);
  }
  .event:is(.critical, .warning, .info, .good) .dot {
    background: var(--_tone);
  }
  .details .more {
    width: auto;
    margin: 0;
  }
  @container (min-width: 720px) {
    .beside {
      min-height: 0;
      overflow: auto;
      border-inline-start: 1px solid var(--_border);
    }
    .details .back {
      display: none;
    }
    .details .close {
      display: inline-flex;
    }
    .details {
      padding-block-start: 2px;
    }
    /* It takes no room, and stays while the rest scrolls. */
    .details .top {
      position: sticky;
      inset-block-start: 2px;
      z-index: 1;
      height: 0;
      margin-inline-end: -8px;
    }
    .details .top .close {
      margin-block-start: 6px;
    }
    .details .state {
      padding-inline-end: 32px;
    }
  }
`;
