import type { AuthForm, ConnectorDefinition } from './connector-definition.js';
import { CONNECTOR_NAME } from './connector-definition.js';
import { endpointFault } from './endpoint.js';
import type { Fault } from './problem.js';

const DATA_CENTRE = '{dc}.';
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,59}$/;
const QUERY_NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,59}$/;
/** Headers that steer the connection or the message, say who calls by another way, or belong to the edge itself. */
const RESERVED_HEADERS = new Set([
  'accept', 'accept-charset', 'accept-encoding', 'authorization', 'connection', 'cookie', 'cookie2', 'date', 'dnt', 'expect', 'forwarded', 'from',
  'host', 'http2-settings', 'keep-alive', 'max-forwards', 'origin', 'pragma', 'range', 'referer', 'set-cookie', 'set-cookie2', 'te', 'trailer',
  'transfer-encoding', 'upgrade', 'user-agent', 'via', 'x-http-method', 'x-http-method-override', 'x-method-override', 'x-original-url', 'x-real-ip',
  'x-request-id', 'x-rewrite-url', 'x-tenant-id',
]);
const RESERVED_PREFIXES = ['access-control-', 'cache-', 'content-', 'if-', 'proxy-', 'sec-', 'x-forwarded-'];

/** What is wrong with the header that a key is sent in, in words. */
export function headerNameFault(name: string): string | undefined {
  if (!HEADER_NAME.test(name)) return 'must be the name of a header, such as "X-Api-Key"';
  const lower = name.toLowerCase();
  if (lower === 'authorization') return 'is a header that no key may be sent in; for Authorization there are bearer and basic';
  return RESERVED_HEADERS.has(lower) || RESERVED_PREFIXES.some((prefix) => lower.startsWith(prefix)) ? 'is a header that no key may be sent in' : undefined;
}

/** What is wrong with the query parameter that a key is sent in, in words. */
export function queryNameFault(name: string): string | undefined {
  return QUERY_NAME.test(name) ? undefined : 'must be the name of a query parameter, such as "key"';
}

/** What is wrong with an address that calls go to: `{dc}` is looked for only where it may stand. */
export function addressFault(address: string, { dataCentre = false } = {}): string | undefined {
  const text = dataCentre ? address.replace(`://${DATA_CENTRE}`, '://us1.') : address;
  if (/[{}\s\\]/.test(text) || !URL.canParse(text)) return 'must be an http or https URL';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must be an http or https URL';
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return 'must have no user, query or fragment';
  return undefined;
}

function tokenUrlFault(tokenUrl: string, baseUrl = ''): string | undefined {
  if (!tokenUrl.startsWith('/')) return addressFault(tokenUrl);
  return baseUrl.includes(DATA_CENTRE) ? 'must name its host, where the API\'s own depends on the key' : endpointFault(tokenUrl);
}

function formFaults(form: AuthForm, path: string, baseUrl: string | undefined): Fault[] {
  const faults: (Fault | undefined)[] = [];
  const add = (name: string, message: string | undefined): void => void faults.push(message === undefined ? undefined : { path: `${path}.${name}`, message });
  if (form.kind === 'api_key') {
    if (form.headerName !== undefined && form.queryName !== undefined) add('queryName', 'must not stand beside headerName');
    if (form.headerName !== undefined) add('headerName', headerNameFault(form.headerName));
    if (form.queryName !== undefined) add('queryName', queryNameFault(form.queryName));
  }
  if (form.kind === 'oauth2' || form.kind === 'service_account') add('tokenUrl', tokenUrlFault(form.tokenUrl, baseUrl));
  return faults.filter((fault) => fault !== undefined);
}

function patternFaults(patterns: readonly string[] = [], path: string): Fault[] {
  return patterns.flatMap((pattern, index) => {
    const message = endpointFault(pattern);
    return message === undefined ? [] : [{ path: `${path}.${index}`, message }];
  });
}

/** What is wrong with a connector's definition, each with its path. Asked of values that have the fields' types. */
export function connectorFaults(definition: Partial<ConnectorDefinition>): Fault[] {
  const { name, baseUrl, takes = [], probe, pagination } = definition;
  const faults: Fault[] = [];
  if (name !== undefined && !CONNECTOR_NAME.test(name)) faults.push({ path: 'name', message: 'must be 1 to 40 lower case letters, digits, "_" or "-"' });
  const address = baseUrl === undefined ? undefined : addressFault(baseUrl, { dataCentre: true });
  if (address !== undefined) faults.push({ path: 'baseUrl', message: address });
  const twice = takes.findIndex((form, index) => takes.some((other, before) => before < index && other.kind === form.kind));
  if (twice >= 0) faults.push({ path: `takes.${twice}.kind`, message: 'is there twice' });
  faults.push(...takes.flatMap((form, index) => formFaults(form, `takes.${index}`, baseUrl)));
  faults.push(...patternFaults(definition.paths, 'paths'), ...patternFaults(definition.post, 'post'));
  const cheap = probe === undefined ? undefined : endpointFault(probe);
  if (cheap !== undefined) faults.push({ path: 'probe', message: cheap });
  if (pagination?.kind === 'cursor' && (pagination.next === undefined) === (pagination.lastItem === undefined)) {
    faults.push({ path: 'pagination.next', message: 'is needed, or lastItem, and not both' });
  }
  return faults;
}
