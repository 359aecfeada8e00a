import type { Carrier } from '../../sdk/client/client.js';
import type { WidgetExplanation } from '../../sdk/contract/explanation.js';
import type { SnapshotState } from '../../sdk/store/snapshot.js';
import type { Failure } from '../core/why-strings.js';

/** Where what a widget shows comes from and how it goes. Times are ISO 8601; what is not known is absent. */
export interface Explanation extends Partial<Omit<WidgetExplanation, 'error' | 'source'>> {
  widgetId?: string;
  state: SnapshotState;
  /** How news arrives now. */
  carrier: Carrier;
  /** Where definition and data come from: the edge, the page itself (`config`, a child script), or the file at `src`. */
  from: 'edge' | 'page' | 'file';
  edge?: string;
  source?: { type: string; name?: string };
  /** Seconds since the data was last known to be true. */
  age?: number;
  /** Why `every` is longer than `interval`. */
  slowedBy?: 'api_limit';
  /** What is wrong now, or was at the last try. */
  error?: { code: string; detail: string } & Failure;
  /** What the source lacks: a connector that nobody set up, or a credential for it. */
  missing?: { connector: string; credential?: string };
  /** Why the edge itself could not be asked. */
  unanswered?: { code: string; detail: string };
}
