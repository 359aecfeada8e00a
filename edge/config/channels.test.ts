import { describe, expect, it } from 'vitest';
import { loadSettings, SettingsError, type SettingsFile } from '../config.js';

const HALL = 'Qm7-hall_4Tz9Lw2Xc6Vb1Nd8Ks3Jf5Gp0';
const env = { CCM_JWT_SECRET: 'f7Kq2-wZs9_Lr4Tn8Xb1Vd6Hc3Jm5Pg0Qy', HALL, OTHER: 'Rw3-globex_8Yh2Bv6Mk1Zc9Xt4Lq7Dn5Fs', WEAK: 'short', BROKER: 'broker-password' };
const base = { tenants: { acme: {}, globex: {} } };
const hall = { secret: { env: 'HALL' }, tenant: 'acme' };
const load = (more: Partial<SettingsFile>) => loadSettings({ settings: { ...base, ...more }, env });

async function faults(more: unknown): Promise<readonly string[]> {
  try {
    await load(more as Partial<SettingsFile>);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

describe('ingest', () => {
  it('is a secret a channel, or one a tenant', async () => {
    const { ingest, mqtt } = await load({ ingest: { hall: [hall, { secret: { env: 'OTHER' }, tenant: 'globex' }], yard: hall } });
    expect(ingest).toEqual([
      { channel: 'hall', tenant: 'acme', secret: HALL }, { channel: 'hall', tenant: 'globex', secret: env.OTHER }, { channel: 'yard', tenant: 'acme', secret: HALL },
    ]);
    expect(mqtt).toBeUndefined();
    expect((await load({})).ingest).toEqual([]);
  });

  it.each<[unknown, RegExp]>([
    [{ Hall: hall }, /ingest.*must be a channel's name/], [{ hall: { ...hall, tenant: 'nobody' } }, /ingest\.hall\.tenant: nobody is not under tenants/],
    [{ hall: [hall, hall] }, /ingest\.hall\[1\]\.tenant: acme is there twice/], [{ hall: { ...hall, secret: 'in the file' } }, /ingest\.hall\.secret: must be \{"env": "NAME"\}/],
    [{ hall: [hall, { ...hall, tenant: 'globex' }] }, /ingest\.hall\[1\]\.secret: HALL is another tenant's secret/],
    [{ hall: { ...hall, secret: { env: 'WEAK' } } }, /ingest\.hall\.secret: WEAK has 5 bytes/], [{ hall: { ...hall, secret: { env: 'NONE' } } }, /NONE is not set/],
    [{ hall: { secret: { env: 'HALL' } } }, /ingest\.hall\.tenant: is required/], [{ hall: { ...hall, rate: 5 } }, /ingest\.hall\.rate/], [{ hall: [] }, /ingest\.hall/],
  ])('%j is refused', async (ingest, words) => {
    expect((await faults({ ingest })).join('\n')).toMatch(words);
  });
});

describe('mqtt', () => {
  const topics = { 'plant/+/temperature': { tenant: 'acme' } };

  it('comes with its password read', async () => {
    const { mqtt } = await load({ mqtt: { url: 'mqtts://broker.example:8883', username: 'edge', password: { env: 'BROKER' }, topics: { ...topics, 'X/y': { tenant: 'globex', channel: 'y' } } } });
    expect(mqtt).toEqual({
      url: new URL('mqtts://broker.example:8883'), username: 'edge', password: 'broker-password',
      topics: [{ filter: 'plant/+/temperature', tenant: 'acme' }, { filter: 'X/y', tenant: 'globex', channel: 'y' }],
    });
  });

  it.each<[unknown, RegExp]>([
    [{ url: 'http://broker', topics }, /mqtt\.url: must be an mqtt, mqtts, ws or wss URL/], [{ url: 'mqtt://edge:secret@broker', topics }, /mqtt\.url: must have no user or password/],
    [{ url: 'mqtt://broker', topics: {} }, /mqtt\.topics: must name one topic or more/], [{ url: 'mqtt://broker', topics: { 'a/#/b': { tenant: 'acme' } } }, /must have # only at its end/],
    [{ url: 'mqtt://broker', topics: { a: { tenant: 'nobody' } } }, /mqtt\.topics\.a\.tenant: nobody is not under tenants/],
    [{ url: 'mqtt://broker', topics: { 'a b': { tenant: 'acme' } } }, /channel: is required: the topic makes no name of a channel/],
    [{ url: 'mqtt://broker', topics: { a: { tenant: 'acme', channel: 'A' } } }, /must be a channel's name/],
    [{ url: 'mqtt://broker', password: { env: 'BROKER' }, topics }, /mqtt\.username: is required where there is a password/],
  ])('%j is refused', async (mqtt, words) => {
    const told = (await faults({ mqtt })).join('\n');
    expect(told).toMatch(words);
    expect(told).not.toContain('secret@');
  });
});

describe('a widget of a channel', () => {
  const widget = (channel: string) => ({
    id: 'w', title: 'W', type: 'stat' as const, size: 'small' as const, dataSource: { type: 'push' as const, channel }, statConfig: { primaryValue: 'value' }, permissions: [], roles: [],
  });
  const more = { ingest: { hall }, mqtt: { url: 'mqtt://broker', topics: { 'plant/+/temperature': { tenant: 'acme' } } } };

  it.each(['hall', 'plant-7-temperature'])('%s is fine', async (channel) => {
    expect(await faults({ ...more, widgets: [widget(channel)] })).toEqual([]);
  });

  it.each([['attic', /dataSource\.channel: attic is not under ingest, and no topic of mqtt leads to it/], ['Hall', /dataSource\.channel: must be 1 to 100 lower case/]])('%s is refused', async (channel, words) => {
    expect((await faults({ ...more, widgets: [widget(channel)] })).join('\n')).toMatch(words);
  });
});
