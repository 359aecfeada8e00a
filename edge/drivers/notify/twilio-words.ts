import { oneLine } from './clean.js';

/** Characters. */
const LONGEST = 200;
/** Digits, as phone numbers are written: with blanks, points, brackets and strokes between. */
const NUMBERS = /\+?\d(?:[\s().\-/]{0,2}\d){6,}/g;

/** Code and message of what Twilio says that does not take a text; without numbers, and without what is secret. Undefined where it says neither. */
export function twilioWords(said: string, secrets: readonly string[]): string | undefined {
  const { code, message } = fieldsOf(said);
  const words = secrets.filter((secret) => secret !== '').reduce((text, secret) => text.replaceAll(secret, '…'), typeof message === 'string' ? message : '');
  const parts = [
    ...(Number.isSafeInteger(code) ? [String(code)] : []),
    oneLine(words.replace(NUMBERS, '…'), LONGEST),
  ].filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts.join(' ');
}

function fieldsOf(said: string): { code?: unknown; message?: unknown } {
  try {
    const answer: unknown = JSON.parse(said);
    return typeof answer === 'object' && answer !== null ? answer : {};
  } catch {
    return {};
  }
}
