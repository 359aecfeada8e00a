import { describe, expect, it } from 'vitest';
import { strictPages } from './strict-page.js';
import { HOSTILE_STRINGS as hostile } from './test/hostile-strings.js';

const strict = strictPages();

const ALLOWED = new Set([
  'a', 'blockquote', 'br', 'code', 'del', 'em', 'h3', 'h4', 'h5', 'h6', 'hr', 'img', 'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'pre', 'small', 'strong', 'sub', 'sup', 'table',
  'tbody', 'td', 'th', 'thead', 'tr', 'u', 'ul',
]);
const ALLOWED_ATTRIBUTES = new Set(['align', 'alt', 'href', 'loading', 'referrerpolicy', 'rel', 'src', 'start', 'target', 'title']);

describe('a text widget under a strict policy', () => {
  it('shows Markdown, and the policy stops nothing', async () => {
    const { page, violations, errors } = await strict.open(`<ccm-widget><script type="application/json">${JSON.stringify({
      id: 'note', title: 'Note', type: 'text', size: 'medium', dataSource: { type: 'static', data: null },
      textConfig: { content: '# Hello\n\n**Bold** and [a link](https://a.example) <b style="color:red" onclick="x()">typed</b>' }, permissions: [], roles: [],
    })}</script></ccm-widget>`);
    await page.locator('ccm-text h3').waitFor();
    expect(await page.locator('ccm-text strong').textContent()).toBe('Bold');
    expect(await page.locator('ccm-text .text').textContent()).toContain('<b style="color:red" onclick="x()">typed</b>');
    expect(await page.locator('ccm-text a').getAttribute('rel')).toBe('noopener noreferrer');
    expect(await violations()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it.skipIf(hostile.length === 0)('makes nothing but text of all strings of CCM_TESTDATA: no script, no violation, no other element', async () => {
    // The code of a text loads with the first one.
    const { page, violations, errors, asked } = await strict.open(`<ccm-widget><script type="application/json">${JSON.stringify({ title: 'First', type: 'text', data: 'first' })}</script></ccm-widget>`);
    await page.locator('ccm-text .text').waitFor();
    const told = await page.evaluate(async (strings) => {
      const before = document.querySelectorAll('*').length;
      const reports: string[] = [];
      const dialogs = ['alert', 'confirm', 'prompt'] as const;
      for (const name of dialogs) (globalThis as Record<string, unknown>)[name] = () => reports.push(`${name} was called`);
      const widget = document.querySelector('ccm-widget') as HTMLElement & { config?: unknown; updateComplete: Promise<unknown> };
      const found: [string, string][] = [];
      let shown = 0;
      for (const [index, text] of strings.entries()) {
        widget.config = {
          id: 'note', title: text.slice(0, 40), type: 'text', size: 'medium', dataSource: { type: 'static' }, permissions: [], roles: [],
          // By turns as the definition's, as the answer, and as its field.
          ...[{ textConfig: { content: text }, data: 1 }, { data: text }, { textConfig: { field: 'a' }, data: { a: text } }][index % 3],
        };
        await widget.updateComplete;
        const view = widget.shadowRoot?.querySelector('ccm-text') as (HTMLElement & { updateComplete: Promise<unknown> }) | null;
        await view?.updateComplete;
        if (view?.shadowRoot?.querySelector('.text')) shown += 1;
        for (const element of view?.shadowRoot?.querySelectorAll('.text *') ?? []) {
          for (const name of [`<${element.localName}>`, ...element.getAttributeNames()]) found.push([name, text]);
          const address = element.getAttribute('href') ?? element.getAttribute('src');
          if (address !== null && !/^https?:/.test(address)) reports.push(`leads to ${address}`);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
      if (document.querySelectorAll('*').length !== before) reports.push('other elements on the page');
      return { reports, found, shown };
    }, [...hostile]);
    expect(told.reports).toEqual([]);
    // All but those of white space alone.
    expect(told.shown).toBeGreaterThan(hostile.length - 40);
    expect(hostile.length).toBeGreaterThan(500);
    const foreign = told.found.filter(([name]) => (name.startsWith('<') ? !ALLOWED.has(name.slice(1, -1)) : !ALLOWED_ATTRIBUTES.has(name)));
    expect(foreign).toEqual([]);
    expect((await violations()).filter((violation) => !violation.startsWith('img-src '))).toEqual([]);
    expect(errors).toEqual([]);
    expect(asked.filter((path) => path !== '/' && !/\.js$|favicon/.test(path))).toEqual([]);
  });
});
