import { lookup as systemLookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { buildConnector } from 'undici';
import type { AddressGuard } from './addresses.js';

/** The name stands for an address that the edge may not call. */
export class RefusedAddressError extends Error {
  readonly hostname: string;

  constructor(hostname: string) {
    super(`${hostname} stands for an address that is not public and not in CCM_ALLOW_PRIVATE_HOSTS`);
    this.name = 'RefusedAddressError';
    this.hostname = hostname;
  }
}

/** All the addresses of a name, as `dns.lookup` gives them. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Resolves a name and refuses it when ANY of its addresses is not admitted. The socket is opened to the addresses
 * given here, so there is no second resolution that could answer differently (DNS rebinding).
 */
export function guardedLookup(guard: AddressGuard, resolve: Resolve = systemLookup): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { family: options.family, hints: options.hints, all: true }, (error, addresses) => {
      if (error !== null) return done(error, '');
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => guard.admits(hostname, address))) {
        return done(new RefusedAddressError(hostname), '');
      }
      if (options.all === true) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

/** Opens sockets to admitted addresses only. Literals never reach a lookup, so they are checked here. */
export function guardedConnector(
  build: typeof buildConnector,
  guard: AddressGuard,
  resolve?: Resolve,
): buildConnector.connector {
  const connect = build({ lookup: guardedLookup(guard, resolve), timeout: 10_000, port: 0 });
  return (options, done) => {
    const literal = options.hostname.replace(/^\[(.*)\]$/, '$1');
    if (isIP(literal) !== 0 && !guard.admits(literal, literal)) {
      done(new RefusedAddressError(literal), null);
      return;
    }
    connect(options, done);
  };
}
