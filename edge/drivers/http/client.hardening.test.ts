import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpClient } from '../../kernel/http-client.js';
import { createHttpClient } from './client.js';
import type { Resolve } from './connector.js';
import { startServer, type TestServer } from './test/server.js';

const MB = 1024 * 1024;

/** Must never be asked anything. */
let canary: TestServer;
/** Asked by name or address that the guard must judge. */
let strict: HttpClient;
/** Allowed to call the test's own servers. */
let open: HttpClient;

beforeAll(async () => {
  canary = await startServer((_request, response) => response.end('{"canary":true}'));
  strict = createHttpClient({ allowPrivateHosts: [] });
  open = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
});

afterAll(async () => {
  expect(canary.requests).toHaveLength(0);
  await Promise.all([strict.close(), open.close(), canary.close()]);
});

function drained(response: ServerResponse): Promise<void> {
  return new Promise((done) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      done();
    };
    response.on('drain', go).on('close', go);
  });
}

/** Writes chunks until the reader goes away. */
async function pour(response: ServerResponse, chunk: Buffer, times: number): Promise<number> {
  let written = 0;
  for (let i = 0; i < times && !response.destroyed; i += 1) {
    written += chunk.length;
    if (!response.write(chunk)) await drained(response);
  }
  response.end();
  return written;
}

async function serving(listener: (response: ServerResponse) => void, run: (server: TestServer) => Promise<void>): Promise<void> {
  const server = await startServer((_request, response) => listener(response));
  try {
    await run(server);
  } finally {
    await server.close();
  }
}

describe('addresses', () => {
  it.each([
    '127.0.0.1', '127.1', '2130706433', '0x7f.1', '0177.0.0.1', '017700000001', '127。0。0。1', '①②⑦.⓪.⓪.①', 'localhost',
    '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:127.0.0.1]', '0.0.0.0', '[::]', '169.254.169.254', '[fd00:ec2::254]',
  ])('does not call %s', async (host) => {
    const base = new URL(`http://${host}:${canary.port}`);
    await expect(strict.json({ base, path: '/x', deadline: 2_000 })).rejects.toMatchObject({
      code: 'upstream_unreachable',
      message: 'The source has an address that this edge may not call.',
    });
  });

  const list = process.env.CCM_TESTDATA === undefined ? undefined : join(process.env.CCM_TESTDATA, 'ssrf/request_filtering_agent_urls.txt');
  it.skipIf(list === undefined || !existsSync(list))('calls none of the private spellings in CCM_TESTDATA', async () => {
    const spellings = readFileSync(list ?? '', 'utf8').split('\n').map((line) => line.trim())
      .filter((line) => URL.canParse(line) && !/example\.com|bit\.ly|nip\.io/.test(line));
    expect(spellings.length).toBeGreaterThan(20);
    for (const spelling of spellings) {
      const base = new URL(spelling);
      base.port = String(canary.port);
      base.pathname = '/';
      const call = strict.json({ base, path: '/x', deadline: 2_000 });
      await expect(call, spelling).rejects.toThrow(/may not call|carries no user|could not be reached/);
    }
  });

  function answering(...answers: { address: string; family: number }[][]): Resolve {
    let turn = 0;
    return (_hostname, _options, done) => done(null, answers[Math.min(turn++, answers.length - 1)] ?? []);
  }

  it('refuses a name of which one address is private', async () => {
    const mixed = createHttpClient({
      allowPrivateHosts: [],
      resolve: answering([{ address: '93.184.216.34', family: 4 }, { address: '127.0.0.1', family: 4 }]),
    });
    await expect(mixed.json({ base: new URL(`http://mixed.example:${canary.port}`), path: '/x', deadline: 2_000 }))
      .rejects.toMatchObject({ message: 'The source has an address that this edge may not call.' });
    await mixed.close();
  });

  it('asks the resolver once a connection and connects to what it judged, so rebinding finds no gap', async () => {
    let asked = 0;
    const rebinding: Resolve = (_hostname, _options, done) => {
      asked += 1;
      done(null, [{ address: asked === 1 ? '203.0.114.1' : '127.0.0.1', family: 4 }]);
    };
    const client = createHttpClient({ allowPrivateHosts: [], resolve: rebinding });
    const base = new URL(`http://rebind.example:${canary.port}`);
    // The first answer is public (nobody listens there): the call must not slip on to the second.
    await expect(client.json({ base, path: '/x', deadline: 300 })).rejects.toMatchObject({ code: /^upstream_(timeout|unreachable)$/ });
    expect(asked).toBe(1);
    await expect(client.json({ base, path: '/x', deadline: 300 })).rejects.toMatchObject({ message: 'The source has an address that this edge may not call.' });
    await client.close();
  });

  it('never calls a base with a user in it or another scheme', async () => {
    for (const base of [`http://user:pass@127.0.0.1:${canary.port}`, 'ftp://127.0.0.1/', 'file:///etc/passwd']) {
      await expect(open.json({ base: new URL(base), path: '/x' })).rejects.toThrow(/base URL/);
    }
  });
});

describe('paths', () => {
  it.each([
    '', 'x', '@evil/', '@127.0.0.1:9/x', ':9/x', '.evil.example/x', '//evil/x', '///evil/x', '/\\evil/x', '\\\\evil\\x', '/../admin', '/a/../../admin',
    '/..', '/a/..', '/./a', '/%2e%2e/admin', '/%2E%2E/admin', '/.%2e/admin', '/a/..%2fadmin', '..%2f', '/..%2f..%2fadmin', '/..%5cadmin', '/%252e%252e/admin',
    '/a%00', '/a\u0000b', '/a\r\nHost: evil', '/a\tb', '/a#b', '/a?b=c', 'http://evil/x', '/http://evil/../..', '/a//b/../../..',
  ])('refuses %j and asks nobody', async (path) => {
    const server = await startServer((_request, response) => response.end('{}'));
    const base = new URL('/api/metrics/', server.url);
    await expect(open.json({ base, path, deadline: 1_000 })).rejects.toMatchObject({ code: 'bad_request', status: 400 });
    expect(server.requests).toHaveLength(0);
    await server.close();
  });
});

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])('does not follow a %d', async (status) => {
    for (const location of [canary.url.href, `//127.0.0.1:${canary.port}/x`, '/elsewhere', `http://localhost:${canary.port}`]) {
      await serving((response) => response.writeHead(status, { location }).end(), async (server) => {
        await expect(open.json({ base: server.url, path: '/x', headers: { 'x-api-key': 'secret' } })).rejects.toMatchObject({
          code: 'upstream_status',
          message: `The source answered with status ${status}.`,
        });
        expect(server.requests).toHaveLength(1);
      });
    }
  });
});

describe('too much, too slow', () => {
  it('stops at the cap of a body of 200 MB', async () => {
    let written = 0;
    let poured: Promise<void> | undefined;
    await serving((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      poured = pour(response, Buffer.alloc(MB, 0x20), 200).then((bytes) => void (written = bytes));
    }, async (server) => {
      const before = process.memoryUsage().rss;
      await expect(open.json({ base: server.url, path: '/x' })).rejects.toMatchObject({ code: 'upstream_too_large', status: 502 });
      await poured;
      // What lies beyond the cap is what the kernel's buffers took.
      expect(written).toBeLessThan(40 * MB);
      expect(process.memoryUsage().rss - before).toBeLessThan(80 * MB);
    });
  });

  it('believes a Content-Length over the cap without reading on', async () => {
    await serving((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 200 * MB });
      response.write('{');
    }, async (server) => {
      await expect(open.json({ base: server.url, path: '/x', deadline: 3_000 })).rejects.toMatchObject({ code: 'upstream_too_large' });
    });
  });

  it('stops a gzip bomb at the cap of what comes out', async () => {
    // 1 GB of zeros, made by a stream: about 1 MB on the wire.
    let produced = 0;
    const zeros = new Readable({
      read() {
        produced += MB;
        this.push(produced > 1024 * MB ? null : Buffer.alloc(MB));
      },
    });
    const packed: Buffer[] = [];
    for await (const chunk of zeros.pipe(createGzip({ level: 1 }))) packed.push(chunk as Buffer);
    const bomb = Buffer.concat(packed);
    expect(bomb.length).toBeLessThan(8 * MB);
    await serving((response) => response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb), async (server) => {
      const before = process.memoryUsage().rss;
      const start = performance.now();
      await expect(open.json({ base: server.url, path: '/x' })).rejects.toMatchObject({ code: 'upstream_too_large' });
      expect(performance.now() - start).toBeLessThan(5_000);
      expect(process.memoryUsage().rss - before).toBeLessThan(80 * MB);
    });
  }, 60_000);

  it('counts the body in the deadline, so a drip ends it', async () => {
    await serving((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    }, async (server) => {
      const start = performance.now();
      await expect(open.json({ base: server.url, path: '/x', deadline: 300 })).rejects.toMatchObject({
        code: 'upstream_timeout',
        status: 504,
        message: 'The source did not answer within 0.3 s.',
      });
      expect(performance.now() - start).toBeLessThan(1_500);
    });
  });

  it('counts the wait for the head in the deadline', async () => {
    await serving(() => {}, async (server) => {
      await expect(open.json({ base: server.url, path: '/x', deadline: 200 })).rejects.toMatchObject({ code: 'upstream_timeout' });
    });
  });

  it('refuses headers without end', async () => {
    const raw = createServer((socket) => {
      socket.on('error', () => {});
      socket.write('HTTP/1.1 200 OK\r\n');
      const more = setInterval(() => socket.write(`x-${Math.random()}: ${'a'.repeat(4_000)}\r\n`), 1);
      socket.on('close', () => clearInterval(more));
    });
    raw.listen(0, '127.0.0.1');
    await once(raw, 'listening');
    const { port } = raw.address() as AddressInfo;
    await expect(open.json({ base: new URL(`http://127.0.0.1:${port}`), path: '/x', deadline: 5_000 })).rejects.toMatchObject({ code: 'upstream_invalid' });
    raw.close();
  });
});

describe('not JSON', () => {
  it.each<[string, Record<string, string>, Buffer | string]>([
    ['HTML', { 'content-type': 'text/html; charset=utf-8' }, '<html>login</html>'],
    ['JSON that says it is HTML', { 'content-type': 'text/html' }, '{}'],
    ['HTML that says it is JSON', { 'content-type': 'application/json' }, '<html>'],
    ['broken JSON', { 'content-type': 'application/json' }, '{"a":1'],
    ['NaN', { 'content-type': 'application/json' }, '{"a":NaN}'],
    ['two values', { 'content-type': 'application/json' }, '{} {}'],
    ['nothing', { 'content-type': 'application/json' }, ''],
    ['not UTF-8', { 'content-type': 'application/json' }, Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ['a nest of arrays', { 'content-type': 'application/json' }, '['.repeat(100_000) + ']'.repeat(100_000)],
    ['an unknown compression', { 'content-type': 'application/json', 'content-encoding': 'zstd' }, '{}'],
    ['a chain of compressions', { 'content-type': 'application/json', 'content-encoding': 'gzip, gzip' }, gzipSync(gzipSync('{}'))],
    ['broken gzip', { 'content-type': 'application/json', 'content-encoding': 'gzip' }, 'not gzip at all'],
    ['half a gzip', { 'content-type': 'application/json', 'content-encoding': 'gzip' }, gzipSync('{"a":1}').subarray(0, 20)],
  ])('%s is upstream_invalid and nothing of it is repeated', async (_name, headers, body) => {
    await serving((response) => response.writeHead(200, headers).end(body), async (server) => {
      const call = open.json({ base: server.url, path: '/x', deadline: 5_000 });
      await expect(call).rejects.toMatchObject({ code: 'upstream_invalid', status: 502 });
      await expect(call).rejects.not.toThrow(/login|"a"|gzip at all/);
    });
  });

  it('brackets inside of strings are no nest', async () => {
    const text = JSON.stringify({ text: `\\"${'['.repeat(1_000)}` });
    await serving((response) => response.writeHead(200, { 'content-type': 'application/json' }).end(text), async (server) => {
      expect((await open.json({ base: server.url, path: '/x' })).body).toEqual(JSON.parse(text));
    });
  });

  it('is no HTTP at all', async () => {
    const raw = createServer((socket) => {
      socket.on('error', () => {}).once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    });
    raw.listen(0, '127.0.0.1');
    await once(raw, 'listening');
    const { port } = raw.address() as AddressInfo;
    await expect(open.json({ base: new URL(`http://127.0.0.1:${port}`), path: '/x', deadline: 5_000 })).rejects.toMatchObject({ code: 'upstream_invalid' });
    raw.close();
  });

  it('a connection that breaks off in the body is upstream_unreachable', async () => {
    await serving((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      response.write('{"a":', () => response.destroy());
    }, async (server) => {
      await expect(open.json({ base: server.url, path: '/x', deadline: 5_000 })).rejects.toMatchObject({ code: 'upstream_unreachable' });
    });
  });
});
