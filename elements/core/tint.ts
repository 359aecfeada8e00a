let reduced: MediaQueryList | undefined;

/** A changed value lights up for 200 ms; not for those who asked for less motion. */
export function tint(element: Element | null | undefined): void {
  reduced ??= matchMedia('(prefers-reduced-motion: reduce)');
  if (!element || reduced.matches || document.hidden) return;
  element.animate(
    [{ backgroundColor: 'color-mix(in srgb, var(--_accent) 22%, transparent)' }, { backgroundColor: 'transparent' }],
    { duration: 200, easing: 'ease-out' },
  );
}
