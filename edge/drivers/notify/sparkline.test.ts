import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { drawable, loadPng, SPARKLINE, sparklineOf } from './sparkline.js';
import { history } from './test/notification.js';

type Samples = [number, number][];
const draw = async (samples: Samples, threshold?: number) => sparklineOf(await loadPng(), samples, threshold);

/** Rows, of the column, in which the line's colour is. */
function inked(picture: Buffer, x: number): number[] {
  const { data, width, height } = PNG.sync.read(picture);
  return Array.from({ length: height }, (_, y) => y).filter((y) => (data[(y * width + x) * 4] ?? 255) < 120);
}

describe('a sparkline', () => {
  it('rises where the values rise, at twice the pixels', async () => {
    const picture = (await draw([[0, 0], [1, 10]])) as Buffer;
    expect(PNG.sync.read(picture)).toMatchObject({ width: SPARKLINE.width * 2, height: SPARKLINE.height * 2 });
    const [left, middle, right] = [60, 480, 900].map((x) => inked(picture, x)[0] ?? Number.NaN);
    expect(left).toBeGreaterThan(middle as number);
    expect(middle).toBeGreaterThan(right as number);
  });

  it('stays under 10 KB, however many values and however wild', async () => {
    const wild: Samples = Array.from({ length: 50_000 }, (_, n) => [n, Math.sin(n * 12.9898) * 43_758]);
    for (const samples of [history(), history(1_440), wild]) expect((await draw(samples, 5))?.length).toBeLessThan(10 * 1024);
  });

  it('loses no peak of many values', async () => {
    const samples: Samples = Array.from({ length: 10_000 }, (_, n) => [n, n === 5_000 ? 100 : 0]);
    const picture = (await draw(samples)) as Buffer;
    expect(Math.min(...Array.from({ length: 40 }, (_, n) => inked(picture, 460 + n)[0] ?? 999))).toBeLessThan(20);
  });

  it('shows a threshold that is near, and not one that would flatten the line', async () => {
    const red = (picture: Buffer): boolean => {
      const { data } = PNG.sync.read(picture);
      return data.some((value, at) => at % 4 === 0 && value > 190 && (data[at + 1] ?? 255) < 140);
    };
    expect(red((await draw([[0, 1], [1, 9]], 5)) as Buffer)).toBe(true);
    expect(red((await draw([[0, 1], [1, 9]], 5_000)) as Buffer)).toBe(false);
  });

  it.each<[string, Samples]>([
    ['none', []], ['one', [[1, 1]]], ['all at one time', [[1, 1], [1, 2]]], ['no numbers', [[1, Number.NaN], [2, Number.POSITIVE_INFINITY], [Number.NaN, 3]]],
    ['what is no list of pairs', [null, 3, 'ab', [1], {}] as unknown as Samples], ['no list', 'x' as unknown as Samples],
  ])('hazard: bad shapes: nothing is drawn of %s', async (_name, samples) => {
    expect(drawable(samples)).toEqual([]);
    expect(await draw(samples)).toBeUndefined();
  });

  it.each<[string, Samples]>([['flat', [[0, 5], [1, 5]]], ['huge', [[0, -1.7e308], [1, 1.7e308]]], ['tiny', [[0, 5e-324], [1, 0]]], ['unsorted', [[3, 1], [1, 9], [2, 4]]], ['a gap', [[0, 1], [1, null as unknown as number], [2, 3]]]])('hazard: bad shapes: %s is drawn', async (_name, samples) => {
    const picture = (await draw(samples, 1)) as Buffer;
    expect(inked(picture, 300).length).toBeGreaterThan(0);
  });
});
