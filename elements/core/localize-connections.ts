import { englishConnections } from './connection-strings.js';
import type { ConnectionStrings } from './connection-strings.js';
import { stringsFor, wordsOf } from './localize.js';
import type { Strings } from './strings.js';

export type AllStrings = Strings & ConnectionStrings;

/** The strings for a locale, with those of connections, which go before others of the same name. */
export function connectionStringsFor(locale: string | undefined): AllStrings {
  return { ...stringsFor(locale), ...wordsOf('connections', englishConnections, locale) } as AllStrings;
}
