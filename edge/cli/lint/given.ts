import type { AlertRuleInput } from '../../../sdk/contract/alert.js';
import type { JsonSchema } from '../../../sdk/contract/json-schema.js';
import type { LayoutTimeRange, LayoutVariable, WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import type { Path } from '../../config/faults.js';
import type { NotifierType } from '../../kernel/alerts.js';
import type { ConnectorSettings } from '../../kernel/settings.js';

/** A file that was given, and the way in which places in it are told. */
export interface LintFile {
  readonly name: string;
  place(path: Path): string;
}

/** Something that stands in a file, and where. */
interface Standing {
  file: LintFile;
  at: Path;
}

export interface GivenWidget extends Standing {
  widget: CCMWidget;
  /** What its module promises to answer, where a manifest says it. */
  answer?: JsonSchema;
}

/** A layout file, or a preset of the settings. */
export interface GivenLayout extends Standing {
  items: readonly WidgetLayoutItem[];
  /** Name of the list that its items stand in. */
  list: 'widgets' | 'layout';
  variables: readonly LayoutVariable[];
  timeRange?: LayoutTimeRange;
}

export interface GivenSettings extends Standing {
  /** By id; `zoned`: its time zone is named, and not the default. */
  tenants: ReadonlyMap<string, { currency: string; zoned: boolean }>;
  connectors: ReadonlyMap<string, ConnectorSettings>;
  /** By what alerts are told; `routed`: a route takes all of them, whatever ways their rules name. */
  notifiers: readonly { type: NotifierType; tenants?: readonly string[] | undefined }[];
  routed: boolean;
  /** Of alerts: those that are well formed. */
  rules: readonly { at: Path; rule: AlertRuleInput }[];
}

/** All that the given files hold and is well formed: what the rules look at, together. */
export interface Given {
  widgets: readonly GivenWidget[];
  layouts: readonly GivenLayout[];
  settings: readonly GivenSettings[];
  /** Ids of all widgets, also of those that are not well formed. */
  ids: ReadonlySet<string>;
  /** Names of Lucide. */
  icons: ReadonlySet<string>;
}

/** A fault of one file, in the form of the contract. */
export interface FileFault {
  file: string;
  path: string;
  message: string;
}

/** What one file brought. */
export interface Reading {
  faults: FileFault[];
  widgets: GivenWidget[];
  layouts: GivenLayout[];
  settings: GivenSettings[];
  ids: string[];
}
