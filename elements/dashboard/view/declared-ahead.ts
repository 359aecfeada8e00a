import type { CcmClient, ViewerParams } from '../../../sdk/client/client.js';
import type { WidgetDefinition } from '../../../sdk/contract/widget.js';
import { declaredOf } from '../../widget/definition.js';
import { definitionsOf } from './declared.js';

/** Milliseconds until widgets ask without knowing what they declare. */
const PATIENCE = 2000;

/**
 * What a layout's widgets declare, known before they ask: none shows the answer to another question first, and no source is asked
 * twice. A definition comes with a widget's first answer too, which is too late for that.
 */
export class DeclaredAhead {
  /** Once the edge has said what it knows of those that were asked for last. */
  isAnswered = false;
  #definitions = new Map<string, WidgetDefinition>();
  #params = new Map<string, ViewerParams>();
  #values: ViewerParams | undefined;
  #pending: Promise<unknown> | undefined;

  /** While widgets had better wait. */
  get isAwaited(): boolean {
    return this.#pending !== undefined;
  }

  /** Asks for these; `done` runs when widgets need not wait any longer, be they known or not. */
  ask(client: CcmClient, ids: readonly string[], done: () => void): void {
    this.isAnswered = false;
    const known = definitionsOf(client, ids, this.#definitions).then(() => (this.isAnswered = true));
    const pending = Promise.race([known, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    this.#pending = pending;
    // Widgets say by themselves what is wrong with an edge that does not answer.
    void pending.catch(() => undefined).then(() => {
      if (this.#pending !== pending) return;
      this.#pending = undefined;
      this.#params.clear();
      done();
    });
  }

  definitionOf(id: string): WidgetDefinition | undefined {
    return this.#definitions.get(id);
  }

  /** Those of the values that a widget declares: the same object while they are. */
  of(id: string, values: ViewerParams | undefined): ViewerParams | undefined {
    if (values !== this.#values) {
      this.#values = values;
      this.#params.clear();
    }
    const definition = this.#definitions.get(id);
    if (definition === undefined || values === undefined) return undefined;
    const params = this.#params.get(id) ?? declaredOf(definition, values);
    this.#params.set(id, params);
    return params;
  }
}
