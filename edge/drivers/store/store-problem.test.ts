import { expect, test } from 'vitest';
import { storeProblem } from './store-problem.js';

const sqlite = (code: string) => Object.assign(new Error(`said by SQLite: ${code}`), { code });

test.each([
  ['SQLITE_FULL', 30], ['SQLITE_READONLY_DBMOVED', 30], ['SQLITE_IOERR_WRITE', 30], ['SQLITE_CORRUPT', 30], ['SQLITE_NOTADB', 30],
  ['SQLITE_BUSY', 1], ['SQLITE_BUSY_SNAPSHOT', 1], ['SQLITE_LOCKED', 1],
])('%s: 503, wait %i s, and no word of it to the caller', (code, seconds) => {
  const cause = new Error('Failed to run the query', { cause: sqlite(code) });
  const problem = storeProblem(cause);
  expect(problem).toMatchObject({ code: 'store_unavailable', status: 503, retryAfter: seconds, cause });
  expect(problem?.message).not.toMatch(/sqlite|query/i);
});

test.each([sqlite('SQLITE_CONSTRAINT_UNIQUE'), sqlite('SQLITE_ERROR'), sqlite('ECONNREFUSED'), new Error('x'), 'SQLITE_FULL', undefined])('%s is no fault of the store', (error) => {
  expect(storeProblem(error)).toBeUndefined();
});
