/** The modal dialog, in whatever shadow root, that makes the page under it inert, if one does: what has the focus is in it then. */
export function openModal(): Element | undefined {
  let at: Element | null = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  while (at) {
    const modal = at.closest('dialog:modal');
    if (modal) return modal;
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return undefined;
}
