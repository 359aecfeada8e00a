import type { CSSResult } from 'lit';

/** Gives a shadow root styles that loaded after its element, above those that it has. */
export function addStyles({ adoptedStyleSheets }: ShadowRoot, { styleSheet }: CSSResult): void {
  if (styleSheet && !adoptedStyleSheets.includes(styleSheet)) adoptedStyleSheets.push(styleSheet);
}
