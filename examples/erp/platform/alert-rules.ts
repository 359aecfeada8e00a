import type { AlertRuleInput } from '@a64core/ccm/sdk';

/** Rules that stand beside the widgets' own: who runs the platform says what is watched on it. */
export const DEMO_ALERT_RULES = [
  {
    widgetId: 'module-status', name: 'Module down', field: 'status', operator: '!=', value: 'running', severity: 'critical', for: 30, error: 'alert', labels: { team: 'operations' },
    title: 'The module {{name}} is {{value}}', runbook: '/about.html', notifications: ['dashboard', 'email'],
  },
  {
    widgetId: 'warehouse-status', name: 'Hall nearly full', field: 'utilisation', operator: '>', value: 90, recover: 85, severity: 'warning', for: 300, labels: { team: 'warehouse' },
    title: '{{name}} is {{value}} % full', notifications: ['dashboard'],
  },
] satisfies AlertRuleInput[];
