import type { TenantDisplay } from '../../../sdk/contract/answer.js';
import { freshFrame, faultFrame, refField, REFUSED, staleFrame } from '../../feeds/frames.js';
import type { CatalogueEntry } from '../../kernel/catalogue.js';
import { reducedDefinition } from '../../kernel/definition.js';
import type { FeedAnswer } from '../../kernel/feed.js';
import { ProblemError } from '../../kernel/problems.js';
import type { SamplePoint } from '../../kernel/samples.js';

/** One line of a batch's answer before it is written: a frame and the members that are put into it. */
export interface Line {
  readonly frame: string | Uint8Array;
  readonly fields: readonly string[];
  readonly context: LineContext;
}

/** Who asked for the line, and with what. */
export interface LineContext {
  readonly id: string;
  readonly ref?: string;
  readonly cursor?: string;
  /** Set where the definition goes out with it. */
  readonly define?: CatalogueEntry;
  /** Oldest first. */
  readonly history?: readonly SamplePoint[];
}

/** Bytes of all lines of a batch; a page that is really so large asks in several. */
export const MOST_BYTES = 32 * 1024 * 1024;
const TOO_LARGE = new ProblemError('too_large', `The answers of one batch may have ${MOST_BYTES / 1024 / 1024} MB in all; ask for this one by itself.`);
const NEWLINE = Buffer.from('\n');
const frameBytes = new WeakMap<FeedAnswer, Buffer>();
const definitions = new WeakMap<CatalogueEntry, string>();
const displays = new WeakMap<TenantDisplay, string>();

/** The whole answer; only its age for who has it; with its fault while the source fails. */
export function answerLine(answer: FeedAnswer, context: LineContext): Line {
  const { fault } = answer;
  const known = context.cursor === answer.cursor;
  if (fault !== undefined) return lineOf(known ? faultFrame(context.id, 'stale', fault) : staleFrame(answer.frame, fault), context);
  return lineOf(known ? freshFrame(context.id, answer) : bytesOf(answer), context);
}

export function failedLine({ code, message }: ProblemError, context: LineContext): Line {
  return lineOf(faultFrame(context.id, 'failed', { code, detail: message }), context);
}

export function refusedLine(context: LineContext): Line {
  return lineOf(faultFrame(context.id, 'refused', REFUSED), context);
}

/** In the place of one that the batch has no room for. The definition goes with it where there is room for that at least. */
export function tooLargeLine({ context }: Line, room: number): Line {
  const told = failedLine(TOO_LARGE, context);
  return sizeOf(told) <= room ? told : failedLine(TOO_LARGE, { id: context.id, ref: context.ref });
}

/** About how many bytes it has; text is counted by its characters. */
export function sizeOf({ frame, fields }: Line): number {
  return fields.reduce((sum, field) => sum + field.length, frame.length);
}

/** The lines' bytes, cached ones spliced as they are: an answer is not serialised again, nor encoded. `first` is put into the first line. */
export function bytesOfLines(lines: readonly Line[], first = ''): Buffer<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  lines.forEach((line, index) => {
    for (const piece of piecesOf(line, index === 0 ? first : '')) parts.push(toBytes(piece));
  });
  return Buffer.concat(parts);
}

/** What a line is written from, with a cached answer as it is. */
export function piecesOf({ frame, fields }: Line, first = ''): (string | Uint8Array)[] {
  const members = first === '' ? fields : [first, ...fields];
  if (members.length === 0) return [frame, NEWLINE];
  return [`{${members.join(',')},`, typeof frame === 'string' ? frame.slice(1) : frame.subarray(1), NEWLINE];
}

export function toBytes(piece: string | Uint8Array): Uint8Array {
  return typeof piece === 'string' ? Buffer.from(piece) : piece;
}

/** Member that tells the page how the tenant's values are written. */
export function tenantField(tenant: TenantDisplay): string {
  let field = displays.get(tenant);
  if (field === undefined) displays.set(tenant, (field = `"tenant":${JSON.stringify(tenant)}`));
  return field;
}

function lineOf(frame: string | Uint8Array, context: LineContext): Line {
  const { ref, define, history } = context;
  const fields: string[] = [];
  if (ref !== undefined) fields.push(refField(ref));
  if (define !== undefined) fields.push(definitionField(define));
  if (history !== undefined) fields.push(`"history":${JSON.stringify(history.map(({ time, value }) => [time, value]))}`);
  return { frame, fields, context };
}

function definitionField(entry: CatalogueEntry): string {
  let field = definitions.get(entry);
  if (field === undefined) definitions.set(entry, (field = `"widget":${JSON.stringify(reducedDefinition(entry.widget))}`));
  return field;
}

function bytesOf(answer: FeedAnswer): Buffer {
  let bytes = frameBytes.get(answer);
  if (bytes === undefined) frameBytes.set(answer, (bytes = Buffer.from(answer.frame)));
  return bytes;
}
