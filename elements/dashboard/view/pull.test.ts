import { expect } from '@open-wc/testing';
import { ownClock } from '../../core/test/own-clock.js';
import { until } from '../../core/test/stand-in-edge.js';
import { pullToRefresh } from './pull.js';

describe('a pull', () => {
  const clock = ownClock();
  const stage = () => {
    const host = Object.assign(document.createElement('div'), { renderRoot: undefined as unknown as ShadowRoot });
    host.renderRoot = host.attachShadow({ mode: 'open' });
    document.body.append(host);
    const stop = pullToRefresh(host, { locale: () => 'en', busy: () => false });
    const touch = (type: string, clientY: number) => {
      const touches = type === 'touchend' ? [] : [new Touch({ identifier: 1, target: host, clientX: 20, clientY })];
      host.dispatchEvent(new TouchEvent(type, { touches, bubbles: true }));
    };
    const pull = () => {
      for (const [type, y] of [['touchstart', 10], ['touchmove', 60], ['touchmove', 110]] as const) touch(type, y);
    };
    const said = () => host.renderRoot.querySelector('.pull')?.textContent;
    return { host, pull, touch, said, end: () => (stop(), host.remove()) };
  };

  it('says what it does over its dashboard, wherever that stands', () => {
    const { host, pull, said, end } = stage();
    host.style.marginBlockStart = '150px';
    pull();
    expect([said(), getComputedStyle(host).position]).to.deep.equal(['Release to refresh', 'relative']);
    const top = (element: Element) => element.getBoundingClientRect().top;
    expect(top(host.renderRoot.querySelector('.pull')!) - top(host)).to.be.within(0, 100);
    end();
  });

  it('is not ended by the end of the one before', async () => {
    const { pull, touch, said, end } = stage();
    pull();
    touch('touchend', 110);
    expect(said()).to.equal('Refreshed');
    await clock.pass(1000);
    pull();
    await clock.pass(800);
    expect(said()).to.equal('Release to refresh');
    touch('touchend', 110);
    await clock.pass(1500);
    await until('it goes away by itself', () => said() === undefined);
    end();
  });
});
