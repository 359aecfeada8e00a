import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { visitors } from './test/visitor.js';

/** Typed by a hand, so that nothing but the page's own code ever has it as one piece of text. */
const KEY = 'key-for-this-test-alone-9917';

const visit = visitors();

/** All that the page's scripts hold, as text. */
async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}

describe('connections, in the demo', () => {
  it('an API of one’s own is added, a widget says that it waits for its key, is given it there, and shows its number', async () => {
    const { page, faults } = await visit.dashboard('Administrator');
    await page.goto(`${visit.demo.url}/connections.html`);
    await page.getByRole('heading', { name: 'Stripe' }).waitFor();
    await page.getByRole('button', { name: 'Add an API of your own' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Help desk');
    await page.getByLabel('Base address').fill(visit.demo.modules.crm);
    await page.getByLabel('Paths').fill('health');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    // The edge says what is wrong with it, at its field.
    await page.getByText(/^Line 1: /).waitFor();
    await page.getByLabel('Paths').fill('/health');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('heading', { name: 'Help desk' }).waitFor();
    expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);

    const [tenant] = (await (await fetch(`${visit.demo.url}/demo/tenants`)).json()) as { id: string }[];
    const { token } = await visit.demo.login({ user: 'admin', tenant: tenant!.id });
    const made = await fetch(`${visit.demo.url}/api/v1/widgets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        id: 'help-desk-module', title: 'Help desk', type: 'stat', size: 'medium', statConfig: { primaryValue: 'module', format: 'text' }, permissions: [], roles: [],
        dataSource: { type: 'external_api', apiName: 'help-desk', endpoint: '/health', credentials: 'desk_key' },
      }),
    });
    expect([made.status, made.status === 201 ? '' : await made.text()]).toEqual([201, '']);

    const plain = await visit.plainPage(['help-desk-module'], token);
    await plain.page.getByRole('button', { name: 'Connect Help desk' }).click();
    await plain.page.getByLabel('Key').pressSequentially(KEY);
    await plain.page.getByRole('button', { name: 'Test' }).click();
    await plain.page.getByText(/It works/).waitFor();
    await plain.page.getByRole('button', { name: 'Save' }).click();

    await plain.page.locator('ccm-widget[state=fresh]').getByText('crm', { exact: true }).waitFor();

    // The page of connections has heard of it, by itself or with the next look.
    await page.reload();
    const desk = page.locator('.card[data-api=help-desk]');
    await desk.getByText('Connected as ••••9917').waitFor();
    expect(await desk.getByText('only you').count()).toBe(1);
    await desk.getByRole('button', { name: 'Test: Help desk ••••9917' }).click();
    await desk.getByText(/It works/).waitFor();
    await desk.getByRole('button', { name: 'Remove: Help desk ••••9917' }).click();
    await desk.getByRole('button', { name: 'Remove', exact: true }).click();
    await desk.getByText('Not connected').waitFor();
  });

  it('Secret shown: what was typed is nowhere in the page’s heap once it is saved', async () => {
    const { page } = await visit.dashboard('Sales manager');
    await page.goto(`${visit.demo.url}/connections.html`);
    await page.getByRole('button', { name: 'Connect SendGrid' }).click();
    await page.getByLabel('Key').pressSequentially(KEY);
    // What is kept is found.
    await page.evaluate(([begin, end]) => {
      const input = document.createElement('input');
      input.value = `${begin}${end}`;
      Object.assign(globalThis, { kept: input.value });
    }, ['there-is-', 'such-a-thing']);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Connected as ••••9917').waitFor();
    const heap = await heapOf(page);
    expect(heap.includes('there-is-such-a-thing')).toBe(true);
    expect(heap.includes(KEY)).toBe(false);
  });
});
