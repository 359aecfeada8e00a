/** Answers that others made, as the data of every type: what an API, a monitor, a map and an ERP really send. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInKinds } from '../../elements/kinds.js';
import { fieldsOf, withField } from '../../elements/gallery/test/fields.js';
import { WIDGET_TYPES } from '../../sdk/contract/widget.js';
import { rowsOf } from '../../sdk/data/rows.js';
import { strictPages } from './strict-page.js';

const folder = process.env['CCM_TESTDATA'] ?? '';
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

function answers(): unknown[] {
  const stripe = Object.values((read('api-samples/stripe_fixtures3.json') as { resources: Record<string, unknown> }).resources);
  const prometheus = ['query_node_load1', 'range_mem'].map((name) => read(`api-samples/prometheus/${name}.json`));
  const geo = ['countries-110m', 'land-110m'].map((name) => read(`geo/${name}.json`));
  const charts = read('erp/dashboard_charts.json');
  return [...stripe, { items: stripe }, ...prometheus, ...prometheus.map((answer) => (answer as { data: { result: unknown } }).data.result), ...geo, charts, Object.values(charts as object)];
}

/** The type as its sample has it, and once more with its paths leading to what the answer has. */
async function widgetsOf(type: string): Promise<{ config: object; data: unknown }[]> {
  const kind = (await builtInKinds()).find((one) => one.type === type);
  if (kind === undefined) throw new Error(`There is no type ${type}.`);
  const paths = fieldsOf(kind.schema).filter(({ schema }) => schema.format === 'field-path');
  const configOf = (options: unknown) => ({ id: 'outside', title: 'Outside', type, size: 'medium', dataSource: { type: 'static' }, permissions: [], roles: [], [`${type}Config`]: options });
  return answers().flatMap((data, number) => {
    const subject: unknown = type === 'stat' || type === 'gauge' ? data : (rowsOf(data)[0] ?? data);
    const names = Object.keys(subject ?? {});
    const led = [0, 1, 2].map((turn) => paths.reduce<unknown>((options, { path }, place) => withField(kind.schema, options, path, names[(place * 3 + turn + number) % names.length] ?? 'none'), kind.sample.options));
    return [kind.sample.options, ...led].map((options) => ({ config: configOf(options), data }));
  });
}

const strict = strictPages();

describe.skipIf(!existsSync(join(folder, 'api-samples')))('answers of others (CCM_TESTDATA)', () => {
  it.each(WIDGET_TYPES)('%s draws them or says what it lacks', async (type) => {
    const { page, violations, errors } = await strict.open('');
    await page.evaluate(() => customElements.whenDefined('ccm-widget').then(() => undefined));
    const widgets = await widgetsOf(type);
    const found = await page.evaluate(async (all) => {
      const AT_ONCE = 24;
      const nonsense = /\bNaN\b|\bundefined\b|\[object \w+\]|\bInfinity\b/;
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const said = (root: ParentNode): string[] => [...root.querySelectorAll('*')].flatMap((element) => [
        ...[...element.attributes].map(({ name, value }) => `${element.localName} ${name}="${value}"`),
        ...[...element.childNodes].filter((node) => node instanceof Text).map(({ data }) => data),
        ...(element.shadowRoot ? said(element.shadowRoot) : []),
      ]);
      const trouble: string[] = [];
      for (let from = 0; from < all.length; from += AT_ONCE) {
        const elements = all.slice(from, from + AT_ONCE).map((given) => Object.assign(document.createElement('ccm-widget'), given) as unknown as HTMLElement & { state: string; updateComplete: Promise<unknown> });
        document.body.append(...elements);
        for (const element of elements) await element.updateComplete;
        const viewOf = (element: HTMLElement) => element.shadowRoot?.querySelector<HTMLElement & { hasUpdated?: boolean }>('.body > *');
        for (let frames = 0; frames < 120 && elements.some((element) => element.state === 'fresh' && !viewOf(element)?.hasUpdated); frames += 1) await frame();
        for (let frames = 0; frames < 3; frames += 1) await frame();
        for (const [index, element] of elements.entries()) {
          const which = `${from + index} ${JSON.stringify(all[from + index]?.config).slice(0, 300)}`;
          if (element.state === 'failed') trouble.push(`${which}: failed`);
          const words = element.shadowRoot ? said(element.shadowRoot) : [];
          trouble.push(...words.filter((text) => nonsense.test(text)).map((text) => `${which}: ${text.slice(0, 100)}`));
          element.remove();
        }
      }
      return trouble;
    }, widgets);
    expect(found).toEqual([]);
    expect(await violations()).toEqual([]);
    expect(errors).toEqual([]);
  }, 120_000);
});
