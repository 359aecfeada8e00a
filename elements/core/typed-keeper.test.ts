import { expect } from '@open-wc/testing';
import { TypedKeeper } from './typed-keeper.js';

const host = { addController: () => undefined, removeController: () => undefined, requestUpdate: () => undefined, updateComplete: Promise.resolve(true) };

describe('what was typed into a dialog', () => {
  const inDialog = () => {
    const keeper = new TypedKeeper(host);
    const dialog = document.createElement('dialog');
    const file = dialog.appendChild(document.createElement('input'));
    for (const type of ['input', 'cancel']) dialog.addEventListener(type, keeper.listen);
    return {
      keeper,
      /** Whether it is kept. */
      cancel: (from: HTMLElement = dialog) => !from.dispatchEvent(new Event('cancel', { cancelable: true, bubbles: from === file })),
      type: () => file.dispatchEvent(new Event('input', { bubbles: true })),
      file,
    };
  };

  it('is kept once, until more is typed, and forgotten when it opens anew', () => {
    const { cancel, type, keeper } = inDialog();
    expect([cancel(), keeper.said('en')]).to.deep.equal([false, '']);
    type();
    expect([cancel(), keeper.said('en') === '', cancel()]).to.deep.equal([true, false, false]);
    type();
    expect([keeper.said('en'), cancel()]).to.deep.equal(['', true]);
    keeper.reset();
    expect([keeper.said('en'), cancel()]).to.deep.equal(['', false]);
  });

  it('may be in a part that is saved by itself: the rest is kept still', () => {
    const { cancel, type, keeper } = inDialog();
    keeper.touched('rule');
    expect(cancel()).to.equal(true);
    keeper.settled('rule');
    expect([keeper.said('en'), cancel()], 'what is saved is not said to be lost').to.deep.equal(['', false]);
    type();
    keeper.touched('rule');
    keeper.settled('rule');
    expect(cancel()).to.equal(true);
  });

  it('is not asked for where a file was not chosen', () => {
    const { cancel, type, file, keeper } = inDialog();
    type();
    expect([cancel(file), keeper.said('en'), cancel()]).to.deep.equal([false, '', true]);
  });
});
