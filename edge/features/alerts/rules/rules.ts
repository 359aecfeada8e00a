import { collectRules, type CollectDeps, type CollectedRules } from './collect.js';
import { createRuleService, type RuleDeps, type RuleService } from './service.js';

export interface Rules {
  readonly service: RuleService;
  /** All rules of a tenant that are evaluated now. */
  collect(tenant: string): Promise<CollectedRules>;
}

/** The rules of alerts, wherever they stand. */
export function createRules(deps: RuleDeps & CollectDeps): Rules {
  return { service: createRuleService(deps), collect: (tenant) => collectRules(deps, tenant) };
}
