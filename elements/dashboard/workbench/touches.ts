/**
 * gridstack makes mouse events of touches, and in a shadow root they go astray. A long press begins when the event of its touch is
 * over: seen from then on the finger is on the dashboard, not on what it touched in there. And each event names its target as
 * the related one too, which keeps it from leaving the shadow root. Here they are led on to where they belong.
 */
export function leadTouches(box: HTMLElement, signal: AbortSignal): void {
  const root = box.getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  let touched: EventTarget | null = null;
  box.addEventListener('touchstart', ({ target }) => (touched = target), { capture: true, passive: true, signal });
  const lead = (event: MouseEvent, target: EventTarget | null) => {
    event.stopImmediatePropagation();
    const { type, clientX, clientY, screenX, screenY } = event;
    target?.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, cancelable: true, view: window, clientX, clientY, screenX, screenY }));
  };
  const isMade = (event: MouseEvent) => !event.isTrusted && event.relatedTarget !== null;
  root.host.addEventListener('mousedown', (event) => {
    if (event.composedPath()[0] === root.host && isMade(event as MouseEvent)) lead(event as MouseEvent, touched);
  }, { capture: true, signal });
  for (const type of ['mousemove', 'mouseup', 'click'] as const) {
    box.addEventListener(type, (event) => isMade(event) && lead(event, event.target), { capture: true, signal });
  }
}
