import type { ReactiveController, ReactiveControllerHost } from 'lit';

const CONTROLS = '.control';

/** Where the focus may be: which row, and which of its controls. */
interface Place {
  key: string;
  index: number;
}

/**
 * Makes links and buttons of many rows one stop of the Tab key: arrows up and down go from row to row, left and right through a
 * row's own, Home and End to the first and the last row. Rows carry their key as `data-key`. A row that moves keeps the focus.
 */
export class RovingFocus implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #place: Place | undefined;
  #stop: HTMLElement | undefined;
  #had: Place | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#had = this.#placeOf(this.#host.shadowRoot?.activeElement);
  }

  hostUpdated(): void {
    const kept = this.#find(this.#had);
    if (kept && this.#host.shadowRoot?.activeElement !== kept) kept.focus({ preventScroll: true });
    this.#moveStop(this.#find(this.#place) ?? this.#rows()[0]?.querySelector<HTMLElement>(CONTROLS) ?? undefined);
  }

  /** For `focusin` of the list. */
  readonly onFocus = (event: Event): void => {
    const control = event.target instanceof HTMLElement ? event.target : undefined;
    const place = this.#placeOf(control);
    if (place === undefined) return;
    this.#place = place;
    this.#moveStop(control);
  };

  /** For `keydown` of the list. */
  readonly onKey = (event: KeyboardEvent): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('li') : null;
    if (!row || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = this.#next(event.key, row, event.target as HTMLElement);
    if (next === undefined) return;
    event.preventDefault();
    next?.focus();
  };

  /** The control that a key leads to; `null` where it leads nowhere, undefined where it is none of ours. */
  #next(key: string, row: HTMLElement, from: HTMLElement): HTMLElement | null | undefined {
    const index = controlsOf(row).indexOf(from);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (step !== undefined) return controlsOf(row)[index + (this.#host.matches(':dir(rtl)') ? -step : step)] ?? null;
    const rows = this.#rows();
    const at = rows.indexOf(row);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[key];
    if (to === undefined) return undefined;
    const controls = rows[to] ? controlsOf(rows[to]) : [];
    return controls[Math.min(index, controls.length - 1)] ?? null;
  }

  /** The rows that have controls. */
  #rows(): HTMLElement[] {
    return [...(this.#host.shadowRoot?.querySelectorAll<HTMLElement>(`li:has(${CONTROLS})`) ?? [])];
  }

  #placeOf(control: Element | null | undefined): Place | undefined {
    const row = control?.closest<HTMLElement>('li');
    const index = row && control instanceof HTMLElement ? controlsOf(row).indexOf(control) : -1;
    return row && index >= 0 ? { key: row.dataset['key'] ?? '', index } : undefined;
  }

  #find(place: Place | undefined): HTMLElement | undefined {
    const row = place && this.#host.shadowRoot?.querySelector<HTMLElement>(`li[data-key="${CSS.escape(place.key)}"]`);
    return row ? controlsOf(row)[place.index] : undefined;
  }

  #moveStop(control: HTMLElement | undefined): void {
    if (this.#stop !== control && this.#stop) this.#stop.tabIndex = -1;
    if (control) control.tabIndex = 0;
    this.#stop = control;
  }
}

function controlsOf(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>(CONTROLS)];
}
