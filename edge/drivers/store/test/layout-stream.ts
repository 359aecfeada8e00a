import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../open-store.js';
import { layouts } from '../tables/layouts.js';

/** Layouts of each user that are there before it says the first number: more than a backup copies at once. */
const BEFORE = 2_000;

/**
 * Run as a process of its own: writes two layouts of the same number in one transaction, then the next two, until it is killed.
 * Says each number from the one on that stands when it begins.
 */
const [url = ''] = process.argv.slice(2);
const store = await openStore(url);
const text = JSON.stringify([{ filler: 'x'.repeat(3_000) }]);
const row = (user: string, number: number) => ({
  tenant: 'acme', user, id: String(number), name: String(number), isDefault: false, widgets: text, revision: 1, createdAt: number, updatedAt: number,
});
const both = (number: number): void => {
  store.db.insert(layouts).values(row('ann', number)).run();
  store.db.insert(layouts).values(row('bob', number)).run();
};
store.write(() => {
  for (let number = 1; number <= BEFORE; number += 1) both(number);
});
for (let number = BEFORE; ; number += 1) {
  if (number > BEFORE) store.write(() => both(number));
  process.stdout.write(`${number}\n`);
  // Other processes get their turn, and a slow disk is not filled meanwhile.
  await sleep(1);
}
