/**
 * Closes a dialog by a press beside it: one that also began there. Who selects a text and lets go outside of the dialog
 * means the text. `listen` is for `pointerdown` and `click` of the dialog, whose backdrop is itself.
 */
export class PressOutside {
  readonly #close: () => void;
  #began = false;

  constructor(close: () => void) {
    this.#close = close;
  }

  readonly listen = ({ type, target, currentTarget }: Event): void => {
    const isBeside = target === currentTarget;
    if (type === 'pointerdown') this.#began = isBeside;
    else if (isBeside && this.#began) this.#close();
  };
}
