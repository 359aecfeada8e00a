import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { icon, registerIcon } from './icons.js';
import { until } from './test/stand-in-edge.js';

class IconBox extends LitElement {
  name = 'Box';
  protected override render() {
    return icon(this.name, this);
  }
}
customElements.define('icon-box', IconBox);

async function drawn(name: string): Promise<string> {
  const box = await fixture<IconBox>(html`<icon-box></icon-box>`);
  box.name = name;
  box.requestUpdate();
  const path = () => box.shadowRoot!.querySelector('path')?.getAttribute('d') ?? '';
  await box.updateComplete;
  await until(`${name} is drawn`, () => path() !== '');
  return path();
}

describe('icon', () => {
  it('knows every Lucide name, each from where it is', async () => {
    for (const name of ['X', 'Wallet', 'Accessibility', 'ZoomOut', 'ArrowDown01', 'Squirrel']) expect(await drawn(name), name).not.to.equal(await drawn('Box'));
  });

  it('gives a neutral one for a name that nobody knows, also for what every object has', async () => {
    for (const name of ['NoSuchThing', 'constructor', '__proto__', 'toString', '<b>']) expect(await drawn(name), name).to.equal(await drawn('Box'));
  });

  it('draws one that was registered, before one of that name', async () => {
    registerIcon('AcmeGate', 'M1 2h3');
    registerIcon('Squirrel', 'M4 5h6');
    expect(await drawn('AcmeGate')).to.equal('M1 2h3');
    expect(await drawn('Squirrel')).to.equal('M4 5h6');
  });
});
