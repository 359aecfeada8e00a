import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CcmClient } from '../../sdk/client/client.js';
import type { Alert } from '../../sdk/contract/alert.js';
import type { AlertsStrings } from '../core/alerts-strings.js';
import { icon } from '../core/icons.js';
import type { Strings } from '../core/strings.js';
import { hasValue, type AlertSpeech } from '../widget/alert-speech.js';
import { openModal } from './modal.js';
import { claim, firingKey, type News } from './news.js';
import { iconOf, isFiring, isQuiet, rankOf, shownSeverity } from './severity.js';

/** How many are shown at once, and milliseconds for which one stays that is not critical. */
const MOST = 3;
const STAYS = 8000;

export interface ToastParts {
  host: ReactiveControllerHost;
  words: AlertsStrings;
  strings: Strings;
  speech: AlertSpeech;
  isBusy(id: string): boolean;
  onOpen(alert: Alert): void;
  onAck(alert: Alert): void;
  onMore(): void;
}

interface Toast {
  alert: Alert;
  /** Milliseconds that are left to it. */
  left: number;
}

/**
 * What began to fire, at the corner of the page: a critical stays until it is dismissed, acknowledged or over; the others go by themselves, not
 * while one points at them or is in them, nor while nobody sees the page. Under a modal dialog nobody could press them: they wait for its end.
 */
export class Toasts implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #toasts: Toast[] = [];
  #holds = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #since = 0;
  /** Where the focus was before it came here. */
  #cameFrom: HTMLElement | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onVisibility);
    document.addEventListener('focusin', this.#onPageFocus);
    this.#onVisibility();
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    document.removeEventListener('focusin', this.#onPageFocus);
    this.clear();
  }

  /** The worst first, of those the newest. */
  get shown(): readonly Alert[] {
    return this.#toasts.slice(0, MOST).map(({ alert }) => alert);
  }

  clear(): void {
    this.#toasts = [];
    this.#run();
  }

  /** Shows what is new, and takes away what nobody has to be told of any more. */
  hear({ started }: News, alerts: readonly Alert[], client: CcmClient): void {
    const now = new Map(alerts.map((alert) => [firingKey(alert), alert]));
    this.#settle();
    this.#toasts = this.#toasts.flatMap((toast) => {
      const alert = now.get(firingKey(toast.alert));
      return alert && isFiring(alert) && !isQuiet(alert) && !alert.ack ? [{ ...toast, alert }] : [];
    });
    const mine = started.filter((alert) => claim(client, `shown ${firingKey(alert)}`));
    this.#toasts.unshift(...mine.map((alert) => ({ alert, left: isLasting(alert) ? Infinity : STAYS })));
    this.#toasts.sort((a, b) => rankOf(a.alert.severity) - rankOf(b.alert.severity));
    // What is not critical and finds no room is no news by the time there is some.
    this.#toasts = this.#toasts.filter(({ alert }, index) => index < MOST || isLasting(alert));
    this.#run();
  }

  dismiss(id: string): void {
    this.#settle();
    this.#toasts = this.#toasts.filter(({ alert }) => alert.id !== id);
    this.#run();
    this.#host.requestUpdate();
    void this.#passFocus();
  }

  render({ host, words, strings, speech, isBusy, onOpen, onAck, onMore }: ToastParts): TemplateResult {
    const shown = this.#toasts.slice(0, MOST);
    const rest = this.#toasts.length - shown.length;
    return html`<section class="toasts" popover="manual" aria-label=${words.newAlerts} @pointerenter=${() => this.#hold('pointer', true)} @pointerleave=${() => this.#hold('pointer', false)}
      @focusin=${this.#onFocus} @focusout=${() => this.#hold('focus', false)} @keydown=${this.#onKey}>
      ${repeat(shown, ({ alert }) => firingKey(alert), ({ alert }) => {
        const severity = shownSeverity(alert.severity);
        const title = speech.title(alert);
        const facts = speech.saysValue(alert) || (!hasValue(alert) && speech.crossed(alert) === '') ? '' : [speech.value(alert), speech.crossed(alert)].filter(Boolean).join(' · ');
        return html`<article class="toast ${severity}" data-id=${alert.id}>
          <span class="mark">${icon(iconOf(severity), host)}</span>
          <div class="said">
            <p class="word">${words.severities[severity]}</p>
            <button class="plain" type="button" aria-label=${words.openNamed(title)} @click=${() => onOpen(alert)}>${title}</button>
            <div class="last">${facts ? html`<p class="facts">${facts}</p>` : nothing}
            <button class="act" type="button" aria-disabled=${isBusy(alert.id) ? 'true' : 'false'} aria-label=${words.ackNamed(title)} @click=${() => onAck(alert)}>${icon('Check', host)} ${words.ack}</button></div>
          </div>
          <button class="close" type="button" aria-label=${words.dismissNamed(title)} title=${strings.close} @click=${() => this.dismiss(alert.id)}>${icon('X', host)}</button>
        </article>`;
      })}
      ${rest > 0 ? html`<button class="rest" type="button" @click=${onMore}>${words.andMore(rest)}</button>` : nothing}
    </section>`;
  }

  /** In the top layer, over what the page has opened meanwhile; not while the panel shows the same. The host calls it after each update. */
  raise(root: ParentNode, isCovered: boolean): void {
    const panel = root.querySelector<HTMLElement>('.toasts');
    if (!panel) return;
    const isOpen = panel.matches(':popover-open');
    const modal = openModal();
    const isModal = modal !== undefined;
    // Its end is told to it alone, and gives the focus back only where something had it before.
    modal?.addEventListener('close', this.#onModalEnd, { once: true });
    if (isModal !== this.#holds.has('modal')) this.#hold('modal', isModal);
    const isWanted = this.#toasts.length > 0 && !isCovered && !isModal;
    if (isWanted && !isOpen) panel.showPopover();
    if (!isWanted && isOpen) panel.hidePopover();
  }

  #onKey = (event: KeyboardEvent) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>('.toast')?.dataset['id'];
    if (event.key !== 'Escape' || id === undefined) return;
    event.stopPropagation();
    this.dismiss(id);
  };

  #onFocus = ({ relatedTarget, currentTarget }: FocusEvent) => {
    if (relatedTarget instanceof HTMLElement && !(currentTarget as HTMLElement).contains(relatedTarget)) this.#cameFrom = relatedTarget;
    this.#hold('focus', true);
  };

  /** Where the focus was is gone: it goes to the next one, else back to where it came from. */
  async #passFocus(): Promise<void> {
    if (!this.#holds.has('focus')) return;
    this.#hold('focus', false);
    await this.#host.updateComplete;
    const next = this.#host.shadowRoot?.querySelector<HTMLElement>('.toast .close');
    if (next) next.focus();
    else if (this.#cameFrom?.isConnected) this.#cameFrom.focus();
  }

  /** A dialog that opens takes the focus, and one that closes gives it back. */
  #onPageFocus = () => {
    if ((openModal() !== undefined) !== this.#holds.has('modal')) this.#host.requestUpdate();
  };

  #onModalEnd = () => this.#host.requestUpdate();

  #onVisibility = () => this.#hold('hidden', document.hidden);

  #hold(why: string, on: boolean): void {
    this.#settle();
    if (on) this.#holds.add(why);
    else this.#holds.delete(why);
    this.#run();
  }

  /** Takes the time that went by from those that are shown. */
  #settle(): void {
    if (this.#timer === undefined) return;
    const gone = performance.now() - this.#since;
    for (const toast of this.#toasts.slice(0, MOST)) toast.left -= gone;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #run(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // What is gone is not left by any pointer.
    if (this.#toasts.length === 0) this.#holds.delete('pointer');
    const next = Math.min(...this.#toasts.map(({ left }) => left));
    if (this.#holds.size > 0 || !Number.isFinite(next)) return;
    this.#since = performance.now();
    this.#timer = setTimeout(() => {
      this.#settle();
      this.#toasts = this.#toasts.filter(({ left }) => left > 5);
      this.#run();
      this.#host.requestUpdate();
    }, Math.max(0, next));
  }
}

function isLasting({ severity }: Alert): boolean {
  return severity === 'critical';
}
