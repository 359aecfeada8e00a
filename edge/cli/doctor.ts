import { accessSync, closeSync, constants, existsSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSettings, SettingsError } from '../config.js';
import { databaseUrlOf, fernetKeysOf } from '../config/environment.js';
import { packageInfo } from '../config/package.js';
import { createVault } from '../drivers/fernet/vault.js';
import { brokerOf } from '../drivers/mqtt/client.js';
import { probeMqtt } from '../drivers/mqtt/probe.js';
import { shownAddress } from '../drivers/redis/address.js';
import { probeRedis } from '../drivers/redis/probe.js';
import { isUpToDate } from '../drivers/store/migrate.js';
import { openReadStore, type ReadStore } from '../drivers/store/read-store.js';
import { holdsSecrets, unopenedSecrets } from '../drivers/store/sealed-rows.js';
import { sqliteFile } from '../drivers/store/sqlite-file.js';
import type { Settings } from '../kernel/settings.js';
import type { Command, CommandIo } from './command.js';
import { notifiers } from './doctor-notifiers.js';
import { sources } from './doctor-sources.js';
import type { Finding } from './finding.js';
import { sealedName } from './sealed-name.js';

interface Peer {
  name: string;
  use: string;
  /** Without it `serve` does not start. */
  needed: boolean;
}

const PEERS: readonly Peer[] = [
  { name: 'better-sqlite3', use: 'the database', needed: true },
  { name: 'undici', use: 'calls to modules and external APIs', needed: true },
  { name: 'ws', use: 'live updates by WebSocket', needed: true },
  { name: 'swagger-ui-dist', use: 'the page /docs', needed: false },
];

/** Those that only some settings need; the others are not asked for. */
function peersOf({ mqtt, environment, notifiers: all }: Settings): Peer[] {
  const types = new Set(all.map(({ type }) => type));
  return [
    ...(mqtt === undefined ? [] : [{ name: 'mqtt', use: 'values from an MQTT broker', needed: true }]),
    ...(environment.redisUrl === undefined ? [] : [{ name: 'ioredis', use: 'several edges on one Redis', needed: true }]),
    ...(types.has('email') ? [{ name: 'nodemailer', use: 'mails about alerts', needed: true }, { name: 'pngjs', use: 'pictures in mails', needed: false }] : []),
    ...(types.has('push') ? [{ name: 'web-push', use: 'messages to browsers', needed: true }] : []),
  ];
}

/** Rows that are named; what is more is counted. */
const MOST_NAMED = 10;

export const doctorCommand: Command = {
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { config: { type: 'string' } } });
    const findings: Finding[] = [nodeVersion(), browserFiles(), ...(await Promise.all(PEERS.map(peer)))];
    const { settings, finding } = await settingsOf(values.config, io.env);
    if (settings !== undefined) findings.push(...(await Promise.all(peersOf(settings).map(peer))));
    findings.push(...finding, ...(await store(io.env)));
    if (settings !== undefined) findings.push(...(await Promise.all([sources(settings), notifiers(settings), broker(settings), redis(settings)])).flat());
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

async function peer({ name, use, needed }: Peer): Promise<Finding> {
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
    const found: Finding = { state: 'ok', what: `settings: ${tenants.size} tenants, ${all.size} modules, ${widgets.length} widgets` };
    return { settings, finding: [found, ...(settings.warnings ?? []).map((what): Finding => ({ state: 'warn', what }))] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { finding: error.faults.map((fault) => ({ state: 'fail', what: fault })) };
  }
}

async function store(env: CommandIo['env']): Promise<Finding[]> {
  const url = databaseUrlOf(env);
  try {
    const file = sqliteFile(url);
    if (file === ':memory:') return [{ state: 'ok', what: `store: ${url} is made anew at each start` }];
    // Who only asks what is wrong gets no database made, and none changed: an edge of the version before may be at work with it.
    if (!existsSync(file)) return [notMade(url, dirname(resolve(file)))];
    let current = false;
    const opened = await openReadStore(url, (db) => {
      current = isUpToDate(db);
    });
    try {
      const found: Finding = { state: 'ok', what: `store: ${url} opens and ${current ? 'is up to date' : 'is of an older CCM; serve and migrate bring it up to date'}` };
      return [found, ...notWritable(url, file), ...(current ? secretsIn(opened, url, env) : [])];
    } finally {
      opened.close();
    }
  } catch (error) {
    return [{ state: 'fail', what: `store: ${error instanceof Error ? error.message : String(error)}` }];
  }
}

function notMade(url: string, folder: string): Finding {
  try {
    accessSync(folder, constants.W_OK);
    return { state: 'ok', what: `store: ${url} is not there yet; serve makes it` };
  } catch {
    return { state: 'fail', what: `store: ${url} is not there, and cannot be made in ${folder}`, advice: 'Make that folder, let the edge write into it, or name another file in CCM_DATABASE_URL.' };
  }
}

/** The folder too: SQLite's log lies beside the file. */
function notWritable(url: string, file: string): Finding[] {
  const folder = dirname(resolve(file));
  let path = file;
  try {
    closeSync(openSync(file, 'r+'));
    path = folder;
    accessSync(folder, constants.W_OK);
    return [];
  } catch {
    return [{ state: 'fail', what: `store: ${url} cannot be changed: this user may not write ${path}`, advice: 'Let the edge write the file and its folder: else each change is refused.' }];
  }
}

/** Whether what is sealed in the store can be opened. Names are told, never a value. */
function secretsIn(opened: ReadStore, url: string, env: CommandIo['env']): Finding[] {
  if (!holdsSecrets(opened)) return [];
  if (!env['CCM_FERNET_KEYS']) {
    return [{ state: 'fail', what: `store: ${url} holds secrets, and CCM_FERNET_KEYS is missing`, advice: 'Set the key that they were saved with: serve does not start without it.' }];
  }
  const unopened = unopenedSecrets(opened, createVault(fernetKeysOf(env)));
  if (unopened.length === 0) return [];
  const more = unopened.length > MOST_NAMED ? `, and ${unopened.length - MOST_NAMED} more` : '';
  return [{
    state: 'warn',
    what: `store: ${unopened.length} secrets that no key of CCM_FERNET_KEYS opens: ${unopened.slice(0, MOST_NAMED).map(sealedName).join('; ')}${more}`,
    advice: 'Put the key that they were saved with behind the others, or have them saved again.',
  }];
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
