import { expect, fixture, html } from '@open-wc/testing';
import { defineWidget } from '../../sdk/define/define-widget.js';
import { until } from '../core/test/stand-in-edge.js';
import { define } from '../tags.js';
import { CcmGallery } from './ccm-gallery.js';
import { STATES } from './states.js';

define();
CcmGallery.define('ccm-gallery');

const TYPES = ['ccm-stat', 'ccm-chart', 'ccm-table', 'ccm-gauge', 'ccm-list', 'ccm-map', 'ccm-text', 'ccm-custom'];
const NO_VALUE = /NaN|undefined|\[object Object\]|Infinity/;

/** All text that is on screen, through shadow roots. */
function said(root: Node): string {
  if (root instanceof Text) return root.data;
  if (root instanceof HTMLStyleElement) return '';
  const inside = root instanceof Element && root.shadowRoot ? [root.shadowRoot, ...root.childNodes] : [...root.childNodes];
  return inside.map(said).join(' ');
}

async function gallery(kind: string, more: Record<string, string> = {}): Promise<CcmGallery> {
  const element = await fixture<CcmGallery>(html`<ccm-gallery></ccm-gallery>`);
  for (const [name, value] of Object.entries({ kind, ...more })) element.setAttribute(name, value);
  await until('its widgets are there', () => element.shadowRoot!.querySelectorAll('ccm-widget').length >= STATES.length);
  await until('they have their states', () => [...element.shadowRoot!.querySelectorAll('ccm-widget')].every((widget) => widget.hasAttribute('state')));
  return element;
}

describe('ccm-gallery', () => {
  for (const kind of TYPES) {
    for (const theme of ['light', 'dark'] as const) {
      it(`${kind} in every state: accessible, and no value that is none (${theme})`, async function () {
        this.timeout(30_000);
        const element = await gallery(kind, { theme });
        element.parentElement!.style.background = theme === 'dark' ? '#0e1116' : '#f5f6f8';
        const widgets = [...element.shadowRoot!.querySelectorAll('ccm-widget')];
        await until('the pictures are drawn', () => widgets.every((widget) => widget.getAttribute('state') !== 'fresh' || said(widget.shadowRoot!).trim() !== ''));
        await new Promise((resolve) => setTimeout(resolve, 400));
        expect(said(element.shadowRoot!)).not.to.match(NO_VALUE);
        await expect(element).to.be.accessible();
      });
    }
  }

  it('has an element of its own to show where a page would bring one', async () => {
    const element = await gallery('ccm-custom');
    const desks = () => {
      const fresh = element.shadowRoot!.querySelector('ccm-widget[widget=ccm-custom-fresh]');
      return fresh?.shadowRoot!.querySelector('ccm-custom')?.shadowRoot?.querySelector('sample-desks')?.shadowRoot!.textContent;
    };
    await until('it is drawn', () => desks() === '12 / 16Desks taken');
  });

  it('has the states that are asked for, in the size that is asked for', async () => {
    const element = await fixture<CcmGallery>(html`<ccm-gallery kind="ccm-stat" states="fresh stale nonsense" size="large"></ccm-gallery>`);
    await until('they are there', () => element.shadowRoot!.querySelectorAll('ul:last-of-type ccm-widget').length === 2);
    expect([...element.shadowRoot!.querySelectorAll('li')].every((item) => item.className === 'large')).to.equal(true);
  });

  it('takes in a kind that is defined later', async () => {
    const element = await fixture<CcmGallery>(html`<ccm-gallery kind="acme-late"></ccm-gallery>`);
    defineWidget({
      tag: 'acme-late', name: 'Late one', schema: { type: 'object' }, sample: { options: {}, data: { value: 7 } },
      render: (box, { data }) => {
        box.textContent = `value ${(data as { value?: number }).value ?? 'none'}`;
      },
    });
    await until('it is shown', () => said(element.shadowRoot!).includes('value 7'));
  });
});
