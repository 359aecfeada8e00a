export type Severity = 'info' | 'warning' | 'critical';
export type NotificationType = 'dashboard' | 'email' | 'sms' | 'webhook';

export interface AlertCondition {
  field: string;
  operator: '>' | '<' | '=' | '>=' | '<=' | '!=' | 'contains';
  value: unknown;
  severity: Severity;
}

/** What a definition says of alerts; evaluated at the edge. */
export interface AlertConfig {
  enabled: boolean;
  conditions: AlertCondition[];
  notifications: NotificationType[];
  /** Seconds between two notifications of one alert (default 300). */
  cooldown?: number;
}
