import { noChange } from 'lit';
import { Directive, directive, PartType } from 'lit/directive.js';
import type { ElementPart, PartInfo } from 'lit/directive.js';

/**
 * Sets one CSS property of an element through the CSSOM. (Lit's styleMap writes a `style` attribute first,
 * which a strict CSP forbids.)
 */
class StyleProperty extends Directive {
  #last: string | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('`styleProperty` stands on an element: <p ${styleProperty(…)}>');
  }

  override update(part: ElementPart, [name, value]: [string, string | undefined]) {
    if (value !== this.#last) {
      this.#last = value;
      const { style } = part.element as HTMLElement | SVGElement;
      if (value === undefined) style.removeProperty(name);
      else style.setProperty(name, value);
    }
    return noChange;
  }

  render(_name: string, _value: string | undefined) {
    return noChange;
  }
}

export const styleProperty = directive(StyleProperty);
