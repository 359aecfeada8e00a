import { expect, fixture, html } from '@open-wc/testing';
import { until } from '../../../core/test/stand-in-edge.js';
import { enterTv } from './tv.js';

describe('a dashboard on the whole screen', () => {
  it('hides a pointer that rests, until it is moved or pressed', async () => {
    const host = await fixture<HTMLElement>(html`<div></div>`);
    host.requestFullscreen = () => Promise.resolve();
    await enterTv(host);
    const tell = (type: string, screenX: number) => host.dispatchEvent(new PointerEvent(type, { screenX, screenY: 5 }));
    tell('pointermove', 10);
    expect(host.dataset['tv']).to.equal('awake');
    await until('it is idle', () => host.dataset['tv'] === 'idle');
    // Told by the browser of what is under it now.
    tell('pointermove', 10);
    expect(host.dataset['tv']).to.equal('idle');
    tell('pointermove', 11);
    expect(host.dataset['tv']).to.equal('awake');
    await until('it is idle again', () => host.dataset['tv'] === 'idle');
    tell('pointerdown', 11);
    expect(host.dataset['tv']).to.equal('awake');
    document.dispatchEvent(new Event('fullscreenchange'));
    expect(host.dataset['tv']).to.equal(undefined);
    tell('pointermove', 12);
    expect(host.dataset['tv']).to.equal(undefined);
  });
});
