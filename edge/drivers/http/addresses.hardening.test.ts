/** HAZARDS 1: where an outgoing call may go. */
import { existsSync, readFileSync } from 'node:fs';
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpClient } from '../../kernel/http-client.js';
import { ProblemError } from '../../kernel/problems.js';
import { createAddressGuard } from './addresses.js';
import { createHttpClient } from './client.js';
import type { Resolve } from './connector.js';
import { targetOf } from './target.js';
import { REFUSED } from './test/refused.js';
import { startServer, type TestServer } from './test/server.js';

/** Must never be asked anything. */
let canary: TestServer;
/** Asked by name or address that the guard must judge. */
let strict: HttpClient;

beforeAll(async () => {
  canary = await startServer((_request, response) => response.end('{"canary":true}'));
  strict = createHttpClient({ allowPrivateHosts: [] });
});

afterAll(async () => {
  expect(canary.requests).toHaveLength(0);
  await Promise.all([strict.close(), canary.close()]);
});

const folder = process.env.CCM_TESTDATA === undefined ? undefined : join(process.env.CCM_TESTDATA, 'ssrf');
const read = (name: string): string => readFileSync(join(folder ?? '', name), 'utf8');
const isMissing = (name: string): boolean => folder === undefined || !existsSync(join(folder, name));

/** Answers each name in turn; what was answered last is answered on. */
function answering(...answers: LookupAddress[][]): Resolve & { asked: () => number } {
  let turn = 0;
  const resolve: Resolve = (_hostname, _options, done) => done(null, answers[Math.min(turn++, answers.length - 1)] ?? []);
  return Object.assign(resolve, { asked: () => turn });
}

const LOCAL: LookupAddress = { address: '127.0.0.1', family: 4 };
const PUBLIC: LookupAddress = { address: '93.184.216.34', family: 4 };

describe('Punycode / full-width hosts', () => {
  it.each([
    '①②⑦.⓪.⓪.①', '0x7f.1', '017700000001', '2130706433', '127。0。0。1', '127.1', '0177.0.0.1', '１２７．０．０．１', '0x7f000001', '127.0.0.1.', '%31%32%37.0.0.1',
    'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ', 'loc\u00adalhost', 'LOCALHOST', 'localhost.',
  ])('%s is judged by what it stands for, never by how it is written', async (host) => {
    const base = new URL(`http://${host}:${canary.port}`);
    expect(base.hostname).toMatch(/^(127\.0\.0\.1|localhost\.?)$/);
    const client = createHttpClient({ allowPrivateHosts: [], resolve: answering([LOCAL]) });
    await expect(client.json({ base, path: '/x', deadline: 2_000 })).rejects.toMatchObject(REFUSED);
    await client.close();
  });

  it('a list of allowed hosts holds one host, not those that look like it', async () => {
    const client = createHttpClient({ allowPrivateHosts: ['sales.internal'], resolve: answering([LOCAL]) });
    for (const host of ['sаles.internal', 'xn--sles-63d.internal', 'sales.internal.evil', 'evil-sales.internal', 'sales。internal.evil']) {
      await expect(client.json({ base: new URL(`http://${host}:${canary.port}`), path: '/x' }), host).rejects.toMatchObject(REFUSED);
    }
    await client.close();
  });
});

describe('Loopback/link-local/private/CGNAT/mapped', () => {
  it.each([
    '127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:127.0.0.1]', '0.0.0.0', '[::]', '169.254.169.254', '[fd00:ec2::254]',
    '10.0.0.1', '172.16.0.1', '192.168.0.1', '100.64.0.1', '198.18.0.1', '[64:ff9b::7f00:1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2001::1]', '[fe80::1]',
    '[fc00::1]', '[ff02::1]', '168.63.129.16', '255.255.255.255', '224.0.0.1', '192.0.0.192', 'localhost',
  ])('%s is not called', async (host) => {
    const base = new URL(`http://${host}:${canary.port}`);
    await expect(strict.json({ base, path: '/x', deadline: 2_000 })).rejects.toMatchObject(REFUSED);
  });

  it.skipIf(isMissing('request_filtering_agent_urls.txt'))('all of CCM_TESTDATA/ssrf/request_filtering_agent_urls.txt: each but the two public names', async () => {
    const spellings = read('request_filtering_agent_urls.txt').split('\n').map((line) => line.trim()).filter((line) => line !== '');
    expect(spellings).toHaveLength(33);
    // As nip.io answers; the two public names are at a public address, which is not called here.
    const resolve: Resolve = (hostname, _options, done) => {
      const embedded = /^(\d+\.\d+\.\d+\.\d+)\.nip\.io$/.exec(hostname)?.[1];
      if (/^(example\.com|bit\.ly)$/.test(hostname)) done(Object.assign(new Error('public'), { code: 'ENOTFOUND' }), []);
      else done(null, [{ address: embedded ?? '127.0.0.1', family: 4 }]);
    };
    const client = createHttpClient({ allowPrivateHosts: [], resolve });
    const passed: string[] = [];
    for (const spelling of spellings) {
      if (!URL.canParse(spelling)) continue;
      const base = new URL(spelling);
      base.port = String(canary.port);
      base.pathname = '/';
      const fault = await client.json({ base, path: '/x', deadline: 2_000 }).then(() => 'answered', (error: Error) => error.message);
      if (!/may not call|carries no user/.test(fault)) passed.push(`${base.hostname}: ${fault}`);
    }
    expect(passed).toEqual(['bit.ly: The source could not be reached.', 'example.com: The source could not be reached.']);
    await client.close();
  });

  interface Parsed {
    input: string;
    base: string | null;
    failure?: true;
    href?: string;
    hostname?: string;
  }
  const wpt = isMissing('wpt_urltestdata.json') ? [] : (JSON.parse(read('wpt_urltestdata.json')) as (Parsed | string)[]).filter((one) => typeof one !== 'string');

  it.skipIf(wpt.length === 0)('all of CCM_TESTDATA/ssrf/wpt_urltestdata.json as bases: the guard sees the host that is called', async () => {
    const guard = createAddressGuard([]);
    const seen: string[] = [];
    const resolve: Resolve = (hostname, _options, done) => {
      seen.push(hostname);
      done(null, [LOCAL]);
    };
    const client = createHttpClient({ allowPrivateHosts: [], resolve });
    let literals = 0;
    let names = 0;
    for (const { input, base: from, failure, hostname = '' } of wpt) {
      const parses = URL.canParse(input, from ?? undefined);
      if (failure === true || !parses) continue;
      const base = new URL(input, from ?? undefined);
      if (!/^https?:$/.test(base.protocol) || base.username !== '' || base.password !== '') {
        expect(() => targetOf(base, '/x'), input).toThrow(/base URL/);
        continue;
      }
      expect(base.hostname, input).toBe(hostname);
      const address = base.hostname.replace(/^\[(.*)\]$/, '$1');
      if (isIP(address) !== 0) {
        literals += 1;
        if (guard.admits(address, address)) continue;
      } else {
        names += 1;
      }
      seen.length = 0;
      await expect(client.json({ base, path: '/x', deadline: 2_000 }), input).rejects.toMatchObject(REFUSED);
      expect(seen, input).toEqual(isIP(address) === 0 ? [base.hostname] : []);
    }
    expect(literals).toBeGreaterThan(15);
    expect(names).toBeGreaterThan(100);
    await client.close();
  });

  it.skipIf(wpt.length === 0)('all of CCM_TESTDATA/ssrf/wpt_urltestdata.json as paths: none leads out of its base', () => {
    const base = new URL('https://api.example/v1/');
    let kept = 0;
    for (const { input } of wpt) {
      for (const path of [input, `/${input}`]) {
        let target: URL;
        try {
          target = targetOf(base, path);
        } catch (error) {
          expect(error, path).toBeInstanceOf(ProblemError);
          expect(error, path).toMatchObject({ code: 'bad_request' });
          continue;
        }
        kept += 1;
        expect(target.origin, path).toBe('https://api.example');
        expect(target.pathname.startsWith('/v1/'), path).toBe(true);
        expect(target.href, path).not.toMatch(/[?#]|\/\.\.?(\/|$)/);
      }
    }
    expect(kept).toBeGreaterThan(50);
  });
});

describe('DNS rebinding / TOCTOU', () => {
  it.each([
    ['a private one last', [PUBLIC, LOCAL]],
    ['a private one first', [LOCAL, PUBLIC]],
    ['of both families', [PUBLIC, { address: '::1', family: 6 }]],
    ['a mapped one', [PUBLIC, { address: '::ffff:127.0.0.1', family: 6 }]],
    ['none', []],
  ])('mixed answers, %s: refused whole', async (_name, addresses) => {
    const client = createHttpClient({ allowPrivateHosts: [], resolve: answering(addresses) });
    await expect(client.json({ base: new URL(`http://mixed.example:${canary.port}`), path: '/x', deadline: 2_000 })).rejects.toMatchObject(REFUSED);
    await client.close();
  });

  it('asks the resolver once a connection and connects to what it judged, so a second answer finds no gap', async () => {
    const rebinding = answering([{ address: '203.0.114.1', family: 4 }], [LOCAL]);
    const client = createHttpClient({ allowPrivateHosts: [], resolve: rebinding });
    const base = new URL(`http://rebind.example:${canary.port}`);
    // The first answer is public (nobody listens there): the call must not slip on to the second.
    await expect(client.json({ base, path: '/x', deadline: 300 })).rejects.toMatchObject({ code: /^upstream_(timeout|unreachable)$/ });
    expect(rebinding.asked()).toBe(1);
    await expect(client.json({ base, path: '/x', deadline: 300 })).rejects.toMatchObject(REFUSED);
    await client.close();
  });

  it('keeps the name in Host while it calls the checked address', async () => {
    const server = await startServer((_request, response) => void response.end('{}'));
    const client = createHttpClient({ allowPrivateHosts: ['named.example'], resolve: answering([LOCAL]) });
    await client.json({ base: new URL(`http://named.example:${server.port}`), path: '/x' });
    expect(server.requests[0]?.headers.host).toBe(`named.example:${server.port}`);
    await client.close();
    await server.close();
  });
});

describe('Non-HTTP schemes, userinfo, odd ports', () => {
  it.each([
    'ftp://127.0.0.1/', 'file:///etc/passwd', 'gopher://127.0.0.1:70/_x', 'dict://127.0.0.1:11211/stat', 'ldap://127.0.0.1/', 'tftp://127.0.0.1/x', 'sftp://127.0.0.1/',
    'jar:http://127.0.0.1!/', 'netdoc:///etc/passwd', 'data:application/json,{}', 'blob:http://127.0.0.1/x', 'javascript:alert(1)', 'ws://127.0.0.1/', 'unix:/var/run/docker.sock',
  ])('%s is no base', async (address) => {
    await expect(strict.json({ base: new URL(address), path: '/x' })).rejects.toThrow(/base URL/);
  });

  it.each(['user:pass@', 'user@', ':pass@', 'api.stripe.com@', 'a%40b:c@'])('userinfo %s is refused', async (user) => {
    const open = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
    await expect(open.json({ base: new URL(`http://${user}127.0.0.1:${canary.port}`), path: '/x' })).rejects.toThrow(/carries no user/);
    await open.close();
  });

  it.each([
    'http://169.254.169.254/', 'http://metadata.google.internal/', 'http://100.100.100.200/', 'http://[fd00:ec2::254]/', 'http://192.0.0.192/', 'http://168.63.129.16/',
    'http://kubernetes.default.svc/', 'http://rancher-metadata/',
  ])('the metadata host %s is refused', async (address) => {
    const client = createHttpClient({ allowPrivateHosts: [], resolve: answering([{ address: '169.254.169.254', family: 4 }]) });
    await expect(client.json({ base: new URL(address), path: '/latest/meta-data' })).rejects.toMatchObject(REFUSED);
    await client.close();
  });

  it('a port list admits 80, 443 and what is registered, at the moment of the call', async () => {
    const server = await startServer((_request, response) => void response.end('{}'));
    const ports = new Set<number>();
    const client = createHttpClient({ allowPrivateHosts: ['127.0.0.1'], ports });
    for (const port of [22, 25, 6379, 5432, 11211, 8080, canary.port]) {
      await expect(client.json({ base: new URL(`http://127.0.0.1:${port}`), path: '/x' })).rejects.toMatchObject({
        code: 'bad_request', message: expect.stringContaining(`port ${port} `) as string,
      });
    }
    const call = { base: server.url, path: '/x' };
    await expect(client.json(call)).rejects.toMatchObject({ code: 'bad_request' });
    ports.add(server.port);
    expect((await client.json(call)).status).toBe(200);
    for (const base of ['http://127.0.0.1', 'https://127.0.0.1', 'http://127.0.0.1:443', 'https://127.0.0.1:80']) {
      await expect(client.json({ base: new URL(base), path: '/x', deadline: 500 })).rejects.toMatchObject({ code: /^upstream_/ });
    }
    await client.close();
    await server.close();
  });
});
