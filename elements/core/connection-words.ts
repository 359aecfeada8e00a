import { englishConnections } from './connection-strings.js';
import type { ConnectionStrings } from './connection-strings.js';
import { stringsFor } from './localize.js';
import type { Strings } from './strings.js';

export type ConnectionWords = Strings & ConnectionStrings;

/** All words that connections are told in: the elements' own, and those that load with them. */
export function connectionWords(locale: string | undefined): ConnectionWords {
  const strings = stringsFor(locale);
  return { ...strings, ...englishConnections, ...strings.connections } as ConnectionWords;
}
