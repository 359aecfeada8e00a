import type { TenantDisplay } from './answer.js';
import type { TimeInterval } from './time-interval.js';

export type Severity = 'info' | 'warning' | 'critical';
export type NotificationType = 'dashboard' | 'email' | 'sms' | 'webhook' | 'push';
export type AlertOperator = '>' | '<' | '=' | '>=' | '<=' | '!=' | 'contains';
/** How both sides of a comparison are read. A number in quotes is a number only where the rule says `number`. */
export type AlertValueType = 'number' | 'text' | 'boolean' | 'date';
export type AlertReducer = 'last' | 'min' | 'max' | 'mean' | 'sum' | 'count' | 'change' | 'percentChange';

/**
 * Where one instance of a rule stands:
 * - `pending`: the condition holds, not yet for as long as `for` asks
 * - `recovering`: it holds no more, not yet for as long as `keepFiring` asks; still told as firing
 * - `noData`, `error`: there was nothing to compare, or no answer at all; neither firing nor in order
 */
export type AlertState = 'inactive' | 'pending' | 'firing' | 'recovering' | 'resolved' | 'noData' | 'error';

/**
 * What an instance becomes that has nothing to compare:
 * - `alert`: as if the condition held
 * - `ok`: as if it did not
 * - `keep`: what fires or waits stays as it is; what was in order is `noData` or `error`, which nobody is told of
 */
export type AlertOnMissing = 'alert' | 'ok' | 'keep';

/** Makes one value of many: of the rows of an answer, or with `over` of the samples of the field in that time. */
export interface AlertReduce {
  by: AlertReducer;
  /** `30s 10m 2h 1d`. */
  over?: string;
}

export interface AlertCondition {
  /** Dot path into the answer, or into each row. */
  field: string;
  operator: AlertOperator;
  value: unknown;
  severity: Severity;
  /** Of the rule; unique in its widget. Default: field, operator and value. */
  name?: string;
  /** Default: that of `value`. */
  type?: AlertValueType;
  /** Each row is compared for itself, and is its own instance. Default: where the answer is rows, and has not the field itself. */
  rows?: boolean;
  reduce?: AlertReduce;
  /** Seconds for which the condition has to hold (default 0: it fires at once). */
  for?: number;
  /** Seconds for which it goes on firing after the condition ended (default 0). */
  keepFiring?: number;
  /** What fires, fires until this value is not crossed any more: the same operator, another value. */
  recover?: unknown;
  /** Default `keep`. */
  noData?: AlertOnMissing;
  /** Default `keep`. */
  error?: AlertOnMissing;
  /** Say what an alert is about, to routes, silences and templates. */
  labels?: Record<string, string>;
  /** With `{{name}} {{value}} {{threshold}} {{severity}} {{widget}} {{labels.team}} {{row.warehouse}}`. */
  title?: string;
  text?: string;
  /** What to do about it: http, https, or relative. */
  runbook?: string;
}

/** What a definition says of alerts; evaluated at the edge. */
export interface AlertConfig {
  enabled: boolean;
  conditions: AlertCondition[];
  notifications: NotificationType[];
  /** Seconds between two notifications of one alert (default 300). Of another severity is another alert. */
  cooldown?: number;
  /** When the rules count; outside of it nothing begins to fire. Default: always. */
  schedule?: TimeInterval[];
}

/** Seconds of `cooldown` where a rule does not say. */
export const COOLDOWN = 300;

/** A rule that stands for itself: made by a user, or of the settings. */
export interface AlertRuleInput extends AlertCondition, Omit<AlertConfig, 'conditions' | 'enabled'> {
  widgetId: string;
  /** Default true. */
  enabled?: boolean;
}

/** A rule that is tried before it is saved: nobody is told. */
export type AlertRuleTrial = Omit<AlertRuleInput, 'notifications'> & Partial<Pick<AlertRuleInput, 'notifications'>>;

/** A rule as the edge tells of it, wherever it stands. */
export interface AlertRule extends AlertRuleInput {
  id: string;
  name: string;
  enabled: boolean;
  /** `widget`: of its definition; `settings`: of the settings file; `user`: of `owner`, and the only one that can be changed here. */
  origin: 'widget' | 'settings' | 'user';
  owner?: string;
  /** ISO 8601. */
  updatedAt?: string;
}

export interface AlertAck {
  by: string;
  /** ISO 8601. */
  at: string;
  comment?: string;
}

/** One instance of a rule that is not in order, or was until a moment ago. */
export interface Alert {
  id: string;
  /** Absent for what came from outside. */
  widgetId?: string;
  /** Its name; `ruleId` tells it apart. */
  rule: string;
  ruleId: string;
  /** Which row; empty for the whole answer. */
  key: string;
  /** What it is about, for people: the row's name, else the widget's title. */
  name: string;
  state: AlertState;
  severity: Severity;
  /** What was compared last; null where there was nothing. */
  value: unknown;
  operator?: AlertOperator;
  threshold: unknown;
  /** ISO 8601: when it came into this state. */
  since: string;
  /** ISO 8601: when it began to fire. */
  firedAt?: string;
  /** ISO 8601: when it was over. */
  resolvedAt?: string;
  /** Why it stands where it stands, where that is not the value. */
  reason?: 'noData' | 'error' | 'gone' | 'ruleGone' | 'tooMany';
  title: string;
  text?: string;
  labels: Record<string, string>;
  runbook?: string;
  ack?: AlertAck;
  assignee?: string;
  /** Id of the silence that keeps it from being told. */
  silencedBy?: string;
  /** Id of the alert that says it already. */
  inhibitedBy?: string;
  /** How many comments it has. */
  comments?: number;
}

/** A page of alerts, with what is so for its reader. */
export interface AlertPage {
  items: Alert[];
  /** Leads to the next page. */
  cursor?: string;
  /** The reader's own subject, as acknowledgements and assignees name it. */
  me?: string;
  /** May silence, and see silences. */
  mayManage?: boolean;
  /** How times and numbers are written. */
  tenant?: TenantDisplay;
}

/** What happened to an alert, oldest last in lists. */
export interface AlertEvent {
  id: string;
  alertId: string;
  widgetId?: string;
  rule: string;
  key: string;
  name: string;
  severity: Severity;
  /** ISO 8601. */
  at: string;
  what: 'pending' | 'fired' | 'recovering' | 'resolved' | 'noData' | 'error' | 'acked' | 'assigned' | 'commented' | 'silenced' | 'silenceEnded' | 'escalated' | 'notNotified';
  /** Who did it; absent for what the edge saw. */
  by?: string;
  value?: unknown;
  /** The comment, the assignee, the notifier that failed. */
  text?: string;
}

export interface SilenceMatcher {
  /** `widgetId`, `rule`, `severity`, `key`, or a label. */
  name: string;
  value: string;
  /** RE2, over the whole value. Default false. */
  isRegex?: boolean;
  /** False: those that do not match. Default true. */
  isEqual?: boolean;
}

export interface SilenceInput {
  /** All have to match. A label that is missing is empty. */
  matchers: SilenceMatcher[];
  /** ISO 8601. */
  from: string;
  until: string;
  why: string;
  /** Within `from` and `until`, only at these times. */
  recurring?: TimeInterval[];
}

export interface Silence extends SilenceInput {
  id: string;
  createdBy: string;
  /** `waiting`: not begun, or between two times of `recurring`. */
  state: 'waiting' | 'active' | 'expired';
}

/** What a rule would have done. */
export interface BacktestResult {
  /** Times are epoch milliseconds, oldest first. */
  points: [time: number, value: number][];
  firings: { from: number; until?: number; value: number }[];
  /** Where there is less to see than was asked for: why. */
  note?: string;
}
