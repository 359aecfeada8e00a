import type { AlertCondition, NotificationType } from '../../../sdk/contract/alert.js';
import type { JsonSchema } from '../../../sdk/contract/json-schema.js';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import type { Path } from '../../config/faults.js';
import type { Given, GivenWidget, LintFile } from './given.js';
import type { Spot, Warning } from './rule.js';

/** One rule of alerts, wherever it stands, with the widget that it looks at where that was given. */
export interface GivenAlert {
  condition: AlertCondition;
  notifications: readonly NotificationType[];
  widget?: CCMWidget;
  /** What its module promises to answer. */
  answer?: JsonSchema;
  /** Of the condition, and of what says who is told. */
  path: Path;
  notified: Path;
}

/** What `look` finds in each rule that is switched on; its places are those in the widget, or in the settings. */
export function inAlerts({ widgets, settings }: Given, look: (alert: GivenAlert) => Spot[]): Warning[] {
  const byId = new Map(widgets.map((one) => [one.widget.id, one]));
  const placed = (file: LintFile, at: Path) => ({ path, message }: Spot): Warning => ({ file, path: [...at, ...path], message });
  return [
    ...widgets.flatMap((one) => alertsOf(one).flatMap(look).map(placed(one.file, one.at))),
    ...settings.flatMap(({ file, at, rules }) => rules.filter(({ rule }) => rule.enabled !== false).flatMap(({ at: path, rule }) => {
      const { notifications, ...condition } = rule;
      const found = byId.get(rule.widgetId);
      return look({ condition, notifications, path, notified: [...path, 'notifications'], ...knownOf(found) }).map(placed(file, at));
    })),
  ];
}

function alertsOf(one: GivenWidget): GivenAlert[] {
  const { alerts } = one.widget;
  if (alerts?.enabled !== true) return [];
  const { conditions, notifications } = alerts;
  return conditions.map((condition, index) => ({ condition, notifications, path: ['alerts', 'conditions', index], notified: ['alerts', 'notifications'], ...knownOf(one) }));
}

function knownOf(one: GivenWidget | undefined): Pick<GivenAlert, 'widget' | 'answer'> {
  return { ...(one && { widget: one.widget }), ...(one?.answer && { answer: one.answer }) };
}
