/** Space to the window's edge and to the anchor, pixels. */
const MARGIN = 8;
const GAP = 4;

/** Puts a shown popover below its anchor, ends aligned, or above where there is no room; always inside the window. */
export function place(popover: HTMLElement, anchor: Element): void {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const rtl = getComputedStyle(anchor).direction === 'rtl';
  const left = rtl ? box.left : box.right - width;
  const below = box.bottom + GAP;
  const top = below + height > innerHeight - MARGIN && box.top - GAP - height >= MARGIN ? box.top - GAP - height : below;
  popover.style.left = `${Math.round(Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN)))}px`;
  popover.style.top = `${Math.round(Math.max(MARGIN, Math.min(top, innerHeight - height - MARGIN)))}px`;
}
