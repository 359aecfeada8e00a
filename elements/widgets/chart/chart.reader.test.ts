import { expect, fixture, html } from '@open-wc/testing';
import { registerTranslation } from '../../core/localize.js';
import { until } from '../../core/test/until.js';
import type { CcmChart } from './chart.js';
import { charts } from './host.js';
import { box, canvas, chart, DAYS, DISPLAY, faults, frame, leave, mount, painted, point, press, root, ROWS, rowsOf, spoken, STOCK, text, tooltip } from './test/chart-on-page.js';

const TWO = [{ name: 'Sales', dataKey: 'sales', color: '#ff00aa' }, { name: 'Cost', dataKey: 'cost', color: '#00aa11' }];
const HOUR = 3_600_000;
const HOURS = Array.from({ length: 48 }, (_, index) => ({ day: Date.UTC(2026, 2, 1) + index * HOUR, sales: index }));

const buttons = (element: CcmChart) => [...root(element).querySelectorAll<HTMLButtonElement>('.legend button')];
const reset = (element: CcmChart) => root(element).querySelector<HTMLButtonElement>('.reset');
const elsewhere = (element: CcmChart) => root(element).querySelector<HTMLElement>('.elsewhere:not([hidden])');

async function settle(element: CcmChart): Promise<void> {
  await element.updateComplete;
  await frame();
}

describe('the reader of a ccm-chart', () => {
  before(() => import('./hands.js'));
  beforeEach(() => faults.splice(0));
  afterEach(() => expect(faults).to.deep.equal([]));

  it('is told in their own language what it is', async () => {
    const { translation } = await import('../../locales/de.js');
    registerTranslation('de', translation);
    const roles: unknown[] = [];
    for (const locale of ['en', 'de']) {
      const element = await mount({ widget: chart({}), data: ROWS, display: { ...DISPLAY, locale } });
      roles.push(box(element).getAttribute('aria-roledescription'));
    }
    expect(roles).to.deep.equal(['Chart', 'Diagramm']);
  });

  describe('legend', () => {
    it('puts a series away and brings it back, but never the last one', async () => {
      const element = await mount({ widget: chart({ series: TWO }) });
      expect(buttons(element).map((button) => [text(button), button.ariaPressed])).to.deep.equal([['Sales', 'true'], ['Cost', 'true']]);
      buttons(element)[0]!.click();
      await settle(element);
      expect(painted(element, '#ff00aa')).to.equal(0);
      expect(painted(element, '#00aa11')).to.be.greaterThan(40);
      expect(buttons(element).map((button) => [button.ariaPressed, button.ariaDisabled])).to.deep.equal([['false', 'false'], ['true', 'true']]);
      buttons(element)[1]!.click();
      await settle(element);
      expect(painted(element, '#00aa11')).to.be.greaterThan(40);
      buttons(element)[0]!.click();
      await settle(element);
      expect(painted(element, '#ff00aa')).to.be.greaterThan(40);
    });

    it('stacks, says and lists what is shown alone', async () => {
      const element = await mount({ widget: chart({ chartType: 'bar', stacked: true, series: TWO }) });
      await press(element, 'End');
      const stackedTop = () => [...Array(canvas(element)!.height).keys()].findIndex((y) => canvas(element)!.getContext('2d')!.getImageData(canvas(element)!.width - 60, y, 1, 1).data[3]! > 240);
      const before = stackedTop();
      buttons(element)[0]!.click();
      await settle(element);
      await press(element, 'End');
      expect(spoken(element)).to.match(/: 400$/);
      expect(rowsOf(element)).to.deep.equal([['Cost', '400']]);
      expect(element.asTable()!.columns.map(({ label }) => label)).to.deep.equal(['Time', 'Cost']);
      expect(stackedTop()).to.be.greaterThan(0);
      expect(before).to.be.greaterThan(0);
      element.data = ROWS.slice(0, 3);
      await settle(element);
      expect(painted(element, '#ff00aa'), 'also when another answer comes').to.equal(0);
    });
  });

  describe('zoom', () => {
    it('looks at what was dragged over, keeps it when an answer comes, and goes back', async () => {
      const element = await mount({ data: HOURS });
      expect(reset(element)).to.equal(null);
      await point(element, 0.25, 0.5);
      await until('it is zoomed', () => reset(element) !== null);
      expect(spoken(element)).to.match(/^Showing 1 Mar 2026, 12:00 to 1 Mar 2026, 23:00$/);
      await point(element, 0.02);
      expect(text(tooltip(element)!.querySelector('.at'))).to.equal('1 Mar 2026, 12:00');
      element.data = [...HOURS, { day: HOURS[47]!.day + HOUR, sales: 99 }];
      await settle(element);
      await point(element, 0.02);
      expect(text(tooltip(element)!.querySelector('.at'))).to.equal('1 Mar 2026, 12:00');
      reset(element)!.click();
      await settle(element);
      await point(element, 0.001);
      expect(text(tooltip(element)!.querySelector('.at'))).to.equal('1 Mar 2026, 00:00');
      expect(reset(element)).to.equal(null);
    });

    it('goes back by a double click and by Escape, which then does nothing else', async () => {
      const element = await mount({ data: HOURS });
      await point(element, 0.25, 0.5);
      expect(reset(element)).to.not.equal(null);
      root(element).querySelector('.u-over')!.dispatchEvent(new MouseEvent('dblclick', { bubbles: true, composed: true }));
      await settle(element);
      expect(reset(element)).to.equal(null);
      await point(element, 0.25, 0.5);
      expect(reset(element)).to.not.equal(null);
      let heard = 0;
      const listen = () => (heard += 1);
      document.addEventListener('keydown', listen);
      await press(element, 'Escape');
      expect([reset(element), heard]).to.deep.equal([null, 0]);
      await leave(element);
      await press(element, 'Escape');
      document.removeEventListener('keydown', listen);
      expect(heard, 'with nothing to go back from it is not ours').to.equal(1);
    });

    it('is done by keys around the held point, and follows it', async () => {
      const element = await mount({ data: HOURS });
      for (let step = 0; step < 10; step += 1) await press(element, 'ArrowRight');
      await press(element, '+');
      await press(element, '+');
      expect(spoken(element)).to.match(/^Showing 1 Mar 2026, 0/);
      expect(text(tooltip(element)!.querySelector('.at'))).to.equal('1 Mar 2026, 09:00');
      await press(element, 'End');
      expect(spoken(element)).to.equal('2 Mar 2026, 23:00: 47');
      expect(text(tooltip(element)!.querySelector('.at'))).to.equal('2 Mar 2026, 23:00');
      await press(element, '-');
      await press(element, '-');
      expect(reset(element)).to.equal(null);
      expect(spoken(element)).to.equal('Showing everything');
    });

    it('holds whole bars, and lets go where its bars are gone', async () => {
      const data = ['a', 'b', 'c', 'd', 'e'].map((day, index) => ({ day, sales: index + 1 }));
      const element = await mount({ data, widget: chart({ chartType: 'bar' }) });
      await point(element, 0.25, 0.75);
      await point(element, 0.01);
      expect(text(tooltip(element)!.querySelector('.at'))).to.equal('b');
      element.data = [{ day: 'x', sales: 1 }, { day: 'y', sales: 2 }];
      await settle(element);
      expect(reset(element)).to.equal(null);
      await point(element, 0.01);
      expect(text(tooltip(element)!.querySelector('.at'))).to.equal('x');
    });

    it('is not what a click, a drag over nothing or a finger does', async () => {
      const element = await mount({ data: HOURS });
      await point(element, 0.5, 0.5);
      await point(element, 0.5, 0.505);
      expect(reset(element)).to.equal(null);
      expect(getComputedStyle(root(element).querySelector('.u-over')!).touchAction).to.equal('auto');
    });
  });

  describe('shared cursor', () => {
    async function page(): Promise<CcmChart[]> {
      const place = await fixture<HTMLElement>(html`<div></div>`);
      const inside = document.createElement('ccm-dashboard');
      const made = [place, place, inside, inside].map((parent) => {
        const view = Object.assign(document.createElement('ccm-chart'), { widget: chart({}), data: HOURS, display: DISPLAY });
        view.style.height = '160px';
        view.style.width = '400px';
        parent.append(view);
        return view;
      });
      place.append(inside);
      for (const view of made) await until('it is drawn', () => canvas(view) !== null);
      return made;
    }

    it('shows a moment in the charts of the same dashboard, without a tooltip', async () => {
      const [one, two, three, four] = (await page()) as [CcmChart, CcmChart, CcmChart, CcmChart];
      await point(one, 0.5);
      await until('the other has it', () => elsewhere(two) !== null);
      expect([elsewhere(one), elsewhere(three), tooltip(two)]).to.deep.equal([null, null, null]);
      await leave(one);
      expect(elsewhere(two)).to.equal(null);
      await point(three, 0.5);
      expect(elsewhere(four)).to.not.equal(null);
      expect([elsewhere(one), elsewhere(two)]).to.deep.equal([null, null]);
      three.remove();
      expect(elsewhere(four), 'a chart that goes takes it along').to.equal(null);
    });

    it('shows none where the time axis does not hold it, or is none of time', async () => {
      const [one, two] = (await page()) as [CcmChart, CcmChart];
      two.data = HOURS.slice(40);
      await settle(two);
      await point(one, 0.25);
      expect(elsewhere(two)).to.equal(null);
      await point(one, 0.95);
      expect(elsewhere(two)).to.not.equal(null);
      two.widget = chart({ chartType: 'bar', aggregation: 'daily' });
      two.data = HOURS;
      await settle(two);
      await point(one, 0.25);
      expect(elsewhere(two), 'a day holds its hours').to.not.equal(null);
    });

    it('leaves nothing behind', async () => {
      const before = charts.size;
      for (let round = 0; round < 3; round += 1) {
        const made = await page();
        await point(made[0]!, 0.5);
        for (const view of made) view.remove();
      }
      expect(charts.size).to.equal(before);
    });
  });

  describe('table', () => {
    const cells = (element: CcmChart) => [...root(element).querySelectorAll('tr')].map((row) => [...row.children].map(text));

    it('is shown by T and goes again, with the focus, and says so', async () => {
      const element = await mount({ widget: chart({ aggregation: 'daily', format: 'currency', series: TWO }), data: ROWS.slice(0, 2) });
      box(element).focus();
      await press(element, 't');
      await until('there is a table', () => root(element).querySelector('table') !== null);
      expect(cells(element)).to.deep.equal([['Time', 'Sales', 'Cost'], ['1 Mar 2026', 'US$120.00', 'US$80.00'], ['2 Mar 2026', 'US$90.00', 'US$100.00']]);
      expect(spoken(element)).to.equal('Shown as a table');
      expect(root(element).activeElement?.className).to.equal('table');
      await expect(element).to.be.accessible();
      element.data = ROWS.slice(0, 1);
      await settle(element);
      expect(cells(element)).to.have.length(2);
      root(element).activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 't', bubbles: true, composed: true }));
      await until('there is a chart', () => canvas(element) !== null);
      await frame();
      expect(root(element).activeElement).to.equal(box(element));
      expect(spoken(element)).to.equal('Shown as a chart');
      expect(painted(element, '#ff00aa')).to.be.greaterThan(0);
    });

    it('is given by every form', async () => {
      const line = await mount({ data: [{ day: DAYS[0], sales: null, cost: 2 }, { day: DAYS[1], sales: 3 }], widget: chart({ aggregation: 'daily', series: TWO }) });
      expect(line.asTable()!.rows).to.deep.equal([['1 Mar 2026', null, 2], ['2 Mar 2026', 3, null]]);
      const pie = await mount({ widget: chart({ chartType: 'pie', xAxis: 'category', yAxis: 'stock' }), data: STOCK.slice(0, 2) });
      expect(pie.asTable()).to.deep.equal({
        columns: [{ label: 'Name' }, { label: 'Value', align: 'right' }, { label: 'Share', align: 'right' }],
        rows: [['Chairs', 40, '62%'], ['Tables', 25, '38%']],
      });
      const scatter = await mount({ widget: chart({ chartType: 'scatter', xAxis: 'cost', size: 'sales' }) });
      expect(scatter.asTable()!.columns.map(({ label }) => label)).to.deep.equal(['cost', 'Sales', 'sales']);
      expect(scatter.asTable()!.rows[0]).to.deep.equal([60, 160, 160]);
      const heatmap = await mount({ widget: chart({ chartType: 'heatmap', yAxis: 'cost', value: 'sales' }) });
      expect(heatmap.asTable()!.rows).to.have.length(5);
      for (const element of [pie, scatter, heatmap]) {
        await element.showTable(true);
        expect(cells(element).length).to.be.greaterThan(2);
        await element.showTable(false);
        expect(root(element).querySelector('table')).to.equal(null);
      }
      expect((await mount({ data: [] })).asTable()).to.equal(undefined);
    });

    it('stops at what can be read, and says how much there is', async () => {
      const element = await mount({ data: Array.from({ length: 5000 }, (_, index) => ({ day: `n${index}`, sales: index })) });
      await element.showTable(true);
      expect(cells(element)).to.have.length(1001);
      expect(text(root(element).querySelector('.more'))).to.contain('1,000 of 5,000');
      expect(element.asTable()!.rows).to.have.length(5000);
    });
  });
});
