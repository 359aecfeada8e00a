import { css } from 'lit';

export const frameStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100%;
    min-width: 0;
    font-family: var(--_font);
  }
  .frame {
    position: relative;
    display: flex;
    flex: 1 1 auto;
    flex-direction: column;
    gap: 6px;
    min-width: 0;
    width: 100%;
    overflow: hidden;
    padding: min(var(--_padding), 14px) var(--_padding);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    font-size: 13px;
    font-style: normal;
    font-weight: 400;
    line-height: 18px;
    letter-spacing: normal;
    text-transform: none;
    white-space: normal;
    cursor: auto;
  }
  header {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    min-width: 0;
    height: 20px;
  }
  header > .icon {
    flex: none;
    width: 15px;
    height: 15px;
    color: var(--_muted);
  }
  h2 {
    flex: 0 1 auto;
    min-width: 0;
    margin: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font: inherit;
    font-weight: 600;
    line-height: 20px;
  }
  .status {
    display: flex;
    flex: none;
    flex-wrap: wrap-reverse;
    align-items: center;
    justify-content: flex-end;
    gap: 6px;
    height: 20px;
    margin-inline-start: auto;
    font-size: 12px;
    line-height: 20px;
    color: var(--_muted);
    white-space: nowrap;
    transition: transform 120ms ease-out;
  }
  /* What is new needs no age beside it where the title needs the room: it wraps to where nobody sees it. */
  .status.new {
    flex: 0 99999 auto;
    align-content: flex-end;
    min-width: 6px;
    overflow: clip;
  }
  .status.new .dot {
    margin-block: 7px;
  }
  .dot {
    width: 6px;
    height: 6px;
    border-radius: 50%;
    background: var(--_good);
  }
  /* Its place is kept until the connection stands: that page is not laid out again for it. */
  .dot.off,
  .dot.poll {
    background: none;
  }
  .dot.poll {
    box-shadow: inset 0 0 0 1.5px var(--_muted);
  }
  .dot.stale {
    background: var(--_warning);
  }
  .menu-button,
  .fold {
    display: grid;
    flex: none;
    place-items: center;
    width: 28px;
    height: 28px;
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_muted);
    cursor: pointer;
  }
  .menu-button {
    position: absolute;
    top: 9px;
    inset-inline-end: 8px;
  }
  /* Folding is for where cards stand in one column. */
  .fold {
    display: none;
    margin-inline: -8px -4px;
  }
  .fold::before {
    width: 7px;
    height: 7px;
    border: solid currentColor;
    border-width: 0 1.5px 1.5px 0;
    rotate: 45deg;
    content: '';
  }
  :host([collapsed]) {
    height: auto;
  }
  :host([collapsed]) .fold {
    display: grid;
  }
  :host([collapsed]) .fold::before {
    rotate: -45deg;
  }
  :host([collapsed]:dir(rtl)) .fold::before {
    rotate: 135deg;
  }
  :host([collapsed]) .body,
  :host([collapsed]) footer {
    display: none;
  }
  .menu-button::before {
    width: 3px;
    height: 3px;
    border-radius: 50%;
    background: currentColor;
    box-shadow: 0 5px, 0 -5px;
    content: '';
  }
  .fold:hover,
  .menu-button:hover,
  .menu-button[aria-expanded='true'] {
    background: color-mix(in srgb, var(--_muted) 12%, var(--_surface));
    color: var(--_text);
  }
  /* Chrome appears when it is looked for; where nothing hovers it is always there. (By colour: opacity makes a layer.) */
  @media (hover: hover) {
    .frame:not(:hover) .menu-button:not(:focus-visible, [aria-expanded='true']) {
      background: none;
      color: transparent;
    }
    /* It makes room for the button, and covers the end of a title that has no more room. */
    .frame:hover .status,
    .frame:has(.menu-button:focus-visible, .menu-button[aria-expanded='true']) .status {
      transform: translateX(-26px);
      background: var(--_surface);
    }
    :host(:dir(rtl)) .frame:hover .status,
    :host(:dir(rtl)) .frame:has(.menu-button:focus-visible, .menu-button[aria-expanded='true']) .status {
      transform: translateX(26px);
    }
  }
  @media (hover: none) {
    .status {
      margin-inline-end: 26px;
    }
  }
  @media (hover: none), (max-width: 479px) {
    .fold {
      display: grid;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .status {
      transition: none;
    }
  }
  @media print {
    .menu-button,
    .fold {
      display: none;
    }
  }
  .body {
    position: relative;
    flex: 1 1 0;
    min-width: 0;
    container-type: size;
  }
  /*
   * Contained below the query container and out of its flow: a number that changes is laid out and painted in its own box.
   * Laid out with the container, each change had all styles in it looked at again and all layers of the page composed anew.
   */
  .body > * {
    position: absolute;
    inset: 0;
    contain: size layout style;
  }
  .body > slot {
    display: block;
  }
  /* Standing alone, a card has a height that fits its kind; a dashboard's grid gives it one and sets this to 0. */
  .body {
    min-height: var(--ccm-body-min-height, 76px);
  }
  .stat.several .body {
    min-height: var(--ccm-body-min-height, 120px);
  }
  .gauge .body {
    min-height: var(--ccm-body-min-height, 150px);
  }
  .chart .body,
  .table .body,
  .list .body,
  .map .body,
  .custom .body {
    min-height: var(--ccm-body-min-height, 220px);
  }
  .large .body {
    min-height: var(--ccm-body-min-height, 260px);
  }
  /* Rows run to the edge of the card: that there are more is seen. */
  .table .body,
  .list .body {
    margin-block-end: calc(-1 * min(var(--_padding), 14px));
  }
  /* They are query containers themselves where they need one: most do not, and each costs a layout of its own. */
  .shown:is(.chart, .table) .body {
    container-type: normal;
  }
  .stale .body {
    margin-block-end: 0;
  }
  footer {
    display: flex;
    flex: none;
    align-items: center;
    gap: 6px;
    min-width: 0;
    font-size: 12px;
    line-height: 16px;
    color: var(--_muted);
  }
  footer svg {
    flex: none;
    width: 13px;
    height: 13px;
  }
  footer .message-action {
    flex: none;
    margin: 0 0 0 auto;
    padding: 0 8px;
  }
  footer span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  :host(:fullscreen) {
    padding: 24px;
    background: var(--_canvas);
  }
`;
