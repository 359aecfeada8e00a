import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compose } from './compose.js';
import { loadSettings } from './config.js';
import { createLog } from './kernel/log.js';
import type { Settings } from './kernel/settings.js';
import { SECRET } from './test/whole-edge.js';

it('an edge that fails late holds on to nothing: the store is closed, no timer writes, and the next start is as ever', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ccm-compose-'));
  const file = join(folder, 'ccm.db');
  try {
    const settings = await loadSettings({ settings: { tenants: { acme: {} } }, env: { CCM_JWT_SECRET: SECRET, CCM_DATABASE_URL: `sqlite:${file}` } });
    const log = createLog({ level: 'silent' });
    const broken: Settings = Object.defineProperty({ ...settings }, 'grants', {
      get: () => {
        // The last connection takes the log of the database with it when it closes.
        expect(existsSync(`${file}-wal`)).toBe(true);
        throw new Error('late');
      },
    });
    await expect(compose(broken, { log })).rejects.toThrow('late');
    expect([existsSync(file), existsSync(`${file}-wal`)]).toEqual([true, false]);

    const edge = await compose(settings, { log });
    expect((await edge.app.request('/healthz')).status).toBe(200);
    await edge.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
