import { ProblemError } from '../../kernel/problems.js';

/** The last item's place rather than a count: what comes meanwhile stands before it and shifts nothing. */
export function writeCursor(...place: (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Throws `bad_request` for a cursor that no page gave. */
export function readCursor<Place extends (string | number)[]>(cursor: string, ...form: { [Part in keyof Place]: (part: unknown) => part is Place[Part] }): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(place) && place.length === form.length && form.every((fits, index) => fits(place[index]))) return place as Place;
  } catch {
    // Told below, like any other cursor that is not ours.
  }
  const fault = { path: 'cursor', message: 'is not a cursor that this list gave' };
  throw new ProblemError('bad_request', `query: cursor: ${fault.message}`, { errors: [fault] });
}

export const isTime = (part: unknown): part is number => Number.isSafeInteger(part);
export const isText = (part: unknown): part is string => typeof part === 'string';
