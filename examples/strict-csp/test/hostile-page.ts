/** What a page looks for while widgets with hostile strings are on it; it is run in the page. */
import type { HostileWidget } from './hostile-widgets.js';

export interface Seen {
  /** Scripts that ran, addresses that lead where none may, handlers in the markup: each with where it was. */
  reports: string[];
  /** `ccm-stat > span`: an element within the root of another. */
  elements: string[];
  /** How many were drawn, and how many had their title as it was typed. */
  drawn: number;
  asTyped: number;
}

/** Shows the widgets a few at a time; points at them, walks them by keyboard, and looks at all that is there. */
export async function look(widgets: HostileWidget[]): Promise<Seen> {
  const AT_ONCE = 24;
  const MOST_STOPS = 8;
  const seen: Seen = { reports: [], elements: [], drawn: 0, asTyped: 0 };
  const elements = new Set<string>();
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'] as const) (globalThis as Record<string, unknown>)[name] = () => seen.reports.push(`${name} was called`);
  // A link that is pressed by chance leads away from the test.
  document.addEventListener('click', (event) => event.preventDefault());
  const before = document.querySelectorAll('*').length;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  const walk = (root: ShadowRoot | Element, host: string) => {
    for (const element of root.querySelectorAll('*')) {
      elements.add(`${host} > ${element.localName}`);
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) seen.reports.push(`${host} > ${element.localName} ${name}=${value}`);
        if (/^(?:href|src|action|formaction|xlink:href|srcdoc|data)$/.test(name) && !/^https?:/.test(value)) seen.reports.push(`${host} > ${element.localName} leads to ${value}`);
      }
      if (element.shadowRoot) walk(element.shadowRoot, element.localName);
    }
  };
  const press = (target: Element, key: string) => target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
  /** As a reader does: over it, and by keyboard. */
  const touch = (root: ShadowRoot) => {
    let stops = 0;
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot) touch(element.shadowRoot);
      if (stops >= MOST_STOPS || (element.tabIndex < 0 && !['canvas', 'svg'].includes(element.localName) && !element.matches('.u-over'))) continue;
      stops += 1;
      const { left, top, width, height } = element.getBoundingClientRect();
      const place = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true, composed: true };
      for (const name of ['pointerover', 'pointerenter', 'pointermove']) element.dispatchEvent(new PointerEvent(name, place));
      for (const name of ['mouseover', 'mouseenter', 'mousemove']) element.dispatchEvent(new MouseEvent(name, place));
      element.focus({ preventScroll: true });
      for (const key of ['ArrowRight', 'ArrowDown']) press(element, key);
    }
  };

  const box = document.createElement('div');
  for (let from = 0; from < widgets.length; from += AT_ONCE) {
    const batch = widgets.slice(from, from + AT_ONCE);
    const shown = batch.map(({ config, data }) => Object.assign(document.createElement('ccm-widget'), { config, data }) as unknown as HTMLElement & { updateComplete: Promise<unknown>; state: string });
    box.replaceChildren(...shown);
    document.body.append(box);
    for (const element of shown) await element.updateComplete;
    const viewOf = (element: HTMLElement) => element.shadowRoot?.querySelector<HTMLElement & { hasUpdated?: boolean }>('.body > *');
    for (let frames = 0; frames < 120 && shown.some((element) => element.state === 'fresh' && !viewOf(element)?.hasUpdated); frames += 1) await frame();
    await frame();
    for (const element of shown) if (element.shadowRoot) touch(element.shadowRoot);
    await frame();
    for (const [index, element] of shown.entries()) {
      if (element.state === 'fresh' && viewOf(element)?.hasUpdated) seen.drawn += 1;
      const title = element.shadowRoot?.querySelector('#title')?.textContent ?? '';
      const typed = String(batch[index]?.config['title']);
      if (title.trim() === typed.trim() || typed === '') seen.asTyped += 1;
      else seen.reports.push(`the title ${JSON.stringify(typed)} is ${JSON.stringify(title)}`);
      walk(element, 'page');
      if (element.shadowRoot) walk(element.shadowRoot, 'ccm-widget');
    }
    box.remove();
    if (document.querySelectorAll('*').length !== before) seen.reports.push('other elements are on the page');
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  seen.elements = [...elements].sort();
  return seen;
}
