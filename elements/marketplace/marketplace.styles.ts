import { css } from 'lit';

export const marketplaceStyles = css`
  :host {
    container-type: inline-size;
    color: var(--_text);
    font-family: var(--_font);
    font-size: 13px;
    line-height: 20px;
  }
  .market {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    height: 100%;
    min-height: 0;
  }
  .browse {
    display: flex;
    flex-direction: column;
    gap: 8px;
    min-width: 0;
    min-height: 0;
  }
  .beside {
    display: none;
    min-width: 0;
    min-height: 0;
    overflow: auto;
  }
  .opened .browse {
    display: none;
  }
  .opened .beside {
    display: block;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding: 2px;
  }
  .search {
    flex: 1 1 180px;
    min-width: 0;
  }
  .search,
  select {
    min-height: 34px;
    margin: 0;
    padding: 6px 10px;
    border: 1px solid color-mix(in srgb, var(--_muted) 70%, var(--_border));
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding: 2px;
  }
  .chip {
    min-height: 26px;
    padding: 1px 10px;
    border-radius: 13px;
    font-weight: 400;
  }
  .small .chip {
    min-height: 24px;
    padding: 0 8px;
    border-color: transparent;
    background: color-mix(in srgb, var(--_muted) 12%, transparent);
    font-size: 12px;
  }
  .chip[aria-pressed='true'] {
    border-color: var(--_accent);
    background: color-mix(in srgb, var(--_accent) 12%, var(--_surface));
    color: var(--_accent);
    font-weight: 600;
  }
  .count,
  .number {
    color: var(--_muted);
  }
  .number {
    margin: 0 4px;
    font-size: 12px;
  }
  h3 {
    margin: 8px 4px 0;
    font-size: 13px;
    font-weight: 600;
  }
  .list {
    flex: 0 1 auto;
    min-height: 0;
    margin: 0;
    padding: 2px;
    overflow: auto;
    overscroll-behavior: contain;
    list-style: none;
  }
  .entry {
    display: flex;
    align-items: center;
    gap: 4px;
    border-radius: var(--_radius-control);
    content-visibility: auto;
    contain-intrinsic-height: 52px;
  }
  .entry.kind {
    gap: 12px;
    padding: 8px;
  }
  .entry:hover,
  .entry.chosen {
    background: color-mix(in srgb, var(--_accent) 8%, transparent);
  }
  .what {
    flex: 1;
    gap: 12px;
    min-width: 0;
    padding: 8px;
    border: 0;
    border-radius: var(--_radius-control);
    /* The line cuts off what is outside of it. */
    outline-offset: -2px;
    background: none;
    font-weight: 400;
    text-align: start;
  }
  .icon {
    flex: none;
    color: var(--_muted);
  }
  .primary .icon {
    color: inherit;
  }
  .about {
    flex: 1;
    min-width: 0;
  }
  .about b {
    display: block;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .about span {
    display: block;
    overflow: hidden;
    color: var(--_muted);
    font-size: 12px;
    line-height: 16px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .mark {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 4px;
    color: var(--_muted);
    font-size: 12px;
  }
  .mark.warning,
  .mark.warning .icon {
    color: var(--_warning);
  }
  @container (max-width: 479px) {
    .mark:not(.warning) {
      display: none;
    }
    .chips {
      flex-wrap: nowrap;
      flex: none;
      overflow-x: auto;
      scrollbar-width: none;
    }
    .chip {
      flex: none;
    }
  }
  .plus {
    flex: none;
    justify-content: center;
    min-width: 32px;
    margin-inline-end: 4px;
    padding: 4px;
    border-color: transparent;
    background: none;
  }
  .details {
    display: grid;
    gap: 12px;
    align-content: start;
    padding: 16px;
  }
  .details h3 {
    margin: 0;
    font-size: 16px;
    line-height: 22px;
    overflow-wrap: anywhere;
  }
  .details p {
    margin: 0;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .stage {
    height: 252px;
  }
  .stage.small,
  .stage.medium {
    height: 132px;
  }
  .stage > * {
    --ccm-body-min-height: 0px;
    height: 100%;
  }
  .needs {
    display: flex;
    gap: 8px;
    align-items: flex-start;
  }
  .needs .icon {
    margin-block-start: 2px;
  }
  .details .missing,
  .missing .icon {
    color: var(--_warning);
  }
  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 2px 16px;
    margin: 0;
  }
  dt {
    color: var(--_muted);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .tags li {
    padding: 0 8px;
    border-radius: var(--_radius-badge);
    background: color-mix(in srgb, var(--_muted) 12%, transparent);
    font-size: 12px;
  }
  .do {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .ghosts {
    display: grid;
    gap: 8px;
    padding: 2px;
  }
  .ghost {
    height: 44px;
    border-radius: var(--_radius-control);
    background: color-mix(in srgb, var(--_muted) 10%, transparent);
  }
  @container (min-width: 680px) {
    .market {
      grid-template-columns: minmax(0, 1fr) minmax(280px, 38%);
    }
    .opened .browse {
      display: flex;
    }
    .browse {
      padding-inline-end: 14px;
    }
    .beside {
      display: block;
      border-inline-start: 1px solid var(--_border);
    }
    .back {
      display: none;
    }
  }
`;
