import { AlertRuleInputSchema } from '../../../../sdk/contract/alert.schema.js';
import type { AlertRule, AlertRuleInput, BacktestResult } from '../../../../sdk/contract/alert.js';
import type { ListPage } from '../../../../sdk/contract/answer.js';
import { faultsOf } from '../../../../sdk/contract/faults.schema.js';
import type { CCMWidget } from '../../../../sdk/contract/widget.js';
import type { Access } from '../../../gate/access.js';
import { mergePatch } from '../../../gate/merge-patch.js';
import { MOST_FAULTS } from '../../../gate/openapi.js';
import type { AlertSettings } from '../../../kernel/alert-settings.js';
import type { AuditAction, ChangeAudit, Trace } from '../../../kernel/audit.js';
import { topic, type Bus } from '../../../kernel/bus.js';
import type { Catalogue, CatalogueEntry } from '../../../kernel/catalogue.js';
import type { Clock } from '../../../kernel/clock.js';
import { newId } from '../../../kernel/ids.js';
import type { Principal } from '../../../kernel/principal.js';
import { notFound, ProblemError, withheld } from '../../../kernel/problems.js';
import type { Samples } from '../../../kernel/samples.js';
import type { Settings } from '../../../kernel/settings.js';
import { MANAGE_ALERTS } from '../service.js';
import { backtest } from './backtest.js';
import { historyFaults } from './own-data.js';
import { ruleOfUser, rulesOfSettings, rulesOfWidget, shownRule, type StandingRule } from './standing.js';
import type { RuleRow, RuleStore } from './store.js';
import { createTurns } from './turns.js';

/** Rules that one user, and that all users of a tenant together may have. */
export const MAX_OWN = 100;
export const MAX_RULES = 1_000;

/** Rows that are followed of a rule that is one user's alone: who needs no right to make rules cannot make a hundred thousand alerts by them. */
export const MOST_OF_OWN = 50;

/** Rules of one page of the list. */
export const PAGE = { default: 200, max: 1_000 } as const;

/** A user's rule was made, changed or removed. */
export const RULE_CHANGES = topic<{ tenant: string; id: string }>('alert-rules', (message) => {
  const { tenant, id } = (message ?? {}) as Record<string, unknown>;
  return typeof tenant === 'string' && typeof id === 'string';
});

export interface RuleDeps {
  rows: RuleStore;
  catalogue: Catalogue;
  access: Access;
  samples: Pick<Samples, 'read'>;
  tenants: Settings['tenants'];
  settings: Pick<AlertSettings, 'rules' | 'mostInstances'>;
  bus: Bus;
  clock: Clock;
  /** Each change leaves a row, in the same write. */
  audit?: ChangeAudit;
  /** Told of who has a rule that is theirs alone: it is evaluated for as long as they may see its widget. */
  remember?: (owner: Principal) => void;
}

export interface RuleQuery {
  widget?: string | undefined;
  /** Of the page before. */
  cursor?: string | undefined;
  limit: number;
}

/** A rule of who does not hold `alerts.manage` is theirs alone: its alerts are told to nobody else. */
export interface RuleService {
  /** Of the widgets that the caller may see: those of definitions and of the settings, then the caller's own, with `alerts.manage` those of all users. */
  list(principal: Principal, query: RuleQuery): Promise<ListPage<AlertRule>>;
  /** Throws `not_found` for a widget that the caller may not see, `invalid` for what its data is not fit for, and `conflict` where there are too many. */
  create(principal: Principal, input: AlertRuleInput, trace?: Trace): Promise<AlertRule>;
  /** Lays a JSON Merge Patch over it. Throws `not_found`, `forbidden`, `conflict` for one of a definition or of the settings, `invalid`. */
  patch(principal: Principal, id: string, patch: unknown, trace?: Trace): Promise<AlertRule>;
  remove(principal: Principal, id: string, trace?: Trace): Promise<void>;
  /** What the rule would have done in the last hours. Throws `not_found` for a widget that the caller may not see, `rate_limited` where they asked anew before it was its turn. */
  backtest(principal: Principal, input: AlertRuleInput, hours: number): Promise<BacktestResult>;
}

export function createRuleService({ rows, catalogue, access, samples, tenants, settings, bus, clock, audit, remember }: RuleDeps): RuleService {
  /** One of them takes up to a second of the one thread that also answers. */
  const inTurn = createTurns();
  const manages = (principal: Principal): boolean => access.holds(principal, MANAGE_ALERTS);

  const seen = async (principal: Principal): Promise<CatalogueEntry[]> =>
    [...(await catalogue.of(principal.tenant)).values()].filter((entry) => access.maySee(principal, entry));

  const visible = async (principal: Principal, widgetId: string): Promise<CatalogueEntry> => {
    const entry = (await catalogue.of(principal.tenant)).get(widgetId);
    if (entry === undefined) throw notFound();
    if (!access.maySee(principal, entry)) throw withheld(`widget ${widgetId}`);
    return entry;
  };

  /** Within a write. Who may not know of a rule does not find it. */
  const ownedRow = (principal: Principal, id: string, entries: ReadonlyMap<string, CatalogueEntry>): RuleRow => {
    const { tenant, subject } = principal;
    const row = rows.get(tenant, id);
    if (row === undefined) throw isFixed(principal, id, entries) ? fixed() : notFound();
    const entry = entries.get(row.widgetId);
    const others = row.owner !== subject;
    if (others && !(manages(principal) && entry !== undefined && access.maySee(principal, entry))) throw withheld(`rule ${id}`);
    // Its owner had the right when they made it: it is not theirs alone.
    if (row.shared) access.require(principal, MANAGE_ALERTS);
    return row;
  };

  const isFixed = (principal: Principal, id: string, entries: ReadonlyMap<string, CatalogueEntry>): boolean =>
    fixedRules(principal.tenant, [...entries.values()].filter((entry) => access.maySee(principal, entry))).some((rule) => rule.id === id);

  const fixedRules = (tenant: string, entries: readonly CatalogueEntry[]): StandingRule[] => {
    const ids = new Set(entries.map(({ widget }) => widget.id));
    return [
      ...entries.flatMap(({ widget }) => rulesOfWidget(widget)),
      ...rulesOfSettings(settings.rules, tenant).filter(({ input }) => ids.has(input.widgetId)),
    ];
  };

  /** Within a write. */
  const save = (row: RuleRow, { subject }: Principal, detail: string, trace?: Trace): AlertRule => {
    rows.save(row);
    note('rule.set', row, subject, detail, trace);
    return shownRule(ruleOfUser(row));
  };
  const note = (action: AuditAction, { tenant, id, widgetId }: RuleRow, user: string, detail: string, trace?: Trace): void =>
    audit?.within({ tenant, user, action, target: `rule ${id} of widget ${widgetId}`, outcome: 'ok', detail, ...trace });

  return {
    async list(principal, { widget, cursor, limit }) {
      const { tenant, subject } = principal;
      const entries = (await seen(principal)).filter((entry) => widget === undefined || entry.widget.id === widget);
      const ids = new Set(entries.map((entry) => entry.widget.id));
      const ofUsers = (manages(principal) ? rows.ofTenant(tenant) : rows.ofOwner(tenant, subject))
        // One's own is listed whatever became of its widget: it counts, and can be removed.
        .filter((row) => ids.has(row.widgetId) || (row.owner === subject && (widget === undefined || row.widgetId === widget))).map(ruleOfUser);
      // Who may see a widget may see the rules that it carries: by them it fires.
      return pageOf([...fixedRules(tenant, entries), ...ofUsers], cursor, limit);
    },
    async create(principal, input, trace) {
      const { widget } = await visible(principal, input.widgetId);
      requireHistory(widget, input);
      const { tenant, subject } = principal;
      const made = rows.write(() => {
        if (rows.countOf(tenant, subject) >= MAX_OWN) throw full('You have', MAX_OWN);
        if (rows.count(tenant) >= MAX_RULES) throw full('There are', MAX_RULES);
        const now = clock.now();
        const { widgetId } = input;
        return save({ tenant, id: newId(), widgetId, owner: subject, shared: manages(principal), body: JSON.stringify(input), createdAt: now, updatedAt: now }, principal, 'made', trace);
      });
      if (!manages(principal)) remember?.(principal);
      bus.publish(RULE_CHANGES, { tenant, id: made.id });
      return made;
    },
    async patch(principal, id, patch, trace) {
      const { tenant, subject } = principal;
      const entries = await catalogue.of(tenant);
      const changed = rows.write(() => {
        const row = ownedRow(principal, id, entries);
        const input = checked(mergePatch(JSON.parse(row.body), patch));
        const entry = entries.get(input.widgetId);
        if (entry === undefined) throw notFound();
        if (!access.maySee(principal, entry)) throw withheld(`widget ${input.widgetId}`);
        requireHistory(entry.widget, input);
        // Who got the right since, makes it for all by changing it.
        const shared = row.shared || (row.owner === subject && manages(principal));
        return save({ ...row, widgetId: input.widgetId, shared, body: JSON.stringify(input), updatedAt: clock.now() }, principal, 'changed', trace);
      });
      bus.publish(RULE_CHANGES, { tenant, id });
      return changed;
    },
    async remove(principal, id, trace) {
      const { tenant, subject } = principal;
      const entries = await catalogue.of(tenant);
      rows.write(() => {
        const row = ownedRow(principal, id, entries);
        rows.remove(tenant, id);
        note('rule.remove', row, subject, ruleOfUser(row).name, trace);
      });
      bus.publish(RULE_CHANGES, { tenant, id });
    },
    async backtest(principal, input, hours) {
      const { widget } = await visible(principal, input.widgetId);
      const { tenant, subject } = principal;
      const timeZone = tenants.get(tenant)?.timeZone ?? 'UTC';
      return inTurn(JSON.stringify([tenant, subject]), () => backtest({ tenant, timeZone, widget, input, hours }, { samples, clock }));
    },
  };
}

function pageOf(rules: readonly StandingRule[], cursor: string | undefined, limit: number): ListPage<AlertRule> {
  // What the cursor names may be gone: then the list begins anew, and none is left out.
  const from = cursor === undefined ? 0 : rules.findIndex(({ id }) => id === cursor) + 1;
  const page = rules.slice(from, from + limit);
  const last = from + limit < rules.length ? page.at(-1) : undefined;
  return { items: page.map(shownRule), ...(last && { cursor: last.id }) };
}

function requireHistory(widget: CCMWidget, input: AlertRuleInput): void {
  const errors = historyFaults(widget, input);
  if (errors.length > 0) throw new ProblemError('invalid', 'The widget has no data for this rule.', { errors });
}

function checked(candidate: unknown): AlertRuleInput {
  const result = AlertRuleInputSchema.safeParse(candidate);
  if (result.success) return result.data;
  throw new ProblemError('invalid', 'With this patch the rule is not valid.', { errors: faultsOf(result.error).slice(0, MOST_FAULTS) });
}

function fixed(): ProblemError {
  return new ProblemError('conflict', 'This rule is of a definition or of the settings file and can only be changed there.');
}

function full(whose: string, most: number): ProblemError {
  return new ProblemError('conflict', `${whose} ${most} rules, which is the most; remove one first.`);
}
