/** HAZARDS 1: what a source may send, however much and however slowly. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpClient } from '../../kernel/http-client.js';
import { program } from '../../test/program.js';
import { createHttpClient } from './client.js';
import { startServer, type TestServer } from './test/server.js';
import { pour, rawServing, serving } from './test/serving.js';

const MB = 1024 * 1024;
const JSON_TYPE = { 'content-type': 'application/json' };

let http: HttpClient;
let well: TestServer;

beforeAll(async () => {
  http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
  well = await startServer((_request, response) => void response.writeHead(200, JSON_TYPE).end(JSON.stringify({ a: 'x'.repeat(1_000) })));
});

afterAll(async () => {
  await http.close();
  await well.close();
});

/** One call by a process of its own: how it ended, and by how many bytes the process grew at most. */
async function measured(url: URL, deadline = 20_000): Promise<{ outcome: string; milliseconds: number; grown: number }> {
  const { stdout } = await promisify(execFile)(process.execPath, [program('drivers/http/test/memory-of-call'), url.href, String(deadline), well.url.href]);
  return JSON.parse(stdout) as Awaited<ReturnType<typeof measured>>;
}

describe('Huge, slow or endless upstream', () => {
  it('200 MB: stops at the cap; the process grows by less than 50 MB', async () => {
    let poured: Promise<number> | undefined;
    await serving((_request, response) => {
      response.writeHead(200, JSON_TYPE);
      poured = pour(response, Buffer.alloc(MB, 0x20), 200);
    }, async (server) => {
      const { outcome, grown } = await measured(server.url);
      expect(outcome).toBe('upstream_too_large');
      expect(grown).toBeLessThan(50 * MB);
      // What lies beyond the cap is what the kernel's buffers took.
      expect(await poured).toBeLessThan(40 * MB);
    });
  }, 30_000);

  it('a gzip bomb of 10 MB that unfolds to 10 GB: stops at the cap of what comes out', async () => {
    // 160 members of 64 MB each, one after the other: that is one gzip.
    const member = gzipSync(Buffer.alloc(64 * MB), { level: 9 });
    const bomb = Buffer.concat(Array.from({ length: 160 }, () => member));
    expect(bomb.length).toBeGreaterThan(9 * MB);
    await serving((_request, response) => void response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(bomb), async (server) => {
      const { outcome, milliseconds, grown } = await measured(server.url);
      expect(outcome).toBe('upstream_too_large');
      expect(milliseconds).toBeLessThan(5_000);
      expect(grown).toBeLessThan(50 * MB);
    });
  }, 30_000);

  it('a Content-Length over the cap is believed: nothing of it is read', async () => {
    await serving((_request, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-length': 200 * MB });
      response.write('{');
    }, async (server) => {
      await expect(http.json({ base: server.url, path: '/x', deadline: 3_000 })).rejects.toMatchObject({ code: 'upstream_too_large', status: 502 });
    });
  });

  it('1 byte/s: the deadline counts the body', async () => {
    await serving((_request, response) => {
      response.writeHead(200, JSON_TYPE);
      response.write('{');
      const drip = setInterval(() => response.write(' '), 1_000);
      response.on('close', () => clearInterval(drip));
    }, async (server) => {
      const { outcome, milliseconds } = await measured(server.url, 2_500);
      expect(outcome).toBe('upstream_timeout');
      expect(milliseconds).toBeGreaterThanOrEqual(2_490);
      expect(milliseconds).toBeLessThan(4_000);
    });
  }, 30_000);

  it('a deadline is a 504 that says how long it waited', async () => {
    await serving((_request, response) => {
      response.writeHead(200, JSON_TYPE);
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    }, async (server) => {
      await expect(http.json({ base: server.url, path: '/x', deadline: 300 })).rejects.toMatchObject({
        code: 'upstream_timeout', status: 504, message: 'The source did not answer within 0.3 s.',
      });
    });
  });

  it('no head at all: the deadline counts the wait for it', async () => {
    await serving(() => {}, async (server) => {
      await expect(http.json({ base: server.url, path: '/x', deadline: 200 })).rejects.toMatchObject({ code: 'upstream_timeout' });
    });
  });

  it('headers without end: refused, and the process grows by less than 50 MB', async () => {
    let sent = 0;
    await rawServing((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const line = `: ${'a'.repeat(4_000)}\r\n`;
      const more = setInterval(() => {
        for (let n = 0; n < 20; n += 1) socket.write(`x-${sent += 1}${line}`);
      }, 1);
      socket.on('close', () => clearInterval(more));
    }, async (base) => {
      const { outcome, grown } = await measured(base, 10_000);
      expect(outcome).toBe('upstream_invalid');
      expect(grown).toBeLessThan(50 * MB);
    });
  }, 30_000);

  it('one header line without end: refused', async () => {
    await rawServing((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx-long: ');
      const more = setInterval(() => socket.write('a'.repeat(4_000)), 1);
      socket.on('close', () => clearInterval(more));
    }, async (base) => {
      await expect(http.json({ base, path: '/x', deadline: 5_000 })).rejects.toMatchObject({ code: 'upstream_invalid' });
    });
  });

  it('chunks of one byte without end, informational answers without end: the deadline', async () => {
    for (const piece of ['1\r\n \r\n', 'HTTP/1.1 103 Early Hints\r\n\r\n']) {
      await rawServing((socket) => {
        if (piece.startsWith('1')) socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n');
        const more = setInterval(() => socket.write(piece), 5);
        socket.on('close', () => clearInterval(more));
      }, async (base) => {
        await expect(http.json({ base, path: '/x', deadline: 400 })).rejects.toMatchObject({ code: 'upstream_timeout' });
      });
    }
  });

  it('neighbours are served meanwhile', async () => {
    await serving((_request, response) => {
      response.writeHead(200, JSON_TYPE);
      void pour(response, Buffer.alloc(MB, 0x20), 200);
    }, async (server) => {
      const huge = Promise.allSettled(Array.from({ length: 4 }, () => http.json({ base: server.url, path: '/x' })));
      const start = performance.now();
      await Promise.all(Array.from({ length: 20 }, () => http.json({ base: well.url, path: '/x', deadline: 3_000 })));
      expect(performance.now() - start).toBeLessThan(3_000);
      for (const { status } of await huge) expect(status).toBe('rejected');
    });
  });
});
