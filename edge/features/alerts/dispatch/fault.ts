import { NotifyFault } from '../../../kernel/alerts.js';
import { lineOf } from '../engine/clean.js';

/** Characters of what a notifier said. */
const LONGEST = 500;

/** Why a message was not taken, as it is kept. */
export interface Fault {
  readonly text: string;
  readonly retry: boolean;
  /** The address exists no more. */
  readonly gone: boolean;
  /** Milliseconds that the receiver asked to wait: 0 or more. */
  readonly after: number;
}

/** What a notifier threw, whatever that is: it may be of somebody else's making. What is no fault of the receiver's is one of ours, and may be over the next time. */
export function faultOf(thrown: unknown): Fault {
  try {
    const fault = thrown instanceof NotifyFault ? thrown : undefined;
    const words: unknown = thrown instanceof Error ? thrown.message : String(thrown);
    return {
      text: typeof words === 'string' ? lineOf(words, LONGEST) : '',
      retry: fault?.retry !== false,
      gone: fault?.gone === true,
      after: typeof fault?.after === 'number' && fault.after > 0 ? fault.after : 0,
    };
  } catch {
    return { text: 'it failed, and does not say why', retry: true, gone: false, after: 0 };
  }
}
