/** What only a dashboard with a layout of its own needs: `src` and `preset`. */
import type { CcmClient } from '../../sdk/client/client.js';
import { validateLayout } from '../../sdk/contract/validate.js';
import type { DashboardLayout } from '../../sdk/contract/layout.js';
import { withItemIds } from './item-ids.js';

/** Loads a layout file. Rejects with an Error that says what is wrong with it, and where. */
export async function loadLayoutFile(src: string, signal: AbortSignal): Promise<DashboardLayout> {
  const response = await fetch(new URL(src, document.baseURI), { signal, headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`${src} answered ${response.status}.`);
  let value: unknown;
  try {
    value = await response.json();
  } catch {
    throw new Error(`${src} is not JSON.`);
  }
  const [fault] = validateLayout(value);
  if (fault) throw new Error(`${src}: ${fault.path}: ${fault.message}`);
  return withItemIds(value as DashboardLayout);
}

/** A role's preset in the form of a layout. Rejects where the caller's roles do not allow it. */
export async function loadPreset(client: CcmClient, role: string): Promise<DashboardLayout> {
  const { items } = await client.presets.list();
  const preset = items.find((one) => one.role === role);
  if (!preset) throw new Error(`There is no preset “${role}” that you may use.`);
  const now = new Date().toISOString();
  return withItemIds({ userId: '', layoutId: role, name: preset.name, isDefault: false, widgets: preset.layout, createdAt: now, updatedAt: now, preset: role });
}
