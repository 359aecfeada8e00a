import { parseArgs } from 'node:util';
import { databaseUrlOf } from '../config/environment.js';
import { backupStore } from '../drivers/store/backup.js';
import { UsageError, type Command } from './command.js';

/** A line is printed each time that so much more is copied. */
const STEP = 0.1;

export const backupCommand: Command = {
  async run(args, { env, out }) {
    const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('say one file that is to be made');
    let shown = 0;
    const bytes = await backupStore(databaseUrlOf(env), file, (share) => {
      if (share < 1 && share < shown + STEP) return;
      shown = share;
      out(`${Math.floor(share * 100)} %`);
    });
    out(`${file} is a whole copy of the store, checked (${(bytes / 1024 / 1024).toFixed(1)} MB). Keep it as safe as the store: keys lie in it.`);
    return 0;
  },
};
