import { expect } from '@open-wc/testing';
import type { CcmMap } from './map.js';
import { all, make, one } from './test/map-on-page.js';

type Color = [number, number, number];

const ALASKA = { state: 'AK', n: 9 };
/** At the ends of the map: all of it is shown. */
const STATES = [{ state: 'WA', n: 4 }, { state: 'ME', n: 3 }, { state: 'FL', n: 2 }];
const PAINT = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'vector-effect', 'paint-order'];

/** What a CSS colour is on a canvas. */
function rgb(color: string): Color {
  const context = document.createElement('canvas').getContext('2d')!;
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3) as Color;
}

/** The land as it is painted on the surface, pixel for pixel. */
async function painted(element: CcmMap): Promise<(x: number, y: number) => Color> {
  const land = one(element, '.land');
  const { width, height } = land.getBoundingClientRect();
  const copy = land.cloneNode(true) as Element;
  const copies = copy.querySelectorAll<SVGElement>('path, circle');
  land.querySelectorAll('path, circle').forEach((node, at) => {
    const style = getComputedStyle(node);
    for (const name of PAINT) copies[at]!.style.setProperty(name, style.getPropertyValue(name));
  });
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.fillStyle = getComputedStyle(element).getPropertyValue('--_surface');
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0);
  return (x, y) => [...context.getImageData(x, y, 1, 1).data].slice(0, 3) as Color;
}

interface Part {
  area: number;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The parts of a shape: their area in pixels of the box, and the pixels that they are on. */
function partsOf(path: Element): Part[] {
  const [left = 0, top = 0, enlarged = 1] = path.parentElement!.getAttribute('transform')!.match(/-?[\d.]+/g)!.map(Number);
  return path.getAttribute('d')!.split('M').slice(1).map((part) => {
    const points = part.split('L').map((point) => point.split(',').map((number) => Number.parseFloat(number) * enlarged) as [number, number]);
    const [xs, ys] = [points.map(([x]) => left + x), points.map(([, y]) => top + y)];
    const twice = points.reduce((sum, [x, y], at) => {
      const [nextX, nextY] = points[(at + 1) % points.length]!;
      return sum + x * nextY - nextX * y;
    }, 0);
    const [west, north, east, south] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    return { area: Math.abs(twice) / 2, left: Math.floor(west), top: Math.floor(north), right: Math.ceil(east), bottom: Math.ceil(south) };
  });
}

/** How much of its fill each small islet shows that lies by itself: 1 is all of it. */
async function shown(element: CcmMap, key: string): Promise<number[]> {
  const path = one(element, `.shape[data-key=${key}]`);
  const [fill, surface] = [rgb(getComputedStyle(path).fill), rgb(getComputedStyle(element).getPropertyValue('--_surface'))];
  const across = fill.map((channel, at) => channel - surface[at]!) as Color;
  const length = across.reduce((sum, channel) => sum + channel ** 2, 0);
  const at = await painted(element);
  const others = all(element, '.shape').flatMap(partsOf);
  const near = (a: Part, b: Part) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const { clientWidth, clientHeight } = one(element, '.box');
  const inside = ({ left, top, right, bottom }: Part) => left >= 0 && top >= 0 && right <= clientWidth && bottom <= clientHeight;
  const islets = partsOf(path).filter((part) => part.area > 0.5 && part.area < 4 && inside(part) && others.filter((other) => near(part, other)).length === 1);
  return islets.map(({ area, left, top, right, bottom }) => {
    let ink = 0;
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) ink += at(x, y).reduce((sum, channel, index) => sum + (channel - surface[index]!) * across[index]!, 0) / length;
    }
    return ink / area;
  });
}

describe('ccm-map: the land', () => {
  for (const theme of ['light', 'dark'] as const) {
    it(`shows the smallest islets in the colour of their region, or of land without a value, in the ${theme} theme`, async () => {
      for (const [what, rows] of [['a value', [ALASKA, ...STATES]], ['none', STATES]] as const) {
        const islets = await shown(await make({ scope: 'us', region: 'state', value: 'n' }, rows, { theme, width: 800, height: 480 }), 'AK');
        expect(islets.length, what).to.be.greaterThan(3);
        // Less than all: of two colours that are near one another, rounding takes its part.
        expect(Math.min(...islets), what).to.be.greaterThan(0.65);
      }
    });
  }
});
