/** Two windows of one person change one dashboard: whose arrangement stays is said by the one who comes too late. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { arrangement, edit, itemIds, itemOf } from './test/arrangement.js';
import { visitors } from './test/visitor.js';

const visit = visitors();

interface Race {
  /** Saved first. */
  winner: Page;
  /** Was told that it came too late. */
  loser: Page;
  /** What would be left of the dashboard by each. */
  theirs: string[];
  mine: string[];
}

/** The first window removes one widget, the second another one before it has heard of that. */
async function race(company: string): Promise<Race> {
  const [winner, loser] = [(await visit.dashboard('Administrator', { company })).page, (await visit.dashboard('Administrator', { company })).page];
  for (const page of [winner, loser]) await edit(page);
  const all = await itemIds(loser);
  const without = async (widget: string) => {
    const gone = await itemOf(loser, widget).getAttribute('data-item');
    return all.filter((id) => id !== gone);
  };
  const [theirs, mine] = [await without('user-activity'), await without('error-logs')];

  // The second one's save is on its way until the first one's has arrived.
  let release: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => (release = resolve));
  await loser.route('**/dashboards/layouts/**', async (route) => {
    if (route.request().method() === 'PATCH') await arrived;
    await route.continue();
  });
  const sent = loser.waitForRequest((request) => request.method() === 'PATCH');
  await loser.getByRole('button', { name: 'Remove Error Log' }).click();
  await sent;
  await winner.getByRole('button', { name: 'Remove User Activity' }).click();
  await winner.getByRole('status').getByText('Saved', { exact: true }).waitFor();
  release();
  await loser.getByRole('dialog', { name: 'This dashboard was changed elsewhere' }).waitFor();
  return { winner, loser, theirs, mine };
}

/** Both windows show this, without and with a reload. */
async function expectBoth({ winner, loser }: Race, ids: string[]): Promise<void> {
  await loser.getByRole('dialog').waitFor({ state: 'hidden' });
  await loser.getByRole('status').getByText('Saved', { exact: true }).waitFor();
  for (const page of [loser, winner]) await expect.poll(() => itemIds(page)).toEqual(ids);
  const left = await arrangement(loser);
  await expect.poll(() => arrangement(winner)).toEqual(left);
  for (const page of [loser, winner]) {
    await page.reload();
    await page.locator('ccm-dashboard [data-item]').first().waitFor();
    expect(await arrangement(page)).toEqual(left);
  }
}

it('with “Keep mine” the later arrangement replaces the earlier one, in both windows', async () => {
  const both = await race('Atlas Office Supply');
  // Nothing is decided before the choice.
  expect(await itemIds(both.loser)).toEqual(both.mine);
  await both.loser.getByRole('button', { name: 'Keep mine' }).click();
  await expectBoth(both, both.mine);
});

it('with “Take theirs” the earlier arrangement stays, in both windows', async () => {
  const both = await race('Borealis Bürobedarf');
  await both.loser.getByRole('button', { name: 'Take theirs' }).click();
  await expectBoth(both, both.theirs);
});
