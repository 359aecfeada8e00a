/** Moves the focus to the first that fits; says whether there is one. */
export function focusIn(root: ParentNode, selector: string): boolean {
  const found = root.querySelector<HTMLElement>(selector);
  found?.focus();
  return found !== null;
}

/** Moves the focus to the line of an alert; says whether it is shown. */
export function focusLine(root: ParentNode, id: string): boolean {
  const line = [...root.querySelectorAll<HTMLElement>('.alert')].find(({ dataset }) => dataset['id'] === id);
  line?.querySelector<HTMLElement>('.what')?.focus();
  return line !== undefined;
}

/** What had the focus is gone; who went elsewhere meanwhile keeps what they took. */
export function isFocusLost(root: Node): boolean {
  if (!(root instanceof ShadowRoot) || root.activeElement !== null) return false;
  return document.activeElement === null || document.activeElement === document.body || document.activeElement === root.host;
}
