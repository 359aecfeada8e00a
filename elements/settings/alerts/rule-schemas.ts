import type { JsonSchema } from '../../../sdk/contract/json-schema.js';
import type { AlertRuleStrings } from '../../core/alert-rule-strings.js';

/** Forms of a rule, part by part. Each holds the whole rule and shows its own fields of it. */
export interface RuleSchemas {
  basic: JsonSchema;
  flapping: JsonSchema;
  message: JsonSchema;
  more: JsonSchema;
}

const DAYS_30 = 2_592_000;

export function ruleSchemas({ fields, hints, operators, severities, missing, types, reducers }: AlertRuleStrings): RuleSchemas {
  const named = <Name extends keyof typeof fields>(name: Name, schema: JsonSchema): Record<string, JsonSchema> => {
    const hint = Object.hasOwn(hints, name) ? hints[name as unknown as keyof typeof hints] : undefined;
    return { [name]: { ...schema, title: fields[name], ...(hint !== undefined && { description: hint }) } };
  };
  const seconds: JsonSchema = { type: 'integer', minimum: 0, maximum: DAYS_30 };
  const scalar: JsonSchema = { anyOf: [{ type: 'number' }, { type: 'string' }, { type: 'boolean' }] };
  const part = (required: readonly string[], ...properties: Record<string, JsonSchema>[]): JsonSchema =>
    ({ type: 'object', required, properties: Object.assign({}, ...properties) as Record<string, JsonSchema> });
  const choice = (words: Readonly<Record<string, string>>): JsonSchema => ({ type: 'string', enum: Object.keys(words) });
  return {
    basic: part(
      ['field', 'operator', 'value', 'severity'],
      named('field', { type: 'string', format: 'field-path' }),
      named('operator', choice(operators)), named('value', scalar), named('severity', choice(severities)), named('for', seconds), named('enabled', { type: 'boolean', default: true }),
    ),
    flapping: part([], named('recover', scalar), named('keepFiring', seconds), named('cooldown', seconds)),
    message: part(
      [], named('name', { type: 'string', maxLength: 100 }), named('title', { type: 'string', maxLength: 199 }), named('text', { type: 'string', maxLength: 900 }), named('runbook', { type: 'string', maxLength: 199 }),
    ),
    more: part(
      [], named('noData', choice(missing)), named('error', choice(missing)), named('type', choice(types)),
      named('reduce', part(['by'], named('by', choice(reducers)), named('over', { type: 'string' }))),
    ),
  };
}

/** What the choices of those forms are called; no two of them are the same. */
export function choicesOf({ operators, severities, missing, types, reducers }: AlertRuleStrings): Readonly<Record<string, string>> {
  return { ...operators, ...severities, ...missing, ...types, ...reducers };
}
