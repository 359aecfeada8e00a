/** The dashboard that a user of an edge chose in this tab. Where storage is refused, none. */
const keyOf = (edge: string, userId: string) => `ccm-layout ${edge} ${userId}`;

export function chosenAt(edge: string, userId: string): string | undefined {
  try {
    return sessionStorage.getItem(keyOf(edge, userId)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** `default` is no choice. */
export function choose(edge: string, userId: string, layoutId: string): void {
  try {
    if (layoutId === 'default') sessionStorage.removeItem(keyOf(edge, userId));
    else sessionStorage.setItem(keyOf(edge, userId), layoutId);
  } catch {
    // It is chosen for as long as the page is there.
  }
}
