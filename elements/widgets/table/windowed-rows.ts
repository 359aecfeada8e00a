import { rowKeyOf } from '../../../sdk/data/rows.js';
import type { RowRequest, RowWindow } from '../../core/widget-view.js';
import { FAILED, LOADING, type TableRows } from './rows.js';

/** Rows that are asked for at once; a window begins at a multiple of it. */
const SIZE = 100;
/** Windows that are kept: 5,000 rows. */
const MOST_KEPT = 50;
/** Milliseconds: scrolling past, pressing a head twice and typing ask once. */
const PAUSE = { scroll: 60, sort: 120, search: 250 };

type Ask = (request: RowRequest) => Promise<RowWindow>;

/** Which rows, in which order. */
export interface Question {
  readonly sort: string | undefined;
  readonly search: string | undefined;
}

/** The rows that came with the answer. */
export interface First {
  readonly rows: readonly unknown[];
  /** Rows in all. */
  readonly total: number;
  readonly sort: string | undefined;
}

/** What a window is: its rows, on its way, or not to be had. */
type Part = readonly unknown[] | typeof LOADING | typeof FAILED;

/**
 * Rows of a long answer that stay at the edge: those that are looked at are asked for, a window at a time, sorted and searched there.
 * This module is loaded by the first table that has more rows than it was given.
 */
export class WindowedRows implements TableRows {
  count = 0;
  /** Another order or search is under way: what is shown is still the one before. */
  busy = false;
  fault: string | undefined;
  /** Field of a row's identity. */
  rowKey: string | undefined;
  readonly #ask: Ask;
  readonly #changed: () => void;
  #first: First = { rows: [], total: 0, sort: undefined };
  #question: Question;
  #wanted: Question;
  #parts = new Map<number, Part>();
  /** Of the answer before: shown until the newer ones are here. */
  #before = new Map<number, readonly unknown[]>();
  #range: readonly [first: number, end: number] = [0, 0];
  /** The question itself could not be asked. */
  #unanswered = false;
  /** Grows with each answer and question: what was asked before is not taken any more. */
  #round = 0;
  #looking: ReturnType<typeof setTimeout> | undefined;
  #asking: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: Ask, question: Question, changed: () => void) {
    this.#ask = ask;
    this.#question = this.#wanted = question;
    this.#changed = changed;
  }

  at(index: number): unknown {
    const place = Math.floor(index / SIZE);
    const part = this.#parts.get(place);
    if (part === FAILED) return FAILED;
    const rows = Array.isArray(part) ? (part as readonly unknown[]) : this.#before.get(place);
    return rows !== undefined && index % SIZE < rows.length ? rows[index % SIZE] : LOADING;
  }

  keyAt(index: number): string | undefined {
    const row = this.at(index);
    return row === LOADING || row === FAILED ? undefined : this.#keyOf()(row, index);
  }

  placeOf(key: string, from: number, to: number): number | undefined {
    const keyOf = this.#keyOf();
    for (const [place, part] of this.#parts) {
      if (!Array.isArray(part)) continue;
      const at = (part as readonly unknown[]).findIndex((row, index) => keyOf(row, place * SIZE + index) === key);
      const index = place * SIZE + at;
      if (at >= 0 && index >= from && index < to) return index;
    }
    return undefined;
  }

  here(): unknown[] {
    return [...this.#parts].filter(([, part]) => Array.isArray(part)).sort(([a], [b]) => a - b).flatMap(([, part]) => part as readonly unknown[]);
  }

  /** Another answer: what was kept of the one before is dropped, and what is looked at is asked for again. */
  answer(first: First): void {
    this.#first = first;
    const seen = [...this.#parts].filter(([place, part]) => Array.isArray(part) && this.#isSeen(place));
    if (seen.length > 0) this.#before = new Map(seen as [number, readonly unknown[]][]);
    this.#begin();
    if (this.busy || this.#unanswered) this.#askQuestion();
    else this.#look();
  }

  /** Another order, or other words to be found. */
  ask({ sort, search }: Question): void {
    if (sort === this.#wanted.sort && search === this.#wanted.search) return;
    const pause = search === this.#wanted.search ? PAUSE.sort : PAUSE.search;
    this.#wanted = { sort, search };
    clearTimeout(this.#asking);
    if (this.#isFirst(this.#wanted)) {
      this.#take(this.#wanted);
      this.#changed();
      return;
    }
    this.busy = true;
    this.#asking = setTimeout(() => this.#askQuestion(), pause);
  }

  /** These are looked at: those that are not here are asked for once the scrolling rests. */
  look(first: number, end: number): void {
    this.#range = [first, end];
    if (this.#missing().length === 0) return;
    this.#looking ??= setTimeout(() => this.#look(), PAUSE.scroll);
  }

  /** Asks again for what could not be had and is looked at. */
  retry(): void {
    if (this.#unanswered) this.#askQuestion();
    else {
      for (const [place, part] of this.#parts) if (part === FAILED && this.#isSeen(place)) this.#parts.delete(place);
      this.#look();
    }
    this.#changed();
  }

  close(): void {
    this.#round += 1;
    clearTimeout(this.#looking);
    clearTimeout(this.#asking);
    this.#looking = undefined;
  }

  /** Whether a question is the one that the answer's own rows answer. */
  #isFirst({ sort, search }: Question): boolean {
    return search === undefined && sort === this.#first.sort;
  }

  /** What was asked is shown from now on. */
  #take(question: Question): void {
    this.busy = false;
    this.#unanswered = false;
    this.#question = this.#wanted = question;
    this.#before.clear();
    this.#begin();
  }

  /** Begins anew with what came with the answer, where that answers the question. */
  #begin(): void {
    this.#round += 1;
    this.#parts.clear();
    if (!this.#isFirst(this.#question)) return;
    const { rows, total } = this.#first;
    this.count = total;
    for (let from = 0; from < rows.length; from += SIZE) {
      const part = rows.slice(from, from + SIZE);
      if (part.length === SIZE || from + part.length === total) this.#parts.set(from / SIZE, part);
    }
  }

  #askQuestion(): void {
    const wanted = this.#wanted;
    clearTimeout(this.#asking);
    this.busy = true;
    this.#round += 1;
    const round = this.#round;
    this.#ask({ from: 0, count: SIZE, ...wanted }).then(
      ({ rows, total }) => {
        if (round !== this.#round) return;
        this.#take(wanted);
        this.count = total;
        this.#parts.set(0, rows);
        this.#changed();
      },
      (error: unknown) => {
        if (round !== this.#round) return;
        this.#fail(error);
        this.#take(wanted);
        this.#unanswered = true;
        // It stands for all of them: how many there are is not known.
        this.count = 1;
        this.#parts.set(0, FAILED);
        this.#changed();
      },
    );
  }

  #missing(): number[] {
    const [first, end] = this.#range;
    const missing: number[] = [];
    for (let place = Math.floor(first / SIZE); place * SIZE < Math.min(end, this.count); place += 1) if (!this.#parts.has(place)) missing.push(place);
    return missing;
  }

  #look(): void {
    clearTimeout(this.#looking);
    this.#looking = undefined;
    // While another question is under way, the rows of this one are not worth a request.
    if (!this.busy) for (const place of this.#missing()) this.#fetch(place);
  }

  #fetch(place: number): void {
    const round = this.#round;
    this.#parts.set(place, LOADING);
    this.#ask({ from: place * SIZE, count: SIZE, ...this.#question }).then(
      ({ rows, total }) => {
        if (round !== this.#round) return;
        this.count = total;
        this.#set(place, rows);
      },
      (error: unknown) => {
        if (round !== this.#round) return;
        this.#fail(error);
        this.#set(place, FAILED);
      },
    );
  }

  #set(place: number, part: Part): void {
    this.#parts.set(place, part);
    this.#before.delete(place);
    for (const old of this.#parts.keys()) {
      if (this.#parts.size <= MOST_KEPT) break;
      if (!this.#isSeen(old)) this.#parts.delete(old);
    }
    this.#changed();
  }

  #isSeen(place: number): boolean {
    const [first, end] = this.#range;
    return (place + 1) * SIZE > first && place * SIZE < end;
  }

  /** What the edge says of a question that it does not answer is for the reader: trying again does not help. */
  #fail(error: unknown): void {
    const { code, detail } = error as { code?: unknown; detail?: unknown };
    this.fault = code === 'bad_request' && typeof detail === 'string' ? detail : undefined;
  }

  #keyOf(): (row: unknown, index: number) => string {
    const [some] = this.#parts.values();
    return rowKeyOf(Array.isArray(some) ? (some as readonly unknown[]) : this.#first.rows, this.rowKey);
  }
}
