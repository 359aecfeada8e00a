import { css } from 'lit';

/** How a card shows that it fires. Its body keeps its place and size. */
export const alertStyles = css`
  :host([alert]) {
    --_alert: var(--_accent);
  }
  :host([alert='warning']) {
    --_alert: var(--_warning);
  }
  :host([alert='critical']) {
    --_alert: var(--_critical);
  }
  :host([alert]) .frame {
    padding-inline-start: calc(var(--_padding) - 2px);
    border-color: color-mix(in srgb, var(--_alert) 45%, var(--_border));
    border-inline-start: 3px solid var(--_alert);
  }
  .alert {
    /* Above a dashboard's handles: beneath them it could not be pressed. */
    position: relative;
    z-index: var(--_alert-layer, auto);
    display: flex;
    flex: 1 1 0;
    justify-content: flex-end;
    min-width: 26px;
    container-type: inline-size;
    pointer-events: none;
    transition: transform 120ms ease-out;
  }
  @media (prefers-reduced-motion: reduce) {
    .alert {
      transition: none;
    }
  }
  .alert button {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-width: 24px;
    max-width: 100%;
    height: 24px;
    margin: -2px 0;
    padding: 0 5px;
    overflow: hidden;
    border: 1px solid transparent;
    border-radius: var(--_radius-badge);
    background: color-mix(in srgb, var(--_alert) 14%, var(--_surface));
    color: color-mix(in srgb, var(--_alert) 88%, var(--_text));
    font: inherit;
    font-size: 12px;
    font-weight: 600;
    line-height: 16px;
    white-space: nowrap;
    cursor: pointer;
    pointer-events: auto;
  }
  .alert button:hover,
  .alert button[aria-expanded='true'] {
    border-color: var(--_alert);
  }
  .alert button:focus-visible {
    outline-offset: 0;
  }
  /* Somebody has it: it is said more quietly. */
  .alert.held button {
    border-color: color-mix(in srgb, var(--_alert) 45%, var(--_border));
    background: var(--_surface);
  }
  .alert svg {
    flex: none;
    width: 14px;
    height: 14px;
  }
  .alert [aria-hidden='true']:not(svg) {
    display: none;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .alert .limit,
  .alert .since,
  .alert .holder {
    font-weight: 400;
  }
  .alert :is(.limit, .since, .holder)::before {
    margin-inline-end: 5px;
    content: '·';
  }
  @container (min-width: 40px) {
    .alert .count[aria-hidden] {
      display: inline;
    }
  }
  @container (min-width: 80px) {
    .alert .word[aria-hidden] {
      display: inline;
    }
  }
  @container (min-width: 172px) {
    .alert .sum[aria-hidden] {
      display: inline;
    }
    .alert .count[aria-hidden] {
      display: none;
    }
  }
  @container (min-width: 190px) {
    .alert .limit[aria-hidden] {
      display: inline;
    }
  }
  @container (min-width: 260px) {
    .alert .holder[aria-hidden] {
      display: inline;
    }
  }
  @container (min-width: 320px) {
    .alert .since[aria-hidden] {
      display: inline;
    }
  }
  /* As the state beside it does: the menu's button has the end of the header. */
  @media (hover: hover) {
    /* The title that it comes over ends softly. */
    .frame:hover .alert button {
      box-shadow: -6px 0 5px var(--_surface);
    }
    .frame:hover .alert,
    .frame:has(.menu-button:focus-visible, .menu-button[aria-expanded='true']) .alert {
      transform: translateX(-26px);
    }
    :host(:dir(rtl)) .frame:hover .alert,
    :host(:dir(rtl)) .frame:has(.menu-button:focus-visible, .menu-button[aria-expanded='true']) .alert {
      transform: translateX(26px);
    }
  }
  @media (forced-colors: active) {
    .alert button {
      border-color: currentColor;
    }
  }
`;
