/** Many tags on a page: one request, one connection. */
import { describe, expect, it } from 'vitest';
import { TWENTY } from './test/viewers.js';
import { visitors } from './test/visitor.js';

const visit = visitors();

describe('a page with twenty tags', () => {
  it('makes one batch request and one connection, also after news', async () => {
    const { token } = await visit.demo.login({ user: 'admin', tenant: 'atlas' });
    const { page, batches, sockets, received, faults } = await visit.plainPage(TWENTY.map(({ id }) => id), token);
    await expect.poll(() => page.locator('ccm-widget[state=fresh][live=ws]').count(), { timeout: 15_000 }).toBe(20);
    await visit.order('atlas');
    await expect.poll(() => received.some((frame) => frame.includes('"widget_id":"sales-summary"') && frame.includes('"data"')), { timeout: 10_000 }).toBe(true);

    expect(batches).toHaveLength(1);
    const { widgets } = JSON.parse(batches[0] ?? '') as { widgets: { id: string }[] };
    expect(widgets.map(({ id }) => id).sort()).toEqual(TWENTY.map(({ id }) => id).sort());
    expect(sockets).toEqual([expect.not.stringContaining('token=')]);
    expect(faults).toEqual([]);
  });

  it('is no exception: a module\'s own page does the same', async () => {
    const { page, batches, sockets, faults } = await visit.modulePage('sales');
    await expect.poll(() => page.locator('ccm-widget[live=ws]').count()).toBe(await page.locator('ccm-widget').count());
    expect(batches).toHaveLength(1);
    expect(sockets).toEqual([expect.not.stringContaining('token=')]);
    expect(faults).toEqual([]);
  });
});
