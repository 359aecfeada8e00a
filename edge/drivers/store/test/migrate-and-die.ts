import Client from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrateStore } from '../migrate.js';
import { timeStatements } from '../statement-timings.js';

/** Run as a process of its own: migrates the file of its argument and kills itself after that many statements that write. Ends with 0 where there were fewer. */
const [file = '', folder = '', last = ''] = process.argv.slice(2);
const client = new Client(file);
client.pragma('journal_mode = WAL');
let statements = 0;
timeStatements(client, (statement) => {
  if (!/^\s*SELECT/i.test(statement)) statements += 1;
  if (statements === Number(last)) process.kill(process.pid, 'SIGKILL');
});
migrateStore(drizzle(client), folder);
