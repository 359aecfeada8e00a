/** Milliseconds without a movement after which the pointer goes away. */
const IDLE = 3000;
const EVENTS = ['pointermove', 'pointerdown'] as const;

/** Shows the dashboard on the whole screen until Escape. While nobody moves the pointer it hides, and lets go of what it was over. */
export async function enterTv(host: HTMLElement): Promise<void> {
  try {
    await host.requestFullscreen();
  } catch {
    // The browser or the page's policy says no: it stays where it is.
    return;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  let at = '';
  const wake = (event?: PointerEvent) => {
    // What is let go beneath a pointer that rests is told as a movement too.
    const now = `${event?.screenX} ${event?.screenY}`;
    if (event?.type === 'pointermove' && now === at) return;
    at = now;
    host.dataset['tv'] = 'awake';
    clearTimeout(timer);
    timer = setTimeout(() => (host.dataset['tv'] = 'idle'), IDLE);
  };
  const leave = () => {
    // A widget of it may be on the whole screen meanwhile.
    if (host.matches(':fullscreen')) return;
    clearTimeout(timer);
    for (const type of EVENTS) host.removeEventListener(type, wake);
    document.removeEventListener('fullscreenchange', leave);
    delete host.dataset['tv'];
  };
  for (const type of EVENTS) host.addEventListener(type, wake);
  document.addEventListener('fullscreenchange', leave);
  wake();
}
