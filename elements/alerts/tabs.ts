import { html, type TemplateResult } from 'lit';

export interface Tab<Id extends string> {
  id: Id;
  label: string;
}

/** Tabs by the pattern that screen readers know: arrows, Home and End choose, Tab goes on to what is shown. */
export function renderTabs<Id extends string>(tabs: readonly Tab<Id>[], chosen: Id, label: string, onChoose: (id: Id) => void): TemplateResult {
  const onKey = (event: KeyboardEvent) => {
    const list = event.currentTarget as HTMLElement;
    const rtl = getComputedStyle(list).direction === 'rtl';
    const at = tabs.findIndex(({ id }) => id === chosen);
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : step === undefined ? undefined : (at + step + tabs.length) % tabs.length;
    const next = to === undefined ? undefined : tabs[to];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(next.id);
    list.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label=${label} @keydown=${onKey}>
    ${tabs.map(({ id, label: name }) => html`<button type="button" role="tab" id=${`tab-${id}`} data-tab=${String(id)} aria-selected=${id === chosen ? 'true' : 'false'} aria-controls="view"
      tabindex=${id === chosen ? 0 : -1} @click=${() => onChoose(id)}>${name}</button>`)}
  </div>`;
}
