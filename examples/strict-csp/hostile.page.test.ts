/** Hostile strings in every field of every type of widget, under the strictest policy. */
import { describe, expect, it } from 'vitest';
import { WIDGET_TYPES } from '../../sdk/contract/widget.js';
import { strictPages } from './strict-page.js';
import { look } from './test/hostile-page.js';
import { HOSTILE_STRINGS } from './test/hostile-strings.js';
import { hostileWidgets } from './test/hostile-widgets.js';

const strict = strictPages();

/** All elements that a widget of a type may be made of: another one is either new in it, and to be written here, or made by a string. */
const FRAME = 'article button div h2 header p path slot span svg ccm-skeleton';
const VIEWS: Readonly<Record<(typeof WIDGET_TYPES)[number], string>> = {
  stat: 'dd div dl dt p path span svg',
  chart: 'button canvas ccm-heatmap div g li p path span svg text ul',
  table: 'a button div input p path span svg',
  gauge: 'bdi div p path span svg',
  list: 'a button div li p path span svg ul',
  map: 'button canvas circle div g img li p path span svg text ul',
  text: 'a blockquote br code del div em h3 h4 h5 h6 hr img ins kbd li mark ol p path pre small span strong sub sup svg table tbody td th thead tr u ul',
  custom: 'button div p path span svg',
};
const HEATMAP = 'canvas div p span';

describe.skipIf(HOSTILE_STRINGS.length === 0)('stored XSS, URL fields, CSS from data (the strings of CCM_TESTDATA)', () => {
  it.each(WIDGET_TYPES)('%s: every field', async (type) => {
    const { page, violations, errors, asked } = await strict.open('');
    await page.evaluate(() => customElements.whenDefined('ccm-widget').then(() => undefined));
    const allowed = new Set([['page', `ccm-widget`], ['ccm-widget', `${FRAME} ccm-${type}`], [`ccm-${type}`, VIEWS[type]], ['ccm-heatmap', HEATMAP], ['ccm-skeleton', 'div i']]
      .flatMap(([host, names = '']) => names.split(' ').map((name) => `${host} > ${name}`)));
    for (const words of [false, true]) {
      // Many fields that know a few words are not read as text: a part of the strings tells as much.
      const strings = words ? HOSTILE_STRINGS.filter((_, index) => index % 3 === 0) : HOSTILE_STRINGS;
      const seen = await page.evaluate(look, await hostileWidgets(type, strings, words));
      expect(seen.reports).toEqual([]);
      expect(seen.elements.filter((name) => !allowed.has(name))).toEqual([]);
      expect(seen.asTyped).toBe(strings.length);
      expect(seen.drawn).toBeGreaterThan(strings.length * 0.9);
    }
    // A picture's address may be anybody's; this page has none from anywhere.
    expect((await violations()).filter((violation) => !(type === 'text' && violation.startsWith('img-src ')))).toEqual([]);
    expect(errors).toEqual([]);
    expect(asked.filter((path) => path !== '/' && !/\.js$|favicon/.test(path))).toEqual([]);
  }, 180_000);
});
