import { setTimeout as sleep } from 'node:timers/promises';
import { createKeyStore } from '../../../drivers/store/signing-keys.js';
import { openStore } from '../../../drivers/store/open-store.js';
import { createStatementSigner } from '../../../gate/statements.js';
import { systemClock } from '../../../kernel/clock.js';
import { createLog } from '../../../kernel/log.js';
import { createMetrics } from '../../../kernel/metrics.js';
import { createAudit } from '../audit.js';
import { AUDIT_KEY } from '../checkpoints.js';

/**
 * Run as a process of its own: `append.ts URL NAME LOOPS ROWS`. Each of so many loops records so many rows one after the other
 * (0: until it is killed) and says the target of each, a line, once it stands. Without an end it waits after each as long as
 * that took: on a slow disk others would otherwise find the database locked all the time.
 */
const [url = '', name = '', loops = '1', most = '0'] = process.argv.slice(2);
const store = await openStore(url);
const keys = createKeyStore(store, systemClock);
const { audit } = createAudit({
  store, signer: await createStatementSigner(keys, AUDIT_KEY), clock: systemClock, log: createLog({ level: 'silent' }), metrics: createMetrics(),
});
process.stdout.write('open\n');
await Promise.all(Array.from({ length: Number(loops) }, async (_, loop) => {
  for (let row = 0; Number(most) === 0 || row < Number(most); row += 1) {
    const target = `${name}-${loop}-${row}`;
    const begun = performance.now();
    await audit.record({ tenant: 'acme', user: `user-${loop}`, action: 'external.call', target, outcome: 'ok' });
    process.stdout.write(`${target}\n`);
    if (Number(most) === 0) await sleep(performance.now() - begun);
  }
}));
await audit.close();
store.close();
