/** Pull to refresh, where fingers are: loaded on touch screens alone. */
import { css } from 'lit';
import { wordsOf } from '../../core/localize.js';
import { englishView } from '../../core/view-strings.js';
import { addStyles } from '../../core/late-styles.js';

/** Pixels that a finger has to go. */
const FAR = 72;
const MOST = 96;

const pullStyles = css`
  .pull {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    z-index: 4;
    width: max-content;
    max-width: 100%;
    margin-inline: auto;
    padding: 6px 14px;
    border: 1px solid var(--_border);
    border-radius: 16px;
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    font-size: 12px;
    pointer-events: none;
  }
  :host {
    position: relative;
  }
`;

export interface PullPorts {
  locale(): string | undefined;
  /** Nothing is pulled while things are moved. */
  busy(): boolean;
}

/** A pull down from the very top asks all widgets anew, and says so. Returns how to stop. */
export function pullToRefresh(host: HTMLElement & { readonly renderRoot: HTMLElement | DocumentFragment }, { locale, busy }: PullPorts): () => void {
  addStyles(host.renderRoot, pullStyles);
  let from: { x: number; y: number } | undefined;
  let note: HTMLElement | undefined;
  let far = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (words: string) => {
    note ??= document.createElement('div');
    note.className = 'pull';
    note.setAttribute('role', 'status');
    if (!note.isConnected) host.renderRoot.append(note);
    if (note.textContent !== words) note.textContent = words;
  };
  const end = () => {
    clearTimeout(timer);
    note?.remove();
    from = undefined;
    far = false;
  };
  const start = ({ touches }: TouchEvent) => {
    end();
    const [touch] = touches;
    if (touch && touches.length === 1 && !busy() && isAtTop(host)) from = { x: touch.clientX, y: touch.clientY };
  };
  const move = ({ touches }: TouchEvent) => {
    const [touch] = touches;
    if (!from || !touch) return;
    const [dx, dy] = [touch.clientX - from.x, touch.clientY - from.y];
    // Upwards, sidewards or with a second finger it is something else.
    if (touches.length > 1 || dy < 0 || Math.abs(dx) > Math.max(dy, 12)) return end();
    if (dy < 16) return;
    far = dy >= FAR;
    const words = wordsOf('view', englishView, locale());
    say(far ? words.release : words.pull);
    if (note) note.style.transform = `translateY(${Math.min(dy, MOST) - 40}px)`;
  };
  const leave = () => {
    if (!far) return end();
    end();
    for (const widget of host.renderRoot.querySelectorAll('ccm-widget')) widget.refresh();
    say(wordsOf('view', englishView, locale()).refreshed);
    timer = setTimeout(end, 1500);
  };
  const listeners = { touchstart: start, touchmove: move, touchend: leave, touchcancel: end } as Record<string, (event: never) => void>;
  for (const [type, listener] of Object.entries(listeners)) host.addEventListener(type, listener as EventListener, { passive: true });
  return () => {
    end();
    for (const [type, listener] of Object.entries(listeners)) host.removeEventListener(type, listener as EventListener);
  };
}

/** Whether nothing around it is scrolled down: then a pull has no other meaning. */
function isAtTop(element: HTMLElement): boolean {
  for (let at: Node | null = element; at; at = at instanceof ShadowRoot ? at.host : at.parentNode) {
    if (at instanceof Element && at.scrollTop > 0) return false;
  }
  return true;
}
