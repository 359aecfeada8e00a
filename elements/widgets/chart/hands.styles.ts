import { css } from 'lit';

/** What comes with the reader's first touch: the tooltip, the way back from a zoom, the table. */
export const handsStyles = css`
  .tooltip {
    position: absolute;
    z-index: 1;
    width: max-content;
    padding: 6px 8px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    pointer-events: none;
  }
  .tooltip .at {
    color: var(--_muted);
    white-space: nowrap;
  }
  .tooltip .row {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    line-height: 18px;
  }
  .tooltip .note {
    color: var(--_muted);
    line-height: 18px;
    overflow-wrap: anywhere;
  }
  .tooltip .value {
    margin-inline-start: auto;
    padding-inline-start: 8px;
    font-weight: 600;
    white-space: nowrap;
  }
  .small {
    padding: 3px 8px;
    border-radius: var(--_radius-badge);
    font: inherit;
    cursor: pointer;
    border: 1px solid var(--_border);
    background: var(--_surface);
    color: var(--_text);
  }
  .small:hover {
    border-color: var(--_muted);
  }
  .reset {
    position: absolute;
    z-index: 2;
    inset-block-start: 4px;
    inset-inline-end: 4px;
  }
  .table {
    flex: 1;
    min-height: 0;
    overflow: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 4px 8px;
    border-bottom: 1px solid var(--_border);
    font-weight: 400;
    text-align: start;
    white-space: nowrap;
  }
  thead th {
    position: sticky;
    top: 0;
    background: var(--_surface);
    color: var(--_muted);
    font-weight: 600;
  }
  :is(th, td).right {
    text-align: end;
  }
  .more {
    margin: 8px;
    color: var(--_muted);
  }
  .table + .small {
    align-self: flex-start;
  }
  .u-select {
    background: var(--_accent);
    opacity: 0.14;
  }
  .u-cursor-x.elsewhere {
    opacity: 0.35;
  }
`;
