import type { CSSResult, ReactiveController, ReactiveControllerHost } from 'lit';
import { contextsOf, onContextChange } from './context.js';
import { watchMedia } from './media.js';
import { scriptSettings } from './script-settings.js';
import { tokens } from './tokens.js';

export type ThemeChoice = 'light' | 'dark' | 'auto';
export type ResolvedTheme = 'light' | 'dark';

const listeners = new Set<() => void>();
let prefersDark: (() => boolean) | undefined;
let printing: (() => boolean) | undefined;
let pageTheme: ResolvedTheme | undefined;
let pagePlain: boolean | undefined;
let needsContrast: (() => boolean) | undefined;
let contrast: Promise<void> | undefined;
let fromRight: Promise<void> | undefined;
let late = '';

/** What the browser's user prefers; followed while any element is on the page. */
function preferred(): ResolvedTheme {
  prefersDark ??= watch();
  return prefersDark() ? 'dark' : 'light';
}

function watch(): () => boolean {
  printing = watchMedia('print', tellAll);
  // Pages switch their theme by an attribute of <html>; its `color-scheme` may follow.
  new MutationObserver(tellAll).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['class', 'style', 'dir', 'data-theme', 'data-bs-theme', 'data-color-scheme', 'data-mode', 'theme'],
  });
  return watchMedia('(prefers-color-scheme: dark)', tellAll);
}

/** Styles that few pages need. The sheet is one for all elements: those that are there change with it. */
export function addToAll({ cssText }: CSSResult): void {
  tokens.styleSheet?.replaceSync(tokens.cssText + (late += cssText));
  tellAll();
}

/** Who needs more contrast gets tokens of their own; a page that is read from the right has styles of its own. */
function addWhatIsNeeded(host: Element): void {
  needsContrast ??= watchMedia('(prefers-contrast: more), (forced-colors: active)', tellAll);
  if (needsContrast()) contrast ??= import('./contrast.styles.js').then(({ contrastTokens }) => addToAll(contrastTokens), () => (contrast = undefined));
  if (host.matches(':dir(rtl)')) fromRight ??= import('./rtl.styles.js').then(({ rtlStyles }) => addToAll(rtlStyles), () => (fromRight = undefined));
}

function tellAll(): void {
  pageTheme = undefined;
  pagePlain = undefined;
  for (const listener of [...listeners]) listener();
}

/**
 * A guest looks like its host: the page's own `color-scheme` decides, or that of its `<meta>`. A page that names none is painted light by
 * the browser, whatever its user prefers, and so are we.
 */
function themeOfPage(): ResolvedTheme {
  const system = preferred();
  if (pageTheme === undefined) {
    const { colorScheme } = getComputedStyle(document.documentElement);
    const named = colorScheme === 'normal' ? document.querySelector<HTMLMetaElement>('meta[name=color-scheme]')?.content : colorScheme;
    const schemes = (named ?? '').split(' ');
    const dark = schemes.includes('dark');
    pageTheme = dark && schemes.includes('light') ? system : dark ? 'dark' : 'light';
  }
  return pageTheme;
}

/** The font that browsers use where a page names none; nobody chose it, so we need not follow it. */
const DEFAULT_FONT = /^(?:"?times(?: new roman)?"?|-webkit-standard|serif)$/i;

function pageNamesNoFont(): boolean {
  pagePlain ??= DEFAULT_FONT.test(getComputedStyle(document.body).fontFamily);
  return pagePlain;
}

/** `auto` (the browser's preference), `light` and `dark` decide; anything else leaves it to the next one outwards. */
function decide(choice: string | null | undefined): ResolvedTheme | undefined {
  if (choice === 'light' || choice === 'dark') return choice;
  return choice === 'auto' ? preferred() : undefined;
}

/** The theme of an element: its own choice, else that of the contexts around it, the script tag's, the page's. */
export function resolveTheme(element: Element, own?: string | null): ResolvedTheme {
  // Paper is white.
  if (printing?.()) return 'light';
  const mine = decide(own);
  if (mine !== undefined) return mine;
  for (const context of contextsOf(element)) {
    const theirs = decide(context.theme);
    if (theirs !== undefined) return theirs;
  }
  return decide(scriptSettings().theme) ?? themeOfPage();
}

/**
 * Keeps `data-theme` of its host (so the tokens switch) and `current` at the resolved theme,
 * and updates the host when it changes. `own` gives the host's own choice.
 */
export class ThemeController implements ReactiveController {
  current: ResolvedTheme = 'light';
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #own: () => string | null | undefined;
  #chosen: string | null | undefined;
  #stop: (() => void)[] = [];

  constructor(host: ReactiveControllerHost & HTMLElement, own: () => string | null | undefined) {
    this.#host = host;
    this.#own = own;
    host.addController(this);
  }

  hostConnected(): void {
    const resolve = () => this.resolve();
    listeners.add(resolve);
    this.#stop = [() => listeners.delete(resolve), onContextChange(resolve)];
    resolve();
  }

  hostDisconnected(): void {
    for (const stop of this.#stop) stop();
    this.#stop = [];
  }

  hostUpdate(): void {
    if (this.#host.isConnected && this.#own() !== this.#chosen) this.resolve();
  }

  /** Looks again; the host calls it when its own choice changed outside of an update. */
  resolve(): void {
    this.#chosen = this.#own();
    addWhatIsNeeded(this.#host);
    this.#host.toggleAttribute('data-plain', pageNamesNoFont());
    const theme = resolveTheme(this.#host, this.#chosen);
    if (theme === this.current && this.#host.dataset['theme'] === theme) return;
    this.current = theme;
    this.#host.dataset['theme'] = theme;
    this.#host.requestUpdate();
  }
}
