import type { CcmClient } from '../../sdk/client/client.js';
import type { DashboardLayout } from '../../sdk/contract/layout.js';
import { withItemIds } from './item-ids.js';
import { faultOf, type Fault } from './layout-session.js';

/** What the page says of it: the first of these counts. */
export interface Given {
  value?: DashboardLayout;
  src?: string;
  preset?: string;
}

/** A layout that the page gives, or names by a file or a role: shown as it is, never saved. */
export class GivenLayout {
  layout: DashboardLayout | undefined;
  fault: Fault | undefined;
  readonly #changed: () => void;
  #value: DashboardLayout | undefined;
  #by: unknown;

  /** `changed`: there is another one, or it could not be loaded. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Takes up what the page says now; what it said before is let go. */
  take({ value, src, preset }: Given, client: CcmClient | undefined): void {
    if (value && value === this.#value) return;
    this.#value = value;
    const by = value ? contentOf(value) : (src ?? (preset && client ? `${client.edge} ${preset}` : undefined));
    if (by === this.#by) return;
    this.#by = by;
    if (value && by === contentOf(this.layout)) return;
    const show = (layout: DashboardLayout | undefined, fault?: Fault) => {
      if (by !== this.#by) return;
      Object.assign(this, { layout, fault });
      this.#changed();
    };
    if (value) show(withItemIds(value));
    else if (by) {
      this.fault = undefined;
      import('./layout-file.js').then(({ loadGiven }) => loadGiven(src, preset, client)).then(show, (error: unknown) => show(undefined, faultOf(error)));
    }
  }
}

/** Frameworks hand in another object at each of their renders, and some the one that they were told of: nothing is new but by its content. */
function contentOf(layout: DashboardLayout | undefined): unknown {
  try {
    return JSON.stringify(layout);
  } catch {
    return layout;
  }
}
