import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { html, nothing, type TemplateResult } from 'lit';
import { until } from '../core/test/stand-in-edge.js';
import { DashboardDialog } from './dialog-element.js';

class FailingDialog extends DashboardDialog {
  fails = true;

  protected override heading(): string {
    return 'Failing';
  }

  protected override fields(): TemplateResult {
    return html`<input aria-label="Name" />`;
  }

  protected override buttons(): typeof nothing {
    return nothing;
  }

  protected override submit(): Promise<void> | void {
    if (this.fails) return Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
    this.close();
  }
}
customElements.define('ccm-failing-dialog', FailingDialog);

describe('a dialog of a dashboard', () => {
  const show = () => {
    const dialog = document.createElement('ccm-failing-dialog') as FailingDialog;
    const done = dialog.show(document.body, { locale: 'en', theme: 'light' });
    const submit = () => dialog.shadowRoot!.querySelector('form')!.requestSubmit();
    return { dialog, done, submit, said: () => dialog.shadowRoot!.querySelector('[role=alert]')?.textContent };
  };

  it('says and tells that what it was told to do could not be done, and stays for another try', async () => {
    const { dialog, done, submit, said } = show();
    await dialog.updateComplete;
    const errors: string[] = [];
    dialog.addEventListener('ccm-error', ({ detail }) => errors.push(detail.code));
    submit();
    await until('it says so', () => said() === 'This could not be loaded');
    expect(errors).to.deep.equal(['load']);
    await expect(dialog).to.be.accessible();
    dialog.fails = false;
    submit();
    await done;
    expect(dialog.isConnected).to.equal(false);
  });

  it('gives no answer where it is taken out of the page', async () => {
    const { dialog, done } = show();
    await dialog.updateComplete;
    dialog.remove();
    await done;
  });

  it('keeps what was typed at the first Escape and the first press beside it, and says so; the next one closes', async () => {
    for (const leave of [() => sendKeys({ press: 'Escape' }), () => sendMouse({ type: 'click', position: [5, 5] })]) {
      const { dialog, done } = show();
      await dialog.updateComplete;
      const region = dialog.shadowRoot!.querySelector('[aria-live=polite]')!;
      dialog.shadowRoot!.querySelector('input')!.focus();
      await sendKeys({ type: 'Sales' });
      await leave();
      await until('it says so', () => region.textContent.startsWith('Not saved yet'));
      expect(dialog.shadowRoot!.querySelector('dialog')!.open).to.equal(true);
      await expect(dialog).to.be.accessible();
      await leave();
      await done;
    }
  });

  it('closes at once where nothing was typed, and by its button where something was', async () => {
    const untouched = show();
    await untouched.dialog.updateComplete;
    await sendKeys({ press: 'Escape' });
    await untouched.done;

    const { dialog, done } = show();
    await dialog.updateComplete;
    dialog.shadowRoot!.querySelector('input')!.focus();
    await sendKeys({ type: 'Sales' });
    dialog.shadowRoot!.querySelector<HTMLElement>('.close')!.click();
    await done;
  });
});
