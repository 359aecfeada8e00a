import { describe, expect, test } from 'vitest';
import { expandRoles } from '../../sdk/contract/access.js';
import type { DashboardPreset } from '../../sdk/contract/layout.js';
import { presetFor, presetsFor } from './presets.js';
import type { Principal } from './principal.js';

const presets = new Map<string, DashboardPreset>(
  ['admin', 'sales_manager', 'user'].map((role) => [role, { role, name: role, description: '', widgets: [], layout: [] }]),
);
const inherits = { admin: ['sales_manager', 'user'], sales_manager: ['user'], user: [] };

function holder(...directRoles: string[]): Principal {
  return { subject: 's', tenant: 't', directRoles, roles: expandRoles(directRoles, inherits), permissions: [], expiresAt: 0 };
}

describe('presetsFor', () => {
  test.each([
    [['admin'], ['admin', 'sales_manager', 'user']],
    [['sales_manager'], ['sales_manager', 'user']],
    [['user'], ['user']],
    [['user', 'sales_manager'], ['user', 'sales_manager']],
    [['auditor', 'sales_manager', 'sales_manager'], ['sales_manager', 'user']],
    [['auditor'], []],
    [[], []],
  ])('roles %j see %j, the best first', (roles, expected) => {
    expect(presetsFor(holder(...roles), presets).map((preset) => preset.role)).toEqual(expected);
    expect(presetFor(holder(...roles), presets)?.role).toBe(expected[0]);
  });

  test('a role named like a property of every object has no preset', () => {
    expect(presetsFor(holder('__proto__', 'constructor'), presets)).toEqual([]);
  });
});
