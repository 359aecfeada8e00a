import type { LayoutInput } from '../../sdk/contract/layout.js';
import type { Principal } from './principal.js';

/** A layout as it leaves: its JSON was made when it was written or first read, and is handed on as it is. */
export interface LayoutAnswer {
  readonly id: string;
  /** A `DashboardLayout`. */
  readonly json: string;
  readonly etag: string;
}

/** The caller's default layout, as presets write it. */
export interface DefaultLayouts {
  /** Makes the caller's default layout, or puts this in the place of what is in it. */
  replaceDefault(principal: Principal, input: LayoutInput): LayoutAnswer;
}
