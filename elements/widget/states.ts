import type { Message } from '../core/message.js';
import type { Strings } from '../core/strings.js';

export interface Fault {
  code: string;
  detail: string;
}

/** A fault in plain words: the sentence for its code, else what the edge said. */
export function reasonOf({ code, detail }: Fault, strings: Strings): string {
  return Object.hasOwn(strings.reasons, code) ? (strings.reasons[code] ?? detail) : detail;
}

/** What a card without a picture says. `action` is the one thing to do, where doing something helps. */
export function messageFor(
  state: 'empty' | 'failed' | 'refused',
  fault: Fault | undefined,
  strings: Strings,
  action: Message['action'],
): Message {
  if (state === 'refused') return { icon: 'Lock', title: strings.refused, hint: strings.refusedHint };
  const hint = fault ? reasonOf(fault, strings) : strings.failedHint;
  switch (fault?.code) {
    case undefined:
      return state === 'empty'
        ? { icon: 'Inbox', title: strings.empty, hint: strings.emptyHint }
        : { icon: 'CloudOff', title: strings.failed, hint, action };
    case 'no_widget':
      return { icon: 'Box', title: strings.noWidget, hint: strings.noWidgetHint };
    case 'no_edge':
      return { icon: 'CloudOff', title: strings.noEdge, hint: fault?.detail || strings.noEdgeHint };
    case 'credential_missing':
    case 'credential_refused':
      return { icon: 'Lock', title: hint, hint: fault?.detail, action };
    case 'unsupported':
      return { icon: 'Box', title: strings.unsupported(fault?.detail ?? ''), hint: strings.unsupportedHint };
    case 'view':
      return { icon: 'TriangleAlert', title: strings.viewFailed, hint: strings.viewFailedHint, action };
    default:
      return { icon: 'CloudOff', title: strings.failed, hint, action };
  }
}
