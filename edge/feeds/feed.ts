import type { FrameError } from '../../sdk/contract/frames.js';
import type { FeedAnswer, FeedEvent, FeedFacts, FeedSpec } from '../kernel/feed.js';
import type { Log } from '../kernel/log.js';
import type { FetchOutcome, Metrics } from '../kernel/metrics.js';
import { ProblemError } from '../kernel/problems.js';
import { Answer, serialise, type Taken } from './answer.js';
import { askFor, type AskDeps } from './ask.js';
import type { Budget, Share } from './budget.js';
import { firstRowsOf, type FirstRows } from './first-rows.js';
import { retryAfter, untilNext } from './schedule.js';
import { endsWithin } from './within.js';

/** Milliseconds between the starts of two fetches that events ask for: a burst costs the first fetch and one after it. */
const EVENT_SPACING = 250;
/** Milliseconds between the starts of two fetches that people ask for. */
const REFRESH_SPACING = 2_000;
/** Milliseconds that a reader waits for a source that fails or is slow before they get the stale answer. */
const STALE_PATIENCE = 1_000;
/** Intervals after which an answer is too old for that while its source does not fail: who reads waits for the next. */
const STALE_WHILE_SLOW = 2;
/** Milliseconds: an answer older than this is not told any more, however long its source fails. */
export const MOST_STALE = 24 * 3_600_000;
const SLOW: FrameError = { code: 'upstream_timeout', detail: 'The source takes its time; this is the last answer.' };

const AWAY = new Set<string>(['upstream_unreachable', 'upstream_timeout', 'upstream_status']);

/** Milliseconds: what is due in less is due. Timers are no finer. */
const TICK = 1;

export interface FeedDeps extends AskDeps {
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'feedFetch'>;
  /** In [0, 1). */
  readonly random: () => number;
  /** Keeps feeds within the limits of their APIs; none where absent. */
  readonly budget?: Budget;
  /** Told of each good answer of a feed whose numbers are kept, also of one that is as the last. `time`: epoch milliseconds. */
  readonly taken?: (spec: FeedSpec, data: unknown, time: number) => void;
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
  /** Epoch milliseconds: what another edge began to fetch before it may not have that change. */
  #changedAt: number;
  #cancelTimer: (() => void) | undefined;
  #abort: AbortController | undefined;
  #closed = false;
  /** While somebody watches, and the source has a limit. */
  #share: Share | undefined;
  /** Monotonic: when the refresh that is due has its turn. */
  #turnAt: number | undefined;
  /** The answer as it is told while the next one takes its time. */
  #slow: { readonly of: Answer; readonly told: Answer } | undefined;
  /** Milliseconds that the source took for its last answer, good or bad. */
  #took: number | undefined;

  constructor(spec: FeedSpec, deps: FeedDeps, changedAt = Number.NEGATIVE_INFINITY) {
    this.spec = spec;
    this.#deps = deps;
    this.#changedAt = changedAt;
  }

  /** Somebody watches it, or it is being fetched: it must not be forgotten. */
  get busy(): boolean {
    return this.#watchers.size > 0 || this.#flight !== undefined;
  }

  /** UTF-16 units that it holds, roughly. */
  get size(): number {
    return 1_000 + this.spec.key.length + 3 * (this.#answer?.dataJson.length ?? 0);
  }

  /** How it goes; asks no source. */
  facts(): FeedFacts {
    const { clock } = this.#deps;
    const [watched, { fetchedAt, checkedAt, every }, problem] = [this.#interval(), this.#answer ?? {}, this.#fault?.problem];
    const wait = this.#flight === undefined ? Math.max(this.#due(), this.#turnAt ?? 0) - clock.monotonic() : 0;
    const pace = watched === Number.POSITIVE_INFINITY ? { interval: this.spec.interval } : { interval: watched, nextAt: clock.now() + Math.max(0, wait) };
    return { ...pace, fetchedAt, checkedAt, every, ms: this.#took, error: problem && { code: problem.code, detail: problem.message } };
  }

  peek(interval: number): FeedAnswer | undefined {
    return this.#fault === undefined && (this.#age < interval || this.#inTurn(interval)) ? this.#answer : undefined;
  }

  async read(interval: number): Promise<FeedAnswer> {
    const young = this.peek(interval);
    if (young !== undefined) return young;
    const fault = this.#fault;
    if (fault === undefined || this.#deps.clock.monotonic() >= fault.readAt) {
      const mayBeStale = this.#answer !== undefined && (fault !== undefined || this.#age < STALE_WHILE_SLOW * this.#stretched(interval));
      const flight = this.#fetch(this.#stretched(interval));
      if (!mayBeStale) await flight;
      else if (!(await endsWithin(this.#deps.clock, STALE_PATIENCE, flight)) && this.#fault === undefined) return this.#told();
    }
    if (this.#answer !== undefined) return this.#answer;
    throw this.#fault?.problem ?? new ProblemError('going_away', 'The edge is stopping.');
  }

  watch(interval: number, listener: (event: FeedEvent) => void): () => void {
    const watcher: Watcher = { interval, listener };
    const before = this.#interval();
    this.#watchers.add(watcher);
    if (interval < before) this.#paced();
    this.#deps.moved(this);
    return () => {
      if (!this.#watchers.delete(watcher)) return;
      if (this.#interval() > interval) this.#paced();
      this.#deps.moved(this);
    };
  }

  refresh(): void {
    if (this.#flight !== undefined || this.#deps.clock.monotonic() - this.#startedAt < REFRESH_SPACING) return;
    if (this.#share?.spare() !== false) void this.#fetch(REFRESH_SPACING);
  }

  /** The data changed at the source, at `time` (epoch milliseconds). Who reads now waits for it; watchers are told once it is here. */
  invalidate(time: number): void {
    this.#changedAt = Math.max(this.#changedAt, time);
    this.#checkedAt = Number.NEGATIVE_INFINITY;
    if (this.#fault) this.#fault = { ...this.#fault, readAt: Number.NEGATIVE_INFINITY };
    if (this.#watchers.size === 0 && this.#flight === undefined) return;
    this.#again = true;
    if (this.#flight === undefined) this.#plan();
  }

  /** `time`: epoch milliseconds of the change; `at`: of the data, where they differ. Returns what the other edges may be given. */
  supply(data: unknown, time: number, at?: number): Taken {
    const taken = { ...serialise(data, this.spec), at: at ?? time };
    this.#changedAt = Math.max(this.#changedAt, time);
    this.#supplies += 1;
    this.#take(taken);
    this.#again = false;
    if (this.#flight === undefined) this.#plan();
    this.#deps.moved(this);
    return taken;
  }

  close(): void {
    this.#closed = true;
    this.#watchers.clear();
    this.#share?.watch(Number.POSITIVE_INFINITY);
    this.#cancelTimer?.();
    this.#abort?.abort();
  }

  /** The shortest that somebody watches with. */
  #interval(): number {
    let shortest = Number.POSITIVE_INFINITY;
    for (const { interval } of this.#watchers) shortest = Math.min(shortest, interval);
    return shortest;
  }

  get #age(): number {
    return this.#deps.clock.monotonic() - this.#checkedAt;
  }

  /** What the limit of its API leaves of an interval. */
  #stretched(interval: number): number {
    return this.#share?.stretched(interval) ?? interval;
  }

  /** It is refreshed in its turn, as its API's limit allows: who reads meanwhile gets what there is and hastens nothing. */
  #inTurn(interval: number): boolean {
    const planned = this.#share !== undefined && this.#flight === undefined && this.#checkedAt !== Number.NEGATIVE_INFINITY;
    return planned && this.#interval() <= interval;
  }

  /** Seconds between two refreshes, where they are more than who watches asked for. */
  get #every(): number | undefined {
    const interval = this.#interval();
    const stretched = this.#share && this.#stretched(interval);
    return stretched === undefined || stretched < interval * 1.05 ? undefined : Math.round(stretched / 1000);
  }

  /** The shortest interval changed: the budget is told, and the next fetch set anew. */
  #paced(): void {
    const interval = this.#interval();
    this.#share ??= this.#deps.budget?.shareOf(this.spec);
    this.#share?.watch(interval);
    if (interval === Number.POSITIVE_INFINITY) {
      this.#share = undefined;
      this.#turnAt = undefined;
    }
    this.#plan();
  }

  /** `maxAge`: milliseconds; another edge's answer that is younger will do. */
  #fetch(maxAge: number): Promise<void> {
    if (this.#flight !== undefined) return this.#flight;
    if (this.#closed) return Promise.resolve();
    const flight = this.#fly(maxAge);
    this.#flight = flight;
    this.#deps.moved(this);
    return flight;
  }

  /** Fetches once. Never rejects: what came of it is in the feed's state. */
  async #fly(maxAge: number): Promise<void> {
    const { clock, metrics } = this.#deps;
    const started = clock.monotonic();
    const supplies = this.#supplies;
    this.#startedAt = started;
    this.#again = false;
    this.#turnAt = undefined;
    this.#cancelTimer?.();

    const result = await this.#ask(maxAge);
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

  async #ask(maxAge: number): Promise<Taken | ProblemError> {
    const abort = new AbortController();
    this.#abort = abort;
    const result = await askFor(this.#deps, { spec: this.spec, maxAge, notBefore: this.#changedAt, abort, took: (ms) => (this.#took = ms) });
    this.#abort = undefined;
    return result;
  }

  #take(serialised: Taken): FetchOutcome {
    const { clock, log, random } = this.#deps;
    const checkedAt = serialised.at ?? clock.now();
    const before = this.#answer;
    const same = before?.cursor === serialised.cursor;
    if (this.#fault) log.info({ widget: this.spec.widgetId, tenant: this.spec.tenant }, 'a feed mended');
    this.#checkedAt = clock.monotonic() - (serialised.age ?? 0);
    this.#jitter = random();
    this.#fault = undefined;
    this.#failures = 0;
    const told = same ? before : { dataJson: serialised.dataJson, cursor: serialised.cursor, first: this.#firstOf(serialised) };
    this.#answer = new Answer(this.spec, told, { fetchedAt: same ? before.fetchedAt : checkedAt, checkedAt, every: this.#every });
    // What another edge fetched is not parsed for a feed of which nothing is kept.
    if (this.spec.sampled !== undefined) this.#sample(serialised, checkedAt);
    this.#tell({ kind: same ? 'fresh' : 'data', answer: this.#answer });
    if (serialised.age !== undefined) return 'shared';
    return same ? 'same' : 'changed';
  }

  /** Found once for all who look. Nothing is parsed where nobody windows it. */
  #firstOf(serialised: Taken): FirstRows | undefined {
    const { spec } = this;
    return spec.windowed && firstRowsOf(serialised.data, spec, this.#deps.tenants.get(spec.tenant)?.locale);
  }

  /** The history may fail (its store is damaged, its disk is full): the feed goes on without it. */
  #sample({ data }: Taken, time: number): void {
    const { log, taken } = this.#deps;
    try {
      taken?.(this.spec, data, time);
    } catch (error) {
      log.error({ err: error, widget: this.spec.widgetId, tenant: this.spec.tenant }, 'the history of a feed could not be kept');
    }
  }

  #fail(problem: ProblemError): void {
    const { clock, log } = this.#deps;
    const before = this.#fault?.problem;
    const error: FrameError = { code: problem.code, detail: problem.message };
    const known = before?.code === error.code && before.message === error.detail;
    if (!known) {
      const where = { widget: this.spec.widgetId, tenant: this.spec.tenant, code: error.code, detail: error.detail };
      if (error.code === 'internal') log.error({ ...where, err: problem.cause ?? problem }, 'a feed fails');
      // A source that is away is told once by who calls it, not by each of its feeds.
      else if (AWAY.has(error.code)) log.debug(where, 'a feed fails');
      else log.warn(where, 'a feed fails');
    }
    this.#failures += 1;
    const now = clock.monotonic();
    const wait = retryAfter(this.#failures, Math.min(this.#interval(), this.spec.interval), problem);
    this.#fault = { problem, readAt: now + wait.read, watchedAt: now + wait.watched };
    const tooOld = this.#answer !== undefined && clock.now() - this.#answer.checkedAt > MOST_STALE;
    if (tooOld) this.#answer = undefined;
    if (this.#answer === undefined) {
      if (!known || tooOld) this.#tell({ kind: 'failed', error });
      return;
    }
    if (known && this.#answer.fault) return;
    this.#answer = new Answer(this.spec, this.#answer, this.#answer, error);
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
    const now = this.#deps.clock.monotonic();
    const due = this.#due() - now;
    const wait = due < TICK ? this.#turn() - now : due;
    if (wait < TICK) void this.#fetch(this.#stretched(this.#interval()));
    // What is due is asked again then: meanwhile the interval may have been stretched.
    else this.#cancelTimer = this.#deps.clock.after(wait, () => this.#plan());
  }

  /** Monotonic: when what is due may go. The first fetch and changed data wait for no turn: somebody looks at it. */
  #turn(): number {
    if (this.#share === undefined || this.#again || this.#startedAt === Number.NEGATIVE_INFINITY) return Number.NEGATIVE_INFINITY;
    return (this.#turnAt ??= this.#share.turn());
  }

  #due(): number {
    if (this.#again) return this.#startedAt + EVENT_SPACING;
    if (this.#fault) return this.#fault.watchedAt;
    return this.#checkedAt + untilNext(this.#stretched(this.#interval()), this.#jitter);
  }

  /** The answer that stands, said to be old. */
  #told(): FeedAnswer {
    const answer = this.#answer;
    if (answer === undefined) throw new ProblemError('going_away', 'The edge is stopping.');
    if (this.#slow?.of !== answer) this.#slow = { of: answer, told: new Answer(this.spec, answer, answer, SLOW) };
    return this.#slow.told;
  }
}
