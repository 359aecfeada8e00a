import { html, nothing, svg } from 'lit';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { FRAME_ICONS } from './icons.data.js';

/** Shown for names that nobody knows. */
const NEUTRAL = 'Box';

const known = new Map<string, string>(Object.entries(FRAME_ICONS));
let loading: Promise<void> | undefined;

/** Adds an icon, or replaces one: `path` is SVG path data in a 24 × 24 box, drawn as 2 px lines. */
export function registerIcon(name: string, path: string): void {
  known.set(name, path);
}

function loadNamed(): Promise<void> {
  loading ??= import('./icons-named.data.js').then(({ NAMED_ICONS }) => {
    for (const [name, path] of Object.entries(NAMED_ICONS)) if (!known.has(name)) known.set(name, path);
    complete = true;
  });
  return loading;
}

let complete = false;

/**
 * An icon by its Lucide name (PascalCase). Those that a frame needs are here; for another the rest is loaded once, and the
 * host updated when it is there. An unknown name gives a neutral icon. It is decoration: hidden from screen readers.
 */
export function icon(name: string, host?: ReactiveControllerHost): TemplateResult {
  if (!known.has(name) && !complete) {
    loadNamed().then(
      () => host?.requestUpdate(),
      // A lost request is made again when the next icon is drawn.
      () => (loading = undefined),
    );
    return draw('');
  }
  return draw(known.get(name) ?? known.get(NEUTRAL) ?? '');
}

function draw(path: string): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" width="16" height="16" fill="none" stroke="currentColor" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${path === '' ? nothing : svg`<path d=${path}></path>`}</svg>`;
}
