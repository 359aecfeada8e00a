import { css } from 'lit';

/** Density by the tokens, and the line of time range and variables. */
export const viewStyles = css`
  :host([data-density='compact']) {
    --ccm-gap: 8px;
    --ccm-padding: 12px;
    --ccm-row-height: 30px;
  }
  :host([data-density='spacious']) {
    --ccm-gap: 16px;
    --ccm-padding: 20px;
    --ccm-row-height: 42px;
  }
  :host([data-still]) {
    /* What is in the cards takes it from here. */
    --ccm-motion: 0;
  }
  :host([data-still]) * {
    transition: none !important;
    animation: none !important;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    margin-block-end: 12px;
  }
  .time {
    display: flex;
    gap: 4px;
    min-width: 0;
    max-width: 100%;
  }
  .time > :first-child {
    min-width: 0;
    text-align: start;
  }
  .time svg {
    flex: none;
  }
  .time > .step {
    flex: none;
    justify-content: center;
    width: 32px;
    padding: 0;
  }
  .controls label {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    max-width: 100%;
    color: var(--_muted);
  }
  .controls input:not([type='checkbox']),
  .controls select {
    min-width: 96px;
    max-width: 220px;
    min-height: 32px;
    margin: 0;
    padding: 4px 10px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-weight: 500;
  }
  .controls input[type='number'] {
    width: 112px;
  }
  .controls input[type='checkbox'] {
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .controls :is(input, select):hover {
    border-color: var(--_muted);
  }
  @media print {
    .controls {
      display: none;
    }
  }
`;
