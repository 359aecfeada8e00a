import { fixture, html } from '@open-wc/testing';
import { LOW_STOCK, LOW_STOCK_DATA } from '../../core/test/samples.js';
import { until } from '../../core/test/until.js';
import { define } from '../../tags.js';
import type { CcmWidget } from '../ccm-widget.js';
import { paintCard } from './paint/paint-card.js';
define();
it('x', async () => {
  for (const count of [1, 1, 100, 300, 1000]) {
    const element = await fixture<CcmWidget>(html`<ccm-widget .config=${{ ...LOW_STOCK, title: 'Müllabfuhr und Straßenreinigung '.repeat(count) } as never} .data=${LOW_STOCK_DATA}></ccm-widget>`);
    await until('it is drawn', () => element.state === 'fresh' && element.shadowRoot!.querySelector('.skeleton') === null);
    const h2 = element.shadowRoot!.querySelector('h2')!;
    const range = document.createRange(); range.selectNodeContents(h2);
    const from = performance.now();
    await paintCard(element.shadowRoot!.querySelector<HTMLElement>('.frame')!);
    console.log(count, performance.now() - from, range.getClientRects().length, getComputedStyle(h2).whiteSpace);
  }
}).timeout(60_000);
