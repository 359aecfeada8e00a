/** How far outside the window an element still counts as seen, so that what scrolls in is painted already. */
const MARGIN = '400px';

const listeners = new Map<Element, (visible: boolean) => void>();
let observer: IntersectionObserver | undefined;

/**
 * Tells when an element comes near the window and when it leaves. One observer for the page: what is in view after a
 * load is told in one go.
 */
export function observeVisibility(element: Element, listener: (visible: boolean) => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) listeners.get(entry.target)?.(entry.isIntersecting);
    },
    { rootMargin: MARGIN },
  );
  listeners.set(element, listener);
  observer.observe(element);
  return () => {
    listeners.delete(element);
    observer?.unobserve(element);
  };
}
