import { expect } from '@open-wc/testing';
import { edgeOfSuite, hushResizes, ids, item, itemAt, items, openDashboard, places, text, THREE } from '../core/test/dashboard-on-page.js';
import { until } from '../core/test/stand-in-edge.js';
import { layoutOf } from '../core/test/stand-in-layouts.js';
import type { CcmDashboard } from './ccm-dashboard.js';

const columnsOf = (element: CcmDashboard) => getComputedStyle(element.shadowRoot!.querySelector('.grid')!).gridTemplateColumns.split(' ').length;
const fileOf = (value: unknown) => URL.createObjectURL(new Blob([JSON.stringify(value)], { type: 'application/json' }));

describe('ccm-dashboard arranges', () => {
  const suite = edgeOfSuite();
  const { layouts } = suite;

  const complaints = hushResizes();

  const WIDE = THREE.map((one) => (one.itemId === 'b' ? { ...one, positions: { '4': { x: 2, y: 0, w: 2, h: 1 }, '2': { x: 0, y: 0, w: 2, h: 1 } } } : one));

  it('six, four, two columns or one by the width of its container, each as it was arranged', async () => {
    layouts.reset(layoutOf('main', WIDE, { isDefault: true }));
    const element = await openDashboard({ width: 1200 });
    const seen = (columns: number) => ({ columns, places: places(element, columns) });
    const found = [seen(6)];
    for (const [width, columns] of [[800, 4], [480, 2], [320, 1]] as const) {
      element.parentElement!.style.width = `${width}px`;
      await until(`there are ${columns} columns`, () => columnsOf(element) === columns);
      found.push(seen(columns));
    }
    expect(found).to.deep.equal([
      { columns: 6, places: { a: [0, 0, 2, 1], b: [2, 0, 1, 1], c: [3, 0, 2, 2] } },
      { columns: 4, places: { b: [2, 0, 2, 1], a: [0, 0, 2, 1], c: [0, 1, 2, 2] } },
      { columns: 2, places: { b: [0, 0, 2, 1], a: [0, 1, 2, 1], c: [0, 2, 2, 2] } },
      { columns: 1, places: { a: [0, 0, 1, 1], b: [0, 1, 1, 1], c: [0, 2, 1, 2] } },
    ]);
    expect(element.scrollWidth).to.be.at.most(320);
  });

  it('half units where the layout wants them, wherever it comes from', async () => {
    const halves = { ...layoutOf('halves', [item('a', 'sales-summary', [0, 0, 3, 2]), item('b', 'system-health', [9, 0, 3, 2])]), columns: 12 as const };
    layouts.reset({ ...halves, isDefault: true });
    const { name, columns, widgets } = halves;
    for (const given of [{}, { value: halves }, { src: fileOf({ name, columns, widgets }) }]) {
      const element = await openDashboard(given, 2);
      await until(`there are twelve columns by ${Object.keys(given).join() || 'layout'}`, () => columnsOf(element) === 12);
      expect(places(element, 12, 12, 54)).to.deep.equal({ a: [0, 0, 3, 2], b: [9, 0, 3, 2] });
      // As high as one whole unit.
      expect(itemAt(element, 'a')!.getBoundingClientRect().height).to.equal(120);
    }
  });

  it('one widget twice, each with its own settings', async () => {
    layouts.reset(layoutOf('main', [item('first', 'sales-summary', [0, 0, 2, 1]), item('second', 'sales-summary', [2, 0, 2, 1], { config: { title: 'The same again' } })], { isDefault: true }));
    const element = await openDashboard({ token: 'of-the-twins' }, 2);
    const titles = () => items(element).map((one) => text(one.querySelector('ccm-widget')!.shadowRoot!.querySelector('h2')));
    await until('both are drawn', () => titles().every((title) => title !== '' && title !== 'Loading'));
    expect(ids(element)).to.deep.equal(['first', 'second']);
    expect(titles()).to.deep.equal(['Daily Sales Summary', 'The same again']);
    expect(suite.edge.batches.filter(({ token }) => token === 'Bearer of-the-twins').flatMap(({ body }) => body.widgets.map(({ id }) => id))).to.deep.equal(['sales-summary']);
  });

  it('without an error in the page when its container changes', async () => {
    const element = await openDashboard({ width: 1200 });
    for (const [width, columns] of [[500, 2], [300, 1], [900, 4]] as const) {
      element.parentElement!.style.width = `${width}px`;
      await until(`there are ${columns} columns`, () => columnsOf(element) === columns);
      await new Promise(requestAnimationFrame);
    }
    expect(complaints).to.deep.equal([]);
  });

  it('keeps a widget’s element when the columns change', async () => {
    const element = await openDashboard({ width: 1200 });
    const before = new Map(items(element).map((one) => [one.dataset['item'], one.querySelector('ccm-widget')]));
    element.parentElement!.style.width = '500px';
    await until('there are two columns', () => columnsOf(element) === 2);
    expect(items(element).every((one) => before.get(one.dataset['item']) === one.querySelector('ccm-widget'))).to.equal(true);
  });

  it('from the right in a page that is read so', async () => {
    const element = await openDashboard({ dir: 'rtl' });
    const [a, c] = ['a', 'c'].map((id) => itemAt(element, id)!.getBoundingClientRect());
    expect(a!.left).to.be.above(c!.right);
    expect(a!.right).to.be.closeTo(element.getBoundingClientRect().right, 1);
  });
});
