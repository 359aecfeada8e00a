import type { ViewerParams } from '../client/client.js';
import type { CcmError } from '../client/errors.js';
import type { PushFrame, WidgetRequest } from '../contract/frames.js';

/** One widget (with its params) whose news is wanted. */
export interface LiveItem {
  readonly key: string;
  readonly id: string;
  readonly params?: ViewerParams;
  /** Of the answer on screen: what happened since is told. */
  readonly cursor?: string;
  /** Seconds between two fetches of it. */
  readonly interval: number;
  /** Set where that is longer than its definition says. */
  readonly refreshInterval?: number;
}

/** Why a link ended. */
export interface LinkDown {
  readonly error?: CcmError;
  /** Close code of a WebSocket. */
  readonly code?: number;
}

/** What a link tells, and asks, of the connection. After `down` it tells nothing more. */
export interface LinkEvents {
  /** The whole set that is wanted now. */
  items(): LiveItem[];
  /** It works: the edge answered. */
  ready(): void;
  frame(frame: PushFrame): void;
  down(reason: LinkDown): void;
}

/** One open carrier. */
export interface Link {
  /** The set changed. Called only once it is ready. */
  update(added: readonly LiveItem[], removed: readonly LiveItem[]): void;
  /** Asks for a fresh fetch; false where the carrier cannot. */
  refresh(item: LiveItem): boolean;
  /** There is a newer token. */
  auth(token: string): void;
  /** Asks for a sign of life, or does now what was due while the page slept. */
  check(): void;
  close(): void;
}

/** As the edge is asked; the key comes back as `ref` where the id alone would not tell. */
export function requestOf({ key, id, params, cursor, refreshInterval }: LiveItem): WidgetRequest {
  return { id, ...(params && { params, ref: key }), ...(cursor && { cursor }), ...(refreshInterval && { refreshInterval }) };
}
