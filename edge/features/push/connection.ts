import { CLOSE_CODES, type SubscribedFrame, type WidgetRequest } from '../../../sdk/contract/frames.js';
import { REFUSED } from '../../feeds/frames.js';
import type { Specs } from '../../feeds/specs.js';
import type { CheckedRequest } from '../../feeds/widget-request.js';
import type { Access } from '../../gate/access.js';
import type { CatalogueEntry } from '../../kernel/catalogue.js';
import type { Clock } from '../../kernel/clock.js';
import type { Feeds, FeedSpec } from '../../kernel/feed.js';
import type { Principal } from '../../kernel/principal.js';
import { asProblem, type ProblemError } from '../../kernel/problems.js';
import { at } from './at.js';
import type { Channels } from './channels.js';
import { versionOf } from './definitions.js';
import { errorFrame, frameOf, type Frame } from './frame.js';
import { LIMITS } from './limits.js';
import type { OwnFeeds } from './own-feeds.js';
import { meaningOf, Subscription, subscriptionKey } from './subscription.js';

/** How frames get out: a WebSocket or an event stream. */
export interface Carrier {
  readonly kind: 'ws' | 'sse';
  /** Writes them in one go. */
  write(frames: readonly Frame[]): void;
  /** Bytes that wait for the reader. */
  readonly buffered: number;
  /** Ends it with that code, where the carrier has codes. `cut`: without waiting for who does not read. */
  close(code: number, reason: string, cut?: boolean): void;
}

const TOO_MANY_OWN = {
  code: 'rate_limited', detail: `At most ${LIMITS.ownFeedsPerUser} widgets with params of your own may be watched at one time.`,
} as const;

type Entries = ReadonlyMap<string, CatalogueEntry>;

/** What a connection needs of its hub. */
export interface ConnectionPort {
  readonly feeds: Feeds;
  readonly channels: Channels;
  readonly ownFeeds: OwnFeeds;
  readonly access: Access;
  readonly specs: Specs;
  readonly clock: Clock;
  /** The definitions of a tenant. */
  entries(tenant: string): Promise<Entries>;
  /** Those of the widgets, all of which the user may see, of which an alert fires that concerns them. */
  firing(principal: Principal, widgetIds: readonly string[]): readonly string[];
  /** It has frames to write when this tick ends. */
  dirty(connection: Connection): void;
  left(connection: Connection): void;
  wrote(kind: Carrier['kind'], frames: number): void;
}

/** One page that listens: who it is, what it watches, what waits to be written to it. */
export class Connection {
  readonly #port: ConnectionPort;
  readonly #carrier: Carrier;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #send = (frame: Frame): void => this.send(frame);
  #principal: Principal;
  #waiting: Frame[] = [];
  #ended = false;
  #cancelNotice: () => void = () => undefined;
  #cancelExpiry: () => void = () => undefined;

  constructor(principal: Principal, carrier: Carrier, port: ConnectionPort) {
    this.#principal = principal;
    this.#carrier = carrier;
    this.#port = port;
    this.#watchToken();
  }

  get principal(): Principal {
    return this.#principal;
  }

  get kind(): Carrier['kind'] {
    return this.#carrier.kind;
  }

  get subscriptions(): number {
    return this.#subscriptions.size;
  }

  watches(id: string): boolean {
    for (const { request } of this.#subscriptions.values()) if (request.id === id) return true;
    return false;
  }

  /** Queues a frame; those of one tick leave together. */
  send(frame: Frame): void {
    if (this.#ended) return;
    this.#waiting.push(frame);
    if (this.#waiting.length === 1) this.#port.dirty(this);
  }

  flush(): void {
    if (this.#ended || this.#waiting.length === 0) return;
    if (this.#carrier.buffered > LIMITS.buffered) return this.end(CLOSE_CODES.tooSlow, 'too slow', true);
    const frames = this.#waiting;
    this.#waiting = [];
    if (frames.reduce((sum, { size }) => sum + size, 0) > LIMITS.atOnce) return this.end(CLOSE_CODES.tooSlow, 'too much at once', true);
    this.#carrier.write(frames);
    this.#port.wrote(this.kind, frames.length);
  }

  async subscribe(requests: readonly CheckedRequest[]): Promise<void> {
    const entries = await this.#port.entries(this.#principal.tenant);
    if (this.#ended) return;
    const accepted: { request: WidgetRequest; spec: FeedSpec }[] = [];
    const refused: SubscribedFrame['refused'] = [];
    const refuse = ({ id, ref }: Pick<WidgetRequest, 'id' | 'ref'>, { code, detail }: { code: ProblemError['code']; detail: string }): void => {
      refused.push({ id, code, detail, ...(ref !== undefined && { ref }) });
    };
    for (const { request, problem } of requests) {
      if (problem !== undefined) {
        refuse(request, { code: problem.code, detail: problem.message });
        continue;
      }
      try {
        const spec = this.#specOf(request, entries);
        if (spec === undefined) refuse(request, REFUSED);
        else accepted.push({ request, spec });
      } catch (error) {
        const { code, message } = asProblem(error);
        refuse(request, { code, detail: message });
      }
    }
    const added = new Set(accepted.map(({ request }) => subscriptionKey(request)).filter((key) => !this.#subscriptions.has(key)));
    if (this.#subscriptions.size + added.size > LIMITS.subscriptions) {
      return this.end(CLOSE_CODES.tooMany, `at most ${LIMITS.subscriptions} widgets`);
    }
    const held = accepted.flatMap((one) => {
      const release = this.#port.ownFeeds.hold(this.#principal, one.request);
      if (release === undefined) refuse(one.request, TOO_MANY_OWN);
      return release === undefined ? [] : [{ ...one, release }];
    });
    const widgets = held.map(({ request }) => request.id);
    const firing = this.#port.firing(this.#principal, widgets);
    this.send(frameOf({ action: 'subscribed', widgets, refused, ...(firing.length > 0 && { firing: [...firing] }), definitions: versionOf(entries) }));
    for (const { request, spec, release } of held) this.#add(request, spec, release);
  }

  unsubscribe(requests: readonly CheckedRequest[]): void {
    for (const [key, subscription] of this.#meant(requests)) this.#remove(key, subscription);
  }

  refresh(requests: readonly CheckedRequest[]): void {
    for (const subscription of this.#meant(requests).values()) this.#port.feeds.refresh(subscription.spec);
  }

  /** A newer token. False where it is another user's: a connection never changes hands. */
  async renew(principal: Principal): Promise<boolean> {
    const { subject, tenant } = this.#principal;
    if (principal.subject !== subject || principal.tenant !== tenant) return false;
    this.#principal = principal;
    this.#watchToken();
    this.recheck(await this.#port.entries(tenant));
    return true;
  }

  /**
   * Definitions or rights changed: what may no longer be seen is refused and gets no frame more, what has changed is
   * watched by its new definition.
   */
  recheck(entries: Entries, concerns: (id: string) => boolean = () => true): void {
    for (const [key, subscription] of this.#subscriptions) {
      const { request } = subscription;
      if (this.#ended || !concerns(request.id)) continue;
      try {
        const spec = this.#specOf(request, entries);
        if (spec === undefined) {
          this.#remove(key, subscription);
          this.send(errorFrame(request.id, 'refused', REFUSED, request.ref));
        } else if (!isSameWatch(spec, subscription.spec)) {
          subscription.leave();
          subscription.spec = spec;
          this.#begin(subscription);
        }
      } catch (error) {
        const { code, message } = asProblem(error);
        this.#remove(key, subscription);
        this.send(errorFrame(request.id, 'failed', { code, detail: message }, request.ref));
      }
    }
  }

  /** Closes it from our side, after what waits. */
  end(code: number, reason: string, cut = false): void {
    if (this.#ended) return;
    if (!cut && this.#waiting.length > 0) this.flush();
    if (this.#ended) return;
    this.gone();
    this.#carrier.close(code, reason, cut);
  }

  /** Its token counts no more: it is closed, and what waited to be written is not. */
  revoke(): void {
    this.#waiting = [];
    this.end(CLOSE_CODES.unauthenticated, 'revoked');
  }

  /** The carrier is closed. */
  gone(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#waiting = [];
    this.#cancelNotice();
    this.#cancelExpiry();
    for (const [key, subscription] of this.#subscriptions) this.#remove(key, subscription);
    this.#port.left(this);
  }

  /** Undefined where it is not there or may not be seen. Throws `bad_request` for params that are not declared. */
  #specOf(request: WidgetRequest, entries: Entries): FeedSpec | undefined {
    const entry = entries.get(request.id);
    if (entry === undefined || !this.#port.access.maySee(this.#principal, entry)) return undefined;
    return this.#port.specs.of(entry, this.#principal, request);
  }

  /** The subscriptions that the entries mean, each once: of one widget there may be hundreds of both. */
  #meant(requests: readonly CheckedRequest[]): Map<string, Subscription> {
    const means = meaningOf(requests.map(({ request }) => request));
    return new Map([...this.#subscriptions].filter(([, subscription]) => means(subscription)));
  }

  #add(request: WidgetRequest, spec: FeedSpec, release: () => void): void {
    const key = subscriptionKey(request);
    const standing = this.#subscriptions.get(key);
    if (standing !== undefined && isSameWatch(standing.spec, spec)) {
      release();
      // Asked for once more: its place in the feed stays, only the answer is told again to who has another.
      standing.again(request.cursor);
      return this.#tellFirst(standing);
    }
    standing?.leave();
    standing?.release();
    const subscription = new Subscription(this, request, spec, this.#send, release);
    this.#subscriptions.set(key, subscription);
    this.#begin(subscription);
  }

  /** Joins the feed, then tells the answer that stands, or the first one to come. */
  #begin(subscription: Subscription): void {
    subscription.leave = this.#port.channels.join(subscription);
    this.#tellFirst(subscription);
  }

  #tellFirst(subscription: Subscription): void {
    const { feeds } = this.#port;
    const { spec } = subscription;
    const answer = feeds.peek(spec);
    if (answer !== undefined) return subscription.begin(answer);
    const key = subscriptionKey(subscription.request);
    const stands = (): boolean => this.#subscriptions.get(key) === subscription && subscription.spec === spec;
    // What comes in the meantime is told by the feed itself; a subscription tells nothing twice.
    feeds.read(spec).then(
      (first) => {
        if (stands()) subscription.begin(first);
      },
      (error: unknown) => {
        const { code, message } = asProblem(error);
        if (stands()) subscription.fail({ code, detail: message });
      },
    );
  }

  #remove(key: string, subscription: Subscription): void {
    subscription.leave();
    subscription.release();
    this.#subscriptions.delete(key);
  }

  #watchToken(): void {
    this.#cancelNotice();
    this.#cancelExpiry();
    const { clock } = this.#port;
    const { expiresAt } = this.#principal;
    this.#cancelNotice = at(clock, expiresAt - LIMITS.expiryNotice, () => this.send(frameOf({ action: 'token_expiring' })));
    this.#cancelExpiry = at(clock, expiresAt + LIMITS.expiryGrace, () => this.end(CLOSE_CODES.tokenExpired, 'token expired'));
  }
}

function isSameWatch(one: FeedSpec, other: FeedSpec): boolean {
  return one.key === other.key && one.interval === other.interval;
}
