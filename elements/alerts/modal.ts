/** Whether a modal dialog, in whatever shadow root, makes the page under it inert: what has the focus is in one then. */
export function isModalOpen(): boolean {
  let at: Element | null = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  while (at) {
    const modal = at.closest('dialog:modal');
    if (modal) return true;
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return false;
}
