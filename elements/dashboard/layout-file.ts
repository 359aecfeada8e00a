import type { DashboardLayout } from '../../sdk/contract/layout.js';

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
  // The validator is large and only a page with a file of its own needs it.
  const { validateLayout } = await import('../../sdk/contract/validate.js');
  const [fault] = validateLayout(value);
  if (fault) throw new Error(`${src}: ${fault.path}: ${fault.message}`);
  return withItemIds(value as DashboardLayout);
}

/** Items are told apart by their ids; a file may leave them out. */
export function withItemIds(layout: DashboardLayout): DashboardLayout {
  return { ...layout, widgets: layout.widgets.map((item) => (item.itemId ? item : { ...item, itemId: crypto.randomUUID() })) };
}
