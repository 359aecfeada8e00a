import type { DashboardPreset } from './layout.js';
import { WidgetLayoutItemSchema } from './layout.schema.js';
import { checked, faultsOfRule, form, list, object, text } from './parts.schema.js';
import { layoutFaults } from './rules.js';

export const DashboardPresetSchema = checked<DashboardPreset>()(object({
  role: form('role'),
  name: text(80),
  description: text(200, 0),
  widgets: list(form('id'), 200),
  layout: list(WidgetLayoutItemSchema, 200),
})
  .superRefine(faultsOfRule(({ layout }) =>
    layoutFaults({ widgets: layout }).map(({ path, message }) => ({ path: path.replace(/^widgets/, 'layout'), message }))))
  .meta({ id: 'DashboardPreset', description: 'A dashboard that a role starts with.' }));
