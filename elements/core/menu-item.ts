/** An entry of a menu, or a line between two groups. */
export type MenuItem =
  | 'line'
  | {
      id: string;
      label: string;
      /** Lucide name. */
      icon?: string;
      disabled?: boolean;
      tone?: 'critical';
    };

/** An entry was chosen. Stays inside the shadow root that holds the menu. */
export class MenuSelectEvent extends Event {
  readonly itemId: string;

  constructor(itemId: string) {
    super('ccm-menu-select');
    this.itemId = itemId;
  }
}
