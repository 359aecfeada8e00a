import { expect } from '@open-wc/testing';
import { emulateMedia, resetMouse, sendMouse } from '@web/test-runner-commands';
import type { MapConfig } from '../../../sdk/contract/display.js';
import { BAD_SHAPES, definition, HOSTILE } from '../../core/test/samples.js';
import { until } from '../../core/test/until.js';
import type { CcmMap } from './map.js';
import { all, CITIES, enlarged, make, MARKERS, one, widgetOf } from './test/map-on-page.js';

const SALES = [{ country: 'DE', sales: 1880 }, { country: 'FRA', sales: 1390 }, { country: 840, sales: 4120 }, { country: 'SG', sales: 500 }];

function middle(element: Element): { clientX: number; clientY: number } {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { clientX: left + width / 2, clientY: top + height / 2 };
}

async function press(element: CcmMap, ...keys: string[]): Promise<string> {
  for (const key of keys) {
    one(element, '.box').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await element.updateComplete;
  }
  return one(element, '[role=status]').textContent!;
}

async function pointAt(element: CcmMap, target: Element): Promise<string | undefined> {
  target.dispatchEvent(new PointerEvent('pointermove', { ...middle(target), bubbles: true, composed: true }));
  await element.updateComplete;
  return one(element, '.tip')?.innerText.replace(/\s*\n\s*/g, ' ');
}

describe('ccm-map', () => {
  describe('places', () => {
    it('is accessible', async () => {
      await expect(await make({ markerConfig: MARKERS }, CITIES)).to.be.accessible();
    });

    it('draws the land and each place, larger for more, in the colour of its threshold', async () => {
      const thresholds = [{ value: 0, color: 'critical' }, { value: 700, color: 'good', label: 'Busy' }];
      const element = await make({ markerConfig: MARKERS, thresholds }, CITIES);
      const marks = all(element, '.mark') as SVGElement[];
      expect(marks.map((mark) => Math.round(Number(mark.getAttribute('r'))))).to.deep.equal([16, 11, 9, 6]);
      expect(marks.map((mark) => mark.style.getPropertyValue('--_tone'))).to.deep.equal(['var(--_good)', 'var(--_good)', 'var(--_critical)', 'var(--_critical)']);
      expect(one(element, '.legend').innerText).to.contain('Busy');
      expect(await pointAt(element, marks[0]!)).to.equal('New York 1,480 Busy');
    });

    it('walks through them by value with the arrow keys and says them', async () => {
      const element = await make({ markerConfig: MARKERS, format: { style: 'currency', currency: 'USD', digits: 0 } }, CITIES);
      expect(await press(element, 'ArrowRight')).to.equal('New York: $1,480. 1 of 4');
      expect(await press(element, 'ArrowDown')).to.equal('Berlin: $754. 2 of 4');
      expect(await press(element, 'End')).to.equal('Nairobi: $190. 4 of 4');
      expect(one(element, '.tip').innerText).to.contain('Nairobi');
      expect(await press(element, 'Escape')).to.equal('');
      expect(one(element, '.tip')).to.equal(null);
    });

    it('leaves out a row without a place, says so, and shows the others', async () => {
      const element = await make({ markerConfig: MARKERS }, [...CITIES, null, { lat: 'x', lng: 1 }, { lat: 151, lng: -33 }]);
      expect(all(element, '.mark').length).to.equal(4);
      expect(one(element, '.notes').textContent).to.equal('3 rows have no usable place and are left out');
      const turned = await make({ markerConfig: MARKERS }, [{ lat: 151.2, lng: -33.9 }, { lat: 103.8, lng: 1.4 }]);
      expect(turned.shadowRoot!.textContent).to.contain('may be swapped');
    });

    it('shows places on both sides of the antimeridian beside one another', async () => {
      const element = await make({ markerConfig: MARKERS }, [{ city: 'Suva', lat: -18.1, lng: 178.4 }, { city: 'Apia', lat: -13.8, lng: -171.8 }]);
      expect(enlarged(element)).to.be.greaterThan(3);
      const [suva, apia] = all(element, '.over g').map((mark) => mark.getBoundingClientRect().left);
      expect(Math.abs(apia! - suva!)).to.be.lessThan(640);
      expect(all(element, '.mark').length).to.equal(2);
    });

    it('shows the poles, and Antarctica only then', async () => {
      const element = await make({ markerConfig: MARKERS }, [...CITIES, { city: 'South', lat: -90, lng: 0 }, { city: 'North', lat: 90, lng: 0 }]);
      expect(all(element, '.mark').length).to.equal(6);
      expect(one(element, '[data-key=AQ]')).not.to.equal(null);
      expect((await make({ markerConfig: MARKERS }, CITIES)).shadowRoot!.querySelector('[data-key=AQ]')).to.equal(null);
    });

    it('fits the first answer and then stays where it is', async () => {
      const element = await make({ markerConfig: MARKERS }, [CITIES[0], { city: 'Paris', lat: 48.86, lng: 2.35 }]);
      const before = enlarged(element);
      expect(before).to.be.greaterThan(3);
      element.data = CITIES;
      await element.updateComplete;
      expect(enlarged(element)).to.equal(before);
    });

    it('stays where a person moved it when its definition comes again, and begins anew for another', async () => {
      const element = await make({ markerConfig: MARKERS }, CITIES);
      const before = enlarged(element);
      await press(element, '+');
      await until('it is nearer', () => enlarged(element) > before * 1.75);
      element.widget = definition(widgetOf({ markerConfig: { ...MARKERS } }));
      await element.updateComplete;
      expect(enlarged(element)).to.be.greaterThan(before * 1.75);
      element.widget = definition(widgetOf({ markerConfig: MARKERS, thresholds: [] }));
      await element.updateComplete;
      expect(enlarged(element)).to.equal(before);
    });

    it('begins where the definition says', async () => {
      const element = await make({ markerConfig: MARKERS, center: { lat: 52.52, lng: 13.4 }, zoom: 4 }, CITIES);
      const mark = middle(one(element, '.mark'));
      const box = middle(one(element, '.box'));
      expect(mark.clientX).to.be.closeTo(box.clientX, 1);
      expect(mark.clientY).to.be.closeTo(box.clientY, 1);
    });
  });

  describe('many places', () => {
    const near = [...CITIES, { city: 'Potsdam', lat: 52.4, lng: 13.06, orders: 10 }, { city: 'Spandau', lat: 52.53, lng: 13.2, orders: 900 }];

    it('shows those that are near as one, which comes apart on Enter', async () => {
      const element = await make({ markerConfig: MARKERS, cluster: true }, near);
      await until('there is a cluster', () => all(element, '.cluster').length === 1);
      expect(one(element, '.count').textContent).to.equal('3');
      expect(await press(element, 'Home')).to.equal('3 places: up to 900. 1 of 4. Enter zooms in');
      const before = enlarged(element);
      await press(element, 'Enter');
      await until('it is enlarged', () => enlarged(element) > before * 2);
      await until('it came apart', () => all(element, '.cluster').length === 0 || one(element, '.count').textContent === '2');
    });

    it('comes apart on a click too', async () => {
      const element = await make({ markerConfig: MARKERS, cluster: true }, near);
      await until('there is a cluster', () => all(element, '.cluster').length === 1);
      one(element, '.box').dispatchEvent(new MouseEvent('click', { ...middle(one(element, '.cluster')), bubbles: true, composed: true }));
      await until('it is enlarged', () => enlarged(element) > 3);
    });

    it('names the places at one spot, which never come apart', async () => {
      const element = await make({ markerConfig: MARKERS, cluster: true }, [{ city: 'A', lat: 1, lng: 1 }, { city: 'B', lat: 1, lng: 1 }]);
      await until('there is a cluster', () => all(element, '.cluster').length === 1);
      expect(await press(element, 'Home')).to.equal('2 places. 1 of 1');
      expect(one(element, '.tip').innerText).to.match(/A\s+B/);
    });

    it('shows all of a mark on a low map', async () => {
      const element = await make({ markerConfig: MARKERS, cluster: true }, [...near, { city: 'Oslo', lat: 59.91, lng: 10.75 }, { city: 'Bergen', lat: 60.39, lng: 5.32 }], { width: 268, height: 76 });
      await until('there is a cluster', () => all(element, '.cluster').length > 0);
      const { top } = one(element, '.box').getBoundingClientRect();
      // With its ring, which no box counts in.
      for (const cluster of all(element, '.cluster')) expect(cluster.getBoundingClientRect().top - 2.5).to.be.at.least(top);
    });

    it('takes 100,000 of them', async () => {
      const rows = Array.from({ length: 100_000 }, (_, index) => ({ city: `P${index}`, lat: ((index * 7919) % 16_000) / 100 - 80, lng: ((index * 104_729) % 36_000) / 100 - 180, orders: index }));
      const start = performance.now();
      const element = await make({ markerConfig: MARKERS }, rows);
      await until('there are clusters', () => all(element, '.cluster').length > 5);
      expect(all(element, '.mark').length).to.be.lessThan(1500);
      expect(performance.now() - start).to.be.lessThan(4000);
      expect(element.asTable()!.rows.length).to.equal(100_000);
    });
  });

  describe('regions', () => {
    const config = { region: 'country', value: 'sales' };
    const fill = (element: CcmMap, key: string) => (one(element, `[data-key=${key}]`) as unknown as SVGElement).style.getPropertyValue('--_fill');

    it('is accessible', async () => {
      await expect(await make(config, SALES)).to.be.accessible();
    });

    it('fills each country by its value, whatever code names it; the smallest is a dot', async () => {
      const element = await make(config, SALES);
      expect(['US', 'DE', 'FR', 'SG'].map((key) => fill(element, key))).to.deep.equal(['var(--_step-5)', 'var(--_step-4)', 'var(--_step-2)', 'var(--_step-1)']);
      expect(fill(element, 'IN')).to.equal('');
      expect(one(element, '[data-key=SG]').localName).to.equal('circle');
      expect(one(element, '.legend').innerText.split(/\s*\n\s*/)).to.deep.equal(['500', '1.4K', '1.9K', '4.1K']);
    });

    it('writes each range in the direction of the language, with a word in it or without', async () => {
      const values = [120, 280, 610, 760, 820, 900, 1400, 1530, 2200, 4120];
      const rows = ['US', 'DE', 'FR', 'IN', 'CN', 'BR', 'CA', 'AU', 'EG', 'ZA'].map((country, index) => ({ country, sales: values[index] }));
      for (const [locale, turned] of [['ar', true], ['en', false]] as const) {
        const element = await make(config, rows, { locale });
        const names = all(element, '.legend .name').map(({ childNodes }) => [...childNodes].find((node) => node instanceof Text)!);
        expect(names.length).to.equal(5);
        for (const name of names) {
          const digits = [...name.textContent!.matchAll(/\d/g)].map(({ index }) => index);
          const left = (at: number) => {
            const range = document.createRange();
            range.setStart(name, at);
            range.setEnd(name, at + 1);
            return range.getBoundingClientRect().left;
          };
          expect(left(digits[0]!) > left(digits.at(-1)!), name.textContent!).to.equal(turned);
        }
      }
    });

    it('says countries in the page’s language, by value', async () => {
      const element = await make(config, SALES);
      element.display = { locale: 'de' };
      await element.updateComplete;
      expect(await press(element, 'ArrowRight')).to.equal('Vereinigte Staaten: 4.120. 1 of 4');
      expect(await press(element, 'ArrowRight')).to.contain('Deutschland');
    });

    it('tells what no row is about from what has a value', async () => {
      const element = await make(config, SALES);
      expect(await pointAt(element, one(element, '[data-key=BR]'))).to.equal('Brazil no value');
      expect(await pointAt(element, one(element, '[data-key=SG]'))).to.equal('Singapore 500');
    });

    it('counts and names what it does not know, adds up rows of one region', async () => {
      const element = await make(config, [...SALES, { country: 'Germany', sales: 20 }, { country: 'Atlantis', sales: 1 }, { country: null, sales: 1 }, { country: 'IN', sales: 'much' }]);
      expect(one(element, '.notes').textContent).to.equal('2 rows have a region that is not known: Atlantis · 1 row has no value');
      expect(element.asTable()!.rows[1]).to.deep.equal(['Germany', 'DE', 1900]);
    });

    it('draws the states of the US by code, number and name, and says which places are elsewhere', async () => {
      const element = await make({ scope: 'us', region: 'state', value: 'n' }, [{ state: 'CA', n: 3 }, { state: '36', n: 2 }, { state: 'Utah', n: 1 }, { state: 'DE', n: 1 }]);
      expect(['CA', 'NY', 'UT', 'DE'].map((key) => fill(element, key) !== '')).to.deep.equal([true, true, true, true]);
      expect(element.asTable()!.rows[0]).to.deep.equal(['California', 'CA', 3]);
      const places = await make({ scope: 'us', markerConfig: MARKERS }, CITIES);
      expect(all(places, '.mark').length).to.equal(1);
      expect(one(places, '.notes').textContent).to.equal('3 places are outside of this map');
    });
  });

  describe('heat', () => {
    it('paints soft spots on a canvas; the places are still walked through', async () => {
      const element = await make({ markerConfig: MARKERS, heat: true }, CITIES);
      const canvas = element.shadowRoot!.querySelector('canvas')!;
      const ink = () => (canvas.width > 1 ? [...canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data].filter((value, index) => index % 4 === 3 && value > 0).length : 0);
      await until('it is painted', () => ink() > 50);
      expect(ink()).to.be.lessThan((canvas.width * canvas.height) / 2);
      expect(all(element, '.mark').length).to.equal(0);
      expect(await press(element, 'Home')).to.equal('New York: 1,480. 1 of 4');
      expect(one(element, '.ring')).not.to.equal(null);
    });

    it('is painted anew in the colours that an element around it sets', async () => {
      const element = await make({ markerConfig: MARKERS, heat: true }, CITIES);
      const canvas = element.shadowRoot!.querySelector('canvas')!;
      await until('it is painted', () => canvas.width < 300);
      const before = canvas.toDataURL();
      element.parentElement!.style.setProperty('--ccm-accent', '#c2185b');
      await until('it has another colour', () => canvas.toDataURL() !== before);
    });

    it('keeps its spots apart on a small map', async () => {
      const element = await make({ markerConfig: MARKERS, heat: true }, CITIES, { width: 268, height: 76 });
      const canvas = element.shadowRoot!.querySelector('canvas')!;
      const inked = () => [...canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data].filter((value, index) => index % 4 === 3 && value > 25).length;
      await until('it is painted', () => canvas.width < 300 && inked() > 5);
      expect(inked() / (canvas.width * canvas.height)).to.be.lessThan(0.25);
    });

    it('is painted again only where something of it changed', async () => {
      const element = await make({ markerConfig: MARKERS, heat: true }, CITIES);
      const context = element.shadowRoot!.querySelector('canvas')!.getContext('2d')!;
      let painted = 0;
      const put = context.putImageData.bind(context) as (image: ImageData, x: number, y: number) => void;
      context.putImageData = ((image: ImageData, x: number, y: number) => {
        painted += 1;
        put(image, x, y);
      }) as typeof context.putImageData;
      element.requestUpdate();
      await until('it is painted', () => painted > 0 || context.getImageData(0, 0, context.canvas.width, context.canvas.height).data.some((value) => value > 0));
      painted = 0;
      await press(element, 'Home');
      await press(element, 'ArrowRight');
      expect(painted).to.equal(0);
      element.data = CITIES.slice(1);
      await element.updateComplete;
      expect(painted).to.equal(1);
      element.theme = 'dark';
      await element.updateComplete;
      expect(painted).to.equal(2);
    });
  });

  describe('moving', () => {
    const wheel = (element: CcmMap, init: WheelEventInit = {}) => {
      const event = new WheelEvent('wheel', { deltaY: -200, bubbles: true, cancelable: true, composed: true, view: window, ...middle(one(element, '.box')), ...init });
      one(element, '.box').dispatchEvent(event);
      return event.defaultPrevented;
    };

    it('leaves the wheel to the page until it has the focus or Ctrl is held', async () => {
      const element = await make({ markerConfig: MARKERS }, CITIES);
      const whole = enlarged(element);
      expect(wheel(element)).to.equal(false);
      await element.updateComplete;
      expect(enlarged(element)).to.equal(whole);
      expect(wheel(element, { ctrlKey: true })).to.equal(true);
      await element.updateComplete;
      const once = enlarged(element);
      expect(once).to.be.greaterThan(whole);
      one(element, '.box').focus();
      expect(wheel(element)).to.equal(true);
      await element.updateComplete;
      expect(enlarged(element)).to.be.greaterThan(once);
    });

    it('is dragged by the mouse, and the end of a drag is no click', async () => {
      const element = await make({ markerConfig: MARKERS, center: { lat: 52.52, lng: 13.4 }, zoom: 4, cluster: true }, CITIES);
      await until('Berlin is there', () => all(element, '.mark').length > 0);
      const { clientX, clientY } = middle(one(element, '.mark'));
      const [x, y] = [Math.round(clientX), Math.round(clientY)];
      let clicks = 0;
      one(element, '.box').addEventListener('click', () => (clicks += 1));
      await sendMouse({ type: 'move', position: [x, y] });
      await sendMouse({ type: 'down' });
      await sendMouse({ type: 'move', position: [x + 60, y + 20] });
      await sendMouse({ type: 'up' });
      await element.updateComplete;
      const after = middle(one(element, '.mark'));
      expect(after.clientX).to.be.closeTo(clientX + 60, 1.5);
      expect(after.clientY).to.be.closeTo(clientY + 20, 1.5);
      expect(clicks).to.equal(0);
      await sendMouse({ type: 'click', position: [x + 60, y + 20] });
      expect(clicks).to.equal(1);
      await resetMouse();
    });

    it('is enlarged by two fingers, around what is between them; one finger is the page’s', async () => {
      const element = await make({ markerConfig: MARKERS, center: { lat: 52.52, lng: 13.4 }, zoom: 3 }, CITIES);
      const box = one(element, '.box');
      box.setPointerCapture = () => undefined;
      const { left, top } = box.getBoundingClientRect();
      const touch = (type: string, pointerId: number, x: number, y = 160) =>
        box.dispatchEvent(new PointerEvent(type, { pointerId, pointerType: 'touch', clientX: left + x, clientY: top + y, bubbles: true, composed: true }));
      const before = enlarged(element);
      const at = middle(one(element, '.mark')).clientX;
      touch('pointerdown', 1, 300);
      touch('pointermove', 1, 360);
      await element.updateComplete;
      expect(middle(one(element, '.mark')).clientX).to.equal(at);
      touch('pointermove', 1, 300);
      touch('pointerdown', 2, 340);
      touch('pointermove', 2, 360);
      touch('pointermove', 1, 280);
      await element.updateComplete;
      expect(enlarged(element) / before).to.be.closeTo(2, 0.01);
      expect(middle(one(element, '.mark')).clientX).to.be.closeTo(at, 2);
      touch('pointerup', 1, 280);
      touch('pointerup', 2, 360);
    });

    it('moves at once for those who asked for less motion', async () => {
      await emulateMedia({ reducedMotion: 'reduce' });
      const element = await make({ markerConfig: MARKERS }, CITIES);
      const before = enlarged(element);
      await press(element, '+');
      expect(enlarged(element)).to.be.greaterThan(before * 1.7);
      await emulateMedia({ reducedMotion: 'no-preference' });
    });

    it('zooms by buttons that have names, and goes back to all of it', async () => {
      const element = await make({ markerConfig: MARKERS }, [...CITIES, { city: 'Honolulu', lat: 21.3, lng: -157.9 }]);
      const [nearer, further, home] = all(element, '.controls button') as HTMLButtonElement[];
      expect([nearer, further, home].map((button) => button!.title)).to.deep.equal(['Zoom in', 'Zoom out', 'Show everything']);
      expect(further!.getAttribute('aria-disabled')).to.equal('true');
      nearer!.click();
      await until('it is nearer', () => enlarged(element) > 1.7);
      expect(further!.getAttribute('aria-disabled')).to.equal('false');
      home!.click();
      await until('all of it is shown', () => enlarged(element) === 1);
    });

    it('keeps its middle when its box changes', async () => {
      const element = await make({ markerConfig: MARKERS, center: { lat: 52.52, lng: 13.4 }, zoom: 3 }, CITIES);
      element.parentElement!.style.width = '390px';
      await until('it is narrower', () => one(element, '.box').clientWidth === 390);
      await until('Berlin is in the middle', () => Math.abs(middle(one(element, '.mark')).clientX - middle(one(element, '.box')).clientX) < 2);
    });
  });

  describe('tiles', () => {
    const tiles = '/no-tiles/{z}/{x}/{y}.png';

    it('asks no server without a setting, and one with it', async () => {
      expect(all(await make({ markerConfig: MARKERS }, CITIES), 'img').length).to.equal(0);
      const element = await make({ markerConfig: MARKERS, tiles, attribution: '<b>Us</b>' }, CITIES);
      const urls = (all(element, 'img') as HTMLImageElement[]).map(({ src }) => src);
      expect(urls.length).to.be.greaterThan(1);
      for (const url of urls) expect(url).to.match(new RegExp(`^${location.origin}/no-tiles/\\d+/\\d+/\\d+\\.png$`));
      expect(one(element, '.attribution').textContent).to.equal('<b>Us</b>');
      expect(all(element, '.shape').length).to.equal(0);
    });

    it('takes no address that is none of http', async () => {
      for (const bad of ['//tiles.example/{z}/{x}/{y}', '/one-picture.png', 'javascript:alert({z})', 'data:image/png,{z}', 'blob:{z}', 'file:///{z}/{x}/{y}']) {
        expect(all(await make({ markerConfig: MARKERS, tiles: bad }, CITIES), 'img').length, bad).to.equal(0);
      }
    });

    it('names OpenStreetMap as its terms ask for it', async () => {
      const { attributionOf } = await import('./tiles.js');
      expect(attributionOf('https://tile.openstreetmap.org/{z}/{x}/{y}.png')).to.equal('© OpenStreetMap contributors');
      expect(attributionOf('https://tiles.example.com/{z}/{x}/{y}.png')).to.equal('tiles.example.com');
      expect(attributionOf('javascript:0')).to.equal('');
    });
  });

  it('is a table of its places, or of its regions', async () => {
    const places = (await make({ markerConfig: MARKERS }, CITIES)).asTable()!;
    expect(places.columns.map(({ label }) => label)).to.deep.equal(['Place', 'Value', 'Latitude', 'Longitude']);
    expect(places.rows[0]).to.deep.equal(['New York', 1480, 40.71, -74.01]);
    const regions = (await make({ region: 'country', value: 'sales' }, SALES)).asTable()!;
    expect(regions.columns.map(({ label }) => label)).to.deep.equal(['Region', 'Code', 'Value']);
    expect(regions.rows[0]).to.deep.equal(['United States', 'US', 4120]);
  });

  it('shows a message or a map for any answer, and never NaN', async () => {
    for (const config of [{ markerConfig: MARKERS }, { region: 'country', value: 'sales' }, { markers: 'items', heat: true }, { cluster: true }, {}] as MapConfig[]) {
      const element = await make(config, { items: [] });
      expect(element.shadowRoot!.textContent).to.contain('Nothing to show yet');
      for (const data of BAD_SHAPES) {
        element.data = data;
        await element.updateComplete;
        expect(element.shadowRoot!.innerHTML, JSON.stringify(data)).not.to.match(/NaN|undefined|\[object/);
      }
    }
  });

  it('shows every string as it was typed', async () => {
    const element = await make({ markerConfig: MARKERS, thresholds: [{ value: 0, color: HOSTILE[0]!, label: HOSTILE[1] }] }, HOSTILE.map((city, index) => ({ city, lat: index, lng: index, orders: index + 1 })));
    for (let count = 0; count < HOSTILE.length; count += 1) {
      await press(element, 'ArrowRight');
      expect(one(element, '.tip').innerText).to.contain([...HOSTILE].reverse()[count]);
    }
    expect(all(element, 'img, script').length).to.equal(0);
    expect((window as { pwned?: unknown }).pwned).to.equal(undefined);
  });
});
