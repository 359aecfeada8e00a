import { css, type CSSResultGroup } from 'lit';
import { buttonStyles } from './button.styles.js';

/** Dialogs that hold a form: their box, fields, buttons. */
export const formStyles: CSSResultGroup = [buttonStyles, css`
  :host {
    display: contents;
    color: var(--_text);
    font-family: var(--_font);
  }
  dialog {
    width: min(480px, calc(100vw - 32px));
    max-height: min(720px, calc(100dvh - 32px));
    padding: 0;
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    font-size: 13px;
    font-weight: 400;
    line-height: 20px;
    text-align: start;
  }
  dialog[open] {
    display: flex;
  }
  dialog::backdrop {
    background: rgb(10 14 20 / 45%);
  }
  form {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  header {
    display: flex;
    align-items: flex-start;
    gap: 12px;
    padding: 16px 16px 8px;
  }
  h2 {
    flex: 1;
    min-width: 0;
    margin: 0;
    overflow-wrap: anywhere;
    font-size: 16px;
    font-weight: 600;
    line-height: 24px;
  }
  .fields {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    flex: 0 1 auto;
    gap: 16px;
    min-height: 0;
    padding: 8px 16px;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
    align-content: start;
    min-width: 0;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(160px, 1fr));
    gap: 16px;
  }
  label {
    font-weight: 500;
  }
  /* Its label comes into view with it. */
  .field :is(input, select, textarea) {
    scroll-margin-block: 32px 8px;
  }
  .optional {
    color: var(--_muted);
    font-weight: 400;
  }
  .check {
    display: flex;
    align-items: flex-start;
    gap: 8px;
  }
  .check input {
    flex: none;
    width: 16px;
    height: 16px;
    margin: 2px 0;
    accent-color: var(--_accent);
  }
  .check + p {
    padding-inline-start: 24px;
  }
  input:not([type='checkbox']),
  textarea,
  select {
    width: 100%;
    min-height: 34px;
    margin: 0;
    padding: 6px 10px;
    border: 1px solid color-mix(in srgb, var(--_muted) 70%, var(--_border));
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }
  textarea {
    display: block;
    min-height: 76px;
    resize: vertical;
    font-family: ui-monospace, Menlo, Consolas, monospace;
    font-size: 12px;
    line-height: 18px;
  }
  /* Where the browser can: text that nobody reads over a shoulder. */
  .secret-lines {
    -webkit-text-security: disc;
  }
  input[type='file'] {
    padding: 4px;
  }
  input::file-selector-button {
    margin: 0;
    margin-inline-end: 8px;
    padding: 2px 8px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-badge);
    background: var(--_canvas);
    color: inherit;
    font: inherit;
  }
  [aria-invalid='true']:not([type='checkbox']) {
    border-color: var(--_critical);
  }
  p {
    margin: 0;
    font-size: 12px;
    line-height: 16px;
    overflow-wrap: anywhere;
  }
  .hint,
  .note {
    min-height: 16px;
    color: var(--_muted);
  }
  .fault,
  .wrong {
    color: var(--_critical);
  }
  /* The edge's faults go on after the field's name. */
  .fault::first-letter {
    text-transform: uppercase;
  }
  .good {
    color: var(--_good);
  }
  .outcome {
    flex: none;
    padding: 0 16px;
  }
  .outcome p {
    display: flex;
    gap: 8px;
    padding-block-start: 8px;
  }
  .outcome span {
    min-width: 0;
  }
  .outcome small {
    display: block;
    max-height: 64px;
    overflow: auto;
    color: var(--_muted);
    font-size: inherit;
  }
  .outcome svg {
    flex: none;
    width: 14px;
    height: 14px;
    margin-block-start: 1px;
  }
  footer {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    padding: 16px;
  }
  .start {
    margin-inline-end: auto;
  }
  button:is(:disabled, [aria-disabled='true']) {
    opacity: 0.7;
  }
  .close {
    flex: none;
    min-height: 28px;
    padding: 2px 6px;
    border-color: transparent;
    color: var(--_muted);
  }
`];
