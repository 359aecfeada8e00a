import { BlockList, isIP } from 'node:net';

/** Addresses that are said by addresses and CIDRs. */
export interface NetworkList {
  has(address: string): boolean;
}

/** @throws Error naming the entry that is neither an address nor a CIDR */
export function networkList(entries: readonly string[]): NetworkList {
  const list = new BlockList();
  for (const entry of entries) {
    const [network = '', bits, ...rest] = entry.split('/');
    const version = isIP(network);
    const longest = version === 4 ? 32 : 128;
    const prefix = bits === undefined ? longest : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
    if (version === 0 || rest.length > 0 || !(prefix <= longest)) throw new Error(`${JSON.stringify(entry)} is neither an address nor a CIDR such as 10.0.0.0/8`);
    list.addSubnet(network, prefix, version === 4 ? 'ipv4' : 'ipv6');
  }
  return {
    has(address) {
      const bare = plainAddress(address);
      const version = isIP(bare);
      return version !== 0 && list.check(bare, version === 4 ? 'ipv4' : 'ipv6');
    },
  };
}

/** The network that an address belongs to, as it is kept: /24 of IPv4, /48 of IPv6. Undefined for what is no address. */
export function networkOf(address: string): string | undefined {
  const bare = plainAddress(address);
  switch (isIP(bare)) {
    case 4:
      return `${bare.split('.').slice(0, 3).join('.')}.0/24`;
    case 6:
      return `${prefixOf(bare)}::/48`;
    default:
      return undefined;
  }
}

/** Without zone, brackets and port, and an IPv4 address that came as IPv6 (`::ffff:192.0.2.1`) as itself. */
export function plainAddress(address: string): string {
  const text = address.trim().replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/%.*$/, '').replace(/^([\d.]+):\d+$/, '$1');
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1] ?? text;
}

/** The first three groups, without the ones that are 0 at their end. */
function prefixOf(address: string): string {
  // The URL parser writes every spelling of an address in one way, in hexadecimal groups and with one `::`.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const behind = groups(tail ?? '');
  const all = tail === undefined ? groups(head) : [...groups(head), ...Array<string>(8 - groups(head).length - behind.length).fill('0'), ...behind];
  return all.slice(0, 3).join(':').replace(/(:0)+$/, '').replace(/^0$/, '');
}
