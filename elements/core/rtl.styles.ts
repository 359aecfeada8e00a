import { css } from 'lit';

/**
 * What a page that is read from the right needs besides logical properties. Words that come from data are written in their own direction,
 * whichever that is: their full stop, brackets and minus stay where they belong, and they are cut at their end. They still begin where
 * the page's words do. It loads only for such a page, and counts before an element's own styles.
 */
export const rtlStyles = css`
  :host(:dir(rtl)) :is(h2, h3, p, dt, td, th, li, .title, .subtitle, .name, .value:not(.words), .change, .mark, .message, .status, .status > *, footer span, small, .label > span, .note, .at, .about > *, input, textarea) {
    unicode-bidi: plaintext;
  }
  :host(:dir(rtl)) :is(h2, h3, dt, input, textarea, .title, .subtitle, .name, .text > *, .text li, .what .about > *, .floating p, .details p, section > p, :is(th, td):not([align])) {
    text-align: right;
  }
  @container (max-height: 110px) {
    :host(:dir(rtl)) .message p {
      text-align: right;
    }
  }
  /* Before the button the age slides over the left, where a title in letters from the left begins: the title makes room. */
  @media (hover: hover) {
    :host(:dir(rtl)) .frame:is(:hover, :has(.menu-button:focus-visible, .menu-button[aria-expanded='true'])) h2 {
      margin-inline-end: 26px;
    }
  }
  /* Back is where the page begins. */
  :host(:dir(rtl)) .turns svg {
    scale: -1 1;
  }
`;
