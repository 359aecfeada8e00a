import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { strictPages } from './strict-page.js';

const strict = strictPages();

const widget = (id: string, customConfig: object): string => `<ccm-widget id="${id}"><script type="application/json">${JSON.stringify({
  id, title: id, type: 'custom', size: 'medium', dataSource: { type: 'static' }, data: {}, customConfig, permissions: [], roles: [],
})}</script></ccm-widget>`;
const NEIGHBOUR = `<ccm-widget id="neighbour"><script type="application/json">${JSON.stringify({
  id: 'n', title: 'n', type: 'stat', size: 'small', dataSource: { type: 'static' }, data: { a: 7 }, statConfig: { primaryValue: 'a' }, permissions: [], roles: [],
})}</script></ccm-widget>`;

const hashOf = (text: string) => `sha384-${createHash('sha384').update(text).digest('base64')}`;
const define = (tag: string, body: string) => `customElements.define('${tag}', class extends HTMLElement { ${body} });`;
const CARD = 'This widget could not be drawn';

/** Faults that the browser tells the window, not who made the element. */
const FAULTS: [string, string][] = [
  ['in its constructor', define('acme-bad', 'constructor() { super(); throw new Error("on purpose"); }')],
  ['when it is connected', define('acme-bad', 'connectedCallback() { throw new Error("on purpose"); }')],
  ['in an attribute', define('acme-bad', 'static observedAttributes = ["a"]; attributeChangedCallback() { throw new Error("on purpose"); } set data(value) { this.setAttribute("a", value); }')],
  ['later, in a timer', define('acme-bad', 'connectedCallback() { setTimeout(() => { throw new Error("on purpose"); }, 50); }')],
  ['later, in a promise', define('acme-bad', 'async connectedCallback() { await null; throw new Error("on purpose"); }')],
  ['while its module loads', 'throw new Error("on purpose");'],
  ['in the text of its module', 'const = 1;'],
];

describe('a custom widget under a strict policy', () => {
  it.each(FAULTS)('that fails %s is an error card, and its neighbour is well', async (_when, module) => {
    const { page, violations } = await strict.open(widget('bad', { element: 'acme-bad', module: '/bad.js' }) + NEIGHBOUR, { '/bad.js': module });
    await page.locator('#bad').getByText(CARD).waitFor();
    expect(await page.locator('#bad').getAttribute('state')).toBe('failed');
    await page.locator('#neighbour').getByText('7').waitFor();
    expect(await page.locator('#neighbour').getAttribute('state')).toBe('fresh');
    expect(await violations()).toEqual([]);
  });

  it('that is not there is an error card, and comes when it is tried again', async () => {
    const scripts: Record<string, string> = {};
    const { page, asked } = await strict.open(widget('late', { element: 'acme-late', module: '/late.js' }), scripts);
    await page.locator('#late').getByText(CARD).waitFor();
    // Another answer is no reason to ask again.
    await page.locator('#late').evaluate((element) => Object.assign(element, { config: { ...(element as unknown as { definition: object }).definition, data: { a: 1 } } }));
    await page.waitForTimeout(500);
    await page.locator('#late').getByText(CARD).waitFor();
    expect(asked.filter((path) => path === '/late.js')).toHaveLength(1);
    scripts['/late.js'] = define('acme-late', 'connectedCallback() { this.textContent = "there"; }');
    await page.locator('#late').getByRole('button', { name: 'Try again' }).click();
    await page.locator('#late').getByText('there').waitFor();
  });

  it('runs with the right hash, in one request, and not with another', async () => {
    const good = `${define('acme-good', 'connectedCallback() { this.textContent = "drawn"; }')} globalThis.goodRan = true;`;
    const other = `${define('acme-other', '')} globalThis.otherRan = true;`;
    const { page, asked, violations } = await strict.open(
      widget('one', { element: 'acme-good', module: '/good.js', integrity: hashOf(good) }) + widget('two', { element: 'acme-good', module: '/good.js', integrity: hashOf(good) })
        + widget('wrong', { element: 'acme-other', module: '/other.js', integrity: hashOf(good) }),
      { '/good.js': good, '/other.js': other },
    );
    for (const id of ['one', 'two']) await page.locator(`#${id}`).getByText('drawn').waitFor();
    await page.locator('#wrong').getByText(CARD).waitFor();
    expect(await page.evaluate('[globalThis.goodRan, globalThis.otherRan]')).toEqual([true, undefined]);
    expect(asked.filter((path) => path === '/good.js')).toHaveLength(1);
    // Not by a second request that nobody holds against the hash either.
    expect(asked.filter((path) => path === '/other.js')).toHaveLength(1);
    await page.locator('#wrong').getByRole('button', { name: 'Try again' }).click();
    await page.locator('#wrong').getByText(CARD).waitFor();
    expect(await page.evaluate('globalThis.otherRan')).toBeUndefined();
    expect(await violations()).toEqual([]);
  });

  it('from a place that the policy does not let in is an error card', async () => {
    const { page, violations } = await strict.open(widget('foreign', { element: 'acme-foreign', module: 'https://foreign.example/x.js' }) + NEIGHBOUR);
    await page.locator('#foreign').getByText(CARD).waitFor();
    await page.locator('#neighbour').getByText('7').waitFor();
    expect((await violations()).join()).toContain('script-src');
  });

  it('that leaves badly harms nobody', async () => {
    const { page } = await strict.open(widget('leaver', { element: 'acme-leaver' }) + NEIGHBOUR, {
      '/page/leaver.js': define('acme-leaver', 'connectedCallback() { this.textContent = "here"; } disconnectedCallback() { throw new Error("on purpose"); }'),
    });
    await page.locator('#leaver').getByText('here').waitFor();
    await page.locator('#leaver').evaluate((element) => Object.assign(element, { config: { id: 'x', title: 'x', type: 'stat', size: 'small', data: { a: 8 }, statConfig: { primaryValue: 'a' } } }));
    await page.locator('#leaver').getByText('8').waitFor();
    await page.locator('#neighbour').getByText('7').waitFor();
  });
});
