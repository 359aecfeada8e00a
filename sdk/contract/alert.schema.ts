import { z } from 'zod';
import type { AlertCondition, AlertConfig, AlertReduce, AlertRuleInput, AlertRuleTrial, SilenceInput } from './alert.js';
import { checked, faultsOfRule, fieldPath, flag, form, list, map, object, oneOf, scalarOrNull, text, whole } from './parts.schema.js';
import type { Fault } from './problem.js';
import { TimeIntervalSchema } from './time-interval.schema.js';

const DAY = 86_400;
const MISSING = ['alert', 'ok', 'keep'] as const;
export const SeveritySchema = oneOf(['info', 'warning', 'critical']);
const schedule = () => list(TimeIntervalSchema, 20, 1);
const notifications = () => list(oneOf(['dashboard', 'email', 'sms', 'webhook', 'push']), 5);

export const AlertReduceSchema = checked<AlertReduce>()(object({
  by: oneOf(['last', 'min', 'max', 'mean', 'sum', 'count', 'change', 'percentChange']),
  over: text(10).regex(/^[1-9]\d{0,5}[smhd]$/, 'must be a length of time such as 10m').optional(),
}).meta({ id: 'AlertReduce', description: 'One value of many: of the rows, or with `over` of the samples of the field in that time.' }));

const condition = {
  field: fieldPath(),
  operator: oneOf(['>', '<', '=', '>=', '<=', '!=', 'contains']),
  value: scalarOrNull(),
  severity: SeveritySchema,
  name: text(100).optional(),
  type: oneOf(['number', 'text', 'boolean', 'date']).optional(),
  rows: flag().optional(),
  reduce: AlertReduceSchema.optional(),
  for: whole(0, 30 * DAY).optional(),
  keepFiring: whole(0, 30 * DAY).optional(),
  recover: scalarOrNull().optional(),
  noData: oneOf(MISSING).optional(),
  error: oneOf(MISSING).optional(),
  labels: map('paramName', text(200, 0), 20).optional(),
  title: text(200).optional(),
  text: text(2_000).optional(),
  runbook: text(500).refine(isLink, 'must be http, https or relative').optional(),
};

export const AlertConditionSchema = checked<AlertCondition>()(object(condition).superRefine(faultsOfRule(conditionFaults)).meta({ id: 'AlertCondition' }));

export const AlertConfigSchema = checked<AlertConfig>()(object({
  enabled: flag(),
  conditions: list(AlertConditionSchema, 50),
  notifications: notifications(),
  cooldown: whole(0, 30 * DAY).optional(),
  schedule: schedule().optional(),
}).meta({ id: 'AlertConfig', description: 'Evaluated at the edge; `cooldown` is the seconds between two notifications of one alert.' }));

const rule = {
  ...condition,
  widgetId: form('id'),
  notifications: notifications(),
  cooldown: whole(0, 30 * DAY).optional(),
  schedule: schedule().optional(),
  enabled: flag().optional(),
};

export const AlertRuleInputSchema = checked<AlertRuleInput>()(object(rule).superRefine(faultsOfRule(conditionFaults)).meta({ id: 'AlertRuleInput' }));

export const AlertRuleTrialSchema = checked<AlertRuleTrial>()(object({ ...rule, notifications: notifications().optional() })
  .superRefine(faultsOfRule(conditionFaults)).meta({ id: 'AlertRuleTrial', description: 'A rule to be tried: nobody is told.' }));

export const SilenceInputSchema = checked<SilenceInput>()(object({
  matchers: list(object({ name: text(100), value: text(500, 0), isRegex: flag().optional(), isEqual: flag().optional() }), 20, 1),
  from: z.iso.datetime({ offset: true }),
  until: z.iso.datetime({ offset: true }),
  why: text(500),
  recurring: schedule().optional(),
}).superRefine(faultsOfRule(({ from, until }) => (Date.parse(until) > Date.parse(from) ? [] : [{ path: 'until', message: 'must be later than from' }]))).meta({ id: 'SilenceInput' }));

/** What fits together of a condition, told by the field that has to change. */
function conditionFaults({ operator, value, type, reduce, rows, recover }: AlertCondition): Fault[] {
  const faults: Fault[] = [];
  const ordered = operator === '>' || operator === '<' || operator === '>=' || operator === '<=';
  const compared = type ?? (typeof value === 'string' ? 'text' : typeof value);
  if (ordered && (value === null || compared === 'boolean')) faults.push({ path: 'value', message: `must be a number, a text or a date to be compared by ${operator}` });
  if (operator === 'contains' && (typeof value !== 'string' || value === '')) faults.push({ path: 'value', message: 'must be a text that is looked for' });
  if (type === 'number' && value !== null && !Number.isFinite(typeof value === 'string' ? Number(value || 'x') : value)) faults.push({ path: 'value', message: 'must be a number' });
  if (type === 'date' && value !== null && Number.isNaN(Date.parse(String(value)))) faults.push({ path: 'value', message: 'must be a date such as 2026-11-26T08:00:00Z' });
  if (reduce !== undefined && rows === true) faults.push({ path: 'rows', message: 'must not be true beside reduce, which makes one value of all rows' });
  if (recover !== undefined && !ordered) faults.push({ path: 'recover', message: 'is for > < >= <= only' });
  if (recover !== undefined && ordered && typeof recover === 'number' && typeof value === 'number' && (operator.startsWith('>') ? recover > value : recover < value)) {
    faults.push({ path: 'recover', message: `must be ${operator.startsWith('>') ? 'at most' : 'at least'} the value, else nothing would ever fire on` });
  }
  return faults;
}

/** A link that a page may show: no script, no data, no other scheme. */
function isLink(link: string): boolean {
  if (!URL.canParse(link, 'https://edge.invalid/')) return false;
  return ['http:', 'https:'].includes(new URL(link, 'https://edge.invalid/').protocol);
}
