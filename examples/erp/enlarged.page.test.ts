/** Enlarged to four times its size, a window of 1280 × 1024 is one of 320 × 256: all can still be reached and seen. */
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { chooseOf } from './test/board.js';
import { focused, press } from './test/keyboard.js';
import { visitors } from './test/visitor.js';

const visit = visitors();

async function enlarge(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 256 });
}

/** How much of it can be seen, of 1. */
const seen = (one: Locator) => one.evaluate((element) => new Promise<number>((tell) => {
  const observer = new IntersectionObserver(([entry]) => {
    observer.disconnect();
    tell(entry?.intersectionRatio ?? 0);
  });
  observer.observe(element);
}));

it('a widget to add is seen whole when the keyboard comes to it', async () => {
  const { page } = await visit.dashboard('Administrator');
  await enlarge(page);
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('button', { name: 'Add widget' }).click();
  await page.locator('ccm-marketplace .entry').nth(1).waitFor();
  await press(page, 'ArrowDown', 'ArrowDown');
  await expect.poll(() => seen(page.locator('ccm-marketplace .what:focus'))).toBeGreaterThan(0.9);
});

it('settings of a widget open at their beginning, and each field is seen whole when the keyboard comes to it', async () => {
  const { page } = await visit.dashboard('Administrator');
  await enlarge(page);
  await chooseOf(page, 'User Activity', 'Settings …');
  await page.locator('ccm-widget-settings ccm-schema-form').nth(1).waitFor();
  await expect.poll(async () => (await focused(page)).name).toBe('Close');
  for (let stop = 0; stop < 12; stop += 1) {
    await press(page, 'Tab');
    const field = page.locator('ccm-widget-settings :is(input, select, button, summary):focus');
    await expect.poll(() => seen(field), { message: `how much is seen of ${(await focused(page)).name}` }).toBeGreaterThan(0.9);
  }
});
