/** Milliseconds without a movement after which the pointer goes away. */
const IDLE = 3000;

/** Shows the dashboard on the whole screen until Escape. The pointer hides while nobody moves it. */
export async function enterTv(host: HTMLElement): Promise<void> {
  try {
    await host.requestFullscreen();
  } catch {
    // The browser or the page's policy says no: it stays where it is.
    return;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wake = () => {
    host.dataset['tv'] = 'awake';
    clearTimeout(timer);
    timer = setTimeout(() => (host.dataset['tv'] = 'idle'), IDLE);
  };
  const leave = () => {
    // A widget of it may be on the whole screen meanwhile.
    if (host.matches(':fullscreen')) return;
    clearTimeout(timer);
    host.removeEventListener('pointermove', wake);
    document.removeEventListener('fullscreenchange', leave);
    delete host.dataset['tv'];
  };
  host.addEventListener('pointermove', wake);
  document.addEventListener('fullscreenchange', leave);
  wake();
}
