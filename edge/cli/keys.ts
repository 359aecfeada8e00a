import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { databaseUrlOf, fernetKeysOf } from '../config/environment.js';
import { NEW_FERNET_KEY } from '../config/weak-fernet-key.js';
import { createVault } from '../drivers/fernet/vault.js';
import { openStore } from '../drivers/store/open-store.js';
import { rotateKeys } from '../drivers/store/sealed-rows.js';
import { sqliteFile } from '../drivers/store/sqlite-file.js';
import { extend } from '../features/audit/chain.js';
import { contentOf } from '../features/audit/row.js';
import { createTrailStore } from '../features/audit/store.js';
import { UsageError, type Command, type CommandIo } from './command.js';
import { sealedName } from './sealed-name.js';

export const keysCommand: Command = {
  async run(args, io) {
    const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
    if (positionals.length !== 1 || positionals[0] !== 'rotate') throw new UsageError('say what to do with them: rotate');
    return rotate(io);
  },
};

async function rotate({ env, out, err }: CommandIo): Promise<number> {
  const keys = fernetKeysOf(env);
  if (keys.length === 0) {
    err(`CCM_FERNET_KEYS: is missing; write the new key first and the ones before it after it, separated by commas. A new one: ${NEW_FERNET_KEY}`);
    return 1;
  }
  const url = databaseUrlOf(env);
  const file = sqliteFile(url);
  // A new one would have nothing to seal anew, and be taken for a store of which the old keys may go.
  if (!existsSync(file)) {
    err(`CCM_DATABASE_URL: there is no store at ${resolve(file)}; say where that of the edges is.`);
    return 1;
  }
  const store = await openStore(url);
  try {
    const trail = createTrailStore(store);
    const { total, seen, renewed, unopened } = rotateKeys(store, createVault(keys), {
      onBatch: (soFar) => out(`${soFar.seen} of ${soFar.total} looked at, ${soFar.renewed} sealed anew`),
      within: (tenant, count) => void extend(trail, [contentOf({ tenant, action: 'keys.rotate', target: `${count} secrets`, outcome: 'ok' }, Date.now())]),
    });
    for (const place of unopened) err(`${sealedName(place)}: opens with none of the ${keys.length} keys and stays as it is`);
    const rest = seen - renewed - unopened.length;
    out(`${url}: ${renewed} sealed anew, ${rest} under the newest key already, ${unopened.length} that no key opens, of ${Math.max(total, seen)}.`);
    if (unopened.length > 0) return 1;
    if (keys.length > 1) out('Once every edge runs with these keys, the older ones may go.');
    return 0;
  } finally {
    store.close();
  }
}
