/** The roles that exist without settings, each with what it inherits. */
export const BUILT_IN_ROLES: Readonly<Record<string, readonly string[]>> = {
  guest: [],
  user: ['guest'],
  moderator: ['user'],
  admin: ['moderator'],
  super_admin: ['admin'],
  sales_manager: ['user'],
  inventory_manager: ['user'],
  finance_manager: ['moderator'],
};

/** Whether a held pattern (`*`, `sales.*`, `sales.view_metrics`) covers a permission. */
export function covers(pattern: string, permission: string): boolean {
  if (pattern === '*' || pattern === permission) return true;
  return pattern.endsWith('.*') && permission.startsWith(pattern.slice(0, -1));
}

/** Whether any of the held patterns covers the permission. */
export function holds(patterns: readonly string[], permission: string): boolean {
  return patterns.some((pattern) => covers(pattern, permission));
}

/** A caller's roles and all that they inherit. Unknown names stand for themselves. */
export function expandRoles(roles: readonly string[], inherits: Readonly<Record<string, readonly string[]>> = BUILT_IN_ROLES): Set<string> {
  const all = new Set<string>();
  const pending = [...roles];
  for (let role = pending.pop(); role !== undefined; role = pending.pop()) {
    if (all.has(role)) continue;
    all.add(role);
    if (Object.hasOwn(inherits, role)) pending.push(...(inherits[role] ?? []));
  }
  return all;
}
