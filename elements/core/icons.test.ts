import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { icon, registerIcon } from './icons.js';
import { until } from './test/stand-in-edge.js';

class IconBox extends LitElement {
  name = 'Box';
  drawings = 0;
  protected override render() {
    this.drawings += 1;
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

  it('asks nothing for what is no name, and keeps none of many that nobody knows', async () => {
    await drawn('NoSuchThing');
    const before = performance.getEntriesByType('resource').length;
    const box = await fixture<IconBox>(html`<icon-box></icon-box>`);
    for (const name of ['<b>', 'a b', 'x'.repeat(1000), 7 as unknown as string, { a: 1 } as unknown as string]) {
      box.name = name;
      box.requestUpdate();
      await box.updateComplete;
      expect(box.shadowRoot!.querySelector('path')!.getAttribute('d'), JSON.stringify(name)).to.equal(await drawn('Box'));
    }
    expect(performance.getEntriesByType('resource').length).to.equal(before);
    // Each is drawn in the end, none over and over.
    for (let at = 0; at < 300; at += 1) expect(await drawn(`Unknown${at}`)).to.equal(await drawn('Box'));
    const { drawings } = box;
    box.name = 'Unknown7';
    box.requestUpdate();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(box.drawings).to.equal(drawings + 1);
  });

  it('draws one that was registered, before one of that name', async () => {
    registerIcon('AcmeGate', 'M1 2h3');
    registerIcon('Squirrel', 'M4 5h6');
    expect(await drawn('AcmeGate')).to.equal('M1 2h3');
    expect(await drawn('Squirrel')).to.equal('M4 5h6');
  });
});
