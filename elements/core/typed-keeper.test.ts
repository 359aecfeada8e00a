import { expect } from '@open-wc/testing';
import { TypedKeeper } from './typed-keeper.js';

const host = { addController: () => undefined, removeController: () => undefined, requestUpdate: () => undefined, updateComplete: Promise.resolve(true) };

describe('what was typed into a dialog', () => {
  const inDialog = (isOpen?: () => boolean) => {
    const keeper = new TypedKeeper(host, isOpen);
    const dialog = document.createElement('dialog');
    const file = dialog.appendChild(document.createElement('input'));
    for (const type of ['input', 'cancel', 'close']) dialog.addEventListener(type, keeper.listen);
    return {
      keeper,
      /** Whether it is kept. */
      cancel: (from: HTMLElement = dialog) => !from.dispatchEvent(new Event('cancel', { cancelable: true, bubbles: from === file })),
      type: () => file.dispatchEvent(new Event('input', { bubbles: true })),
      close: () => dialog.dispatchEvent(new Event('close')),
      file,
    };
  };

  it('is kept once, until more is typed, and forgotten when it is closed', () => {
    const { cancel, type, close, keeper } = inDialog();
    expect([cancel(), keeper.said('en')]).to.deep.equal([false, '']);
    type();
    expect([cancel(), keeper.said('en') === '', cancel()]).to.deep.equal([true, false, false]);
    type();
    expect([keeper.said('en'), cancel()]).to.deep.equal(['', true]);
    close();
    expect([keeper.said('en'), cancel()]).to.deep.equal(['', false]);
  });

  it('may be within, in something that has its own buttons', () => {
    let open = true;
    const { cancel, close } = inDialog(() => open);
    expect([cancel(), cancel()]).to.deep.equal([true, false]);
    close();
    open = false;
    expect(cancel()).to.equal(false);
  });

  it('is not asked for where a file was not chosen', () => {
    const { cancel, type, file, keeper } = inDialog();
    type();
    expect([cancel(file), keeper.said('en'), cancel()]).to.deep.equal([false, '', true]);
  });
});
