import type { CCMWidget } from '@a64core/ccm/sdk';

/** The requirement's payments widget, over the local stand-in. */
export const STRIPE_WIDGETS: readonly CCMWidget[] = [
  {
    id: 'stripe-payments',
    title: 'Payment Activity',
    description: 'Recent Stripe payment transactions (local stand-in)',
    icon: 'CreditCard',
    dataSource: {
      type: 'external_api',
      apiName: 'stripe',
      endpoint: '/v1/charges',
      credentials: 'stripe_api_key',
      params: { limit: 100, created: { gte: 'today' } },
    },
    refreshInterval: 60,
    type: 'chart',
    size: 'large',
    chartConfig: {
      chartType: 'line',
      xAxis: 'created',
      yAxis: 'amount',
      series: [
        { name: 'Successful', dataKey: 'amount', filter: { status: 'succeeded' } },
        { name: 'Failed', dataKey: 'amount', filter: { status: 'failed' } },
      ],
      timeRange: '24h',
      aggregation: 'hourly',
      format: { style: 'currency', minorUnits: true, compact: true },
      legend: true,
    },
    alerts: {
      enabled: true,
      conditions: [{
        name: 'Payment failed', field: 'status', operator: '=', value: 'failed', severity: 'info', noData: 'ok', labels: { team: 'finance' },
        title: 'Payment {{row.id}} failed', text: '{{row.failure_message}}',
      }],
      notifications: ['dashboard'],
    },
    permissions: ['finance.view_payments'],
    roles: ['admin', 'moderator'],
    category: 'Finance',
    tags: ['payments', 'stripe', 'transactions'],
  },
];
