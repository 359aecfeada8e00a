import { join } from 'node:path';
import { openStore } from '../open-store.js';

/** Run as a process of its own: makes one new database after the other in the folder of its argument, until it is killed. Says a line for each. */
const [folder = ''] = process.argv.slice(2);
for (let made = 0; ; made += 1) {
  const store = await openStore(`sqlite:${join(folder, `${made}.db`)}`);
  process.stdout.write('made\n');
  store.close();
}
