import { css } from 'lit';

/** The dashboard on the whole screen: nothing but widgets, with more air between them. */
export const manageStyles = css`
  :host([data-tv]) {
    --ccm-gap: 20px;
    height: 100%;
    padding: 24px;
    overflow: auto;
    background: var(--_canvas);
  }
  :host([data-tv]) .bar {
    display: none;
  }
  :host([data-tv='idle']) {
    cursor: none;
  }
`;
