import type { Off, SubscribeOptions, ViewerParams } from '../client/client.js';
import type { CcmFault } from '../client/errors.js';
import { createListeners, safely } from '../client/listeners.js';
import type { Listeners } from '../client/listeners.js';
import type { AnswerFrame } from '../contract/frames.js';
import { REFRESH_INTERVAL } from '../contract/widget.js';
import type { WidgetDefinition } from '../contract/widget.js';
import { paramsKey } from '../data/params.js';
import { applyFrame, withFault, withWidget } from './apply.js';
import type { ToLocal } from './apply.js';
import { withHistory } from './history.js';
import type { Snapshot } from './snapshot.js';

/** A widget with its params, and all who look at it. */
export interface Entry {
  readonly key: string;
  readonly id: string;
  readonly params?: ViewerParams;
  readonly snapshot: Snapshot;
  /** Counts what changed it: an answer asked for before that may be too late. */
  readonly version: number;
  /** Something was said of it since somebody looks. */
  readonly answered: boolean;
}

/** Where a frame came from, to tell late ones. */
export interface Origin {
  /** The live connection that brought it: frames of one come in order. */
  stream?: number;
  /** The entry's version when it was asked for. */
  version?: number;
}

export interface StorePort {
  local: ToLocal;
  /** Somebody looks at it now, or nobody any more, or at another pace. */
  looked(entry: Entry, first: boolean): void;
}

/** One snapshot a widget; the only copy of what the edge said. */
export interface Store {
  /** The entry, if somebody looks at it. (Who is idle does not.) */
  get(key: string): Entry | undefined;
  snapshot(id: string, params?: ViewerParams): Snapshot;
  subscribe(id: string, listener: (snapshot: Snapshot) => void, options: SubscribeOptions): Off;
  /** Returns the entry where the edge must be asked for what is missing. */
  apply(frame: AnswerFrame, origin: Origin): Entry | undefined;
  fail(key: string, error: CcmFault): void;
  /** Entries that somebody looks at. */
  watched(): Entry[];
  /** Seconds between two fetches of it, as far as is known. */
  intervalOf(entry: Entry): number;
  /** Whether nothing speaks for another definition than the one that is here, or for one where there is none. */
  isDefined(id: string): boolean;
  /** The definitions of these changed, or those of all may have. Returns the entries on screen that they concern. */
  undefine(ids?: readonly string[]): Entry[];
  /** Forgets everything; those who look are told that it loads. */
  reset(): void;
  close(): void;
}

interface Cell extends Entry {
  snapshot: Snapshot;
  version: number;
  answered: boolean;
  stream?: number;
  listeners: Listeners<Snapshot>;
  /** One of each who looks. */
  intervals: Map<object, number | undefined>;
  leaving?: ReturnType<typeof setTimeout>;
}

const EMPTY: Snapshot = { state: 'empty' };
const LOADING: Snapshot = { state: 'loading' };

/** Ids hold no `{`: a key with params is never another widget's id. */
export function keyOf(id: string, params?: ViewerParams): string {
  return params && Object.keys(params).length ? id + paramsKey(params) : id;
}

/** Whether a frame tells of an earlier moment than what is on screen. */
function isLate(cell: Cell, frame: AnswerFrame, origin: Origin): boolean {
  const told = Date.parse(frame.timestamp ?? '');
  const known = Date.parse(cell.snapshot.timestamp ?? '');
  if (Number.isNaN(known)) return false;
  // Something newer came while the answer was on its way; without a time of its own, the order of asking counts.
  if (origin.version !== undefined && origin.version !== cell.version) return !(told > known);
  // Within one connection order is certain, even where the edge's clock was set back.
  if (origin.stream !== undefined && origin.stream === cell.stream) return false;
  return told < known;
}

export function createStore(port: StorePort, linger: number): Store {
  const cells = new Map<string, Cell>();
  let definitions = new Map<string, WidgetDefinition>();
  /** Ids of those that have not changed since they came, or are known to be out of reach. */
  const current = new Set<string>();

  function cellOf(id: string, params: ViewerParams | undefined): Cell {
    const key = keyOf(id, params);
    let cell = cells.get(key);
    if (!cell) {
      const widget = definitions.get(id);
      cell = {
        key,
        id,
        ...(key !== id && { params: { ...params } }),
        snapshot: widget ? { ...LOADING, widget } : LOADING,
        version: 0,
        answered: false,
        listeners: createListeners<Snapshot>(),
        intervals: new Map(),
      };
      cells.set(key, cell);
    }
    return cell;
  }

  function set(cell: Cell, snapshot: Snapshot): void {
    cell.answered = true;
    cell.version++;
    if (snapshot === cell.snapshot) return;
    cell.snapshot = snapshot;
    cell.listeners.tell(snapshot);
  }

  /** An equal definition keeps its identity, so that nothing is painted again. */
  function define(id: string, widget: WidgetDefinition): void {
    current.add(id);
    if (JSON.stringify(definitions.get(id)) !== JSON.stringify(widget)) definitions.set(id, widget);
  }

  return {
    get(key) {
      const cell = cells.get(key);
      return cell?.intervals.size ? cell : undefined;
    },
    snapshot: (id, params) => cells.get(keyOf(id, params))?.snapshot ?? EMPTY,

    subscribe(id, listener, { params, refreshInterval, idle = false }) {
      const cell = cellOf(id, params);
      clearTimeout(cell.leaving);
      const first = cell.intervals.size === 0;
      const mark = {};
      if (!idle) cell.intervals.set(mark, refreshInterval);
      const remove = cell.listeners.add(listener);
      if (!idle) port.looked(cell, first);
      safely(listener, cell.snapshot);
      let gone = false;
      return () => {
        if (gone) return;
        gone = true;
        cell.intervals.delete(mark);
        remove();
        if (cell.listeners.size === 0) {
          // Kept for a while: mounted again, it paints at once.
          cell.leaving = setTimeout(() => cells.delete(cell.key), linger);
        }
        if (!idle) port.looked(cell, false);
      };
    },

    apply(frame, origin) {
      const cell = cells.get(frame.ref ?? frame.widget_id);
      if (frame.widget) define(frame.widget_id, frame.widget);
      if (!cell) return undefined;
      const widget = definitions.get(cell.id);
      const late = isLate(cell, frame, origin);
      // Also where the first of a connection is late: the next is newer than all that is known, whatever the clock of that edge.
      cell.stream = origin.stream ?? cell.stream;
      if (late) {
        if (widget) set(cell, withHistory(withWidget(cell.snapshot, widget), frame.history ?? cell.snapshot.history));
        return undefined;
      }
      const { snapshot, gap } = applyFrame(cell.snapshot, frame, port.local);
      if (snapshot.state === 'refused') {
        definitions.delete(cell.id);
        current.add(cell.id);
      }
      const defined = widget && snapshot.state !== 'refused' ? withWidget(snapshot, widget) : snapshot;
      set(cell, withHistory(defined, frame.history ?? cell.snapshot.history));
      return gap ? cell : undefined;
    },

    fail(key, error) {
      const cell = cells.get(key);
      if (!cell) return;
      const { code, detail } = error;
      // Told once, however often it is tried again.
      const known = cell.snapshot.error?.code === code && cell.snapshot.state !== 'loading';
      if (!known) set(cell, withFault(cell.snapshot, { code, detail }));
    },

    watched: () => [...cells.values()].filter(({ intervals }) => intervals.size > 0),

    intervalOf(entry) {
      const own = definitions.get(entry.id)?.refreshInterval ?? REFRESH_INTERVAL.default;
      const asked = [...(cells.get(entry.key)?.intervals.values() ?? [])].map((seconds) => seconds ?? own);
      return asked.length ? Math.max(own, Math.min(...asked)) : own;
    },

    isDefined: (id) => current.has(id),

    undefine(ids = [...current]) {
      for (const id of ids) current.delete(id);
      return [...cells.values()].filter(({ id, intervals }) => intervals.size > 0 && ids.includes(id));
    },

    reset() {
      definitions = new Map();
      current.clear();
      for (const cell of [...cells.values()]) {
        clearTimeout(cell.leaving);
        if (cell.listeners.size === 0) cells.delete(cell.key);
        else {
          set(cell, LOADING);
          cell.answered = false;
        }
      }
    },

    close() {
      for (const { leaving } of cells.values()) clearTimeout(leaving);
      cells.clear();
    },
  };
}
