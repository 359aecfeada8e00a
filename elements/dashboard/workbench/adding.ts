/** Where widgets are added from: the marketplace, which is another room's. The only way by which a user brings one in. */
import { html, nothing, type TemplateResult } from 'lit';
import { ensure } from '../../core/ensure.js';
import type { WidgetChosenEvent } from '../../core/widget-chosen-event.js';
import { CcmMarketDialog } from './market-dialog.js';
import type { Bench } from './bench.js';

const TAG = 'ccm-market-dialog';

export class Adding {
  readonly #bench: Bench;
  #asked = false;

  constructor(bench: Bench) {
    this.#bench = bench;
    CcmMarketDialog.define(TAG);
  }

  /** Rejects where the code of the marketplace cannot be loaded. */
  async open(): Promise<void> {
    await ensure('ccm-marketplace');
    const { host } = this.#bench;
    this.#asked = true;
    host.requestUpdate();
    await host.updateComplete;
    await host.renderRoot.querySelector<CcmMarketDialog>(TAG)?.open();
  }

  template(): TemplateResult | typeof nothing {
    if (!this.#asked) return nothing;
    const { editor, ports } = this.#bench;
    return html`<ccm-market-dialog
      data-theme=${ports.theme()}
      .locale=${ports.locale()}
      .shared=${ports.shared()}
      .present=${new Set(ports.session.layout?.widgets.map(({ widgetId }) => widgetId))}
      @ccm-widget-chosen=${(event: WidgetChosenEvent) => editor.add(event.widget)}
    ></ccm-market-dialog>`;
  }
}
