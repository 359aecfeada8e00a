import type { RedisOptions } from 'ioredis';

/** A Redis as people may read it: never with its user or password. */
export function shownAddress({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

/** Number of the database; 0 where the URL names none. */
export function databaseOf({ pathname }: URL): number {
  return Number(pathname.slice(1));
}

/** What the URL says, for the client. Its own reading of URLs takes any option from the query. */
export function addressOptions(url: URL): RedisOptions {
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 6379 : Number(url.port),
    db: databaseOf(url),
    ...(url.username !== '' && { username: decodeURIComponent(url.username) }),
    ...(url.password !== '' && { password: decodeURIComponent(url.password) }),
    ...(url.protocol === 'rediss:' && { tls: {} }),
  };
}
