import { expect } from '@open-wc/testing';
import { leadTouches } from './touches.js';

describe('what is made of a touch in a shadow root', () => {
  const stage = () => {
    const host = document.createElement('div');
    document.body.append(host);
    const root = host.attachShadow({ mode: 'open' });
    const box = document.createElement('div');
    const handle = document.createElement('button');
    box.append(handle);
    root.append(box);
    const listening = new AbortController();
    leadTouches(box, listening.signal);
    return { host, box, handle, end: () => (listening.abort(), host.remove()) };
  };
  /** As gridstack does: the target is the related one too. */
  const make = (type: string, target: EventTarget) =>
    target.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, cancelable: true, relatedTarget: target, clientX: 7, clientY: 9 }));
  const heard = (target: EventTarget, type: string) => {
    const events: MouseEvent[] = [];
    target.addEventListener(type, (event) => events.push(event as MouseEvent), true);
    return events;
  };

  it('gets from the dashboard to what was touched in it, and out of it to the page', () => {
    const { host, handle, end } = stage();
    handle.dispatchEvent(new Event('touchstart', { bubbles: true, composed: true }));
    const presses = heard(handle, 'mousedown');
    make('mousedown', host);
    expect(presses.map(({ clientX, clientY }) => [clientX, clientY])).to.deep.equal([[7, 9]]);
    for (const type of ['mousemove', 'mouseup']) {
      const events = heard(document, type);
      make(type, handle);
      expect(events.map(({ clientX }) => clientX), type).to.deep.equal([7]);
    }
    end();
  });

  it('is left alone where it was not made, and after the end', () => {
    const { host, handle, end } = stage();
    const clicks = heard(handle, 'click');
    handle.click();
    expect(clicks).to.have.length(1);
    end();
    document.body.append(host);
    const moves = heard(document, 'mousemove');
    make('mousemove', handle);
    expect(moves).to.have.length(0);
    host.remove();
  });
});
