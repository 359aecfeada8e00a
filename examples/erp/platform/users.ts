/** Who may log in to the demo: in every tenant the same six, each with the role of the same name. */
export interface DemoUser {
  id: string;
  /** For people. */
  label: string;
  /** Patterns: `sales.*`, `*`. */
  permissions: readonly string[];
}

export const DEMO_USERS: readonly DemoUser[] = [
  { id: 'admin', label: 'Administrator', permissions: ['*'] },
  {
    id: 'sales_manager', label: 'Sales manager',
    permissions: ['sales.*', 'crm.*', 'inventory.view_stock', 'modules.sales.read', 'modules.crm.read'],
  },
  { id: 'inventory_manager', label: 'Inventory manager', permissions: ['inventory.*', 'sales.view_metrics', 'modules.inventory.read'] },
  { id: 'finance_manager', label: 'Finance manager', permissions: ['finance.*', 'sales.view_metrics', 'modules.accounting.read'] },
  { id: 'user', label: 'Employee', permissions: ['sales.view_metrics', 'inventory.view_stock'] },
  { id: 'guest', label: 'Guest', permissions: [] },
];

/** Beside the built-in roles: the demo's administrator is everything that the others are. */
export const DEMO_ROLES: Record<string, string[]> = { admin: ['moderator', 'sales_manager', 'inventory_manager', 'finance_manager'] };

export function demoUser(id: string): DemoUser | undefined {
  return DEMO_USERS.find((user) => user.id === id);
}
