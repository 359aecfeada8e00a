import { css } from 'lit';

export const styles = css`
  :host {
    height: 100%;
    min-height: 0;
    min-width: 0;
  }
  .scroll {
    height: 100%;
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
    margin-inline: calc(-1 * var(--_padding));
    padding-inline: var(--_padding);
    padding-block-end: 14px;
    /* What goes on below fades, and does not end in the middle of a line. */
    mask-image: linear-gradient(#000 calc(100% - 14px), transparent);
  }
  .scroll:focus-visible {
    outline-offset: -2px;
    mask-image: none;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    gap: 10px;
    min-width: 0;
    padding: 7px 0;
    font-size: 13px;
    line-height: 18px;
    color: var(--_text);
  }
  li + li {
    border-top: 1px solid color-mix(in srgb, var(--_border) 70%, transparent);
  }
  /* A thousand rows cost what a screenful does. */
  .endless li {
    content-visibility: auto;
    contain-intrinsic-size: auto 49px;
  }
  .icon {
    flex: none;
    color: var(--_muted);
  }
  .words {
    flex: 1;
    min-width: 0;
  }
  .title,
  .subtitle {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .title {
    font-weight: 500;
  }
  a.title {
    width: fit-content;
    max-width: 100%;
    border-radius: 2px;
    color: inherit;
    text-decoration: underline color-mix(in srgb, currentColor 35%, transparent);
    text-underline-offset: 3px;
  }
  a.title:hover {
    color: var(--_accent);
    text-decoration-color: currentColor;
  }
  .control:focus-visible {
    outline-offset: -1px;
  }
  .subtitle {
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
  }
  .badge {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 4px;
    max-width: 50%;
    white-space: nowrap;
    padding: 1px 7px;
    border-radius: var(--_radius-badge);
    font-size: 12px;
    font-weight: 600;
    line-height: 18px;
    color: var(--_tone, var(--_muted));
    background: color-mix(in srgb, var(--_tone, var(--_muted)) 10%, var(--_surface));
  }
  .badge .icon {
    width: 12px;
    height: 12px;
    color: inherit;
  }
  .mark {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .word {
    font-weight: 500;
  }
  .word::before {
    content: '· ';
  }
  .actions {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 4px;
  }
  .many {
    flex-wrap: wrap;
  }
  .many .actions {
    flex-basis: 100%;
    padding-bottom: 2px;
  }
  button {
    min-width: 28px;
    height: 28px;
    margin: 0;
    padding: 0 9px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 12px;
    font-weight: 500;
    line-height: 16px;
    white-space: nowrap;
    cursor: pointer;
  }
  button:hover {
    background: color-mix(in srgb, var(--_muted) 12%, var(--_surface));
  }
  .pictured {
    display: grid;
    place-items: center;
    padding: 0 5px;
    border-color: transparent;
  }
  .pictured .icon {
    color: inherit;
  }
  .more {
    margin: 0;
    padding: 8px 0 2px;
    border-top: 1px solid color-mix(in srgb, var(--_border) 70%, transparent);
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
  }
  /* Narrow: what can be done stands below. */
  @container (max-width: 299.9px) {
    li:has(button) {
      flex-wrap: wrap;
    }
    .actions {
      flex-basis: 100%;
      padding-bottom: 2px;
    }
  }
  @container (max-height: 110px) {
    li {
      padding: 3px 0;
    }
    .subtitle {
      display: none;
    }
  }
`;
