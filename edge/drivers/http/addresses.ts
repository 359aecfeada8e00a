import { BlockList, isIP } from 'node:net';

/** Says which addresses an outgoing call may go to. */
export interface AddressGuard {
  /** `address` is what `hostname` stands for: the resolver's answer, or the literal itself. */
  admits(hostname: string, address: string): boolean;
}

type Family = 'ipv4' | 'ipv6';

/** Everything of IANA's IPv4 special-purpose registry that is not plain public unicast, and Azure's metadata host. */
const SPECIAL_V4 = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24',
  '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24',
  '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4', '168.63.129.16/32',
];

/** Only 2000::/3 is public at all: loopback, link-local, unique local, mapped and NAT64 addresses all lie outside it. */
const PUBLIC_V6 = '2000::/3';

/** Inside it: protocol assignments (Teredo, ORCHID), 6to4 and the documentation ranges. */
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

function familyOf(address: string): Family | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 4 ? 'ipv4' : 'ipv6';
}

/** Adds `10.0.0.0/8` or a single address; false where it is neither. */
function add(list: BlockList, entry: string): boolean {
  const [network = '', bits, ...rest] = entry.split('/');
  const family = familyOf(network);
  if (family === undefined || rest.length > 0) return false;
  const longest = family === 'ipv4' ? 32 : 128;
  const prefix = bits === undefined ? longest : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (!(prefix <= longest)) return false;
  list.addSubnet(network, prefix, family);
  return true;
}

function listOf(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) add(list, entry);
  return list;
}

function hostName(text: string): string {
  return text.toLowerCase().replace(/\.$/, '').replace(/^\[(.*)\]$/, '$1');
}

/**
 * A guard that admits public addresses, and those of `allowed`: host names (`sales.internal`), addresses or CIDRs (`10.0.0.0/8`).
 * Throws an `Error` that names the entry which is none of these.
 */
export function createAddressGuard(allowed: readonly string[]): AddressGuard {
  const hosts = new Set<string>();
  const networks = new BlockList();
  for (const entry of allowed) {
    const text = hostName(entry.trim());
    if (add(networks, text)) continue;
    if (!/^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/.test(text) || /^[\d.]+$/.test(text)) {
      throw new Error(`CCM_ALLOW_PRIVATE_HOSTS: "${entry}" is neither a host name nor an address nor a CIDR.`);
    }
    hosts.add(text);
  }
  const special = listOf([...SPECIAL_V4, ...SPECIAL_V6]);
  const publicV6 = listOf([PUBLIC_V6]);

  return {
    admits(hostname, address) {
      if (hosts.has(hostName(hostname))) return true;
      const bare = address.split('%', 1)[0] ?? '';
      const family = familyOf(bare);
      if (family === undefined) return false;
      if (networks.check(bare, family)) return true;
      return !special.check(bare, family) && (family === 'ipv4' || publicV6.check(bare, family));
    },
  };
}
