import type { FrameError } from '../../sdk/contract/frames.js';
import type { WidgetDataSource } from '../../sdk/contract/data-source.js';
import type { Clock } from '../kernel/clock.js';
import type { FeedAnswer, FeedEvent, FeedSpec } from '../kernel/feed.js';
import type { Log } from '../kernel/log.js';
import type { FetchOutcome, Metrics } from '../kernel/metrics.js';
import { asProblem, ProblemError } from '../kernel/problems.js';
import type { TenantSettings } from '../kernel/settings.js';
import type { Source, SourceAnswer, Sources } from '../kernel/source.js';
import { Answer, serialise, type Serialised } from './answer.js';
import { retryAfter, untilNext } from './schedule.js';

/** Milliseconds that a source may take. */
export const DEADLINE = 30_000;
/** Milliseconds between the starts of two fetches that events ask for: a burst costs the first fetch and one after it. */
export const EVENT_SPACING = 250;
/** Milliseconds between the starts of two fetches that people ask for. */
export const REFRESH_SPACING = 2_000;
/** Milliseconds that a reader of a failing feed waits for it to mend before they get the stale answer. */
const STALE_PATIENCE = 1_000;

export interface FeedDeps {
  readonly sources: Sources;
  readonly tenants: ReadonlyMap<string, TenantSettings>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'feedFetch'>;
  /** In [0, 1). */
  readonly random: () => number;
  /** Called when `busy` may have changed. */
  readonly moved: (feed: Feed) => void;
}

interface Watcher {
  readonly interval: number;
  readonly listener: (event: FeedEvent) => void;
}

interface Fault {
  readonly problem: ProblemError;
  /** Monotonic: until then readers get the fault, and watchers wait. */
  readonly readAt: number;
  readonly watchedAt: number;
}

/** One feed: its answer, its flight, who watches it, and when it is fetched next. */
export class Feed {
  readonly spec: FeedSpec;
  readonly #deps: FeedDeps;
  readonly #watchers = new Set<Watcher>();
  #answer: Answer | undefined;
  /** Monotonic: when the answer was last known to be true. */
  #checkedAt = Number.NEGATIVE_INFINITY;
  #jitter = 0;
  #fault: Fault | undefined;
  #failures = 0;
  #flight: Promise<void> | undefined;
  #startedAt = Number.NEGATIVE_INFINITY;
  /** Grows when the source sends data itself: a flight from before it brings nothing newer. */
  #supplies = 0;
  /** The data changed since the flight or the answer. */
  #again = false;
  #cancelTimer: (() => void) | undefined;
  #abort: AbortController | undefined;
  #closed = false;

  constructor(spec: FeedSpec, deps: FeedDeps) {
    this.spec = spec;
    this.#deps = deps;
  }

  /** Somebody watches it, or it is being fetched: it must not be forgotten. */
  get busy(): boolean {
    return this.#watchers.size > 0 || this.#flight !== undefined;
  }

  /** UTF-16 units that it holds, roughly. */
  get size(): number {
    return 1_000 + this.spec.key.length + 3 * (this.#answer?.dataJson.length ?? 0);
  }

  peek(interval: number): FeedAnswer | undefined {
    return this.#fault === undefined && this.#deps.clock.monotonic() - this.#checkedAt < interval ? this.#answer : undefined;
  }

  async read(interval: number): Promise<FeedAnswer> {
    const young = this.peek(interval);
    if (young !== undefined) return young;
    const fault = this.#fault;
    if (fault === undefined || this.#deps.clock.monotonic() >= fault.readAt) {
      const flight = this.#fetch();
      await (fault !== undefined && this.#answer !== undefined ? this.#withPatience(flight) : flight);
    }
    if (this.#answer !== undefined) return this.#answer;
    throw this.#fault?.problem ?? new ProblemError('going_away', 'The edge is stopping.');
  }

  watch(interval: number, listener: (event: FeedEvent) => void): () => void {
    const watcher: Watcher = { interval, listener };
    const before = this.#interval();
    this.#watchers.add(watcher);
    if (interval < before) this.#plan();
    this.#deps.moved(this);
    return () => {
      if (!this.#watchers.delete(watcher)) return;
      if (this.#interval() > interval) this.#plan();
      this.#deps.moved(this);
    };
  }

  refresh(): void {
    if (this.#flight === undefined && this.#deps.clock.monotonic() - this.#startedAt >= REFRESH_SPACING) void this.#fetch();
  }

  /** The data changed at the source. Who reads now waits for it; watchers are told once it is here. */
  invalidate(): void {
    this.#checkedAt = Number.NEGATIVE_INFINITY;
    if (this.#fault) this.#fault = { ...this.#fault, readAt: Number.NEGATIVE_INFINITY };
    if (this.#watchers.size === 0 && this.#flight === undefined) return;
    this.#again = true;
    if (this.#flight === undefined) this.#plan();
  }

  supply(data: unknown): void {
    this.#supplies += 1;
    this.#take(serialise(data, this.spec));
    this.#again = false;
    if (this.#flight === undefined) this.#plan();
    this.#deps.moved(this);
  }

  close(): void {
    this.#closed = true;
    this.#watchers.clear();
    this.#cancelTimer?.();
    this.#abort?.abort();
  }

  /** The shortest that somebody watches with. */
  #interval(): number {
    let shortest = Number.POSITIVE_INFINITY;
    for (const { interval } of this.#watchers) shortest = Math.min(shortest, interval);
    return shortest;
  }

  #fetch(): Promise<void> {
    if (this.#flight !== undefined) return this.#flight;
    if (this.#closed) return Promise.resolve();
    const flight = this.#fly();
    this.#flight = flight;
    this.#deps.moved(this);
    return flight;
  }

  /** Fetches once. Never rejects: what came of it is in the feed's state. */
  async #fly(): Promise<void> {
    const { clock, metrics } = this.#deps;
    const started = clock.monotonic();
    const supplies = this.#supplies;
    this.#startedAt = started;
    this.#again = false;
    this.#cancelTimer?.();

    const result = await this.#ask();
    this.#flight = undefined;
    if (!this.#closed) {
      let outcome: FetchOutcome = 'failed';
      if (supplies !== this.#supplies) outcome = 'same';
      else if (result instanceof ProblemError) this.#fail(result);
      else outcome = this.#take(result);
      metrics.feedFetch(this.spec.dataSource.type, outcome, (clock.monotonic() - started) / 1000);
      this.#plan();
    }
    this.#deps.moved(this);
  }

  async #ask(): Promise<Serialised | ProblemError> {
    const { clock, sources, tenants } = this.#deps;
    const { spec } = this;
    const abort = new AbortController();
    this.#abort = abort;
    const late = new ProblemError('upstream_timeout', `The source did not answer within ${DEADLINE / 1000} s.`);
    // Not every source watches the signal: the feed itself stops waiting.
    let cancel: () => void = () => undefined;
    const deadline = new Promise<never>((_resolve, reject) => {
      cancel = clock.after(DEADLINE, () => {
        reject(late);
        abort.abort(late);
      });
      abort.signal.addEventListener('abort', () => reject(late), { once: true });
    });
    try {
      const tenant = tenants.get(spec.tenant);
      if (tenant === undefined) throw new ProblemError('internal', `The tenant ${spec.tenant} is not in the settings.`);
      const call = { tenant, dataSource: spec.dataSource, signal: abort.signal, ...(spec.viewer && { viewer: spec.viewer }) };
      const { data } = await Promise.race([fetchFrom(sources, call), deadline]);
      return serialise(data, spec);
    } catch (error) {
      return abort.signal.aborted ? late : asProblem(error);
    } finally {
      cancel();
      this.#abort = undefined;
    }
  }

  #take(serialised: Serialised): FetchOutcome {
    const { clock, log, random } = this.#deps;
    const checkedAt = clock.now();
    const before = this.#answer;
    const same = before?.cursor === serialised.cursor;
    if (this.#fault) log.info({ widget: this.spec.widgetId, tenant: this.spec.tenant }, 'a feed mended');
    this.#checkedAt = clock.monotonic();
    this.#jitter = random();
    this.#fault = undefined;
    this.#failures = 0;
    this.#answer = new Answer(this.spec, same ? before : serialised, { fetchedAt: same ? before.fetchedAt : checkedAt, checkedAt });
    this.#tell({ kind: same ? 'fresh' : 'data', answer: this.#answer });
    return same ? 'same' : 'changed';
  }

  #fail(problem: ProblemError): void {
    const { clock, log } = this.#deps;
    const before = this.#fault?.problem;
    const error: FrameError = { code: problem.code, detail: problem.message };
    const known = before?.code === error.code && before.message === error.detail;
    if (!known) {
      const where = { widget: this.spec.widgetId, tenant: this.spec.tenant, code: error.code, detail: error.detail };
      if (error.code === 'internal') log.error({ ...where, err: problem.cause ?? problem }, 'a feed fails');
      else log.warn(where, 'a feed fails');
    }
    this.#failures += 1;
    const now = clock.monotonic();
    const wait = retryAfter(this.#failures, Math.min(this.#interval(), this.spec.interval), problem);
    this.#fault = { problem, readAt: now + wait.read, watchedAt: now + wait.watched };
    if (this.#answer === undefined) {
      if (!known) this.#tell({ kind: 'failed', error });
      return;
    }
    if (known && this.#answer.fault) return;
    const { fetchedAt, checkedAt } = this.#answer;
    this.#answer = new Answer(this.spec, this.#answer, { fetchedAt, checkedAt }, error);
    this.#tell({ kind: 'stale', answer: this.#answer, error });
  }

  #tell(event: FeedEvent): void {
    for (const { listener } of [...this.#watchers]) {
      try {
        listener(event);
      } catch (error) {
        this.#deps.log.error({ err: error, widget: this.spec.widgetId }, 'a listener of a feed failed');
      }
    }
  }

  /** Sets the next fetch: at once for changed data, after the back-off for a fault, else after the interval. None where nobody looks. */
  #plan(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#flight !== undefined || this.#closed) return;
    if (this.#watchers.size === 0) {
      if (this.#again) this.#checkedAt = Number.NEGATIVE_INFINITY;
      this.#again = false;
      return;
    }
    const wait = this.#due() - this.#deps.clock.monotonic();
    if (wait <= 0) void this.#fetch();
    else this.#cancelTimer = this.#deps.clock.after(wait, () => void this.#fetch());
  }

  #due(): number {
    if (this.#again) return this.#startedAt + EVENT_SPACING;
    if (this.#fault) return this.#fault.watchedAt;
    return this.#checkedAt + untilNext(this.#interval(), this.#jitter);
  }

  #withPatience(flight: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#deps.clock.after(STALE_PATIENCE, resolve);
      void flight.then(() => {
        cancel();
        resolve();
      });
    });
  }
}

/** The source of the question's type; the map's types pair them, which the compiler cannot follow through a union. */
function fetchFrom(sources: Sources, call: Parameters<Source['fetch']>[0]): Promise<SourceAnswer> {
  const source = sources[call.dataSource.type] as Source<WidgetDataSource>;
  return source.fetch(call);
}
