import type { CSSResult } from 'lit';

/** Gives a shadow root styles that loaded after its element, above those that it has. */
export function addStyles(root: HTMLElement | DocumentFragment | null, { styleSheet }: CSSResult): void {
  if (root instanceof ShadowRoot && styleSheet && !root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets.push(styleSheet);
}
