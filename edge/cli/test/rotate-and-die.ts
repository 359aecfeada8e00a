import { createVault } from '../../drivers/fernet/vault.js';
import { openStore } from '../../drivers/store/open-store.js';
import { rotateKeys } from '../../drivers/store/sealed-rows.js';

/** Run as a process of its own: rotates the keys of the database of its argument and kills itself after so many rows were sealed anew. Ends with 0 where there were fewer. */
const [url = '', keys = '', last = ''] = process.argv.slice(2);
let sealed = 0;
const store = await openStore(url, {
  onQuery(statement) {
    if (/^update/i.test(statement) && (sealed += 1) === Number(last)) process.kill(process.pid, 'SIGKILL');
  },
});
rotateKeys(store, createVault(keys.split(',')));
store.close();
