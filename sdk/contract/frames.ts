import type { Alert } from './alert.js';
import type { ProblemCode } from './problem.js';
import type { WidgetDefinition } from './widget.js';
import type { TenantDisplay } from './answer.js';

/** Asks for one widget's answers. `ref` is the caller's own mark and comes back in every frame. */
export interface WidgetRequest {
  id: string;
  ref?: string;
  params?: Record<string, string | number | boolean>;
  /** The cursor that the caller has: it is told only what differs. */
  cursor?: string;
  /** Seconds; of several live ones the shortest counts, never below the definition's. */
  refreshInterval?: number;
}

/** Body of `POST /widgets/data`. */
export interface BatchRequest {
  /** Adds each widget's definition (and, on the first line, the tenant's display settings). */
  define?: boolean;
  widgets: WidgetRequest[];
}

/** Messages to the edge. */
export type ClientMessage =
  | { action: 'auth'; token: string }
  | { action: 'subscribe'; widgets: (string | WidgetRequest)[]; mode?: 'full' | 'patch' }
  | { action: 'unsubscribe'; widgets: (string | WidgetRequest)[] }
  | { action: 'refresh'; widgets: (string | WidgetRequest)[] }
  | { action: 'ping' };

export interface FrameError {
  code: ProblemCode;
  detail: string;
}

interface WidgetFrame {
  widget_id: string;
  ref?: string;
  /** Only in answers to a batch with `define`. */
  widget?: WidgetDefinition;
  /** Only in answers to a batch with `define`. */
  tenant?: TenantDisplay;
  /** Only there, and only of a stat with `sparkline`: times (epoch milliseconds) and values of its `primaryValue`, oldest first. */
  history?: [time: number, value: number][];
}

/** The whole answer: it changed, or it is the first. */
export interface DataFrame extends WidgetFrame {
  data: unknown;
  /** ISO 8601. */
  timestamp: string;
  cursor: string;
  /** Seconds between two refreshes, where the limit of its API makes them more than was asked for. */
  every?: number;
  /** Rows in all, where the widget's table is windowed: `data` holds the first of them. */
  total?: number;
  /** The order of those, where they have one: a field path, `-path` for falling order. */
  sort?: string;
}

/** Fetched again and the same: only the age changes. */
export interface FreshFrame extends WidgetFrame {
  state: 'fresh';
  timestamp: string;
  cursor: string;
  every?: number;
}

/** The source fails or the caller may not see it; the last data stays on screen. */
export interface FaultFrame extends WidgetFrame {
  state: 'stale' | 'failed' | 'refused';
  error: FrameError;
  /** With `stale`, where the caller had none: the last good answer. */
  data?: unknown;
  timestamp?: string;
  cursor?: string;
  every?: number;
  total?: number;
  sort?: string;
}

export interface SubscribedFrame {
  action: 'subscribed';
  widgets: string[];
  /** `detail`: what was wrong with it. */
  refused: { id: string; code: ProblemCode; detail?: string; ref?: string }[];
  /** Those of `widgets` of which an alert fires that the caller may see; what fires later comes as an `AlertFrame`. */
  firing?: string[];
  /** Version of the tenant's definitions: another one than last time where any of them changed meanwhile. */
  definitions: string;
}

/** Definitions or layouts changed. */
export interface ChangedFrame {
  action: 'changed';
  widgets?: string[];
  layouts?: string[];
}

/** An alert came into another state, or somebody did something about it. */
export interface AlertFrame {
  alert: Alert;
}

export interface NoticeFrame {
  action: 'pong' | 'token_expiring' | 'going_away';
}

/** Says on a refused action (a malformed message, an unknown one) what was wrong. */
export interface ErrorFrame {
  action: 'error';
  error: FrameError;
}

export type AnswerFrame = DataFrame | FreshFrame | FaultFrame;
export type PushFrame = AnswerFrame | SubscribedFrame | ChangedFrame | AlertFrame | NoticeFrame | ErrorFrame;

/** WebSocket close codes. */
export const CLOSE_CODES = {
  unauthenticated: 4401,
  authTimeout: 4408,
  tokenExpired: 4409,
  messageTooLarge: 4413,
  tooMany: 4429,
  tooSlow: 4008,
  restarting: 1012,
} as const;

/** Bytes of the largest message to the edge. */
export const MAX_MESSAGE_BYTES = 64 * 1024;

export function isAnswerFrame(frame: PushFrame): frame is AnswerFrame {
  return 'widget_id' in frame;
}
