import { css } from 'lit';

export const tableStyles = css`
  :host {
    display: flex !important;
    flex-direction: column;
    height: 100%;
    color: var(--_text);
    font-size: 13px;
    line-height: 20px;
    --_edge: 2px;
  }
  :host([data-sized]) {
    container-type: size;
  }
  :host(:dir(rtl)) {
    --_edge: -2px;
  }
  .tools {
    display: flex;
    flex: none;
    gap: 8px;
    margin-block-end: 8px;
  }
  .search {
    flex: 1;
    min-width: 0;
    padding: 5px 10px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: transparent;
    color: inherit;
    font: inherit;
  }
  .search::placeholder {
    color: var(--_muted);
  }
  .scroller {
    flex: 1;
    min-height: var(--_row-height);
    overflow: auto;
    overscroll-behavior: contain;
    contain: strict;
    margin-block-end: 2px;
    border-radius: 2px;
    /* Around it: the head and the first column lie over what is inside. */
    outline-offset: 0;
  }
  .scroller :focus-visible {
    outline-offset: -2px;
  }
  .grid {
    min-width: max(100%, var(--_narrowest));
  }
  .row,
  .head {
    display: grid;
    grid-template-columns: var(--_tracks);
    align-items: center;
    width: 100%;
    height: var(--_row-height);
  }
  .head {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    border-block-end: 1px solid var(--_border);
    background: var(--_surface);
    color: var(--_muted);
    font-size: 12px;
  }
  /* No box that scrolls: the first column sticks to the one around it. */
  .rows {
    position: relative;
    overflow: clip;
  }
  .row {
    position: absolute;
    inset-block-start: 0;
    contain: layout style;
  }
  .row::after {
    position: absolute;
    inset: auto 0 0;
    z-index: 2;
    border-block-end: 1px solid color-mix(in srgb, var(--_border) 60%, transparent);
    content: '';
  }
  .row[hidden] {
    display: none;
  }
  .row:is(:hover, .active) {
    background: color-mix(in srgb, var(--_accent) 7%, transparent);
  }
  .row.active,
  .wide .row.active .cell:first-child {
    box-shadow: inset var(--_edge) 0 var(--_accent);
  }
  /* A minus stays before its number, and words are cut at their end, whatever the page's direction. They begin under their head. */
  .cell,
  .label {
    min-width: 0;
    padding-inline: 8px;
    overflow: hidden;
    text-align: left;
    text-overflow: ellipsis;
    unicode-bidi: plaintext;
    white-space: nowrap;
  }
  .fits {
    overflow: visible;
  }
  :is(.cell, .label):dir(rtl) {
    text-align: right;
  }
  :is(.cell, .label):first-child {
    padding-inline-start: 4px;
  }
  /* What a row is of stays in sight while the rest is scrolled. */
  .wide :is(.cell, .label):first-child {
    position: sticky;
    inset-inline-start: 0;
    z-index: 1;
    align-self: stretch;
    align-content: center;
    border-inline-end: 1px solid var(--_border);
    background: var(--_surface);
  }
  /* What goes on beyond the edge fades: a part of a number reads as another one. */
  .wide .grid {
    box-sizing: content-box;
    padding-inline-end: 12px;
    overflow: clip;
  }
  .wide .grid::before {
    position: sticky;
    inset: 0;
    z-index: 2;
    float: inline-end;
    height: 100cqh;
    margin-block-end: -100cqh;
    box-shadow: 0 0 12px 12px var(--_surface);
    content: '';
  }
  .wide .row:is(:hover, .active) .cell:first-child {
    background: color-mix(in srgb, var(--_accent) 7%, var(--_surface));
  }
  /* In any script digits have their ones at the right: there they stand under each other. */
  .right {
    text-align: right;
  }
  :is(.cell, .label).center {
    text-align: center;
  }
  .label button {
    max-width: 100%;
    margin: 0 -4px;
    padding: 2px 4px;
    border: 0;
    border-radius: var(--_radius-badge);
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .label button:hover {
    color: var(--_text);
  }
  /* For the eye alone: who hears the table is told how it is sorted. */
  .label[aria-sort='ascending'] button::after {
    content: ' ↑';
    content: ' ↑' / '';
  }
  .label[aria-sort='descending'] button::after {
    content: ' ↓';
    content: ' ↓' / '';
  }
  .badge {
    padding: 1px 7px;
    border-radius: var(--_radius-badge);
    background: color-mix(in srgb, var(--_tone, var(--_muted)) 10%, transparent);
    color: var(--_tone, var(--_text));
    font-size: 12px;
    font-weight: 500;
  }
  .cell.toned {
    color: var(--_tone);
    font-weight: 600;
  }
  a {
    color: var(--_accent);
    text-underline-offset: 2px;
  }
  .pages button {
    padding: 1px 9px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: none;
    color: var(--_text);
    font: inherit;
    cursor: pointer;
  }
  .pages button:hover:not([aria-disabled='true']) {
    border-color: var(--_muted);
  }
  .pages button[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }
  .pages {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: 8px;
    padding-block: 8px;
    border-block-start: 1px solid var(--_border);
    color: var(--_muted);
    font-size: 12px;
  }
  /* Low: what room there is, is for rows. */
  @container (max-height: 120px) {
    .tools,
    .pages {
      display: none;
    }
  }
  @container (max-height: 70px) {
    .head {
      display: none;
    }
  }
`;
