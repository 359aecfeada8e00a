import type { CatalogueItem } from '../../sdk/client/client.js';

/** A widget was chosen. Stays inside the shadow root that holds what it was chosen in. */
export class WidgetChosenEvent extends Event {
  readonly widget: CatalogueItem;

  constructor(widget: CatalogueItem) {
    super('ccm-widget-chosen');
    this.widget = widget;
  }
}
