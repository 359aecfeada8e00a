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
  /** Seconds. */
  readonly refreshInterval?: number;
}

/** Why a link ended. */
export interface LinkDown {
  /** Worked for a while: the same carrier is worth another try. Else it may not pass here at all. */
  readonly error?: CcmError;
  /** Close code of a WebSocket. */
  readonly code?: number;
}

/** What a link tells. After `down` it tells nothing more. */
export interface LinkEvents {
  /** It works: the edge answered. */
  ready(): void;
  frame(frame: PushFrame): void;
  down(reason: LinkDown): void;
}

/** One open carrier. */
export interface Link {
  /** The set changed; `all` is the whole of it. */
  update(added: readonly LiveItem[], removed: readonly LiveItem[]): void;
  /** Asks for a fresh fetch; false where the carrier cannot. */
  refresh(item: LiveItem): boolean;
  /** The newest token; called on a live link. */
  auth(token: string): void;
  /** Asks for a sign of life, where the carrier has none of its own. */
  check(): void;
  close(): void;
}

/** As the edge is asked; the key comes back as `ref` where the id alone would not tell. */
export function requestOf({ key, id, params, cursor, refreshInterval }: LiveItem): WidgetRequest {
  return { id, ...(params && { params, ref: key }), ...(cursor && { cursor }), ...(refreshInterval && { refreshInterval }) };
}
