/** Many widgets on one page beside one that goes on. */
import { html, render } from 'lit';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import type { WidgetView } from '../../core/widget-view.js';
import type { CcmWidget } from '../../widget/ccm-widget.js';

/** As many as are shown at once. */
export const CARDS = 40;

export interface Together {
  elements: CcmWidget[];
  neighbour: { goesOn(): Promise<boolean> };
}

const NEIGHBOUR = { id: 'neighbour', title: 'Neighbour', type: 'stat', size: 'small', dataSource: { type: 'static' }, statConfig: { primaryValue: 'n' } } as CCMWidget;

let page: HTMLElement | undefined;
let counted = 0;

/** Puts them on the page, in place of those before, and waits until they are drawn. */
export async function together(widgets: readonly { config: unknown; data: unknown }[]): Promise<Together> {
  page?.remove();
  page = document.createElement('div');
  // What they show is read, not seen: half of the time would go into painting it.
  page.style.cssText = 'visibility: hidden; display: grid; grid-template-columns: repeat(4, 260px); grid-auto-rows: 180px; gap: 8px';
  document.body.append(page);
  counted += 1;
  render(html`<ccm-widget .config=${NEIGHBOUR} .data=${{ n: counted }}></ccm-widget>
    ${widgets.map(({ config, data }) => html`<ccm-widget .config=${config as CCMWidget} .data=${data}></ccm-widget>`)}`, page);
  const [first, ...elements] = [...page.querySelectorAll('ccm-widget')];
  await settled(elements);
  return {
    elements,
    neighbour: {
      async goesOn() {
        counted += 1;
        first!.data = { n: counted };
        await settled([first!]);
        return first!.shadowRoot!.querySelector('ccm-stat')?.shadowRoot?.querySelector('.value')?.textContent.trim() === String(counted);
      },
    },
  };
}

/** Until all are drawn, and what they do at once after that is done. */
export async function settled(elements: readonly CcmWidget[]): Promise<void> {
  for (const element of elements) await element.updateComplete;
  // A view's code loads with its first one.
  const deadline = performance.now() + 5000;
  while (elements.some((element) => element.state === 'fresh' && !isDrawn(element)) && performance.now() < deadline) await frame();
  for (let frames = 0; frames < 4; frames += 1) await frame();
}

function isDrawn(element: CcmWidget): boolean {
  const view = element.shadowRoot!.querySelector<WidgetView>('.body > :not(ccm-skeleton)');
  return view !== null && (!('hasUpdated' in view) || view.hasUpdated) && !view.isUpdatePending;
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
