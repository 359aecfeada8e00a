import { createLog } from '../../../kernel/log.js';
import type { Notification, NotifiedAlert } from '../../../kernel/alerts.js';
import type { TenantSettings } from '../../../kernel/settings.js';

export const NOW = Date.parse('2026-03-02T13:43:00Z');
export const TENANTS: ReadonlyMap<string, TenantSettings> = new Map([['acme', { id: 'acme', name: 'Acme', timeZone: 'Europe/Berlin', currency: 'EUR' }]]);
export const PAGE = new URL('https://erp.example/dashboard?layout=default');
export const silent = createLog({ level: 'silent' });

export function alert(more: Partial<NotifiedAlert> = {}): NotifiedAlert {
  return {
    id: 'a-1', widgetId: 'stock', rule: 'Low stock', ruleId: 'r-1', key: 'BOLT-8', name: 'Bolts', state: 'firing', severity: 'critical', value: 3, operator: '<', threshold: 5,
    since: '2026-03-02T13:31:00Z', firedAt: '2026-03-02T13:31:00Z', title: 'Bolts: stock 3 is below 5', text: 'The rule "Low stock" fires where stock is below 5.',
    labels: { team: 'warehouse' }, runbook: 'https://wiki.example/low-stock', ...more,
  };
}

export function notification(more: Partial<Notification> = {}): Notification {
  return {
    id: 'n-1', tenant: 'acme', tenantName: 'Acme', notifier: 'ops', status: 'firing', groupKey: 'stock/critical', groupLabels: { widgetId: 'stock', severity: 'critical' },
    alerts: [alert()], truncated: 0, at: NOW, ...more,
  };
}

/** A sine with some noise, one value a minute, that falls in the end. */
export function history(points = 240): [number, number][] {
  return Array.from({ length: points }, (_, n) => [NOW - (points - n) * 60_000, n === points - 1 ? 3 : 14 + 6 * Math.sin(n / 17) + ((n * 7919) % 13) / 6 - (n > points - 20 ? (n - points + 20) * 0.5 : 0)]);
}

/** Texts that have tried to become a header, markup, or another order of reading. */
export const HOSTILE = [
  'Bolts\r\nBcc: mallory@evil.example', 'Bolts\nSubject: free\r\n\r\n<b>body</b>', 'Bolts%0d%0aBcc: mallory@evil.example', 'a\u2028Bcc: x@evil.example\u2029', 'a\u0000b\u001b[2Jc\u0007',
  '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '</title><style>*{display:none}</style>', '<!channel> <@U123> <http://evil.example|click>', '[click](http://evil.example)',
  '\u202egpj.exe\u202c', '\u2066abc\u2069', '\ud800 half', '=?utf-8?B?QmNjOg==?=', 'mallory@evil.example, "x" <y@evil.example>', '&lt;b&gt;', '{{value}}', '🧨'.repeat(300), 'x'.repeat(100_000),
];
