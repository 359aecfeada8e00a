import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endpointFault } from './endpoint.js';

const BASE = 'http://a64core-sales:8080';

/** Every text that a server may see in a path, decoding it again and again without complaint. */
function readings(path: string): string[] {
  const all = [path];
  for (let round = 0; round < 8; round += 1) {
    const last = all.at(-1) ?? '';
    const next = last.replace(/%([0-9a-f]{2})/gi, (_match, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    if (next === last) break;
    all.push(next);
  }
  return all;
}

/** What is promised of an endpoint that passes, checked by other means than the function's own. */
function leaves(endpoint: string): boolean {
  const url = new URL(BASE + endpoint);
  if (url.origin !== BASE || url.username !== '' || url.search !== '' || url.hash !== '') return true;
  return readings(url.pathname).some((path) => /(?:^|[/\\])\.\.(?:[/\\;]|$)/.test(path) || /[\0\r\n\\]/.test(path) || path.startsWith('//'));
}

describe('hazard: host takeover by a URL built from strings', () => {
  it.each([
    '@127.0.0.1:9/x', ':8080@127.0.0.1:9#', '@evil/', '//evil/x', '///evil/x', '/\\evil/x', '\\\\evil\\x', '/%09/evil', '/\t/evil', '/\n/evil.com',
    'http://evil/', 'https:evil', 'javascript:alert(1)', '//user:pw@evil/', '/x#@evil', '/x?@evil', '.evil.example/', '#', '?x=1', '%2f%2fevil/',
    '/%2fevil/x', '/%5cevil/x', '/%5c%5cevil', '/%2f%2fevil', '/%252f%252fevil', '\u2028//evil', '/\u2028/evil', '/%e2%80%a8/evil', '/a%0d%0aHost:%20evil',
    '/a%00', '/a%2500', '/\u0000', '/ ', ' /x', '/x ', '/x\u00a0', '/\ufeff', '/\u202e', '/\ud800', '/%ed%a0%80',
  ])('refuses %j', (endpoint) => {
    expect(endpointFault(endpoint)).toBeTypeOf('string');
  });
});

describe('hazard: sub-path limit escaped by another spelling of ..', () => {
  const ups = [
    '..', '%2e%2e', '%2E%2E', '.%2e', '%2e.', '%252e%252e', '%25252e%25252e', '%2525252525252525252e%2525252525252525252e', '%%32%65%%32%65', '%u002e%u002e',
    '%c0%ae%c0%ae', '%e0%80%ae%e0%80%ae', '%uff0e%uff0e', '\uff0e\uff0e', '%ef%bc%8e%ef%bc%8e', '\u2025', '%e2%80%a5', '..;', '..;x=1', '%2e%2e;', '..%3b', '..%00', '..%0a', '..%20',
    '..%252f', '..%2f', '..%5c', '..%c0%af', '..%e0%80%af', '..%ef%bc%8f', '..\uff0f', '..%%35%63', '..\\', '.', '%2e', '....//', '..//', './/..',
  ];

  it.each(ups)('refuses %s in any place', (up) => {
    for (const endpoint of [`/${up}`, `/${up}/admin`, `/api/metrics/${up}/admin`, `/api/metrics/${up}`]) {
      expect([endpoint, endpointFault(endpoint)]).toEqual([endpoint, expect.any(String)]);
    }
  });

  it('lets nothing pass that leaves its host or its folder, out of many made at random', () => {
    const pieces = ['..', '.', '/', '//', '%2e', '%2f', '%25', '2e', '2f', '%5c', '\\', 'a', 'api', '@', ':', '#', '?', ';', '%', '%00', '%0a', '\uff0e', '\uff0f'];
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    let passed = 0;
    for (let made = 0; made < 20_000; made += 1) {
      const endpoint = `/${Array.from({ length: 1 + random(7) }, () => pieces[random(pieces.length)]).join('')}`;
      if (endpointFault(endpoint) !== undefined) continue;
      passed += 1;
      if (leaves(endpoint)) throw new Error(`${JSON.stringify(endpoint)} passed and leaves`);
    }
    // Otherwise it refused everything, and nothing was shown.
    expect(passed).toBeGreaterThan(300);
  });

  const folder = process.env['CCM_TESTDATA'];
  for (const name of ['directory_traversal.txt', 'crlfinjection.txt']) {
    const file = join(folder ?? '', 'traversal', name);
    it.skipIf(folder === undefined || !existsSync(file))(`refuses the spellings of CCM_TESTDATA/traversal/${name}`, () => {
      const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== '');
      expect(lines.length).toBeGreaterThan(10);
      for (const line of lines) {
        for (const endpoint of [line, `/${line}`, `/api/metrics/${line}`]) {
          if (endpointFault(endpoint) === undefined && leaves(endpoint)) throw new Error(`${JSON.stringify(endpoint)} passed and leaves`);
        }
      }
    });
  }
});

describe('hazard: ReDoS', () => {
  it('takes no time over a long or odd endpoint', () => {
    const started = process.cpuUsage();
    for (const text of ['/'.repeat(50_000), `/${'%25'.repeat(160)}`, `/${'..%2f'.repeat(10_000)}`, `/${'a;'.repeat(240)}`]) endpointFault(text);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(50);
  });
});
