/** A widget was folded to its header, or unfolded, by its viewer. Stays inside the shadow root that holds the widget. */
export class CcmCollapseEvent extends Event {
  readonly collapsed: boolean;

  constructor(collapsed: boolean) {
    super('ccm-collapse', { bubbles: true });
    this.collapsed = collapsed;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ccm-collapse': CcmCollapseEvent;
  }
}
