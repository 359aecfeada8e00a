import { css } from 'lit';

/** What a form made from a schema has more than others: parts in parts, lists, inputs with something before them. */
export const fieldStyles = css`
  :host {
    display: block;
  }
  .fields {
    grid-template-columns: repeat(auto-fill, minmax(min(200px, 100%), 1fr));
    align-items: start;
    padding: 4px 0;
    overflow: visible;
  }
  .fields > :is(fieldset, details, .field:has(textarea)) {
    grid-column: 1 / -1;
  }
  .fields > .field:has(.check) {
    align-self: center;
  }
  .format details {
    margin-block-start: 4px;
  }
  .format summary {
    color: var(--_muted);
    font-weight: 400;
  }
  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend,
  summary {
    padding: 0;
    font-weight: 600;
    line-height: 20px;
  }
  legend {
    padding-block-end: 8px;
  }
  summary {
    padding: 4px 0;
    border-radius: var(--_radius-control);
    cursor: pointer;
  }
  .count {
    color: var(--_muted);
    font-weight: 400;
  }
  .group {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    padding-inline-start: 12px;
    border-inline-start: 2px solid var(--_border);
  }
  details > .group {
    margin-block: 8px;
  }
  .group.pair {
    grid-template-columns: repeat(auto-fill, minmax(88px, 1fr));
    padding-inline-start: 0;
    border: 0;
  }
  .item {
    padding: 10px 12px 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
  }
  .fields-of-item {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(140px, 1fr));
    gap: 12px;
    align-items: start;
  }
  .fields-of-item > fieldset,
  .fields-of-item > details {
    grid-column: 1 / -1;
  }
  .tools {
    display: flex;
    justify-content: flex-end;
    gap: 2px;
  }
  .tool {
    min-width: 28px;
    min-height: 28px;
    justify-content: center;
    padding: 4px;
    border-color: transparent;
    color: var(--_muted);
  }
  .tool[aria-disabled='true'] {
    opacity: 0.4;
    cursor: default;
  }
  .add {
    justify-self: start;
    min-height: 28px;
    padding: 2px 10px;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 8px;
    min-width: 0;
  }
  .line input {
    min-width: 0;
  }
  .swatch {
    flex: none;
    width: 16px;
    height: 16px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-badge);
  }
  .sample {
    flex: none;
    color: var(--_muted);
  }
  textarea.lines {
    font-family: inherit;
    font-size: 13px;
  }
`;
