import { watchMedia } from './media.js';

/** Milliseconds that a value rests before its change is news: one in constant motion would flicker. */
const REST = 1000;

let reduced: (() => boolean) | undefined;
const changes = new WeakMap<Element, number>();

/**
 * A value that changed after a rest lights up for 200 ms; not for those who asked for less motion, nor where `--ccm-motion` is 0. Returns whether it did:
 * what moves along with it does so then.
 */
export function tint(element: Element | null | undefined): boolean {
  if (!element) return false;
  const now = performance.now();
  const before = changes.get(element);
  changes.set(element, now);
  if (before !== undefined && now - before < REST) return false;
  reduced ??= watchMedia('(prefers-reduced-motion: reduce)');
  if (reduced() || document.hidden) return false;
  element.animate(
    [{ backgroundColor: 'color-mix(in srgb, var(--_accent) calc(22% * var(--ccm-motion, 1)), transparent)' }, { backgroundColor: 'transparent' }],
    { duration: 200, easing: 'ease-out' },
  );
  return true;
}
