/** Characters that break lines, steer a terminal, or turn the order of writing around: none has a place in a title or an address line. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/g;
const UNSEEN_IN_LINES = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/g;

/** What most texts have none of: without it a line is clean as it is. */
const SUSPECT = /[^ -~]| {2}|^ | $/;
const SUSPECT_IN_LINES = /[^ -~]|^ | $/;

/** A text of one line, no longer than `most`. */
export function lineOf(text: string, most: number): string {
  if (text.length <= most && !SUSPECT.test(text)) return text;
  return cut(whole(cut(text, most * 4)).replaceAll(UNSEEN, ' ').replaceAll(/ {2,}/g, ' ').trim(), most);
}

/** A text of any lines, no longer than `most`. */
export function linesOf(text: string, most: number): string {
  if (text.length <= most && !SUSPECT_IN_LINES.test(text)) return text;
  return cut(whole(cut(text, most * 4)).replaceAll(/\r\n?/g, '\n').replaceAll(UNSEEN_IN_LINES, ' ').trim(), most);
}

/** Half a character is none: who gets the text as JSON may refuse all of it for that. */
function whole(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\ufffd');
}

/** Cut between characters, never inside of one. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 2);
  return `${text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 2 : most - 1)}…`;
}
