/** What the browser gives a screen reader of a page. */
import type { Page } from 'playwright-core';

export interface Spoken {
  role: string;
  name: string;
  description: string;
}

/** All that is not hidden from it, in its order, through all shadow roots. */
export async function spoken(page: Page): Promise<Spoken[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const words = (value: { value?: unknown } | undefined) => (typeof value?.value === 'string' ? value.value : '');
  return nodes.flatMap(({ ignored, role, name, description }) =>
    ignored ? [] : [{ role: words(role), name: words(name), description: words(description) }]);
}

/** Names of all that have this role. */
export const namesOf = async (page: Page, role: string) => (await spoken(page)).flatMap((one) => (one.role === role ? [one.name] : []));
