import { css } from 'lit';

/** A line of the list, of what happened, and of silences. */
export const itemStyles = css`
  .critical {
    --_tone: var(--_critical);
  }
  .warning {
    --_tone: var(--_warning);
  }
  .info {
    --_tone: var(--_accent);
  }
  .good {
    --_tone: var(--_good);
  }
  .mark {
    display: inline-flex;
    flex: none;
    color: var(--_tone, var(--_muted));
  }
  .group > h3,
  .day > h3 {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px 16px;
    background: var(--_surface);
    font-size: 13px;
    font-weight: 600;
  }
  .group > h3 {
    color: var(--_tone);
  }
  .group > h3 .count {
    font-weight: 400;
  }
  .day > h3 {
    padding-block-start: 12px;
  }
  .widget h4 {
    padding: 2px 16px;
    color: var(--_muted);
    font-size: 12px;
    font-weight: 500;
    line-height: 16px;
    overflow-wrap: anywhere;
  }
  .alerts {
    margin-block-end: 10px;
  }
  .alert {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    padding-block-end: 8px;
    border-block-end: 1px solid color-mix(in srgb, var(--_border) 70%, transparent);
    content-visibility: auto;
    contain-intrinsic-height: auto 84px;
  }
  .alert:last-child {
    border-block-end: 0;
  }
  .alert::before {
    position: absolute;
    inset-block: 6px;
    inset-inline-start: 0;
    width: 3px;
    border-radius: 2px;
    background: var(--_tone);
    content: '';
  }
  .alert:is(.acked, .quiet)::before {
    opacity: 0.35;
  }
  .alert:hover,
  .alert.open {
    background: color-mix(in srgb, var(--_accent) 7%, transparent);
  }
  .what {
    display: grid;
    flex: 0 0 100%;
    grid-template-columns: 16px minmax(0, 1fr) auto;
    align-items: start;
    gap: 12px;
    min-width: 0;
    padding: 8px 16px 2px;
    border: 0;
    border-radius: 0;
    /* What is outside of the line is cut off. */
    outline-offset: -2px;
    background: none;
    font-weight: 400;
    text-align: start;
  }
  .what .mark,
  .event .mark,
  .silence .mark {
    padding-block-start: 2px;
  }
  .about {
    display: grid;
    gap: 1px;
    min-width: 0;
  }
  /* Words are written in their own direction, and begin where the page's do. */
  .about > *,
  .event q,
  .details :is(h3, q, .told),
  .plain {
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .about b {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .quiet .about b,
  .quiet .number b {
    color: var(--_muted);
    font-weight: 500;
  }
  .facts {
    min-width: 0;
    color: var(--_muted);
    font-size: 12px;
    line-height: 18px;
    overflow-wrap: anywhere;
  }
  .facts.several {
    display: flex;
    flex-wrap: wrap;
    column-gap: 16px;
    overflow-x: clip;
  }
  /* Between two of a line stands a dot; that of the first of a line is cut off. */
  .several > * {
    position: relative;
    min-width: 0;
  }
  .several > :not(.badge)::before {
    position: absolute;
    inset-inline-start: -10px;
    content: '·';
  }
  .several > .badge {
    margin-inline-end: -8px;
  }
  .several > .badge + *::before {
    content: none;
  }
  .number {
    display: grid;
    justify-items: end;
    max-width: 180px;
    text-align: end;
  }
  .number b {
    max-width: 100%;
    overflow: hidden;
    font-size: 15px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .number span {
    max-width: 100%;
    overflow: hidden;
    color: var(--_muted);
    font-size: 12px;
    line-height: 18px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .badge {
    padding: 0 6px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-badge);
    color: var(--_muted);
    font-size: 12px;
    font-weight: 400;
    line-height: 16px;
  }
  .under {
    display: flex;
    flex: 1 1 auto;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 12px;
    min-width: 0;
    padding-inline: 44px 0;
    font-size: 12px;
    line-height: 18px;
  }
  .chip:not([aria-pressed]) {
    display: inline-flex;
    align-items: flex-start;
    gap: 5px;
    min-width: 0;
    color: var(--_muted);
    font-size: 12px;
    line-height: 18px;
    overflow-wrap: anywhere;
  }
  .chip.who {
    color: var(--_text);
  }
  .chip:not([aria-pressed]) svg {
    flex: none;
    width: 13px;
    height: 13px;
    margin-block-start: 3px;
  }
  .chip.who svg {
    color: var(--_good);
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    min-width: 0;
  }
  .tags li {
    max-width: 200px;
    padding: 0 6px;
    overflow: hidden;
    border-radius: var(--_radius-badge);
    background: color-mix(in srgb, var(--_muted) 12%, transparent);
    color: var(--_muted);
    font-size: 12px;
    line-height: 18px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .alert .do {
    display: flex;
    flex: none;
    align-items: center;
    gap: 6px;
    margin-inline-start: auto;
    padding: 4px 16px 0;
  }
  .alert .do:not(:has(button)) {
    display: none;
  }
  .act {
    min-height: 28px;
    padding: 2px 10px;
    font-size: 12px;
    line-height: 18px;
  }
  .act.lone {
    padding-inline: 6px;
    color: var(--_muted);
  }
  .act svg,
  .runbook svg {
    width: 14px;
    height: 14px;
  }
  .runbook {
    display: inline-flex;
    align-items: center;
    min-height: 24px;
    gap: 6px;
    border-radius: var(--_radius-control);
    color: var(--_accent);
    text-underline-offset: 2px;
  }
  .line {
    display: grid;
  }
  .event {
    display: grid;
    grid-template-columns: 52px 16px minmax(0, 1fr);
    gap: 12px;
    padding: 6px 16px;
  }
  .event > time {
    color: var(--_muted);
    font-size: 12px;
    text-align: end;
  }
  .event q,
  .details q {
    display: block;
    margin-block-start: 2px;
    padding-inline-start: 8px;
    border-inline-start: 2px solid var(--_border);
    color: var(--_text);
    overflow-wrap: anywhere;
    quotes: none;
    white-space: pre-line;
  }
  .happened,
  .event details {
    overflow-wrap: anywhere;
  }
  .event details {
    color: var(--_muted);
    font-size: 12px;
  }
  .event summary {
    width: fit-content;
    min-height: 24px;
    line-height: 24px;
    cursor: pointer;
  }
  code {
    color: var(--_muted);
    font-family: ui-monospace, Menlo, Consolas, monospace;
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  /* Wide: what can be done stands at the end of the line. */
  @container (min-width: 560px) {
    .alert {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: start;
    }
    .alert .under {
      grid-row: 2;
      grid-column: 1;
    }
    .alert .do {
      grid-row: 1 / span 2;
      grid-column: 2;
      justify-content: flex-end;
      min-width: 192px;
      padding-block-start: 10px;
    }
  }
  /* Beside the details it is narrow again. */
  @container (min-width: 720px) and (max-width: 1099px) {
    .opened .alert {
      display: flex;
    }
    .opened .alert .do {
      min-width: 0;
      padding-block-start: 4px;
    }
  }
  @container (max-width: 559px) {
    .number {
      max-width: 160px;
    }
  }
  @media (forced-colors: active) {
    .alert::before {
      background: CanvasText;
    }
    .alert.open {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .tags li {
      border: 1px solid CanvasText;
    }
  }
`;
