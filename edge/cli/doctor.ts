import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadSettings, SettingsError } from '../config.js';
import { databaseUrlOf } from '../config/environment.js';
import { packageInfo } from '../config/package.js';
import { createHttpClient } from '../drivers/http/client.js';
import { brokerOf } from '../drivers/mqtt/client.js';
import { probeMqtt } from '../drivers/mqtt/probe.js';
import { shownAddress } from '../drivers/redis/address.js';
import { probeRedis } from '../drivers/redis/probe.js';
import { openStore } from '../drivers/store/open-store.js';
import { holdsSecrets } from '../drivers/store/sealed-rows.js';
import { asProblem } from '../kernel/problems.js';
import type { Settings } from '../kernel/settings.js';
import type { Command, CommandIo } from './command.js';

/** One thing that was looked at. `advice`: what to do about it. */
interface Finding {
  state: 'ok' | 'warn' | 'fail';
  what: string;
  advice?: string;
}

const PEERS = [
  { name: 'better-sqlite3', use: 'the database', needed: true },
  { name: 'undici', use: 'calls to modules and external APIs', needed: true },
  { name: 'ws', use: 'live updates by WebSocket', needed: true },
  { name: 'swagger-ui-dist', use: 'the page /docs', needed: false },
  { name: 'mqtt', use: 'values from an MQTT broker', needed: false },
  { name: 'ioredis', use: 'several edges on one Redis', needed: false },
];

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'looks whether all that serve needs is there, and says what to do about what is not',
  usage: 'ccm doctor [--config ccm.config.json]',
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { config: { type: 'string' } } });
    const findings: Finding[] = [nodeVersion(), browserFiles(), ...(await Promise.all(PEERS.map(peer)))];
    const { settings, finding } = await settingsOf(values.config, io.env);
    findings.push(...finding, await store(io.env));
    if (settings !== undefined) findings.push(...(await modules(settings)), ...(await broker(settings)), ...(await redis(settings)));
    for (const { state, what, advice } of findings) {
      io.out(`${state.padEnd(4)}  ${what}`);
      if (advice !== undefined) io.out(`      ${advice}`);
    }
    return findings.some(({ state }) => state === 'fail') ? 1 : 0;
  },
};

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const what = `Node ${process.versions.node}`;
  if (major > 20 || (major === 20 && minor >= 19)) return { state: 'ok', what };
  return { state: 'fail', what, advice: 'CCM needs Node 20.19 or newer.' };
}

function browserFiles(): Finding {
  const { browserFolder, version } = packageInfo();
  if (existsSync(`${browserFolder}/ccm.js`)) return { state: 'ok', what: `CCM ${version} with its browser files` };
  return { state: 'warn', what: `CCM ${version} without its browser files`, advice: '/ccm.js will be 404 until npm run build has made them.' };
}

async function peer({ name, use, needed }: (typeof PEERS)[number]): Promise<Finding> {
  try {
    await import(name);
    return { state: 'ok', what: `${name} (${use})` };
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    return {
      state: needed ? 'fail' : 'warn',
      what: `${name} (${use}): ${missing ? 'is not installed' : `cannot be loaded: ${String(error)}`}`,
      advice: missing ? `npm install ${name}` : `npm rebuild ${name}`,
    };
  }
}

async function settingsOf(file: string | undefined, env: CommandIo['env']): Promise<{ settings?: Settings; finding: Finding[] }> {
  try {
    const settings = await loadSettings({ ...(file !== undefined && { file }), env });
    const { tenants, modules: all, widgets } = settings;
    return { settings, finding: [{ state: 'ok', what: `settings: ${tenants.size} tenants, ${all.size} modules, ${widgets.length} widgets` }] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { finding: error.faults.map((fault) => ({ state: 'fail', what: fault })) };
  }
}

async function store(env: CommandIo['env']): Promise<Finding> {
  const url = databaseUrlOf(env);
  try {
    const opened = await openStore(url);
    opened.check();
    const secrets = holdsSecrets(opened);
    opened.close();
    if (secrets && !env['CCM_FERNET_KEYS']) {
      return { state: 'fail', what: `store: ${url} holds secrets, and CCM_FERNET_KEYS is missing`, advice: 'Set the key that they were saved with: serve does not start without it.' };
    }
    return { state: 'ok', what: `store: ${url} opens and is up to date` };
  } catch (error) {
    return { state: 'fail', what: `store: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function redis({ environment: { redisUrl } }: Settings): Promise<Finding[]> {
  if (redisUrl === undefined) return [];
  const name = `redis: ${shownAddress(redisUrl)}`;
  const advice = 'Is CCM_REDIS_URL right, with its password? Without Redis the edge runs, but shares nothing with others.';
  try {
    const { why, milliseconds } = await probeRedis(redisUrl);
    return [why === undefined ? { state: 'ok', what: `${name} answers in ${milliseconds} ms` } : { state: 'fail', what: `${name}: ${why}`, advice }];
  } catch (error) {
    return [{ state: 'fail', what: `${name}: ${error instanceof Error ? error.message : String(error)}` }];
  }
}

async function broker({ mqtt }: Settings): Promise<Finding[]> {
  if (mqtt === undefined) return [];
  const name = `mqtt: ${brokerOf(mqtt)}`;
  try {
    const why = await probeMqtt(mqtt, 5_000);
    if (why === undefined) return [{ state: 'ok', what: `${name} lets the edge in; topics under mqtt.topics: ${mqtt.topics.length}` }];
    return [{ state: 'fail', what: `${name} is not reached: ${why}`, advice: 'Is the address under mqtt.url right, and do username and password stand in the settings?' }];
  } catch (error) {
    return [{ state: 'fail', what: `${name}: ${error instanceof Error ? error.message : String(error)}` }];
  }
}

async function modules({ modules: all, environment }: Settings): Promise<Finding[]> {
  const http = createHttpClient({ allowPrivateHosts: [...environment.allowPrivateHosts] });
  try {
    return await Promise.all([...all.values()].map(async ({ name, url }): Promise<Finding> => {
      try {
        const { elapsed } = await http.json({ base: url, path: '/health', deadline: 5_000, maxBytes: 64 * 1024 });
        return { state: 'ok', what: `module ${name}: ${url.href} answers in ${Math.round(elapsed)} ms` };
      } catch (error) {
        return {
          state: 'fail',
          what: `module ${name}: ${asProblem(error).message}`,
          advice: `${new URL('/health', url).href} must answer; a private host must be in CCM_ALLOW_PRIVATE_HOSTS.`,
        };
      }
    }));
  } finally {
    await http.close();
  }
}
