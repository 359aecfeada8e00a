/** Fingers on a screen, as the browser gets them from one: what they touch scrolls, is pressed or dragged as it would be. */
import type { CDPSession, Locator, Page } from 'playwright-core';
import { boxOf } from './pointer.js';

/** Milliseconds after which a finger that rests takes hold of a card, and some more. */
const HOLD = 700;
/** Milliseconds between two places of a finger. */
const STEP = 16;

interface Point {
  x: number;
  y: number;
}

export interface Fingers {
  /** One finger along a line, without rest. */
  swipe(from: Point, to: Point): Promise<void>;
  /** One finger that rests first, and then goes along a line. */
  dragAfterHold(from: Point, to: Point): Promise<void>;
}

export async function fingersOn(page: Page): Promise<Fingers> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: Point[]) => session.send('Input.dispatchTouchEvent', { type, touchPoints });
  const along = async (from: Point, to: Point, steps = 14) => {
    for (let step = 1; step <= steps; step += 1) {
      await send('touchMove', { x: from.x + ((to.x - from.x) * step) / steps, y: from.y + ((to.y - from.y) * step) / steps });
      await page.waitForTimeout(STEP);
    }
  };
  return {
    async swipe(from, to) {
      await send('touchStart', from);
      await along(from, to);
      await send('touchEnd');
    },
    async dragAfterHold(from, to) {
      await send('touchStart', from);
      await page.waitForTimeout(HOLD);
      await along(from, to);
      await send('touchEnd');
    },
  };
}

/** The middle of something, in the window. */
export async function middleOf(what: Locator): Promise<Point> {
  const { x, y, width, height } = await boxOf(what);
  return { x: x + width / 2, y: y + height / 2 };
}
