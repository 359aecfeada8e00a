import { openStore } from '../open-store.js';
import { layouts } from '../tables/layouts.js';

/** Run as a process of its own: writes two layouts of the same number in one transaction, then the next two, until it is killed. Says each number. */
const [url = ''] = process.argv.slice(2);
const store = await openStore(url);
const text = JSON.stringify([{ filler: 'x'.repeat(3_000) }]);
for (let number = 1; ; number += 1) {
  const row = (user: string) => ({
    tenant: 'acme', user, id: String(number), name: String(number), isDefault: false, widgets: text, revision: 1, createdAt: number, updatedAt: number,
  });
  store.write(() => {
    store.db.insert(layouts).values(row('ann')).run();
    store.db.insert(layouts).values(row('bob')).run();
  });
  process.stdout.write(`${number}\n`);
}
