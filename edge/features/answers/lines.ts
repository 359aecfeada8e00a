import type { TenantDisplay } from '../../../sdk/contract/answer.js';
import { freshFrame, faultFrame, refField, REFUSED, staleFrame } from '../../feeds/frames.js';
import type { CatalogueEntry } from '../../kernel/catalogue.js';
import { reducedDefinition } from '../../kernel/definition.js';
import type { FeedAnswer } from '../../kernel/feed.js';
import type { ProblemError } from '../../kernel/problems.js';

/** One line of a batch's answer before it is written: a frame and the members that are put into it. */
export interface Line {
  readonly frame: string | Uint8Array;
  readonly fields: readonly string[];
}

/** Who asked for the line, and with what. */
export interface LineContext {
  readonly id: string;
  readonly ref?: string;
  readonly cursor?: string;
  /** Set where the definition goes out with it. */
  readonly define?: CatalogueEntry;
}

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

export function refusedLine(context: Pick<LineContext, 'id' | 'ref'>): Line {
  return lineOf(faultFrame(context.id, 'refused', REFUSED), context);
}

/** The lines' bytes, cached ones spliced as they are: an answer is not serialised again, nor encoded. `first` is put into the first line. */
export function bytesOfLines(lines: readonly Line[], first = ''): Buffer<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  lines.forEach(({ frame, fields }, index) => {
    const members = index === 0 && first !== '' ? [first, ...fields] : fields;
    if (members.length === 0) {
      parts.push(typeof frame === 'string' ? Buffer.from(frame) : frame);
    } else {
      parts.push(Buffer.from(`{${members.join(',')},`), typeof frame === 'string' ? Buffer.from(frame.slice(1)) : frame.subarray(1));
    }
    parts.push(NEWLINE);
  });
  return Buffer.concat(parts);
}

/** Member that tells the page how the tenant's values are written. */
export function tenantField(tenant: TenantDisplay): string {
  let field = displays.get(tenant);
  if (field === undefined) displays.set(tenant, (field = `"tenant":${JSON.stringify(tenant)}`));
  return field;
}

function lineOf(frame: string | Uint8Array, { ref, define }: Pick<LineContext, 'ref' | 'define'>): Line {
  const fields: string[] = [];
  if (ref !== undefined) fields.push(refField(ref));
  if (define !== undefined) fields.push(definitionField(define));
  return { frame, fields };
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
