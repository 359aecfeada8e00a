import { expect } from '@open-wc/testing';
import { http, HttpResponse } from 'msw';
import { startStandIn } from './core/test/stand-in-edge.js';
import { define } from './tags.js';

describe('a tag on a page whose code does not come', () => {
  it('is asked for again, until it is there', async () => {
    let asked = 0;
    const edge = await startStandIn({}, [http.get(/\/connections\/ccm-connections\.[jt]s/, () => (++asked === 1 ? HttpResponse.error() : undefined))]);
    define();
    const element = document.createElement('ccm-connections');
    element.textContent = 'Not here yet.';
    document.body.append(element);
    await customElements.whenDefined('ccm-connections');
    expect(asked).to.equal(2);
    // What the page wrote into the tag makes room for the element.
    expect(element.shadowRoot!.querySelector('slot')).to.equal(null);
    element.remove();
    edge.close();
  });
});
