import type { ReactiveControllerHost } from 'lit';
import type { Carrier } from '../../sdk/client/client.js';
import type { WidgetDefinition } from '../../sdk/contract/widget.js';
import type { Snapshot, SnapshotState } from '../../sdk/store/snapshot.js';
import type { MenuItem } from '../core/menu-item.js';
import type { Wanted } from '../core/widget-controller.js';
import type { DisplayContext, WidgetView } from '../core/widget-view.js';
import type { Explanation } from './explanation.js';
import type { Fault } from './states.js';

/** The widget as its menu, its panel and its exports need it. */
export interface FactsHost extends ReactiveControllerHost, HTMLElement {
  readonly src?: string;
  readonly widget?: string;
  readonly config?: unknown;
  readonly menuItems: readonly MenuItem[];
  refresh(): void;
  explain(): Promise<Explanation>;
}

/** What a widget knows of itself at one moment. */
export interface WidgetFacts {
  /** That of the words; numbers and times have the display's. */
  locale: string | undefined;
  display: DisplayContext;
  definition: WidgetDefinition | undefined;
  carrier: Carrier;
  state: SnapshotState;
  fault: Fault | undefined;
  snapshot: Snapshot;
  /** What it asks of the edge; undefined where it asks none. */
  asked: Wanted | undefined;
  view: WidgetView | undefined;
  host: FactsHost;
}
