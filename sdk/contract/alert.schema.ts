import type { AlertCondition, AlertConfig } from './alert.js';
import { checked, fieldPath, flag, list, object, oneOf, scalarOrNull, whole } from './parts.schema.js';

const DAY = 86_400;

export const AlertConditionSchema = checked<AlertCondition>()(object({
  field: fieldPath(),
  operator: oneOf(['>', '<', '=', '>=', '<=', '!=', 'contains']),
  value: scalarOrNull(),
  severity: oneOf(['info', 'warning', 'critical']),
}).meta({ id: 'AlertCondition' }));

export const AlertConfigSchema = checked<AlertConfig>()(object({
  enabled: flag(),
  conditions: list(AlertConditionSchema, 50),
  notifications: list(oneOf(['dashboard', 'email', 'sms', 'webhook']), 4),
  cooldown: whole(0, 30 * DAY).optional(),
}).meta({ id: 'AlertConfig', description: 'Evaluated at the edge; `cooldown` is the seconds between two notifications of one alert.' }));
