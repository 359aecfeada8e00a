import type { ContextValues } from './context.js';

/** What `<ccm-connections>` is to an element that opens its form: rooms do not import each other. */
export interface ConnectionsElement extends HTMLElement, ContextValues {
  /** No list: only the form, as a dialog. */
  formOnly: boolean;
  /** Opens the form for one API, or with a choice of all; `credential` is the name to store it under. */
  connect(apiName?: string, credential?: string): Promise<void>;
}
