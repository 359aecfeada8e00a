import { css } from 'lit';

/** What floats over the page: menus and small panels. The only things with a shadow. */
export const floatingStyles = css`
  :host {
    display: contents;
  }
  .floating {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 4px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    font-size: 13px;
    font-weight: 400;
    line-height: 20px;
    letter-spacing: normal;
  }
  .floating:focus-visible {
    outline: none;
  }
`;
