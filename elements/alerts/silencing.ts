import type { ReactiveControllerHost } from 'lit';
import type { Alert, Silence, SilenceInput } from '../../sdk/contract/alert.js';
import type { AlertActions } from './actions.js';
import { inWords } from './faults.js';
import { focusIn, isFocusLost } from './focus.js';
import type { HistoryParts } from './history.js';
import type { SilenceBook } from './silences.js';

export interface SilencingParts {
  actions: AlertActions;
  book: SilenceBook;
  words(): HistoryParts;
  /** To screen readers. */
  say(text: string): void;
  /** The list of alerts is read again. */
  reload(): void;
}

/** Silences that are made, changed and ended; each step is said, and the list shows what came of it. */
export class Silencing {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #parts: SilencingParts;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: SilencingParts) {
    this.#host = host;
    this.#parts = parts;
  }

  /** Resolves to what went wrong, in words, or to nothing. */
  of = async (alert: Alert, input: SilenceInput): Promise<string | undefined> => {
    const fault = await this.#make(alert.id, input);
    if (fault !== undefined) return fault;
    this.#parts.say(this.#parts.words().words.silencedDone(alert.title));
    void this.#parts.book.load();
    return undefined;
  };

  /** What is changed is a new one: it stands before the other ends, so that nothing is told in between. */
  plan = async (input: SilenceInput, before: Silence | undefined): Promise<string | undefined> => {
    const fault = await this.#make('', input);
    if (fault !== undefined) return fault;
    const { book, say, words, reload } = this.#parts;
    const { silenceSaved, oldStands } = words().words;
    const isOver = before === undefined || (await book.end(before)) || book.fault?.code === 'conflict';
    say(isOver ? silenceSaved : oldStands);
    await book.load();
    if (!isOver) book.fault = { code: 'conflict', detail: oldStands };
    reload();
    return undefined;
  };

  async end(silence: Silence): Promise<void> {
    const { book, say, words, reload } = this.#parts;
    if (!(await book.end(silence))) return;
    say(words().words.ended);
    reload();
    await this.#host.updateComplete;
    const root = this.#host.shadowRoot;
    if (root && isFocusLost(root)) focusIn(root, '[role=tab][aria-selected=true]');
  }

  async #make(alertId: string, input: SilenceInput): Promise<string | undefined> {
    const { actions } = this.#parts;
    const { words, strings } = this.#parts.words();
    if (await actions.silence(alertId, input)) return undefined;
    if (actions.isSilenceRefused) return words.mayNotSilence;
    return actions.fault ? inWords(actions.fault.fault, words, strings) : strings.failed;
  }
}
