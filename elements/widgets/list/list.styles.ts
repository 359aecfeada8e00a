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
    padding-block-end: 6px;
  }
  .scroll:focus-visible {
    outline-offset: -2px;
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
  .subtitle {
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
  }
  .badge {
    flex: none;
    max-width: 50%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    padding: 1px 7px;
    border-radius: var(--_radius-badge);
    font-size: 12px;
    font-weight: 600;
    line-height: 18px;
    color: var(--_tone, var(--_muted));
    background: color-mix(in srgb, var(--_tone, var(--_muted)) 10%, var(--_surface));
  }
  .more {
    margin: 0;
    padding: 8px 0 2px;
    border-top: 1px solid color-mix(in srgb, var(--_border) 70%, transparent);
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
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
