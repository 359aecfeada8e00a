import type { PageSignals } from '../../sdk/client/client.js';

/** Tells the client, which knows no DOM, when nobody looks and when the network or the page is back. */
export const pageSignals: PageSignals = {
  get hidden() {
    return document.hidden;
  },
  onChange(listener) {
    document.addEventListener('visibilitychange', listener);
    addEventListener('online', listener);
    addEventListener('pageshow', listener);
    return () => {
      document.removeEventListener('visibilitychange', listener);
      removeEventListener('online', listener);
      removeEventListener('pageshow', listener);
    };
  },
};
