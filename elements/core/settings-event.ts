/** Settings of a widget on a dashboard were applied: the item's `config` from now on. Stays inside the shadow root that holds the dialog. */
export class SettingsChangeEvent extends Event {
  readonly config: Readonly<Record<string, unknown>>;

  constructor(config: Readonly<Record<string, unknown>>) {
    super('ccm-settings-change');
    this.config = config;
  }
}

/** A definition was made, changed or deleted at the edge. Stays inside the shadow root that holds the editor. */
export class DefinitionChangeEvent extends Event {
  readonly widgetId: string;
  readonly what: 'made' | 'changed' | 'deleted';

  constructor(widgetId: string, what: 'made' | 'changed' | 'deleted') {
    super('ccm-definition-change');
    this.widgetId = widgetId;
    this.what = what;
  }
}
