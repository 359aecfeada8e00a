/** HAZARDS 1: what a source answers with. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpClient } from '../../kernel/http-client.js';
import { createHttpClient } from './client.js';
import { rawServing, serving } from './test/serving.js';

let http: HttpClient;

beforeAll(() => {
  http = createHttpClient({ allowPrivateHosts: ['127.0.0.1'] });
});
afterAll(() => http.close());

const JSON_TYPE = { 'content-type': 'application/json' };
type Body = Buffer | string;

/** The answer's body as the client reads it. */
async function read(body: Body, headers: Record<string, string> = JSON_TYPE): Promise<unknown> {
  let value: unknown;
  await serving((_request, response) => void response.writeHead(200, headers).end(body), async (server) => {
    value = (await http.json({ base: server.url, path: '/x', deadline: 5_000 })).body;
  });
  return value;
}

function utf16(text: string, bigEndian = false): Buffer {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

describe('Malformed JSON / huge ints / NaN strings', () => {
  it.each<[string, Record<string, string>, Body]>([
    ['HTML that says it is JSON', JSON_TYPE, '<html>login</html>'],
    ['broken JSON', JSON_TYPE, '{"a":1'],
    ['NaN', JSON_TYPE, '{"a":NaN}'],
    ['Infinity', JSON_TYPE, '{"a":Infinity}'],
    ['-Infinity', JSON_TYPE, '[-Infinity]'],
    ['two values', JSON_TYPE, '{} {}'],
    ['one value a line', JSON_TYPE, '{"a":1}\n{"a":2}\n'],
    ['nothing', JSON_TYPE, ''],
    ['blanks', JSON_TYPE, ' \n '],
    ['a comma too many', JSON_TYPE, '[1,]'],
    ['a comment', JSON_TYPE, '{/* a */}'],
    ['single quotes', JSON_TYPE, '{\'a\':1}'],
    ['a leading zero', JSON_TYPE, '[012345678901234567]'],
    ['a bare plus', JSON_TYPE, '[+9007199254740993]'],
    ['JSONP', JSON_TYPE, 'callback({"a":1})'],
    ['a guard against inclusion', JSON_TYPE, ')]}\',\n{"a":1}'],
    ['a raw control character in a string', JSON_TYPE, '"a\u0001"'],
    ['bytes that are no UTF-8', JSON_TYPE, Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ['UTF-8 that is cut off', JSON_TYPE, Buffer.from([0x22, 0xe2, 0x82])],
    ['an overlong spelling of "/"', JSON_TYPE, Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ['Latin-1 that says so', { 'content-type': 'application/json; charset=iso-8859-1' }, Buffer.from('{"a":"é"}', 'latin1')],
    ['Latin-1 that says nothing', JSON_TYPE, Buffer.from('{"a":"é"}', 'latin1')],
    ['UTF-16 that says so', { 'content-type': 'application/json; charset=utf-16' }, utf16('{"a":1}')],
    ['UTF-16, the other way round', { 'content-type': 'application/json; charset=utf-16be' }, utf16('{"a":1}', true)],
    ['UTF-16 without a mark', JSON_TYPE, Buffer.from('{"a":1}', 'utf16le')],
    ['100,000 open brackets', JSON_TYPE, '['.repeat(100_000)],
    ['100,000 open and closed brackets', JSON_TYPE, '['.repeat(100_000) + ']'.repeat(100_000)],
    ['100,000 open objects', JSON_TYPE, '{"a":'.repeat(100_000)],
    ['an unknown compression', { ...JSON_TYPE, 'content-encoding': 'zstd' }, '{}'],
    ['a chain of compressions', { ...JSON_TYPE, 'content-encoding': 'gzip, gzip' }, gzipSync(gzipSync('{}'))],
    ['broken gzip', { ...JSON_TYPE, 'content-encoding': 'gzip' }, 'not gzip at all'],
    ['half a gzip', { ...JSON_TYPE, 'content-encoding': 'gzip' }, gzipSync('{"a":1}').subarray(0, 20)],
  ])('%s is upstream_invalid, and nothing of it is repeated', async (_name, headers, body) => {
    const call = read(body, headers);
    await expect(call).rejects.toMatchObject({ code: 'upstream_invalid', status: 502 });
    await expect(call).rejects.not.toThrow(/login|"a"|callback|gzip at all/);
  });

  it('whole numbers past 2^53 are kept exact, as text', async () => {
    expect(await read('{"id":9007199254740993,"ids":[123456789012345678901,-9007199254740993],"safe":9007199254740991}'))
      .toEqual({ id: '9007199254740993', ids: ['123456789012345678901', '-9007199254740993'], safe: 9007199254740991 });
  });

  it('numbers as text stay text, whatever they say', async () => {
    const value = { a: 'NaN', b: '+Inf', c: '-Inf', d: 'Infinity', e: '1e400', f: '9007199254740993' };
    expect(await read(JSON.stringify(value))).toEqual(value);
  });

  it('a number past the range of JavaScript leaves as no value, never as zero', async () => {
    expect(JSON.stringify(await read('{"a":1e400,"b":-1e400}'))).toBe('{"a":null,"b":null}');
  });

  it('of a name that stands twice the last value counts, and only that goes on', async () => {
    expect(JSON.stringify(await read('{"role":"user","role":"admin","a":{"b":1,"b":2}}'))).toBe('{"role":"admin","a":{"b":2}}');
  });

  it('a byte order mark is skipped', async () => {
    expect(await read('\ufeff{"a":1}')).toEqual({ a: 1 });
  });

  it('UTF-8 is read as UTF-8, whatever it is said to be', async () => {
    expect(await read('{"a":"żółć ☂"}', { 'content-type': 'application/json; charset=iso-8859-1' })).toEqual({ a: 'żółć ☂' });
  });

  it('lone halves of a pair and names that are dangerous to copy are data', async () => {
    const value = await read('{"a":"\\ud800","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['a', '__proto__', 'constructor']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('brackets inside of strings are no nest', async () => {
    const text = JSON.stringify({ text: `\\"${'['.repeat(1_000)}` });
    expect(await read(text)).toEqual(JSON.parse(text));
  });

  it('what is no HTTP at all is upstream_invalid', async () => {
    await rawServing((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n')), async (base) => {
      await expect(http.json({ base, path: '/x', deadline: 5_000 })).rejects.toMatchObject({ code: 'upstream_invalid' });
    });
  });

  it('a connection that breaks off in the body is upstream_unreachable', async () => {
    await serving((_request, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-length': 100 });
      response.write('{"a":', () => response.destroy());
    }, async (server) => {
      await expect(http.json({ base: server.url, path: '/x', deadline: 5_000 })).rejects.toMatchObject({ code: 'upstream_unreachable' });
    });
  });
});

describe('Upstream `Set-Cookie`, HTML, status reach our origin', () => {
  it.each(['text/html', 'text/html; charset=utf-8', 'TEXT/HTML', 'application/xhtml+xml'])('%s is refused, whatever is in it', async (type) => {
    for (const body of ['<script>alert(1)</script>', '{}']) {
      const call = read(body, { 'content-type': type, 'set-cookie': 'session=evil' });
      await expect(call).rejects.toMatchObject({ code: 'upstream_invalid', status: 502, message: 'The source answered with HTML instead of JSON.' });
    }
  });

  it('of an answer\'s headers only those that tell limits and pages may be read', async () => {
    await serving((_request, response) => {
      response.writeHead(200, {
        ...JSON_TYPE, 'set-cookie': ['a=1', 'b=2'], 'content-security-policy': 'sandbox', 'x-frame-options': 'DENY', 'access-control-allow-origin': '*', etag: '"e"',
        'www-authenticate': 'Basic', vary: 'cookie', 'clear-site-data': '"*"', 'x-ratelimit-remaining': '7', 'retry-after': '3', link: '</x?page=2>; rel="next"',
      }).end('{}');
    }, async (server) => {
      const { headers } = await http.json({ base: server.url, path: '/x' });
      expect(Object.keys(headers).sort()).toEqual(['date', 'link', 'retry-after', 'x-ratelimit-remaining']);
    });
  });

  it.each([401, 403, 407, 404, 418, 500])('a %d is a 502 of ours, told by its number alone', async (status) => {
    await serving((_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html', 'set-cookie': 'a=1', 'www-authenticate': 'Basic realm="x"' }).end('<b>secret words</b>');
    }, async (server) => {
      const call = http.json({ base: server.url, path: '/x' });
      await expect(call).rejects.toMatchObject({ code: 'upstream_status', status: 502, upstreamStatus: status });
      await expect(call).rejects.not.toThrow(/secret|realm/);
    });
  });
});
