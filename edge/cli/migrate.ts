import { parseArgs } from 'node:util';
import { databaseUrlOf } from '../config/environment.js';
import { openStore } from '../drivers/store/open-store.js';
import type { Command } from './command.js';

export const migrateCommand: Command = {
  async run(args, { env, out }) {
    parseArgs({ args: [...args], options: {} });
    const url = databaseUrlOf(env);
    const store = await openStore(url);
    store.close();
    out(`${url} is up to date.`);
    return 0;
  },
};
