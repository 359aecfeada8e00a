import { describe, expect, test } from 'vitest';
import { networkList, networkOf } from './networks.js';

describe('networkOf', () => {
  test.each([
    ['192.0.2.77', '192.0.2.0/24'],
    ['::ffff:192.0.2.77', '192.0.2.0/24'],
    ['::FFFF:192.0.2.77', '192.0.2.0/24'],
    ['192.0.2.77:4711', '192.0.2.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:0DB8:0001::1', '2001:db8:1::/48'],
    ['[2001:db8:1::1]:4711', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8::/48'],
    ['2001:db8:0:1::', '2001:db8::/48'],
    ['2001::1:2:3:4', '2001::/48'],
    ['::1', '::/48'],
    ['0:1:2:3:4:5:6:7', '0:1:2::/48'],
    ['fe80::1%eth0', 'fe80::/48'],
  ])('%s is of %s', (address, network) => expect(networkOf(address)).toBe(network));

  test.each(['', 'unknown', '_hidden', '192.0.2', '192.0.2.256', '2001:db8', 'localhost', '192.0.2.1, 10.0.0.1', '\n::1\u0000'])('%j is of none', (address) => {
    expect(networkOf(address)).toBeUndefined();
  });
});

describe('networkList', () => {
  test('has what its entries say', () => {
    const list = networkList(['10.0.0.0/8', '192.0.2.1', '2001:db8::/32']);
    for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '192.0.2.1', '2001:db8:ffff::1']) expect(list.has(address), address).toBe(true);
    for (const address of ['11.0.0.1', '192.0.2.2', '2001:db9::1', '', 'x', '::1']) expect(list.has(address), address).toBe(false);
  });

  test.each(['', 'proxy.internal', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0/8', '::/129', '10.0.0.0/-1', '10.0.0.0/ 8'])('refuses %j and names it', (entry) => {
    expect(() => networkList(['127.0.0.1', entry])).toThrow(`${JSON.stringify(entry)} is neither an address nor a CIDR`);
  });
});
