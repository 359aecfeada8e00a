import { expect, fixture, html } from '@open-wc/testing';
import { render } from 'lit';
import { message, messageStyles } from './message.js';

describe('a message', () => {
  async function make(title: string, hint: string, label: string) {
    const box = await fixture<HTMLElement>(html`<div></div>`);
    box.style.cssText = 'width: 266px; height: 76px; container-type: size';
    const root = box.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [messageStyles.styleSheet!];
    render(message({ icon: 'CloudOff', title, hint, action: { label, run: () => undefined } }), root);
    const part = (name: string) => root.querySelector(`.message-${name}`)!;
    return { box: box.getBoundingClientRect(), title: part('title'), hint: part('hint'), action: part('action') };
  }

  it('keeps its words apart, and whole, in a low card', async () => {
    const { box, title, hint, action } = await make('Das konnte nicht geladen werden', 'Die Quelle ist nicht erreichbar.', 'Erneut versuchen');
    const [above, below] = [title.getBoundingClientRect(), hint.getBoundingClientRect()];
    expect(above.top).to.be.at.least(box.top);
    expect(below.top).to.be.at.least(above.bottom);
    expect(below.bottom).to.be.at.most(box.bottom);
    expect(action.getBoundingClientRect().right).to.be.at.most(box.right);
    for (const { scrollHeight, clientHeight } of [title, hint]) expect(scrollHeight).to.be.at.most(clientHeight);
  });

  it('cuts what is too long after its second line', async () => {
    const { title, hint } = await make('word '.repeat(60), 'word '.repeat(60), 'Go');
    expect(title.getBoundingClientRect().height).to.be.closeTo(36, 1);
    expect(hint.getBoundingClientRect().height).to.be.closeTo(32, 1);
    expect(hint.getBoundingClientRect().top).to.be.at.least(title.getBoundingClientRect().bottom);
  });
});
