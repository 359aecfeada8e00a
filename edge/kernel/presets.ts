import type { DashboardPreset } from '../../sdk/contract/layout.js';
import type { Principal } from './principal.js';

/**
 * The presets of the caller's roles, the best match first: those of the roles that the token names, in its order,
 * then those of inherited roles, in the order of the settings.
 */
export function presetsFor(principal: Principal, presets: ReadonlyMap<string, DashboardPreset>): DashboardPreset[] {
  const direct = new Set(principal.directRoles);
  const inherited = [...presets.keys()].filter((role) => principal.roles.has(role) && !direct.has(role));
  return [...direct, ...inherited].flatMap((role) => presets.get(role) ?? []);
}

/** What the caller sees before they have a default layout of their own. */
export function presetFor(principal: Principal, presets: ReadonlyMap<string, DashboardPreset>): DashboardPreset | undefined {
  return presetsFor(principal, presets)[0];
}
