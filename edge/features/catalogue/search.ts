import type { CatalogueEntry } from '../../kernel/catalogue.js';
import { ProblemError } from '../../kernel/problems.js';
import type { WidgetType } from '../../../sdk/contract/widget.js';

export interface CatalogueQuery {
  /** Only these, with commas between. */
  ids?: string;
  /** Words that must all occur in id, title, description, category or tags. */
  query?: string;
  category?: string;
  tag?: string;
  type?: WidgetType;
  /** Of the page before. */
  cursor?: string;
  /** Items on a page. */
  limit: number;
}

export interface EntryPage {
  entries: CatalogueEntry[];
  cursor?: string;
}

const collator = new Intl.Collator('en', { numeric: true });
const sorted = new WeakMap<ReadonlyMap<string, CatalogueEntry>, CatalogueEntry[]>();
const texts = new WeakMap<CatalogueEntry, string>();

/** One page of a catalogue, by title. Throws `bad_request` for a cursor that no page gave. */
export function searchCatalogue(
  catalogue: ReadonlyMap<string, CatalogueEntry>, query: CatalogueQuery, sees: (entry: CatalogueEntry) => boolean,
): EntryPage {
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
  const ids = query.ids === undefined ? undefined : new Set(query.ids.split(','));
  const words = fold(query.query ?? '').split(/\s+/).filter(Boolean);
  const found = byTitle(catalogue).filter((entry) =>
    (ids === undefined || ids.has(entry.widget.id))
    && (after === undefined || compare([entry.widget.title, entry.widget.id], after) > 0)
    && (query.type === undefined || entry.widget.type === query.type)
    && (query.category === undefined || entry.widget.category === query.category)
    && (query.tag === undefined || (entry.widget.tags?.includes(query.tag) ?? false))
    && words.every((word) => textOf(entry).includes(word))
    && sees(entry));
  const entries = found.slice(0, query.limit);
  const last = entries.at(-1);
  return found.length > entries.length && last ? { entries, cursor: writeCursor(last) } : { entries };
}

type Place = readonly [title: string, id: string];

function compare([title, id]: Place, [otherTitle, otherId]: Place): number {
  return collator.compare(title, otherTitle) || (id < otherId ? -1 : id > otherId ? 1 : 0);
}

function byTitle(catalogue: ReadonlyMap<string, CatalogueEntry>): CatalogueEntry[] {
  let entries = sorted.get(catalogue);
  if (entries === undefined) {
    entries = [...catalogue.values()].sort((a, b) => compare([a.widget.title, a.widget.id], [b.widget.title, b.widget.id]));
    sorted.set(catalogue, entries);
  }
  return entries;
}

function textOf(entry: CatalogueEntry): string {
  let text = texts.get(entry);
  if (text === undefined) {
    const { id, title, description, category, tags } = entry.widget;
    text = fold([id, title, description, category, ...(tags ?? [])].join('\n'));
    texts.set(entry, text);
  }
  return text;
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** The place of the last item rather than a count: a definition made or removed meanwhile shifts nothing. */
function writeCursor({ widget }: CatalogueEntry): string {
  return Buffer.from(JSON.stringify([widget.title, widget.id])).toString('base64url');
}

function readCursor(cursor: string): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(place) && place.length === 2 && typeof place[0] === 'string' && typeof place[1] === 'string') return [place[0], place[1]];
  } catch {
    // Told below, like any other cursor that is not ours.
  }
  const fault = { path: 'cursor', message: 'is not a cursor that this list gave' };
  throw new ProblemError('bad_request', `query: cursor: ${fault.message}`, { errors: [fault] });
}
