import { setImmediate as pause } from 'node:timers/promises';
import type { AlertState } from '../../../../sdk/contract/alert.js';
import type { Specs } from '../../../feeds/specs.js';
import type { AlertInstance } from '../../../kernel/alerts.js';
import type { FeedSpec } from '../../../kernel/feed.js';
import type { CollectedRules } from '../rules/collect.js';
import { endInstances } from './gone.js';
import { RulesFeed, type RulesFeedDeps } from './rules-feed.js';
import { newUnit, unitKey, type Unit } from './unit.js';
import type { Viewers } from './viewers.js';

/** Milliseconds after the start in which a widget that is not there may still be brought by its module. */
const MAY_COME = 3_600_000;
/** All but what is over: that is found in the store when it begins anew. */
const OPEN: readonly AlertState[] = ['pending', 'firing', 'recovering', 'noData', 'error'];
/** Feeds that are begun in one go. */
const PIECE = 100;

export interface WatcherDeps extends RulesFeedDeps {
  collect: (tenant: string) => Promise<CollectedRules>;
  specs: Pick<Specs, 'of'>;
  viewers: Viewers;
}

interface OfTenant {
  feeds: Map<string, RulesFeed>;
  units: Map<string, Unit>;
  /** Widgets that were there once since the start. */
  readonly seen: Set<string>;
}

interface Wanted {
  readonly spec: FeedSpec;
  readonly units: Unit[];
}

/** Keeps a feed watched for each widget with rules, whoever looks, and has its rules evaluated. */
export class Watcher {
  readonly #deps: WatcherDeps;
  readonly #tenants = new Map<string, OfTenant>();
  /** What each rule was made of, so that one that did not change stays the same object. */
  readonly #texts = new WeakMap<Unit, string>();
  readonly #startedAt: number;
  #closed = false;

  constructor(deps: WatcherDeps) {
    this.#deps = deps;
    this.#startedAt = deps.clock.monotonic();
  }

  /** Instances that fire. */
  get firing(): number {
    let count = 0;
    for (const { units } of this.#tenants.values()) {
      for (const { instances } of units.values()) {
        for (const { state } of instances.values()) if (state === 'firing' || state === 'recovering') count += 1;
      }
    }
    return count;
  }

  /** Rules that have nothing to compare. */
  get withoutData(): number {
    let count = 0;
    for (const { units } of this.#tenants.values()) for (const { missing } of units.values()) if (missing !== undefined) count += 1;
    return count;
  }

  /** Looks which rules a tenant has now, and what stands in the store. One at a time for each tenant. */
  async refresh(tenant: string): Promise<void> {
    const collected = await this.#deps.collect(tenant);
    if (this.#closed) return;
    let known = this.#tenants.get(tenant);
    if (known === undefined) this.#tenants.set(tenant, (known = { feeds: new Map(), units: new Map(), seen: new Set() }));
    for (const id of collected.known) known.seen.add(id);

    const changed = new Set<Unit>();
    const wanted = this.#wanted(tenant, collected, known.units, changed);
    const units = new Map([...wanted.values()].flatMap((one) => one.units).map((unit) => [unit.key, unit]));
    this.#reconcile(tenant, collected, known, units);
    known.units = units;

    const before = known.feeds;
    // Begun before the old ones are left: what both ask for stays watched.
    const feeds = (known.feeds = new Map<string, RulesFeed>());
    for (const [key, feed] of before) if (wanted.has(key)) feeds.set(key, feed);
    for (const [at, [key, { spec, units: own }]] of [...wanted].entries()) {
      if (at % PIECE === PIECE - 1) await pause();
      if (this.#isClosed()) break;
      const feed = feeds.get(key) ?? new RulesFeed(spec, this.#deps);
      feeds.set(key, feed);
      feed.set(own, new Set(own.filter((unit) => changed.has(unit) || !(before.get(key)?.units.has(unit.key) ?? false))));
    }
    for (const [key, feed] of before) if (!wanted.has(key)) feed.close();
  }

  close(): void {
    this.#closed = true;
    for (const { feeds } of this.#tenants.values()) for (const feed of feeds.values()) feed.close();
    this.#tenants.clear();
  }

  #isClosed(): boolean {
    return this.#closed;
  }

  /** By feed key. Units that there are go on as they stand, also on another feed. */
  #wanted(tenant: string, { widgets }: CollectedRules, units: ReadonlyMap<string, Unit>, changed: Set<Unit>): Map<string, Wanted> {
    const { specs, viewers, log } = this.#deps;
    const wanted = new Map<string, Wanted>();
    for (const [id, widget] of widgets) {
      try {
        for (const { principal, rules } of viewers.of(tenant, widget)) {
          const spec = specs.of(widget.entry, principal);
          wanted.set(spec.key, { spec, units: rules.map(({ rule, user }) => {
            const unit = units.get(unitKey(rule.id, user)) ?? newUnit(rule, user);
            const text = JSON.stringify(rule);
            const known = this.#texts.get(unit);
            if (known !== text) {
              // It is another rule now: what it lacks is said anew.
              if (known !== undefined) delete unit.missing;
              unit.rule = rule;
              this.#texts.set(unit, text);
              changed.add(unit);
            }
            return unit;
          }) });
        }
      } catch (error) {
        log.error({ err: error, tenant, widget: id }, 'the rules of a widget cannot be evaluated');
      }
    }
    return wanted;
  }

  /** What stands in the store counts: what another edge wrote is taken over, and what nobody evaluates any more is over. */
  #reconcile(tenant: string, collected: CollectedRules, { seen }: OfTenant, units: ReadonlyMap<string, Unit>): void {
    const { store, clock, teller, notices, written } = this.#deps;
    try {
      const gone: { instance: AlertInstance; reason: 'gone' | 'ruleGone' }[] = [];
      const rules = new Set([...units.values()].map(({ rule }) => rule.id));
      for (const instance of store.inStates(tenant, OPEN)) {
        if (instance.widgetId === '') continue;
        const unit = units.get(unitKey(instance.ruleId, instance.user));
        if (unit === undefined) {
          if (this.#isGone(instance, collected, seen)) gone.push({ instance, reason: rules.has(instance.ruleId) ? 'gone' : 'ruleGone' });
        } else if (unit.instances.get(instance.key)?.id !== instance.id) unit.instances = new Map(unit.instances).set(instance.key, instance);
      }
      if (gone.length === 0) return;
      const changes = endInstances(this.#deps, gone, clock.now());
      teller.changed(changes.map(({ now }) => now));
      if (changes.length > 0) notices.wake();
      written();
    } catch (error) {
      written(error);
    }
  }

  /** After a start the module that brings the widget may not have been asked yet: its alerts go on until then. */
  #isGone({ widgetId, ruleId }: AlertInstance, { known, ofUsers }: CollectedRules, seen: ReadonlySet<string>): boolean {
    if (known.has(widgetId) || seen.has(widgetId)) return true;
    const mayStand = ofUsers.has(ruleId) || ruleId.startsWith('widget:') || ruleId.startsWith('settings:');
    return !mayStand || this.#deps.clock.monotonic() - this.#startedAt >= MAY_COME;
  }
}
