import { css } from 'lit';

/** The dashboard on the whole screen: nothing but widgets and what they were asked with, as text, with more air between them. */
export const manageStyles = css`
  :host([data-tv]) {
    --ccm-gap: 20px;
    height: 100%;
    padding: 24px;
    overflow: auto;
    background: var(--_canvas);
  }
  :host([data-tv]) :is(.bar, .step) {
    display: none;
  }
  :host([data-tv]) .controls :is(button, input, select) {
    padding: 0;
    border-color: transparent;
    background: none;
    appearance: none;
    pointer-events: none;
  }
  :host([data-tv]) .controls [type='checkbox'] {
    appearance: auto;
  }
  :host([data-tv='idle']) {
    cursor: none;
  }
  /* What the pointer rests on is covered, and so let go. */
  :host([data-tv='idle'])::after {
    position: fixed;
    inset: 0;
    z-index: 10;
    content: '';
  }
`;
