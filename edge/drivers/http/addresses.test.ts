import { describe, expect, it } from 'vitest';
import { createAddressGuard } from './addresses.js';

const guard = createAddressGuard([]);

describe('public addresses only', () => {
  // Each range's first and last address is refused, its neighbours are not (unless they are special themselves).
  it.each([
    ['0.0.0.0', '0.255.255.255', '1.0.0.0'],
    ['10.0.0.0', '10.255.255.255', '11.0.0.0', '9.255.255.255'],
    ['100.64.0.0', '100.127.255.255', '100.128.0.0', '100.63.255.255'],
    ['127.0.0.0', '127.255.255.255', '128.0.0.0', '126.255.255.255'],
    ['169.254.0.0', '169.254.255.255', '169.255.0.0', '169.253.255.255'],
    ['172.16.0.0', '172.31.255.255', '172.32.0.0', '172.15.255.255'],
    ['192.0.0.0', '192.0.0.255', '192.0.1.0', '191.255.255.255'],
    ['192.0.2.0', '192.0.2.255', '192.0.3.0'],
    ['192.88.99.0', '192.88.99.255', '192.88.100.0', '192.88.98.255'],
    ['192.168.0.0', '192.168.255.255', '192.169.0.0', '192.167.255.255'],
    ['198.18.0.0', '198.19.255.255', '198.20.0.0', '198.17.255.255'],
    ['198.51.100.0', '198.51.100.255', '198.51.101.0', '198.51.99.255'],
    ['203.0.113.0', '203.0.113.255', '203.0.114.0', '203.0.112.255'],
    ['224.0.0.0', '255.255.255.255', '223.255.255.255'],
    ['168.63.129.16', '168.63.129.16', '168.63.129.15', '168.63.129.17'],
  ])('refuses %s to %s and admits what lies beside', (first, last, ...beside) => {
    expect(guard.admits('host', first)).toBe(false);
    expect(guard.admits('host', last)).toBe(false);
    for (const address of beside) expect(guard.admits('host', address), address).toBe(true);
  });

  it.each([
    '::', '::1', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '64:ff9b::7f00:1', '64:ff9b:1::1', '100::1',
    '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1', '2001::1', '2001:10::1', '2001:20::1', '2001:db8::1',
    '2002:7f00:1::', '3fff::1', '4000::1', '5f00::1', '1fff::1',
  ])('refuses %s', (address) => {
    expect(guard.admits('host', address)).toBe(false);
  });

  it.each(['2606:4700::1111', '2a00:1450:4001:80b::200e', '2001:200::1', '2001:4860:4860::8888', '2003::1'])('admits %s', (address) => {
    expect(guard.admits('host', address)).toBe(true);
  });

  it.each(['', 'localhost', '127.0.0.1.nip.io', '0x7f.1', '2130706433'])('refuses %j, which is no address', (address) => {
    expect(guard.admits('host', address)).toBe(false);
  });
});

describe('CCM_ALLOW_PRIVATE_HOSTS', () => {
  it('admits a listed host at whatever address, in any spelling of its name', () => {
    const listed = createAddressGuard(['Sales.Internal']);
    expect(listed.admits('sales.internal', '10.0.0.5')).toBe(true);
    expect(listed.admits('sales.internal.', '10.0.0.5')).toBe(true);
    expect(listed.admits('evil.internal', '10.0.0.5')).toBe(false);
    expect(listed.admits('sales.internal.evil', '10.0.0.5')).toBe(false);
  });

  it('admits a listed network, also where an address of it comes mapped', () => {
    const listed = createAddressGuard(['10.1.0.0/16', 'fd00::/8', '127.0.0.1', '[::1]']);
    expect(listed.admits('a', '10.1.2.3')).toBe(true);
    expect(listed.admits('a', '::ffff:10.1.2.3')).toBe(true);
    expect(listed.admits('a', '10.2.0.0')).toBe(false);
    expect(listed.admits('a', 'fd12::1')).toBe(true);
    expect(listed.admits('a', '127.0.0.1')).toBe(true);
    expect(listed.admits('a', '127.0.0.2')).toBe(false);
    expect(listed.admits('a', '::1')).toBe(true);
  });

  it.each(['10.0.0.0/33', '10.0.0/8', 'http://x', '10.0.0.0/8/8', '', 'a b', '::1/129', '10.0.0.0/x'])('refuses the setting %j by name', (entry) => {
    expect(() => createAddressGuard([entry])).toThrow(/CCM_ALLOW_PRIVATE_HOSTS/);
  });
});
