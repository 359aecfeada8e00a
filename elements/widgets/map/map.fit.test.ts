import { expect } from '@open-wc/testing';
import { until } from '../../core/test/until.js';
import type { CcmMap } from './map.js';
import { all, CITIES, make, MARKERS, one } from './test/map-on-page.js';

const APIA = { city: 'Apia', lat: -13.83, lng: -171.76, orders: 5000 };
const SIZES = [{ width: 640, height: 320 }, { width: 300, height: 420 }, { width: 268, height: 120 }];

/** How far the mark that reaches furthest is within its box, with its stroke, which no box counts in; less than 0 where it is cut. */
function within(element: CcmMap): number {
  const box = one(element, '.box').getBoundingClientRect();
  return Math.min(...all(element, '.mark').map((mark) => {
    const { left, top, right, bottom } = mark.getBoundingClientRect();
    return Math.min(left - box.left, top - box.top, box.right - right, box.bottom - bottom) - Number.parseFloat(getComputedStyle(mark).strokeWidth) / 2;
  }));
}

describe('ccm-map: what is fitted', () => {
  for (const size of SIZES) {
    const name = `${size.width} × ${size.height}`;

    it(`shows all of the outermost places at the ends of the world, ${name}`, async () => {
      const rows = [...CITIES, APIA, { city: 'Alert', lat: 82.5, lng: -62.35, orders: 4000 }, { city: 'Ushuaia', lat: -54.8, lng: -68.3, orders: 4500 }];
      const element = await make({ markerConfig: MARKERS }, rows, size);
      expect(all(element, '.mark').length).to.equal(rows.length);
      expect(within(element)).to.be.at.least(0);
    });

    it(`shows all of those at the ends of the United States, ${name}`, async () => {
      const rows = [
        { city: 'Key West', lat: 24.55, lng: -81.78, orders: 90 }, { city: 'Eastport', lat: 44.9, lng: -66.98, orders: 80 }, { city: 'Neah Bay', lat: 48.37, lng: -124.6, orders: 90 },
        { city: 'Crescent City', lat: 41.75, lng: -124.2, orders: 70 },
      ];
      const element = await make({ scope: 'us', markerConfig: MARKERS }, rows, size);
      expect(all(element, '.mark').length).to.equal(4);
      expect(within(element)).to.be.at.least(0);
    });

    it(`shows all of those at the poles and over tiles, ${name}`, async () => {
      const poles = [{ city: 'North', lat: 90, lng: 0, orders: 2000 }, { city: 'South', lat: -90, lng: 0, orders: 3000 }];
      expect(within(await make({ markerConfig: MARKERS }, [...CITIES, ...poles], size)), 'poles').to.be.at.least(0);
      const tiled = await make({ markerConfig: MARKERS, tiles: '/no-tiles/{z}/{x}/{y}.png' }, [...CITIES, APIA], size);
      expect(all(tiled, '.mark').length).to.equal(5);
      expect(within(tiled), 'tiles').to.be.at.least(0);
    });

    it(`shows all of several together at the ends of the world, ${name}`, async () => {
      const rows = [...CITIES, ...Array.from({ length: 12 }, (_, index) => ({ ...APIA, lat: APIA.lat + index / 100 }))];
      const element = await make({ markerConfig: MARKERS, cluster: true }, rows, size);
      await until('there is a cluster', () => all(element, '.cluster').length > 0);
      expect(within(element)).to.be.at.least(0);
    });
  }

  it('has the ground as large as ever where all have room', async () => {
    const brazil = (element: CcmMap) => one(element, '[data-key=BR]').getAttribute('d');
    const whole = brazil(await make({ markerConfig: MARKERS, center: { lat: 0, lng: 10 } }, []));
    expect(brazil(await make({ markerConfig: MARKERS }, CITIES)) === whole).to.equal(true);
    expect(brazil(await make({ markerConfig: MARKERS }, [...CITIES, APIA])) === whole).to.equal(false);
  });

  it('makes room again in a box of another size', async () => {
    const element = await make({ markerConfig: MARKERS }, [...CITIES, APIA]);
    Object.assign(element.parentElement!.style, { width: '400px', height: '400px' });
    await until('it is narrower', () => one(element, '.box').clientWidth === 400);
    await until('all are shown', () => within(element) >= 0);
  });

  it('is enlarged as its definition says, whatever room it makes', async () => {
    const near = [{ city: 'Lagos', lat: 6.5, lng: 3.4, orders: 9 }, { city: 'Nairobi', lat: -1.3, lng: 36.8, orders: 9 }];
    const apart = async (rows: unknown[]) => {
      const element = await make({ markerConfig: MARKERS, center: { lat: 0, lng: 10 }, zoom: 2 }, rows);
      const [first, second, ...more] = all(element, '.mark').map((mark) => mark.getBoundingClientRect());
      expect(more.length).to.equal(0);
      return Math.hypot(second!.x - first!.x, second!.y - first!.y);
    };
    expect(await apart([...near, APIA])).to.be.closeTo(await apart(near), 0.01);
  });
});
