import { css } from 'lit';

/** The panel of a widget's alerts. */
export const panelStyles = css`
  .floating {
    width: min(340px, calc(100vw - 16px));
    max-height: calc(100dvh - 16px);
    overflow: auto;
    padding: 14px 16px;
    text-align: start;
    white-space: normal;
  }
  h3,
  p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  /* Words are written in their own direction, and begin where the page's do. */
  h3,
  .text,
  .name {
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  h3 {
    font-size: 14px;
    font-weight: 600;
  }
  p {
    color: var(--_muted);
    font-size: 12px;
    line-height: 18px;
  }
  .text {
    margin-top: 6px;
    color: var(--_text);
    white-space: pre-line;
  }
  .severity,
  .held,
  .held a {
    display: flex;
    align-items: flex-start;
    gap: 6px;
  }
  .severity {
    margin-bottom: 2px;
    font-weight: 600;
  }
  .held {
    margin-top: 6px;
    color: var(--_text);
  }
  .held a {
    color: var(--_accent);
  }
  p svg {
    flex: none;
    width: 14px;
    height: 14px;
    margin-top: 2px;
  }
  q {
    color: var(--_muted);
  }
  :is(.severity, .row).critical > svg:first-child,
  .severity.critical {
    color: var(--_critical);
  }
  :is(.severity, .row).warning > svg:first-child,
  .severity.warning {
    color: var(--_warning);
  }
  :is(.severity, .row).info > svg:first-child,
  .severity.info {
    color: var(--_accent);
  }
  ul {
    margin: 6px -8px;
    padding: 0;
    list-style: none;
  }
  .row {
    width: 100%;
    padding: 4px 8px;
    border-color: transparent;
    font-weight: 400;
    text-align: start;
  }
  .row:hover {
    border-color: transparent;
    background: var(--_canvas);
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  .row svg {
    flex: none;
    width: 15px;
    height: 15px;
    color: var(--_muted);
  }
  .name {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .value {
    flex: none;
    color: var(--_muted);
  }
  .back {
    min-height: 28px;
    margin: -4px 0 6px -8px;
    padding: 2px 8px;
    border-color: transparent;
    color: var(--_muted);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 12px;
  }
  label {
    display: block;
    margin: 10px 0 4px;
    font-weight: 500;
  }
  textarea {
    display: block;
    width: 100%;
    padding: 6px 10px;
    border: 1px solid color-mix(in srgb, var(--_muted) 70%, var(--_border));
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: inherit;
    font: inherit;
    resize: vertical;
  }
  .fault {
    margin-top: 8px;
    color: var(--_critical);
  }
`;
