/** What only paper needs, in a lazy chunk. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { addStyles } from '../../core/late-styles.js';
import { wordsOf } from '../../core/localize.js';
import { englishPaper } from '../../core/paper-strings.js';
import { addToAll } from '../../core/theme.js';
import { marksStyles } from './marks.styles.js';
import { sheetStyles } from './sheet.styles.js';

export type PaperHost = ReactiveControllerHost & HTMLElement & { readonly renderRoot: HTMLElement | DocumentFragment };

export interface PaperPorts {
  name(): string | undefined;
  locale(): string | undefined;
  /** Whether the page is printed now: then all widgets are wanted, also those that nobody came to. */
  turn(on: boolean): void;
}

const EVENTS = ['beforeprint', 'afterprint'] as const;

/** Pixels that browsers fit on a sheet beside each other, by making all of a page smaller; and how many of them a page may have for itself. */
const SHEET = 920;
const MARGINS = 200;

let isMarked = false;

/** A dashboard on a sheet: as it stands on the screen, as wide as the page has room for it there, under its name and the time. */
export class Paper implements ReactiveController {
  readonly #host: PaperHost;
  readonly #ports: PaperPorts;
  readonly #head = document.createElement('header');

  constructor(host: PaperHost, ports: PaperPorts) {
    this.#host = host;
    this.#ports = ports;
    this.#head.className = 'sheet';
    host.addController(this);
  }

  hostConnected(): void {
    for (const type of EVENTS) addEventListener(type, this.#turn);
  }

  hostDisconnected(): void {
    for (const type of EVENTS) removeEventListener(type, this.#turn);
  }

  #turn = ({ type }: Event): void => {
    const on = type === 'beforeprint';
    this.#ports.turn(on);
    this.#head.remove();
    if (on) this.#begin();
    this.#fit(on);
  };

  #begin(): void {
    const { name, locale } = this.#ports;
    const { renderRoot } = this.#host;
    addStyles(renderRoot, sheetStyles);
    // All elements have their styles looked at again: only who prints waits for it.
    if (!isMarked) addToAll(marksStyles);
    isMarked = true;
    const title = document.createElement('strong');
    title.textContent = name() ?? '';
    const when = new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format();
    this.#head.replaceChildren(title, wordsOf('paper', englishPaper, locale()).printed(when));
    renderRoot.prepend(this.#head);
  }

  /** Made smaller as it stands: what is drawn cannot be drawn anew for the paper. */
  #fit(on: boolean): void {
    const box = this.#host.renderRoot.querySelector<HTMLElement>('.grid');
    const { style: own, offsetWidth: wide } = this.#host;
    own.containerType = '';
    if (!box) return;
    const { style } = box;
    style.width = style.zoom = '';
    if (!on) return;
    const width = box.offsetWidth;
    style.width = `${width}px`;
    const room = SHEET - Math.min(document.documentElement.clientWidth - wide, MARGINS);
    if (width > room) style.zoom = String(room / width);
    own.containerType = 'inline-size';
    // Where its width is not its content's: by what it will be on the sheet, which nobody knows yet. Browsers that cannot divide lengths keep the guess.
    if (this.#host.offsetWidth === wide) style.setProperty('zoom', `min(1, tan(atan2(100cqi, ${width}px)))`);
    else own.containerType = '';
  }
}
