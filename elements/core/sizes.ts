/** Who is told of a size, after the layout and before the paint. */
export interface Sized {
  /** Reads what it needs; nothing is written yet. */
  measure(width: number): void;
  write(): void;
}

const all = new WeakMap<Element, Sized>();
let observer: ResizeObserver | undefined;

/**
 * Tells when an element has another size, at first too. One observer for the page: each that is told measures before any of them
 * writes, so that the page is laid out once for all.
 */
export function observeSize(element: Element, sized: Sized): () => void {
  observer ??= new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) all.get(target)?.measure(contentRect.width);
    for (const { target } of entries) all.get(target)?.write();
  });
  all.set(element, sized);
  observer.observe(element);
  return () => {
    all.delete(element);
    observer?.unobserve(element);
  };
}
