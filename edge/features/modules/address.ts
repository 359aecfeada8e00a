import { isIP } from 'node:net';
import { endpointFault } from '../../../sdk/contract/endpoint.js';
import { createAddressGuard } from '../../drivers/http/addresses.js';

/** What is wrong with the address of a module that a tenant registers, in words; undefined where nothing is. */
export type AddressCheck = (text: string) => string | undefined;

/**
 * Admits https, and http of hosts that `CCM_ALLOW_PRIVATE_HOSTS` lists. What a name stands for is looked at with each call, when the
 * socket is opened; here it is about what can be said beforehand. Only the parsed host counts: `0x7f.1` is 127.0.0.1.
 */
export function createAddressCheck(allowPrivateHosts: readonly string[]): AddressCheck {
  const guard = createAddressGuard(allowPrivateHosts);
  const unlisted = createAddressGuard([]);

  return (text) => {
    if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return 'must be an https address';
    const url = new URL(text);
    if (url.username !== '' || url.password !== '' || text.includes('@')) return 'must have no user';
    if (url.search !== '' || url.hash !== '' || /[?#]/.test(text)) return 'must have no query or fragment';
    if (/[\\\s]/.test(text)) return 'must have no backslash or blank';
    const path = url.pathname.replace(/\/+$/, '');
    const fault = path === '' ? undefined : endpointFault(path);
    if (fault !== undefined) return `the path ${fault}`;

    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const literal = isIP(host) !== 0;
    // A name is listed by its name: what it stands for is not known here, and a public host is not to be called by http.
    const listed = literal ? guard.admits(host, host) && !unlisted.admits(host, host) : guard.admits(host, '');
    if (url.protocol === 'http:' && !listed) return 'must be https: http is for hosts that CCM_ALLOW_PRIVATE_HOSTS lists';
    if (literal && !guard.admits(host, host)) return 'stands for an address that this edge may not call';
    return undefined;
  };
}
