import { expect, fixture, html } from '@open-wc/testing';
import { CcmElement } from '../core/base-element.js';
import { provideTags } from '../core/ensure.js';
import { provideKinds } from '../core/provide-kinds.js';
import { until } from '../core/test/stand-in-edge.js';
import { CcmGallery } from './ccm-gallery.js';

CcmGallery.define('ccm-gallery');

describe('ccm-gallery, where code cannot be loaded,', () => {
  it('says so, tells it, and shows all once it can', async () => {
    let online = false;
    const load = <Result>(result: () => Result) => (online ? Promise.resolve(result()) : Promise.reject(new Error('offline')));
    provideTags({ 'ccm-widget': () => load(() => class extends CcmElement {}) });
    provideKinds(() => load(() => []));
    const errors: string[] = [];
    const told = (event: GlobalEventHandlersEventMap['ccm-error']) => errors.push(event.detail.code);
    document.addEventListener('ccm-error', told);
    const element = await fixture<CcmGallery>(html`<ccm-gallery></ccm-gallery>`);
    const said = () => element.shadowRoot!.querySelector('[role=alert]')?.textContent;
    await until('it says so', () => said() === 'This could not be loaded');
    expect(errors).to.deep.equal(['load']);
    online = true;
    element.kind = 'ccm-stat';
    await until('it says it no more', () => said() === undefined);
    document.removeEventListener('ccm-error', told);
    expect(errors).to.deep.equal(['load']);
  });
});
