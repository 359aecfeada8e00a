import { css } from 'lit';

/** Of what only some tables have; adopted with the code for it. */
export const extraStyles = css`
  .choose {
    display: grid;
    flex: none;
    place-content: center;
    width: 32px;
    margin: 0;
    margin-inline-start: auto;
    padding: 7px 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: transparent;
    color: var(--_muted);
    cursor: pointer;
  }
  .end {
    display: flex;
    align-items: center;
    overflow: visible;
  }
  .end .choose {
    width: 24px;
    height: 24px;
    margin-inline: auto 4px;
    padding: 0;
    border-color: transparent;
  }
  .choose:hover,
  .choose[aria-expanded='true'] {
    border-color: var(--_muted);
    color: var(--_text);
  }
  .mark:not(:empty) {
    display: inline-flex;
    margin-inline: 3px;
    vertical-align: -3px;
  }
  .missing .cell:not(.actions)::before {
    display: inline-block;
    width: 60%;
    height: 8px;
    border-radius: 4px;
    background: color-mix(in srgb, var(--_muted) 18%, transparent);
    content: '';
  }
  .missing .badge {
    padding: 0;
  }
  .missing .actions > * {
    visibility: hidden;
  }
  .failed .cell:not(.actions)::before {
    opacity: 0.5;
  }
  .fault {
    position: absolute;
    inset: 0;
    display: flex;
    align-items: center;
    gap: 8px;
    padding-inline: 4px;
    background: var(--_surface);
    color: var(--_muted);
    white-space: nowrap;
  }
  .fault[hidden] {
    display: none;
  }
  .busy .rows {
    opacity: 0.55;
  }
  .actions {
    display: flex;
    justify-content: flex-end;
    gap: 4px;
  }
  .actions button,
  .fault button {
    padding: 1px 8px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 12px;
    cursor: pointer;
  }
  .actions .icon-only {
    display: grid;
    place-content: center;
    width: 32px;
    padding: 5px 0;
    border-color: transparent;
    background: none;
    color: var(--_muted);
  }
  .actions .icon-only:hover,
  .actions .icon-only[aria-expanded='true'] {
    background: color-mix(in srgb, var(--_muted) 12%, transparent);
    color: var(--_text);
  }
  .actions button:hover,
  .fault button:hover {
    border-color: var(--_muted);
  }
  .wide .actions,
  .wide .end {
    --_under: var(--_surface);
    position: sticky;
    inset-inline-end: 0;
    z-index: 1;
    align-self: stretch;
    align-items: center;
    border-inline-start: 1px solid var(--_border);
    background: var(--_under);
    /* What goes on below them fades: a part of a number reads as another one. No wider than the padding of a cell: the last is whole. */
    box-shadow: calc(-4 * var(--_edge)) 0 6px -3px var(--_under);
  }
  /* At the edge itself nothing is left to fade, but where only the head has an end: it lies over that. */
  .wide .grid:has(.end) {
    padding: 0;
  }
  .wide .grid:has(.end)::before {
    z-index: 1;
  }
  .wide .grid:has(.actions)::before {
    content: none;
  }
  .wide .row:is(:hover, .active) .actions {
    --_under: color-mix(in srgb, var(--_accent) 7%, var(--_surface));
  }
`;
