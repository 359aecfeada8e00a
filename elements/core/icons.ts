import { html, nothing, svg } from 'lit';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { ICON_NAME } from '../../sdk/contract/names.js';
import { FRAME_ICONS } from './icons.data.js';

/** Shown for names that nobody knows. */
const NEUTRAL = 'Box';

const known = new Map<string, string>(Object.entries(FRAME_ICONS));
/** What is looked for now, with who is to be updated when it is found. */
const wanted = new Map<string, Set<ReactiveControllerHost>>();
let common: Promise<void> | undefined;
/** Names that nobody knows come from data, in any number: they are told by the buckets, and not kept. */
let isNone: ((name: string) => boolean) | undefined;

/** Adds an icon, or replaces one: `path` is SVG path data in a 24 × 24 box, drawn as 2 px lines. */
export function registerIcon(name: string, path: string): void {
  known.set(name, path);
}

/** Adds those that are not known yet: what a page registered itself stays. */
export function provideIcons(icons: Readonly<Record<string, string>>): void {
  for (const [name, path] of Object.entries(icons)) if (!known.has(name)) known.set(name, path);
}

/**
 * An icon by its Lucide name (PascalCase). Those that a frame needs are here; another is loaded, and the host updated when it
 * is there. An unknown name gives a neutral icon. It is decoration: hidden from screen readers.
 */
export function icon(name: string, host?: ReactiveControllerHost): TemplateResult {
  const path = known.get(name) ?? (!ICON_NAME.test(name) || isNone?.(name) ? known.get(NEUTRAL) : undefined);
  if (path === undefined) want(name, host);
  return draw(path ?? '');
}

function want(name: string, host: ReactiveControllerHost | undefined): void {
  let hosts = wanted.get(name);
  if (hosts === undefined) {
    wanted.set(name, (hosts = new Set()));
    const waiting = hosts;
    load(name).then(
      () => {
        wanted.delete(name);
        for (const one of waiting) one.requestUpdate();
      },
      // A lost request is made again when the icon is drawn next.
      () => wanted.delete(name),
    );
  }
  if (host) hosts.add(host);
}

/** Those that are used often come together; any other is in a bucket with its like. */
async function load(name: string): Promise<void> {
  common ??= import('./icons-named.data.js').then(({ NAMED_ICONS }) => provideIcons(NAMED_ICONS));
  try {
    await common;
  } catch (error) {
    common = undefined;
    throw error;
  }
  if (known.has(name)) return;
  const buckets = await import('./icon-buckets.js');
  isNone = buckets.isNone;
  const path = await buckets.pathOfIcon(name);
  if (path !== undefined) provideIcons({ [name]: path });
}

function draw(path: string): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" width="16" height="16" fill="none" stroke="currentColor" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${path === '' ? nothing : svg`<path d=${path}></path>`}</svg>`;
}
