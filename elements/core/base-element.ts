import { css, LitElement } from 'lit';
import type { CSSResultGroup } from 'lit';
import { tokens } from './tokens.js';
import { VERSION } from './version.js';

/**
 * What every element shares: the tokens of its theme, and a box of known size whatever the page's own rules say.
 * `display` is left to the page: it may hide an element or lay it out.
 */
const base = css`
  :host {
    display: block;
    box-sizing: border-box !important;
    font-variant-numeric: tabular-nums;
    text-align: start;
  }
  :host([hidden]) {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  /* What tells something by its colour alone, where browsers leave out backgrounds. */
  @media print {
    .rail,
    span:empty,
    ::before {
      print-color-adjust: exact;
    }
  }
`;

/**
 * The base of every CCM element. A class registers nothing by being imported: `define(tag)` does it, once.
 * @internal
 */
export abstract class CcmElement extends LitElement {
  static readonly version: string = VERSION;

  /** A class's own `styles` come after those that all elements share. */
  protected static override finalizeStyles(styles?: CSSResultGroup) {
    return super.finalizeStyles([tokens, base, styles ?? []]);
  }

  /** A framework that meets a tag before its code is here writes what is false as text, and text is true to HTML. */
  override attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    super.attributeChangedCallback(name, before, value);
    if (value === 'false' && this[name as keyof this] === true) this.removeAttribute(name);
  }

  /**
   * Registers this class under `tag`. Where the name is taken, by a second copy of the script for instance, the first one
   * stays: it warns once with both versions, and never throws.
   */
  static define(this: CcmElementClass, tag: string): void {
    const known = customElements.get(tag) as (CustomElementConstructor & { version?: string }) | undefined;
    if (known === undefined) {
      customElements.define(tag, this);
    } else if (known !== this && !warned.has(tag)) {
      warned.add(tag);
      console.warn(`<${tag}> is defined already (version ${known.version ?? 'unknown'}); version ${this.version} was not registered.`);
    }
  }
}

/** A class that `customElements.define` takes. */
export type CcmElementClass = (new () => CcmElement) & { readonly version: string; define(tag: string): void };

const warned = new Set<string>();
