import { css } from 'lit';

export const dashboardStyles = css`
  :host {
    color: var(--_text);
    font-family: var(--_font);
    font-size: 13px;
    line-height: 20px;
  }
  button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 32px;
    margin: 0;
    padding: 4px 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-weight: 500;
    cursor: pointer;
  }
  button:hover {
    border-color: var(--_muted);
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(var(--_columns), minmax(0, 1fr));
    grid-auto-rows: var(--_row);
    gap: var(--_gap);
  }
  .item {
    position: relative;
    min-width: 0;
    min-height: 0;
  }
  .content,
  .content > ccm-widget {
    height: 100%;
  }
  .folded {
    align-self: start;
  }
  /* Each as high as it is: rows in which all is folded take no room. */
  .loose {
    grid-auto-rows: auto;
  }
  .loose > .item:not(.folded) {
    height: calc(var(--_rows) * (var(--_row) + var(--_gap)) - var(--_gap));
  }
  .content > ccm-widget {
    /* The grid says how high a card is. */
    --ccm-body-min-height: 0;
  }
  .empty,
  .fault {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 56px 16px;
    border: 1px dashed var(--_border);
    border-radius: var(--_radius);
    color: var(--_muted);
    text-align: center;
  }
  .empty strong,
  .fault strong {
    color: var(--_text);
    font-size: 15px;
  }
  .ghost {
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    opacity: 0.6;
  }
`;
