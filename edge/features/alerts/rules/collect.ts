import type { EvaluatedRule } from '../../../kernel/alerts.js';
import type { AlertSettings } from '../../../kernel/alert-settings.js';
import type { Catalogue, CatalogueEntry } from '../../../kernel/catalogue.js';
import type { Settings } from '../../../kernel/settings.js';
import { evaluatedRule, ruleOfUser, rulesOfSettings, rulesOfWidget, type StandingRule } from './standing.js';
import type { RuleStore } from './store.js';

/** A widget's rules that are evaluated. */
export interface WatchedWidget {
  readonly entry: CatalogueEntry;
  readonly rules: readonly WatchedRule[];
}

export interface WatchedRule {
  readonly rule: EvaluatedRule;
  /** The only one who is told; empty for all who may see the widget. */
  readonly user: string;
}

export interface CollectDeps {
  catalogue: Catalogue;
  tenants: Settings['tenants'];
  settings: Pick<AlertSettings, 'rules'>;
  rows: Pick<RuleStore, 'ofTenant'>;
}

export interface CollectedRules {
  /** By widget id; those without rules are not in it. */
  readonly widgets: ReadonlyMap<string, WatchedWidget>;
  /** Ids of all widgets that there are. */
  readonly known: ReadonlySet<string>;
  /** Ids of the users' rules, also of those whose widget is not there now. */
  readonly ofUsers: ReadonlySet<string>;
}

/** All rules of a tenant that are evaluated now: of its definitions, of the settings, and of its users. */
export async function collectRules({ catalogue, tenants, settings, rows }: CollectDeps, tenant: string): Promise<CollectedRules> {
  const entries = await catalogue.of(tenant);
  const timeZone = tenants.get(tenant)?.timeZone ?? 'UTC';
  const ofUsers = rows.ofTenant(tenant).map(ruleOfUser);
  const others = byWidget([...rulesOfSettings(settings.rules, tenant), ...ofUsers]);

  const widgets = new Map<string, WatchedWidget>();
  for (const [id, entry] of entries) {
    const { widget } = entry;
    const rules = [...rulesOfWidget(widget), ...(others.get(id) ?? [])].filter(({ enabled }) => enabled)
      .map((standing): WatchedRule => ({ rule: evaluatedRule(standing, { tenant, timeZone, widget }), user: standing.user }));
    if (rules.length > 0) widgets.set(id, { entry, rules });
  }
  return { widgets, known: new Set(entries.keys()), ofUsers: new Set(ofUsers.filter(({ enabled }) => enabled).map(({ id }) => id)) };
}

function byWidget(rules: readonly StandingRule[]): Map<string, StandingRule[]> {
  const found = new Map<string, StandingRule[]>();
  for (const rule of rules) {
    const those = found.get(rule.input.widgetId);
    if (those === undefined) found.set(rule.input.widgetId, [rule]);
    else those.push(rule);
  }
  return found;
}
