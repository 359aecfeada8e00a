import { openStore } from '../../../drivers/store/open-store.js';
import { createMemoryLimiter } from '../../../drivers/memory/limiter.js';
import { createLog } from '../../../kernel/log.js';
import type { Settings } from '../../../kernel/settings.js';
import { frontDoor, testClock, type Asked } from '../../test/front-door.js';
import { createChannels } from '../channels.js';
import { ingestRoutes } from '../routes.js';
import { createIngest } from '../service.js';
import { createChannelStore } from '../store.js';

export const HALL = 'Qm7-hall_4Tz9Lw2Xc6Vb1Nd8Ks3Jf5Gp0';
export const GLOBEX_HALL = 'Rw3-globex_8Yh2Bv6Mk1Zc9Xt4Lq7Dn5Fs';
export const YARD = 'Ub5-yard_1Kp8Sg3Wf7Cj2Ra9Ev6Ho4Ty0i';

/** `acme` has the channels `hall` and `yard`, `globex` has one that is called `hall` too. */
export const SETTINGS: Pick<Settings, 'tenants' | 'ingest' | 'mqtt'> = {
  tenants: new Map(['acme', 'globex'].map((id) => [id, { id, name: id, timeZone: 'UTC', currency: 'EUR' }])),
  ingest: [
    { channel: 'hall', tenant: 'acme', secret: HALL }, { channel: 'hall', tenant: 'globex', secret: GLOBEX_HALL },
    { channel: 'yard', tenant: 'acme', secret: YARD },
  ],
};

/** The route with all behind it, and no gate but its error handling and body limit. */
export async function openIntake({ rate }: { rate?: number } = {}) {
  const clock = testClock();
  const log: string[] = [];
  const logger = createLog({ destination: { write: (line) => void log.push(line) } });
  const store = await openStore('sqlite::memory:');
  const channels = createChannels({ settings: SETTINGS, rows: createChannelStore(store), clock, log: logger });
  const ingest = createIngest({ ingest: SETTINGS.ingest, channels, limiter: createMemoryLimiter(), clock, ...(rate !== undefined && { rate }) });
  const counted: string[] = [];
  const routes = ingestRoutes({ ingest, metrics: { ingested: (carrier, count, outcome = 'taken') => void counted.push(`${carrier} ${count} ${outcome}`) } });
  const door = frontDoor({}, routes);
  return {
    clock, store, channels, log, counted,
    post: (secret: string, channel: string, body: unknown, headers?: Record<string, string>): Promise<Asked> =>
      door.as(secret)('POST', `/ingest/${channel}`, body, headers),
    close() {
      channels.close();
      store.close();
    },
  };
}

export type Intake = Awaited<ReturnType<typeof openIntake>>;
