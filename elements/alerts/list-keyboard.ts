import type { Alert } from '../../sdk/contract/alert.js';
import type { Desk } from './desk.js';
import { focusLine } from './focus.js';
import { listKey } from './keys.js';

export interface ListKeyboardParts {
  root(): ParentNode;
  desk: Desk;
  alerts(): readonly Alert[];
  /** Those that are shown, in the order in which they stand. */
  shown(): readonly Alert[];
  onSilence(alert: Alert): void;
  /** Another one is the one that Tab goes to. */
  onMoved(): void;
}

/** The list by keyboard: up and down, and what can be done about the alert that has the focus. */
export class ListKeyboard {
  readonly #parts: ListKeyboardParts;

  constructor(parts: ListKeyboardParts) {
    this.#parts = parts;
  }

  onFocus = (event: FocusEvent): void => {
    const { desk, onMoved } = this.#parts;
    const id = (event.target as HTMLElement).closest<HTMLElement>('.alert')?.dataset['id'];
    if (id === undefined || id === desk.currentId) return;
    desk.currentId = id;
    onMoved();
  };

  onKey = (event: KeyboardEvent): void => {
    const key = listKey(event);
    if (key === undefined) return;
    const { desk, alerts, onSilence } = this.#parts;
    if (key === 'close') {
      if (!desk.opened) return;
      event.preventDefault();
      event.stopPropagation();
      return void desk.close();
    }
    const line = (event.target as HTMLElement).closest<HTMLElement>('.alert');
    const id = line?.dataset['id'] ?? ((event.target as HTMLElement).closest('.details') ? desk.opened?.id : undefined);
    const alert = alerts().find((one) => one.id === id);
    if (alert === undefined || (line === null && ['down', 'up', 'first', 'last'].includes(key))) return;
    event.preventDefault();
    switch (key) {
      case 'ack': return void desk.ack(alert);
      case 'silence': return onSilence(alert);
      case 'comment': return desk.toComment(alert);
      default: this.#step(alert, key);
    }
  };

  #step(alert: Alert, key: 'down' | 'up' | 'first' | 'last'): void {
    const order = this.#parts.shown();
    const at = order.findIndex(({ id }) => id === alert.id);
    const to = { down: Math.min(at + 1, order.length - 1), up: Math.max(at - 1, 0), first: 0, last: order.length - 1 }[key];
    const next = order[to];
    if (next) focusLine(this.#parts.root(), next.id);
  }
}
