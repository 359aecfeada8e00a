import { css } from 'lit';

export const connectionsStyles = css`
  :host {
    container-type: inline-size;
    color: var(--_text);
    font-family: var(--_font);
    font-size: 13px;
    font-weight: 400;
    line-height: 20px;
  }
  :host([data-form-only]) {
    display: contents;
  }
  h2,
  h3,
  p,
  ul {
    margin: 0;
    padding: 0;
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: 12px;
    margin-block-end: 16px;
  }
  .top > div {
    flex: 1 1 240px;
    min-width: 0;
  }
  h2 {
    font-size: 16px;
    font-weight: 600;
    line-height: 24px;
  }
  .top p {
    color: var(--_muted);
  }
  h2:focus,
  h3:focus {
    outline: none;
  }
  h2:focus-visible,
  h3:focus-visible {
    outline: 2px solid var(--_accent);
  }
  .cards {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_gap);
  }
  .card,
  .ghost,
  .box {
    min-width: 0;
    padding: var(--_padding);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .box {
    padding: 40px 16px;
  }
  .card {
    display: flex;
    flex-direction: column;
    gap: 12px;
  }
  .card header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    min-width: 0;
  }
  h3 {
    min-width: 0;
    overflow-wrap: anywhere;
    hyphens: auto;
    font-size: 14px;
    font-weight: 600;
  }
  .badge {
    padding: 0 6px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-badge);
    color: var(--_muted);
    font-size: 12px;
    line-height: 18px;
  }
  .health {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    margin-inline-start: auto;
    font-size: 12px;
  }
  .health svg {
    flex: none;
    width: 13px;
    height: 13px;
  }
  .dot {
    width: 6px;
    height: 6px;
    border-radius: 50%;
    background: currentColor;
  }
  .good {
    color: var(--_good);
  }
  .wrong {
    color: var(--_critical);
  }
  ul {
    display: grid;
    gap: 12px;
    list-style: none;
  }
  li {
    display: grid;
    gap: 8px;
  }
  li + li {
    padding-block-start: 12px;
    border-block-start: 1px solid var(--_border);
  }
  .line {
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr);
    gap: 8px;
  }
  .line > svg {
    margin-block-start: 2px;
    color: var(--_good);
  }
  .line.none,
  .line.none > svg {
    color: var(--_muted);
  }
  .line b {
    display: block;
    overflow-wrap: anywhere;
    font-weight: 500;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 4px;
    color: var(--_muted);
    font-size: 12px;
    line-height: 16px;
  }
  .facts > :first-child::after {
    content: ' ·';
  }
  .use {
    display: grid;
    gap: 6px;
    color: var(--_muted);
    font-size: 12px;
    line-height: 16px;
  }
  .bar {
    height: 3px;
    overflow: hidden;
    border-radius: 2px;
    background: color-mix(in srgb, var(--_muted) 18%, transparent);
  }
  .bar::before {
    display: block;
    width: calc(var(--_share) * 100%);
    height: 100%;
    border-radius: inherit;
    background: var(--_accent);
    content: '';
  }
  .bar.nearly::before {
    background: var(--_warning);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .tools:not(:has(button)) {
    display: none;
  }
  .question {
    display: grid;
    gap: 8px;
  }
  .path {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .path input {
    flex: 1 1 180px;
    min-width: 0;
    min-height: 28px;
    padding: 3px 8px;
    border: 1px solid color-mix(in srgb, var(--_muted) 70%, var(--_border));
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }
  .outcome:not(:has(p)) {
    display: none;
  }
  .outcome p {
    display: flex;
    gap: 8px;
    font-size: 12px;
    line-height: 16px;
  }
  .outcome span {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .outcome small {
    display: block;
    color: var(--_muted);
    font-size: inherit;
  }
  .outcome svg {
    flex: none;
    width: 14px;
    height: 14px;
    margin-block-start: 1px;
  }
  .note {
    color: var(--_muted);
  }
  button {
    min-height: 28px;
    padding-block: 3px;
  }
  button:is(:disabled, [aria-disabled='true']) {
    color: var(--_muted);
  }
  /* Quiet even where many wait: one accent, no field of buttons. */
  button.wanted {
    color: var(--_accent);
  }
  button.critical {
    border-color: var(--_critical);
    color: var(--_critical);
  }
  .new {
    min-height: 32px;
  }
  .ghost {
    display: grid;
    gap: 12px;
    align-content: start;
    height: 132px;
  }
  .ghost i {
    width: 40%;
    height: 14px;
    border-radius: var(--_radius-badge);
    background: color-mix(in srgb, var(--_muted) 12%, var(--_surface));
  }
  .ghost i + i {
    width: 70%;
  }
  /* Wider: what can be done with something beside it. */
  @container (min-width: 520px) {
    .card {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .card > * {
      grid-column: 1 / -1;
    }
    .card > .none {
      grid-row: 2;
      grid-column: 1;
    }
    .card > .none ~ .tools {
      grid-row: 2;
      grid-column: 2;
      margin-block: -4px;
    }
    li {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    li > .outcome,
    li > .path,
    li > .question {
      grid-column: 1 / -1;
    }
    li > .tools {
      grid-row: 1;
      grid-column: 2;
    }
    li > .outcome {
      grid-row: 2;
    }
    .question {
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: center;
      column-gap: 16px;
    }
  }
  /* Wide: a line for each API. What it is, who is connected, how much is used. */
  @container (min-width: 860px) {
    .card {
      grid-template-columns: minmax(0, 200px) minmax(0, 1fr) auto minmax(0, 190px);
      align-items: start;
      gap: 0 24px;
    }
    .card > * {
      grid-column: 2 / 4;
    }
    .card > header {
      grid-row: 1 / span 3;
      grid-column: 1;
      flex-direction: column;
      align-items: flex-start;
    }
    .card > .use {
      grid-row: 1;
      grid-column: 4;
    }
    .card > .none {
      grid-row: 1;
      grid-column: 2;
    }
    .card > .none ~ .tools {
      grid-row: 1;
      grid-column: 3;
    }
    .card > ul ~ .tools,
    .card > .outcome,
    .card > .question {
      margin-block-start: 12px;
    }
    .health {
      margin-inline-start: 0;
    }
  }
  @media (pointer: coarse) {
    button {
      min-height: 36px;
    }
  }
`;
