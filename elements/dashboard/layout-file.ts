/** What only a dashboard with a layout of its own needs: `src` and `preset`. */
import type { CcmClient } from '../../sdk/client/client.js';
import { CcmError } from '../../sdk/client/errors.js';
import { errorOf } from '../../sdk/client/problem.js';
import { validateLayout } from '../../sdk/contract/validate.js';
import type { DashboardLayout } from '../../sdk/contract/layout.js';
import { withItemIds } from './item-ids.js';

/** The layout of a file, or else of a role's preset. Rejects with a CcmError that says why there is none. */
export function loadGiven(src: string | undefined, role: string | undefined, client: CcmClient | undefined): Promise<DashboardLayout> {
  return src || !client ? loadLayoutFile(src ?? '') : loadPreset(client, role ?? '');
}

/** Loads a layout file. Rejects with a CcmError: `invalid` says what is wrong with the file, and where. */
async function loadLayoutFile(src: string): Promise<DashboardLayout> {
  let response: Response;
  try {
    response = await fetch(new URL(src, document.baseURI), { headers: { accept: 'application/json' } });
  } catch (cause) {
    throw new CcmError('network', `${src} cannot be reached.`, { cause });
  }
  if (!response.ok) throw new CcmError((await errorOf(response)).code, `${src} answered ${response.status}.`);
  let value: unknown;
  try {
    value = await response.json();
  } catch {
    throw new CcmError('invalid', `${src} is not JSON.`);
  }
  const [fault] = validateLayout(value);
  if (fault) throw new CcmError('invalid', `${src}: ${fault.path}: ${fault.message}`);
  return withItemIds(value as DashboardLayout);
}

/** A role's preset in the form of a layout. Rejects where the caller's roles do not allow it. */
async function loadPreset(client: CcmClient, role: string): Promise<DashboardLayout> {
  const { items } = await client.presets.list();
  const preset = items.find((one) => one.role === role);
  if (!preset) throw new CcmError('not_found', `There is no preset “${role}” that you may use.`);
  const now = new Date().toISOString();
  return withItemIds({ userId: '', layoutId: role, name: preset.name, isDefault: false, widgets: preset.layout, createdAt: now, updatedAt: now, preset: role });
}
