import { PROBLEM_STATUS, type ProblemCode } from '../../sdk/contract/problem.js';
import { ProblemError } from '../kernel/problems.js';

/** An answer as edges hand it on: a line of JSON about it, then the data's own bytes, which nobody parses on the way. */
export interface KeptAnswer {
  /** Of this fetch: tells an answer from an earlier one that is equal. */
  readonly id: string;
  /** Epoch milliseconds: when its fetch began and ended. */
  readonly startedAt: number;
  readonly checkedAt: number;
  readonly cursor: string;
  readonly dataJson: string;
}

export interface KeptFault {
  readonly id: string;
  readonly problem: ProblemError;
}

const LINE_END = 10;

export function answerBytes({ dataJson, ...about }: KeptAnswer): Uint8Array {
  return Buffer.from(`${JSON.stringify(about)}\n${dataJson}`);
}

/** Undefined for what is no answer of this form. */
export function readAnswer(bytes: Uint8Array): KeptAnswer | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = text.indexOf(LINE_END);
  if (end === -1) return undefined;
  const { id, startedAt, checkedAt, cursor } = fieldsOf(text.toString('utf8', 0, end));
  if (typeof id !== 'string' || typeof cursor !== 'string' || !isTime(startedAt) || !isTime(checkedAt)) return undefined;
  return { id, startedAt, checkedAt, cursor, dataJson: text.toString('utf8', end + 1) };
}

/** What the caller may know of a fault; its cause stays in the log of the edge that had it. */
export function faultBytes(id: string, { code, message, retryAfter }: ProblemError): Uint8Array {
  return Buffer.from(JSON.stringify({ id, code, detail: message, retryAfter }));
}

export function readFault(bytes: Uint8Array): KeptFault | undefined {
  const { id, code, detail, retryAfter } = fieldsOf(Buffer.from(bytes).toString('utf8'));
  if (typeof id !== 'string' || typeof detail !== 'string' || typeof code !== 'string' || !Object.hasOwn(PROBLEM_STATUS, code)) return undefined;
  return { id, problem: new ProblemError(code as ProblemCode, detail, typeof retryAfter === 'number' ? { retryAfter } : {}) };
}

function isTime(value: unknown): value is number {
  return Number.isFinite(value);
}

function fieldsOf(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
