import type { ViewerParams } from '../../../../sdk/client/client.js';
import type { WidgetLayoutItem } from '../../../../sdk/contract/layout.js';
import type { WidgetDefinition } from '../../../../sdk/contract/widget.js';
import type { SettingsChangeEvent } from '../../../core/settings-event.js';
import type { Bench } from '../bench.js';

const TAG = 'ccm-widget-settings';

/** The panel, which is another room's: only its tag, its properties and its event are known here. */
interface SettingsPanel extends HTMLElement {
  client: unknown;
  definition: WidgetDefinition;
  overrides: Readonly<Record<string, unknown>>;
  data: unknown;
  shared: ViewerParams | undefined;
  locale: string | undefined;
  open(): Promise<void>;
}

/** Opens the settings of an item; what is applied there is a change with a way back. */
export async function openItemSettings({ host, ports, editor }: Bench, item: WidgetLayoutItem): Promise<void> {
  const { client } = ports.session;
  const known = client?.snapshot(item.widgetId);
  // The widget on the screen has the item's own settings laid over its definition.
  const definition = known?.widget ?? (await client?.widgets.get(item.widgetId))?.data;
  if (!definition) return;
  for (const old of host.renderRoot.querySelectorAll(TAG)) old.remove();
  const panel = document.createElement(TAG) as SettingsPanel;
  Object.assign(panel, { client, definition, overrides: item.config ?? {}, data: known?.data, shared: ports.shared(), locale: ports.locale() });
  panel.dataset['theme'] = ports.theme();
  panel.addEventListener('ccm-settings-change', (event) => {
    const { config } = event as SettingsChangeEvent;
    editor.alter(item.itemId, { config: Object.keys(config).length > 0 ? { ...config } : undefined }, 'settings', ports.strings().settingsChanged(editor.titleOf(item)));
  });
  host.renderRoot.append(panel);
  await panel.open();
}
