import { openStore } from '../open-store.js';

/** Run as a process of its own: opens the database of its argument as soon as the clock reaches the other, then writes how it went. */
const [url = '', at = '0'] = process.argv.slice(2);
const start = async (): Promise<string> => {
  while (Date.now() < Number(at)) { /* all of them begin at the same moment */ }
  const store = await openStore(url);
  store.check();
  store.close();
  return 'ok';
};
start().then((said) => process.stdout.write(said), (error: unknown) => process.stdout.write(String(error)));
