import type { StatementVerifier } from '../../kernel/signer.js';
import { GENESIS, hashOf } from './chain.js';
import { asHead, statedIn, type Head } from './heads.js';
import type { AuditRow, TrailReader } from './store.js';

/** `changed missing reordered`: a row's. `cut`: rows at the end. `rewritten`: rows with all their hashes. `unsigned`: of a checkpoint. */
export type TrailFaultKind = 'changed' | 'missing' | 'reordered' | 'cut' | 'rewritten' | 'unsigned';

export interface TrailFault {
  kind: TrailFaultKind;
  /** The first row that it concerns. */
  seq: number;
  detail: string;
}

export interface Verification {
  /** Rows that were looked at. */
  rows: number;
  checkpoints: number;
  /** The head that was reached. */
  head: Head;
  /** By seq; none where the trail is whole. Behind the first bad row nothing is looked at but its end. */
  faults: TrailFault[];
}

export interface VerifyOptions {
  trail: TrailReader;
  verifier: StatementVerifier;
  /** Signed heads (compact JWS) that were kept outside the database. */
  heads?: readonly string[];
  onProgress?: (rows: number, of: number) => void;
}

const PAGE = 1_000;
/** Bad signatures that are told one by one. */
const MOST_UNSIGNED = 10;

/** A head that was signed once: the chain must come by it. */
interface Mark extends Head {
  name: string;
}

/** Walks the whole chain. Rows may be added meanwhile: it ends where the trail ended at its beginning. */
export async function verifyTrail({ trail, verifier, heads = [], onProgress }: VerifyOptions): Promise<Verification> {
  const faults: TrailFault[] = [];
  let unsigned = 0;
  const addUnsigned = (seq: number, detail: string): void => {
    unsigned += 1;
    if (unsigned <= MOST_UNSIGNED) faults.push({ kind: 'unsigned', seq, detail });
  };

  // In this order: an edge writes the rows before it signs them.
  const newest = trail.newestCheckpoint()?.seq ?? 0;
  const end = trail.head() ?? GENESIS;

  const outside: Mark[] = [];
  for (const jws of heads) {
    const stated = statedIn(jws);
    if (stated === undefined) continue;
    outside.push({ ...stated, name: `the head of ${timeOf(stated.time)} that was kept outside` });
    if (await verifier.verify(jws) === undefined) addUnsigned(stated.seq, `the head of ${timeOf(stated.time)} that was kept outside is not signed with the key of this store: one of them was replaced`);
  }
  outside.sort((a, b) => a.seq - b.seq);

  let checkpoints = 0;
  const marks = merged(outside, async function* signedMarks() {
    for (let after = 0; ;) {
      const page = trail.checkpoints(after, PAGE).filter(({ seq }) => seq <= newest);
      for (const { seq, jws } of page) {
        checkpoints += 1;
        const stated = asHead(await verifier.verify(jws));
        if (stated?.seq === seq) yield { ...stated, name: `the checkpoint of ${timeOf(stated.time)}` };
        else addUnsigned(seq, 'the checkpoint at this row is not signed with the key of this store');
      }
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.seq;
    }
  }());
  let mark = await marks.next();
  /** The last row up to which a signed head has confirmed the chain. */
  let confirmed = 0;

  let head: Head = GENESIS;
  let bad: TrailFault | undefined;
  walk: while (head.seq < end.seq) {
    const page = trail.rows(head.seq, PAGE);
    if (page.length === 0) break;
    for (const row of page) {
      if (row.seq > end.seq) break walk;
      bad = faultOf(trail, head, row);
      if (bad !== undefined) break walk;
      head = { seq: row.seq, hash: row.hash };
      while (!mark.done && mark.value.seq <= head.seq) {
        if (mark.value.seq === head.seq && mark.value.hash !== head.hash) {
          bad = { kind: 'rewritten', seq: confirmed + 1, detail: `${rowsOf(confirmed + 1, head.seq)} written anew with all hashes: ${mark.value.name} knows another row ${head.seq}` };
          break walk;
        }
        confirmed = mark.value.seq;
        mark = await marks.next();
      }
    }
    onProgress?.(head.seq, end.seq);
    // Whoever waits for this process, a signal for example, is not kept waiting.
    await new Promise((resolve) => void setImmediate(resolve));
  }
  if (bad !== undefined) faults.push(bad);

  const known = Math.max(newest, outside.at(-1)?.seq ?? 0);
  if (known > end.seq) faults.push({ kind: 'cut', seq: end.seq + 1, detail: `${rowsOf(end.seq + 1, known)} cut off: a signed head knows row ${known}, the trail ends at ${end.seq}` });
  // The signatures behind the bad row count too.
  while (!mark.done) mark = await marks.next();
  if (unsigned > MOST_UNSIGNED) faults.push({ kind: 'unsigned', seq: end.seq, detail: `${unsigned - MOST_UNSIGNED} more checkpoints are not signed with the key of this store` });
  faults.sort((a, b) => a.seq - b.seq);
  return { rows: head.seq, checkpoints, head, faults };
}

/** What is wrong with the row that follows this head. */
function faultOf(trail: TrailReader, head: Head, row: AuditRow): TrailFault | undefined {
  const seq = head.seq + 1;
  if (row.seq === seq && hashOf(head.hash, row) === row.hash) return undefined;
  const elsewhere = placeOf(trail, head, row);
  if (elsewhere !== undefined) return { kind: 'reordered', seq, detail: `row ${seq} stands in the place of row ${elsewhere}` };
  if (row.seq !== seq) return { kind: 'missing', seq, detail: `${rowsOf(seq, row.seq - 1)} missing` };
  return { kind: 'changed', seq, detail: `row ${seq} is not as it was written` };
}

/** Where the row that belongs behind this head stands instead. Looks through all that follow, once. */
function placeOf(trail: TrailReader, head: Head, first: AuditRow): number | undefined {
  const seq = head.seq + 1;
  for (let after = head.seq; ;) {
    const page = trail.rows(after, PAGE);
    // With its own hash it was moved whole, with the first one's only what it says was.
    const found = page.find((row) => row.seq !== seq && [row.hash, first.hash].includes(hashOf(head.hash, { ...row, seq })));
    if (found !== undefined) return found.seq;
    const last = page.at(-1);
    if (last === undefined) return undefined;
    after = last.seq;
  }
}

/** Both by seq. */
async function* merged(sorted: readonly Mark[], others: AsyncGenerator<Mark>): AsyncGenerator<Mark, undefined> {
  let at = 0;
  for await (const other of others) {
    for (let mark = sorted[at]; mark !== undefined && mark.seq <= other.seq; mark = sorted[at]) {
      yield mark;
      at += 1;
    }
    yield other;
  }
  yield* sorted.slice(at);
}

function rowsOf(first: number, last: number): string {
  return first === last ? `row ${first} is` : `rows ${first} to ${last} are`;
}

function timeOf(time: number): string {
  return new Date(Math.min(Math.max(0, time), 253_402_300_799_000)).toISOString();
}
