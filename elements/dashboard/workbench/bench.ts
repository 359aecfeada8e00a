import type { ViewerParams } from '../../../sdk/client/client.js';
import type { WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import type { DashboardStrings } from '../../core/editing-strings.js';
import type { Strings } from '../../core/strings.js';
import type { PlacedItem } from '../arrange.js';
import type { LayoutSession } from '../layout-session.js';
import type { Editor, EditorHost } from './editor.js';
import type { Saver } from './saver.js';

/** What the workbench needs of its dashboard, and the words that it brings itself. */
export interface WorkbenchPorts {
  session: LayoutSession;
  box(): HTMLElement | null;
  placed(): PlacedItem[];
  grid(): { columns: number; cellHeight: number; gap: number };
  strings(): Strings & DashboardStrings;
  locale(): string | undefined;
  theme(): string;
  /** What its viewers set for all of its widgets. */
  shared(): ViewerParams | undefined;
  switchTo(layoutId: string): void;
}

/** What can be asked of the manager of layouts. */
export interface Managing {
  openMenu(button: HTMLElement): Promise<void>;
  act(id: string): Promise<void>;
  openItemSettings(item: WidgetLayoutItem): Promise<void>;
  duplicateItem(item: WidgetLayoutItem): Promise<void>;
  /** Asks what becomes of what is not saved; undefined: it stays as it is. */
  askToSave(): Promise<'save' | 'discard' | undefined>;
}

/** The workbench, for its parts. */
export interface Bench {
  readonly host: EditorHost;
  readonly ports: WorkbenchPorts;
  readonly saver: Saver;
  readonly editor: Editor;
  readonly itemMenu: { readonly hasSettings: boolean; settings(item: WidgetLayoutItem): Promise<void> };
  /** Whether the dashboard shows its items with handles. */
  readonly on: boolean;
  /** Id of a layout that was made a moment ago: editing begins once it is there. */
  editOnLoad: string | undefined;
  /** Ends editing, and saves where that is done by itself. */
  stop(): void;
  /** Opens what there is to add from. */
  add(): Promise<void>;
  /** Lets the manager of layouts and settings do something, once its code is there. */
  manage<Result>(act: (manager: Managing) => Promise<Result>): Promise<Result | undefined>;
  /** Saves what is not saved, or asks where that is done by hand. Resolves to whether nothing is unsaved then. */
  settle(): Promise<boolean>;
  /** Shows another layout, once this one is saved. */
  switchTo(layoutId: string): Promise<void>;
  /** Asks which layouts there are. */
  list(): Promise<void>;
}
