import { expect } from '@open-wc/testing';
import { http, HttpResponse } from 'msw';
import { startStandIn, until } from './test/stand-in-edge.js';

describe('the theme of who needs more contrast', () => {
  it('comes later where its styles did not come at first', async () => {
    let lost = true;
    let asked = 0;
    const edge = await startStandIn({}, [
      http.get(/\/core\/contrast\.styles\.[jt]s/, () => {
        asked += 1;
        return lost ? HttpResponse.error() : undefined;
      }),
    ]);
    const { matchMedia } = window;
    window.matchMedia = (media) => (media.includes('prefers-contrast') ? ({ matches: true, addEventListener: () => undefined } as unknown as MediaQueryList) : matchMedia.call(window, media));
    const unheard: unknown[] = [];
    const onUnheard = ({ reason }: PromiseRejectionEvent) => unheard.push(reason);
    window.addEventListener('unhandledrejection', onUnheard);
    try {
      const { define } = await import('../tags.js');
      const { tokens } = await import('./tokens.js');
      define();
      const has = () => [...(tokens.styleSheet?.cssRules ?? [])].some((rule) => rule.cssText.includes('prefers-contrast'));
      const element = document.createElement('ccm-widget');
      document.body.append(element);
      await until('it was asked for', () => asked === 1);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect([has(), unheard]).to.deep.equal([false, []]);
      lost = false;
      element.theme = 'dark';
      await until('it is there', has);
      element.remove();
    } finally {
      window.matchMedia = matchMedia;
      window.removeEventListener('unhandledrejection', onUnheard);
      edge.close();
    }
  });
});
