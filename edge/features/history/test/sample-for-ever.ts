import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../../drivers/store/open-store.js';
import { systemClock } from '../../../kernel/clock.js';
import { createLog } from '../../../kernel/log.js';
import { createSamples } from '../samples.js';
import { createSampleStore } from '../store.js';

/** A process that samples without end and says of each point what it is: `name time`. Its argument is the database's file. */
const store = await openStore(`sqlite:${process.argv[2]}`);
const samples = createSamples({ rows: createSampleStore(store), clock: systemClock, log: createLog({ level: 'silent' }) });
for (let count = 0; ; count += 1) {
  const lines: string[] = [];
  for (let at = 0; at < 5; at += 1) {
    const name = `s${process.pid}.${count}.${at}`;
    const time = Date.now();
    samples.add({ tenant: `t${process.pid}`, name }, { time, value: time });
    lines.push(`${name} ${time}\n`);
  }
  process.stdout.write(lines.join(''));
  await sleep(20);
}
