import { expect } from '@open-wc/testing';
import { edgeOfSuite, hushResizes, item, itemAt, openEditing, untilShown } from '../../../core/test/dashboard-on-page.js';
import { until } from '../../../core/test/stand-in-edge.js';
import { layoutOf } from '../../../core/test/stand-in-layouts.js';
import { copyPlace } from './duplicate-item.js';

describe('a copy of an item', () => {
  const at = (x: number, y: number, w = 1, h = 1) => ({ x, y, w, h });
  const taken = (...positions: ReturnType<typeof at>[]) => positions.map((position) => ({ item: { widgetId: 'w', position }, position }));

  it('stands beside it, else right below, else where there is room', () => {
    const one = at(2, 3, 2, 2);
    expect(copyPlace(one, 6, taken(one))).to.deep.equal(at(4, 3, 2, 2));
    expect(copyPlace(one, 6, taken(one, at(5, 4)))).to.deep.equal(at(0, 3, 2, 2));
    expect(copyPlace(one, 6, taken(one, at(5, 4), at(0, 3)))).to.deep.equal(at(2, 5, 2, 2));
    expect(copyPlace(one, 6, taken(one, at(5, 4), at(0, 3), at(3, 6)))).to.deep.equal(at(0, 0, 2, 2));
    expect(copyPlace(at(0, 0, 4), 4, taken(at(0, 0, 4), at(0, 1, 4)))).to.deep.equal(at(0, 2, 4));
  });

  describe('in a long dashboard', () => {
    hushResizes();
    const { layouts } = edgeOfSuite();

    it('comes into view where there is room for it only at the end', async () => {
      layouts.reset(layoutOf('main', [item('a', 'sales-summary', [0, 0, 6, 1]), item('b', 'low-stock-alert', [0, 1, 6, 12])], { isDefault: true }));
      const element = await openEditing({}, 2);
      element.toggleAttribute('data-still', true);
      const widget = itemAt(element, 'a')!.querySelector('ccm-widget')!;
      widget.shadowRoot!.querySelector<HTMLButtonElement>('.menu-button')!.click();
      const entry = () => [...(widget.shadowRoot!.querySelector('ccm-menu')?.shadowRoot?.querySelectorAll<HTMLButtonElement>('[role=menuitem]') ?? [])].find((one) => one.textContent?.includes('Duplicate'));
      await until('there is an entry', () => entry() !== undefined);
      entry()!.click();
      await untilShown(element, 3);
      const copy = [...element.shadowRoot!.querySelectorAll<HTMLElement>('.item')].find(({ dataset }) => !['a', 'b'].includes(dataset['item']!))!;
      await until('it is in view', () => copy.getBoundingClientRect().top > 0 && copy.getBoundingClientRect().top < innerHeight);
      scrollTo(0, 0);
    });
  });
});
