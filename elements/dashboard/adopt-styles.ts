import type { CSSResult } from 'lit';

/** The dashboard's own styles came with it; others come with the code that needs them. */
export function adoptStyles(root: HTMLElement | DocumentFragment, styles: CSSResult): void {
  const { styleSheet } = styles;
  if (root instanceof ShadowRoot && styleSheet && !root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
}
