import { cut } from './clean.js';

/** Alphabet of a short message that has 7 bits a character (GSM 03.38), and what of it counts twice. */
const BASIC = '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const TWICE = '^{}\\[~]|€';
const ONE = new Set(BASIC);
const TWO = new Set(TWICE);

/** Typographic characters that have a plain one which says the same: a single one of them would halve the room. */
const PLAIN: Record<string, string> = {
  '–': '-', '—': '-', '−': '-', '‘': '\'', '’': '\'', '‚': '\'', '“': '"', '”': '"', '„': '"', '…': '...', '·': '-', '•': '-', '\u00a0': ' ', '\u202f': ' ', '×': 'x',
};

/** Parts of one message, joined by the phone; each loses some room to the joining. */
const MOST_SEGMENTS = 3;
const ROOM = { gsm: { single: 160, part: 153 }, ucs2: { single: 70, part: 67 } };

/** How many parts a text is sent in. */
export function segmentsOf(text: string): number {
  const { single, part } = isGsm(text) ? ROOM.gsm : ROOM.ucs2;
  const length = lengthOf(text);
  return length <= single ? 1 : Math.ceil(length / part);
}

/** The text with its end, in at most three parts: the text is cut, the end (a link) is whole or not there. */
export function fitted(text: string, end = ''): string {
  const tail = end === '' ? '' : ` ${end}`;
  const plain = simplified(text);
  if (tail !== '' && segmentsOf(tail) > MOST_SEGMENTS - 1) return fitted(text);
  for (let most = Math.min(plain.length, MOST_SEGMENTS * ROOM.gsm.part); most > 0; most -= 1) {
    const whole = simplified(cut(plain, most)) + tail;
    if (segmentsOf(whole) <= MOST_SEGMENTS) return whole;
  }
  return end;
}

function simplified(text: string): string {
  return text.replace(/[–—−‘’‚“”„…·•\u00a0\u202f×]/g, (character) => PLAIN[character] ?? character);
}

function isGsm(text: string): boolean {
  return [...text].every((character) => ONE.has(character) || TWO.has(character));
}

/** In units of the alphabet that it needs. */
function lengthOf(text: string): number {
  if (!isGsm(text)) return text.length;
  return [...text].reduce((length, character) => length + (TWO.has(character) ? 2 : 1), 0);
}
