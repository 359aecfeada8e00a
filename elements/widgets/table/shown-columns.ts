import type { TableColumn } from '../../../sdk/contract/display.js';

/** Which columns of a definition are shown, by their place: the definition's say until the reader's, which lasts as long as the columns are the same. */
export class ShownColumns {
  #definitions: readonly TableColumn[] = [];
  #hidden = new Set<number>();

  /** Takes the columns of another definition. */
  take(definitions: readonly TableColumn[]): void {
    const same = JSON.stringify(definitions) === JSON.stringify(this.#definitions);
    this.#definitions = definitions;
    if (same) return;
    this.#hidden = new Set(definitions.flatMap(({ hidden }, at) => (hidden ? [at] : [])));
    // A table without any column is of use to nobody.
    if (this.#hidden.size === definitions.length) this.#hidden.delete(0);
  }

  get shown(): readonly TableColumn[] {
    return this.#definitions.filter((_, at) => !this.#hidden.has(at));
  }

  /** All, for who chooses. */
  get all(): { label: string; shown: boolean }[] {
    return this.#definitions.map(({ key, label }, at) => ({ label: label || key, shown: !this.#hidden.has(at) }));
  }

  /** Shows or hides one; without a place shows all. The last one stays. */
  toggle(at?: number): void {
    if (at === undefined) this.#hidden.clear();
    else if (!this.#hidden.delete(at) && this.#hidden.size < this.#definitions.length - 1) this.#hidden.add(at);
  }
}
