/** A time range on the demo's dashboard: who follows it, and what they show then. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { itemOf } from './test/arrangement.js';
import { choose, dialogOf, shown } from './test/board.js';
import { visitors } from './test/visitor.js';

const visit = visitors();
/** A chart says what it shows a second later. */
const PATIENT = { timeout: 5000 };

/** First and last moment of the revenue chart, as it says them to who does not see it. */
async function revenue(page: Page): Promise<string> {
  const label = await itemOf(page, 'revenue-chart').getByRole('application').getAttribute('aria-label');
  return /, (.* – .*)\. Revenue/.exec(label ?? '')?.[1] ?? '';
}

it('changes what Revenue shows, and says how many follow it', async () => {
  const { page, batches, faults } = await visit.dashboard('Sales manager');
  await shown(page, 'revenue-chart');
  const month = await revenue(page);

  await choose(page, 'Dashboard settings …');
  const settings = dialogOf(page, 'Dashboard settings');
  await settings.getByText('4 of 6 widgets follow it.').waitFor();
  await settings.getByLabel('Show a time range').check();
  await settings.getByRole('button', { name: 'Apply' }).click();
  await expect.poll(() => revenue(page), PATIENT).not.toBe(month);

  const time = page.getByRole('button', { name: /^Time range: / });
  await time.click();
  const dialog = dialogOf(page, 'Time range');
  await dialog.getByText('4 of 6 widgets follow it.').waitFor();
  batches.length = 0;
  await dialog.getByRole('button', { name: 'Yesterday' }).click();
  // A day by the hour.
  await expect.poll(() => revenue(page), PATIENT).toMatch(/^(.+), 12:00\sAM – \1, 11:00\sPM$/);
  const asked = batches.flatMap((body) => (JSON.parse(body) as { widgets: { id: string; params?: object }[] }).widgets);
  expect(asked.map(({ id, params }) => [id, params])).toEqual(
    expect.arrayContaining([['revenue-chart', { from: 'yesterday', to: 'today' }], ['conversion-rate', { from: 'yesterday', to: 'today' }]]),
  );
  expect(asked.map(({ id }) => id)).not.toContain('sales-pipeline');

  const yesterday = await revenue(page);
  await page.getByRole('button', { name: 'Earlier' }).click();
  await expect.poll(() => revenue(page), PATIENT).not.toBe(yesterday);
  await expect.poll(() => time.textContent()).toMatch(/12:00\sAM – .*12:00\sAM/);
  expect(faults).toEqual([]);
});
