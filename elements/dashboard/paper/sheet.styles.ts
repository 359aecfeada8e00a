import { css } from 'lit';

/** What stands above a dashboard on paper: its name, when it was printed, and what it was asked with, as text. */
export const sheetStyles = css`
  .sheet {
    display: none;
  }
  @media print {
    .bar,
    .toast {
      display: none !important;
    }
    .item {
      break-inside: avoid;
    }
    .sheet {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      justify-content: space-between;
      gap: 0 16px;
      margin-block-end: 8px;
      color: var(--_muted);
      font-size: 11px;
    }
    .sheet strong {
      color: var(--_text);
      font-size: 15px;
    }
    .controls.controls {
      display: flex;
      margin-block-end: 8px;
      font-size: 11px;
    }
    .controls svg {
      width: 14px;
      height: 14px;
    }
    .step {
      display: none !important;
    }
    .controls :is(button, input, select) {
      min-height: 0 !important;
      padding: 0 !important;
      border-color: transparent !important;
      background: none !important;
      appearance: none;
    }
    .controls [type='checkbox'] {
      appearance: auto;
    }
  }
`;
