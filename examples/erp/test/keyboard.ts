/** A visitor without a pointer: only keys, and each place that they come to must be seen. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What has the focus, as its user knows it. */
export interface Focused {
  role: string;
  name: string;
  /** Whether a ring can be seen around it: an outline or a shadow, on itself or on the label that stands for it. */
  ring: boolean;
  /** Whether it is in the window and nothing lies over it. */
  inView: boolean;
}

/** Stops on the way before it counts as lost: a table has one in each row that can be ordered from. */
const MOST_STOPS = 150;

/** What has the focus now, through all shadow roots. */
export function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    let root: Document | ShadowRoot = document;
    let at: Element = document.activeElement ?? document.body;
    while (at.shadowRoot?.activeElement) at = (root = at.shadowRoot).activeElement ?? at;

    const words = (element: Element | null | undefined) => {
      const copy = element?.cloneNode(true) as Element | undefined;
      copy?.querySelectorAll('[aria-hidden=true]').forEach((hidden) => hidden.remove());
      return (copy?.textContent ?? '').replace(/\s+/g, ' ').trim();
    };
    const labelledBy = at.getAttribute('aria-labelledby');
    const label = (at as HTMLInputElement).labels?.[0] ?? null;
    const name = at.getAttribute('aria-label') ?? (words(labelledBy === null ? label : root.getElementById(labelledBy)) || words(at) || ((at as HTMLElement).title));
    const role = at.getAttribute('role') ?? (at instanceof HTMLInputElement ? at.type : at.localName);

    const around = (element: Element) => element.parentElement ?? ((element.getRootNode() as ShadowRoot).host as Element | undefined);
    /** How many of its sides are not cut off by a box around it. */
    const sidesOf = (element: Element, distance: number) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const sides = { left: true, top: true, right: true, bottom: true };
      for (let box = around(element); box && !element.matches(':popover-open, :modal'); box = around(box)) {
        const { overflowX, contain } = getComputedStyle(box);
        const cut = box.getBoundingClientRect();
        if (box === document.documentElement || box === document.body || (overflowX === 'visible' && !/strict|content|paint/.test(contain))) continue;
        sides.left &&= left - distance >= cut.left - 0.5;
        sides.top &&= top - distance >= cut.top - 0.5;
        sides.right &&= right + distance <= cut.right + 0.5;
        sides.bottom &&= bottom + distance <= cut.bottom + 0.5;
        if (box.matches(':popover-open, :modal')) break;
      }
      return Object.values(sides).filter(Boolean).length;
    };
    const isRinged = (element: Element | null) => {
      if (element === null) return false;
      const { outlineStyle, outlineWidth, outlineOffset, outlineColor, boxShadow, opacity } = getComputedStyle(element);
      if (Number(opacity) === 0) return false;
      const width = outlineStyle === 'none' || /^(transparent|rgba\(.*, 0\))$/.test(outlineColor) ? 0 : Number.parseFloat(outlineWidth);
      // Where rows run to the edge of a card, the ring around them is open there.
      return boxShadow !== 'none' || (width >= 1 && sidesOf(element, Number.parseFloat(outlineOffset) + width) >= 3);
    };

    const { left, top, right, bottom } = at.getBoundingClientRect();
    const [x, y] = [(Math.max(0, left) + Math.min(innerWidth, right)) / 2, (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2];
    const inWindow = right > left && bottom > top && left < innerWidth && right > 0 && top < innerHeight && bottom > 0;
    const hit = root.elementFromPoint(x, y);
    const uncovered = hit !== null && (hit === at || at.contains(hit) || label?.contains(hit) === true);
    return { role, name, ring: at !== document.body && (isRinged(at) || isRinged(label)), inView: inWindow && uncovered };
  });
}

/** What has this name has the focus, and is in view. */
export async function expectFocus(page: Page, name: string | RegExp): Promise<void> {
  await expect.poll(async () => (await focused(page)).name, { timeout: 5000 }).toMatch(exactly(name));
  await expect.poll(async () => (await focused(page)).inView, { timeout: 2000, message: `whether ${String(name)} is in view` }).toBe(true);
}

/** Presses Tab (or Shift+Tab) until something of this name has the focus. */
export async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press(key);
    const now = await focused(page);
    if (exactly(name).test(now.name)) return;
    passed.push(titleOf(now));
  }
  throw new Error(`${key} never came to ${String(name)}, only to ${passed.join(', ')}`);
}

/** Presses Tab from the start of the page to its end, or round a dialog; what it came to. */
export async function tabThrough(page: Page): Promise<Focused[]> {
  const stops: Focused[] = [];
  while (stops.length < MOST_STOPS) {
    await page.keyboard.press('Tab');
    const now = await settled(page);
    // From the last stop the focus leaves the page, or comes back to the first.
    if (now.role === 'body' || (stops[0] && titleOf(stops[0]) === titleOf(now))) return stops;
    stops.push(now);
  }
  throw new Error(`Tab does not come to an end: ${stops.map(titleOf).join(', ')}`);
}

/** What has the focus, once it can be seen: what is at work may still move for a moment. What cannot be seen then is told as it is. */
async function settled(page: Page): Promise<Focused> {
  let now = await focused(page);
  for (let looks = 0; looks < 10 && now.role !== 'body' && !(now.ring && now.inView); looks += 1) {
    await page.waitForTimeout(100);
    now = await focused(page);
  }
  return now;
}

export const titleOf = ({ role, name }: Focused) => `${role} “${name.slice(0, 60)}”`;

/** Until what was changed is on the screen: only then the browser takes the focus from what cannot have it any more. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** Each key one after the other. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

const exactly = (name: string | RegExp) => (typeof name === 'string' ? new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) : name);
