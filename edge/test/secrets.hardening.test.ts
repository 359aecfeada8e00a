/** HAZARDS 5: a secret is given to a whole edge, used and misused, and looked for in everything that comes out. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Edge } from '../compose.js';
import { SERVICE_ACCOUNT } from '../features/credentials/test/service-account.js';
import { createLog } from '../kernel/log.js';
import { tokenOf, upstream, wholeEdge, type Upstream } from './whole-edge.js';

const MARKER = `MARKER${randomBytes(9).toString('hex')}`;
/** A secret that ends with something that may be shown. */
const secret = (more = ''): string => `${MARKER}${more}-shown`;
const ACCOUNT = JSON.stringify({ ...JSON.parse(SERVICE_ACCOUNT) as object, project_id: MARKER });

const FORMS: Record<string, Record<string, unknown>> = {
  'bearer-it': { apiName: 'shop', authType: 'bearer', apiKey: secret() },
  'header-it': { apiName: 'keyed', authType: 'api_key', apiKey: secret(), headerName: 'X-Api-Key' },
  'query-it': { apiName: 'queried', authType: 'api_key', apiKey: secret(), queryName: 'api_key' },
  'basic-it': { apiName: 'basic', authType: 'basic', username: 'user', password: secret() },
  'oauth-it': { apiName: 'signed', authType: 'oauth2', clientId: 'id', clientSecret: secret(), refreshToken: secret('r'), accessToken: secret('a') },
  'account-it': { apiName: 'serviced', authType: 'service_account', json: ACCOUNT },
};
const APIS = ['shop', 'keyed', 'queried', 'basic'];

let folder: string;
let service: Upstream;
let edge: Edge;
let url: string;
let token: string;
let lines = '';
/** Everything that came out, by where. */
const out: { where: string; text: string }[] = [];
/** How the other side was called. */
const calls: { authorization?: string; key?: string; url: string }[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ccm-secrets-'));
  service = await upstream((request, response) => {
    const { authorization, 'x-api-key': key } = request.headers;
    const said = { ...(authorization !== undefined && { authorization }), ...(key !== undefined && { key: String(key) }), url: request.url ?? '' };
    if (request.url === '/health') return void response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"status":"ok"}');
    calls.push(said);
    // The rude ones say the secret back, in all that an error can have.
    if (request.url?.startsWith('/rude')) response.writeHead(401, JSON.stringify(said).slice(0, 60).replaceAll(/[^\w ]/g, ''), { 'Content-Type': 'text/html', 'X-Said': JSON.stringify(said) }).end(JSON.stringify(said));
    else if (request.url?.startsWith('/odd')) response.writeHead(200, { 'Content-Type': 'application/json' }).end(`{"broken": ${JSON.stringify(said)}`);
    else if (request.url?.startsWith('/away')) response.writeHead(302, { Location: `http://127.0.0.1:1/?${MARKER}` }).end();
    else response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"total":7}');
  });
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines += String(chunk);
      done();
    },
  });
  const widget = (id: string, apiName: string, endpoint: string) => ({
    id, title: id, type: 'stat' as const, size: 'small' as const, dataSource: { type: 'external_api' as const, apiName, endpoint },
    statConfig: { primaryValue: 'total' }, permissions: [], roles: [],
  });
  const baseUrl = service.url;
  const none = { env: 'NO_SECRET' };
  edge = await wholeEdge({
    module: service.url,
    log: createLog({ level: 'trace', destination }),
    env: { CCM_DATABASE_URL: `sqlite:${join(folder, 'ccm.db')}`, NO_SECRET: 'of the settings' },
    settings: {
      connectors: {
        shop: { baseUrl },
        keyed: { baseUrl, auth: { kind: 'api_key', secret: none, headerName: 'X-Api-Key' } },
        queried: { baseUrl, auth: { kind: 'api_key', secret: none, queryName: 'api_key' } },
        basic: { baseUrl, auth: { kind: 'basic', username: 'x', password: none } },
        signed: { baseUrl },
        serviced: { baseUrl },
      },
      widgets: APIS.flatMap((api) => ['ok', 'rude', 'odd', 'away'].map((way) => widget(`${api}-${way}`, api, `/${way}`))),
      presets: {},
    },
  });
  ({ url } = await edge.listen({ port: 0, host: '127.0.0.1' }));
  token = await tokenOf();
});
afterAll(async () => {
  await edge.close();
  await service.close();
  rmSync(folder, { recursive: true });
});

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const response = await fetch(url + path, {
    method, headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  out.push({ where: `${method} ${path}`, text: `${JSON.stringify([...response.headers])}\n${text}` });
  return { status: response.status, text };
}

/** The spellings in which a secret might come out. */
function spellings(): string[] {
  const inBase64 = [0, 1, 2].map((shift) => Buffer.from(`${'x'.repeat(shift)}${MARKER}`).toString('base64').slice(4, -6));
  return [MARKER, MARKER.toLowerCase(), encodeURIComponent(MARKER), Buffer.from(MARKER).toString('hex'), MARKER.slice(0, 14), ...inBase64];
}
function expectClean(where: string, text: string): void {
  for (const spelling of spellings()) expect(text.includes(spelling), `${where}: ${spelling}`).toBe(false);
}

describe('Secret shown', () => {
  it('no answer of the credentials has it, whatever is wrong with what was sent', async () => {
    for (const [name, form] of Object.entries(FORMS)) {
      const made = await ask('PUT', `/api/v1/credentials/${name}`, form);
      expect(made.status, made.text).toBe(201);
      expect((await ask('PUT', `/api/v1/credentials/${name}`, form)).status).toBe(200);
      for (const field of Object.keys(form)) {
        for (const wrong of [`${String(form[field])}\n`, { of: MARKER }, [MARKER], `${MARKER}:${MARKER} `]) {
          await ask('PUT', '/api/v1/credentials/wrong', { ...form, [field]: wrong });
        }
      }
      await ask('PUT', '/api/v1/credentials/wrong', { ...form, note: MARKER });
      await ask('PUT', '/api/v1/credentials/wrong', JSON.stringify(form).slice(0, -4));
      await ask('PUT', '/api/v1/credentials/wrong', JSON.stringify(form), { 'content-type': 'text/plain' });
      await ask('PUT', '/api/v1/credentials/wrong', { ...form, big: MARKER.repeat(2_000) });
      await ask('PUT', '/api/v1/credentials/-wrong', form);
      await ask('PUT', `/api/v1/credentials/shared-${name}`, { ...form, shared: true });
    }
    await ask('PUT', '/api/v1/credentials/wrong', { apiName: 'shop', authType: 'service_account', json: ACCOUNT.replace('PRIVATE KEY', MARKER) });
    // Some of what was odd is a password that somebody may have.
    await ask('DELETE', '/api/v1/credentials/wrong');
    const { text } = await ask('GET', '/api/v1/credentials');
    expect(text).toContain('"last4":"hown"');
    expect((JSON.parse(text) as { items: unknown[] }).items).toHaveLength(12);
    await ask('DELETE', '/api/v1/credentials/oauth-it');
  });

  it('it is used: the other side gets it', async () => {
    await ask('POST', '/api/v1/widgets/data', { define: true, widgets: APIS.map((api) => ({ id: `${api}-ok` })) });
    expect(calls.filter((call) => JSON.stringify(call).includes(MARKER)).length).toBeGreaterThanOrEqual(3);
    expect(calls.map(({ authorization }) => authorization)).toContain(`Bearer ${secret()}`);
  });

  it('no answer that was made with it has it, also where the other side says it back', async () => {
    for (const api of APIS) {
      for (const way of ['ok', 'rude', 'odd', 'away']) {
        await ask('GET', `/api/v1/widgets/${api}-${way}`);
        await ask('GET', `/api/v1/widgets/${api}-${way}/data`);
        await ask('POST', '/api/v1/external-api/proxy', { apiName: api, endpoint: `/${way}` });
        for (const form of Object.values(FORMS)) await ask('POST', '/api/v1/external-api/test', { ...form, apiName: api, endpoint: `/${way}` });
      }
    }
    await ask('POST', '/api/v1/external-api/proxy', { apiName: 'shop', endpoint: '/ok', credentials: secret() });
    await ask('POST', '/api/v1/widgets/data', { widgets: APIS.flatMap((api) => ['ok', 'rude', 'odd', 'away'].map((way) => ({ id: `${api}-${way}` }))) });
    for (const path of [
      '/api/v1/external-api/connectors', '/api/v1/widgets', '/api/v1/audit', '/metrics', '/openapi.json', '/readyz', '/healthz',
      ...['api_usage', 'error_logs', 'user_activity', 'db_performance', 'api_performance', 'health_overview'].map((metric) => `/api/v1/system/metrics?metric=${metric}`),
    ]) {
      expect((await ask('GET', path)).status, path).toBe(200);
    }
  });

  it('no frame has it, by WebSocket or as events', async () => {
    const ids = APIS.flatMap((api) => ['ok', 'rude', 'odd', 'away'].map((way) => `${api}-${way}`));
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/ws/dashboard`);
    const frames: string[] = [];
    socket.on('message', (data) => frames.push(String(data as Buffer)));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ action: 'auth', token }));
    socket.send(JSON.stringify({ action: 'subscribe', widgets: ids }));
    socket.send(JSON.stringify({ action: 'subscribe', widgets: [{ id: MARKER, params: { a: MARKER } }] }));
    socket.send(JSON.stringify({ action: 'refresh', widgets: ids }));
    await vi.waitFor(() => expect(new Set(frames.map((frame) => (JSON.parse(frame) as { widget_id?: string }).widget_id)).size).toBeGreaterThan(ids.length), 8_000);
    socket.terminate();
    // What the page itself asked for by that name is said back to it, as the one that it may not see.
    out.push(...frames.filter((frame) => !frame.includes('"subscribed"')).map((text) => ({ where: 'frame', text })));

    const { ticket } = JSON.parse((await ask('POST', '/api/v1/stream/tickets')).text) as { ticket: string };
    const stop = new AbortController();
    const stream = await fetch(`${url}/api/v1/stream?widgets=${ids.join(',')}&ticket=${ticket}`, { signal: stop.signal });
    let events = '';
    const reading = (async () => {
      for await (const chunk of stream.body!) events += Buffer.from(chunk as Uint8Array).toString();
    })().catch(() => undefined);
    await vi.waitFor(() => expect(events.split('widget_id').length).toBeGreaterThan(ids.length), 8_000);
    stop.abort();
    await reading;
    out.push({ where: 'events', text: events });
  });

  it('all of that is clean, and so are the log, the trail and the bytes of the database', async () => {
    expect(out.length).toBeGreaterThan(200);
    for (const { where, text } of out) expectClean(where, text);
    // A log that says nothing would be clean too: the edge was told to say all.
    expect(lines.length).toBeGreaterThan(0);
    expectClean('log', lines);
    const trail = await vi.waitFor(async () => {
      const { text } = await ask('GET', '/api/v1/audit?limit=200');
      expect(text).toContain('credential.use');
      return text;
    });
    expect(trail).toContain('credential.set');
    expectClean('trail', trail);
    await edge.close();
    const files = readdirSync(folder).filter((name) => name.startsWith('ccm.db'));
    expect(files).toContain('ccm.db');
    for (const name of files) expectClean(name, readFileSync(join(folder, name)).toString('latin1'));
    expect(readFileSync(join(folder, 'ccm.db')).toString('latin1')).toContain('bearer-it');
  });
});
