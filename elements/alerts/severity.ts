import type { Alert, Severity } from '../../sdk/contract/alert.js';

/** The worst first. */
export const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

const ICONS: Readonly<Record<Severity, string>> = { critical: 'OctagonAlert', warning: 'TriangleAlert', info: 'Info' };

/** 0 is the worst. One that is not known is the least. */
export function rankOf(severity: Severity): number {
  const rank = SEVERITIES.indexOf(severity);
  return rank < 0 ? SEVERITIES.length - 1 : rank;
}

/** The severity as it is drawn and named here. */
export function shownSeverity(severity: Severity): Severity {
  return SEVERITIES[rankOf(severity)] ?? 'info';
}

/** Shapes differ, so that colour alone says nothing. */
export function iconOf(severity: Severity): string {
  return ICONS[shownSeverity(severity)];
}

export function isAtLeast(severity: Severity, least: Severity | undefined): boolean {
  return least === undefined || rankOf(severity) <= rankOf(least);
}

export function isFiring({ state }: Alert): boolean {
  return state === 'firing' || state === 'recovering';
}

/** Nobody is told of it: it is silenced, or a graver one says it already. */
export function isQuiet({ silencedBy, inhibitedBy }: Alert): boolean {
  return silencedBy !== undefined || inhibitedBy !== undefined;
}

/** How many fire and are not quiet, by severity. */
export function countsOf(alerts: readonly Alert[]): Record<Severity, number> {
  const counts = { critical: 0, warning: 0, info: 0 };
  for (const alert of alerts) if (isFiring(alert) && !isQuiet(alert)) counts[shownSeverity(alert.severity)]++;
  return counts;
}

/** The worst that fires, is not quiet and nobody has acknowledged. */
export function worstOpen(alerts: readonly Alert[]): Severity | undefined {
  const open = alerts.filter((alert) => isFiring(alert) && !isQuiet(alert) && !alert.ack).map(({ severity }) => rankOf(severity));
  return open.length > 0 ? SEVERITIES[Math.min(...open)] : undefined;
}

/** Rules that cannot fire now: there is nothing to compare, or no answer. */
export function rulesLacking(alerts: readonly Alert[]): number {
  return new Set(alerts.filter(({ state }) => state === 'noData' || state === 'error').map(({ ruleId }) => ruleId)).size;
}
