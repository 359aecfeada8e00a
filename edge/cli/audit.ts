import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { databaseUrlOf } from '../config/environment.js';
import { assertTrail, openReadStore } from '../drivers/store/read-store.js';
import { createKeyStore } from '../drivers/store/signing-keys.js';
import { AUDIT_KEY } from '../features/audit/checkpoints.js';
import { headsIn, statedIn } from '../features/audit/heads.js';
import { createTrailReader } from '../features/audit/store.js';
import { verifyTrail } from '../features/audit/verify.js';
import { createStatementVerifier } from '../gate/statements.js';
import { systemClock } from '../kernel/clock.js';
import { UsageError, type Command } from './command.js';
import { printable } from './printable.js';

/** Milliseconds between two lines of progress. */
const PROGRESS = 1_000;

export const auditCommand: Command = {
  async run(args, { env, out, err }) {
    const { positionals, values } = parseArgs({ args: [...args], options: { head: { type: 'string' } }, allowPositionals: true });
    if (positionals.length !== 1 || positionals[0] !== 'verify') throw new UsageError('the only thing to do is verify');
    const heads = values.head === undefined ? [] : headsOf(values.head);

    const store = await openReadStore(databaseUrlOf(env), assertTrail);
    try {
      let shownAt = performance.now();
      const { rows, checkpoints, head, faults } = await verifyTrail({
        trail: createTrailReader(store),
        verifier: await createStatementVerifier(createKeyStore(store, systemClock), AUDIT_KEY),
        heads,
        onProgress(done, of) {
          if (performance.now() - shownAt < PROGRESS) return;
          shownAt = performance.now();
          out(`${done} of ${of} rows`);
        },
      });
      for (const { kind, seq, detail } of faults) err(`row ${seq}: ${kind}: ${printable(detail)}`);
      const looked = `${rows} rows, ${checkpoints} signed checkpoints${heads.length > 0 ? `, ${heads.length} heads from outside` : ''}`;
      if (faults.length === 0) out(`The trail is whole: ${looked}; its head is row ${head.seq}, ${head.hash}.`);
      else err(`The trail is not whole. Good up to row ${rows}: ${looked}.`);
      return faults.length === 0 ? 0 : 1;
    } finally {
      store.close();
    }
  },
};

function headsOf(given: string): string[] {
  const heads = headsIn(existsSync(given) ? readFileSync(given, 'utf8') : given).filter((jws) => statedIn(jws) !== undefined);
  if (heads.length === 0) throw new UsageError(`--head ${printable(given.slice(0, 100))}: is neither a signed head nor a file that has one in it`);
  return heads;
}
