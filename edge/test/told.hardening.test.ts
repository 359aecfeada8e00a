import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Edge } from '../compose.js';
import { createLog } from '../kernel/log.js';
import { MODULE_SECRET, tokenOf, upstream, wholeEdge, type Upstream } from './whole-edge.js';

type Line = Record<string, unknown>;

const HALL = 'Qm7-hall_4Tz9Lw2Xc6Vb1Nd8Ks3Jf5Gp0';
const OTHER = 'Rw3-globex_8Yh2Bv6Mk1Zc9Xt4Lq7Dn5Fs';
let service: Upstream;
let edge: Edge;
const lines: Line[] = [];
let text = '';

beforeAll(async () => {
  service = await upstream((_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
  edge = await wholeEdge({
    module: service.url,
    settings: { ingest: { hall: { secret: { env: 'HALL' }, tenant: 'acme' } } },
    env: { HALL, CCM_ALLOWED_ORIGINS: 'https://erp.example', CCM_ALOWED_ORIGINS: 'x' },
    log: createLog({ destination: { write: (line) => void (lines.push(JSON.parse(line) as Line), (text += line)) } }),
  });
});
afterAll(async () => {
  await edge.close();
  await service.close();
});
let before: number;
beforeEach(() => void (before = lines.length));
const told = () => lines.slice(before);

async function bodyOf(path: string, bearer: string, more: RequestInit = {}): Promise<string> {
  const response = await edge.app.request(`/api/v1${path}`, { ...more, headers: { 'authorization': `Bearer ${bearer}`, 'content-type': 'application/json' } });
  return `${response.status} ${(await response.text()).replace(/"requestId":"[^"]+"/, '')}`;
}

it('a variable that nobody reads is told at the start', () => {
  expect(lines.map(({ msg }) => msg)).toContain('CCM_ALOWED_ORIGINS: is no variable that CCM knows; did you mean CCM_ALLOWED_ORIGINS?');
});

it('an origin that is not listed is told once, whatever is in it, and that of the edge or of the list is not', async () => {
  const ask = (origin: string) => edge.app.request('http://edge.example/api/v1/widgets', { headers: { origin, host: 'edge.example' } });
  for (let round = 0; round < 3; round += 1) for (const origin of ['https://other.example', 'null', 'https://erp.example', 'https://edge.example']) await ask(origin);
  await edge.app.request('/api/v1/widgets', { method: 'OPTIONS', headers: { 'origin': 'https://"x\u001b[2J', 'access-control-request-method': 'GET' } });
  const warned = told().filter(({ level }) => level === 40).map(({ msg }) => String(msg));
  expect(warned.filter((msg) => msg.startsWith('origin "https://other.example" is not in CCM_ALLOWED_ORIGINS: '))).toHaveLength(1);
  expect(warned.filter((msg) => msg.startsWith('origin "null" is not in CCM_ALLOWED_ORIGINS: a page that was opened from a file'))).toHaveLength(1);
  expect(warned.join()).not.toMatch(/"https:\/\/(erp|edge)\.example"/);
  expect(text).not.toContain('\u001b');
});

it('Error oracle: why a token is refused stands in the log, and every answer is the same', async () => {
  const tokens = await Promise.all([
    tokenOf({}, OTHER), tokenOf({ exp: 1_000_000_000 }), tokenOf({ tenant: undefined }), tokenOf({ tenant: 'nobody' }), tokenOf({ iss: 'https://id.example', exp: 1_000_000_000 }),
  ]);
  const answers = [];
  for (let round = 0; round < 3; round += 1) for (const token of tokens) answers.push(await bodyOf('/widgets', token));
  expect(new Set(answers).size).toBe(1);
  expect(told().filter(({ msg }) => msg === 'a token was refused').map(({ why, issuer, tenant }) => [why, issuer, tenant])).toEqual([
    ['its signature does not fit the key of CCM_JWT_SECRET: it was signed with another one', undefined, undefined],
    ['it has expired', undefined, undefined],
    ['it has no claim tenant (claims in the settings names it)', undefined, undefined],
    ['its tenant (claim tenant) is not under tenants in the settings', undefined, 'nobody'],
    ['it has expired', 'https://id.example', undefined],
  ]);
  for (const token of tokens) expect(text).not.toContain(token.split('.')[1]);
});

it('a wrong secret and an unknown channel or module are one answer, and two lines of the log', async () => {
  const post = { method: 'POST', body: '{"data":1,"tenant":"acme"}' };
  expect(await bodyOf('/ingest/hall', OTHER, post)).toBe(await bodyOf('/ingest/wall', HALL, post));
  expect(await bodyOf('/modules/sales/events', OTHER, post)).toBe(await bodyOf('/modules/seles/events', MODULE_SECRET, post));
  expect(told().map(({ msg, why, channel, module }) => [msg, why, channel ?? module])).toEqual([
    ['what a device sent was refused', "its secret is none of the channel's own", 'hall'],
    ['what a device sent was refused', 'there is no such channel under ingest in the settings', 'wall'],
    ['what a module sent was refused', "its secret is not the module's own", 'sales'],
    ['what a module sent was refused', 'there is no module of that name', 'seles'],
  ]);
  for (const secret of [OTHER, HALL, MODULE_SECRET]) expect(text).not.toContain(secret);
});
