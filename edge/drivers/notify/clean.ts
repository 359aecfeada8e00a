/**
 * What has no shape of its own and can turn text around, hide it or break out of a line: controls, bidirectional marks and
 * overrides, separators, byte order marks, tags, halves of a pair. Joiners stay: scripts and emoji need them.
 */
const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const LINE_ENDS = /\r\n?|[\n\u000b\u000c\u0085\u2028\u2029]/g;

/** Any value of data as one line of plain text of at most so many characters; nothing in it ends a header. */
export function oneLine(value: unknown, most: number): string {
  return cut(raw(value, most).replace(LINE_ENDS, ' ').replaceAll('\t', ' ').replace(UNSEEN, '').replace(/\s+/g, ' ').trim(), most);
}

/** The same with its line breaks, at most one empty line in a row. */
export function severalLines(value: unknown, most: number): string {
  const lines = raw(value, most).replace(LINE_ENDS, '\n').split('\n').map((line) => oneLine(line, most));
  return cut(lines.join('\n').replace(/\n{3,}/g, '\n\n').trim(), most);
}

/** At most so many characters (not halves of them), the last of which says that there was more. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = [...text.slice(0, most * 2)];
  return characters.length <= most && text.length <= most * 2 ? text : `${characters.slice(0, most - 1).join('').trimEnd()}…`;
}

/** No more than is looked at: who writes a megabyte into a title pays for none of it. */
function raw(value: unknown, most: number): string {
  return typeof value === 'string' ? value.slice(0, most * 4) : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** JSON of whole characters: half a one is written as an escape that not every reader takes, and who does not refuses all of it. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value).replaceAll(/(?<!\\)((?:\\\\)*)\\ud[89a-f][\da-f]{2}/g, '$1\ufffd');
}

/** For the text and the attributes of HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
