/** Shows widgets what they do not expect, and tells what came of it that must not. */
import type { WidgetDefinition } from '../../../sdk/contract/widget.js';
import type { WidgetKind } from '../../../sdk/define/widget-kind.js';
import { kinds } from '../../core/kinds.js';
import type { WidgetView } from '../../core/widget-view.js';
import type { CcmWidget } from '../../widget/ccm-widget.js';
import { nonsenseIn } from './nonsense.js';
import { CARDS, settled, together } from './together.js';

export interface Case {
  name: string;
  widget: WidgetDefinition;
  data: unknown;
}

export const LONG = 'long words '.repeat(5_000);

/** The kind of a built-in type. */
export const kindOf = async (type: string) => (await kinds()).find((kind) => kind.tag === `ccm-${type}`)!;
export const samplesOf = ({ name, sample, samples = [] }: WidgetKind) => [{ name: `${name} (sample)`, ...sample }, ...samples];
export const widgetOf = (type: string, options: unknown): WidgetDefinition =>
  ({ id: 'sample', title: 'Sample', type, size: 'medium', dataSource: { type: 'static' }, [`${type}Config`]: options }) as WidgetDefinition;
export const written = (value: unknown) => (JSON.stringify(value) ?? String(value)).slice(0, 80);

const faults: string[] = [];
const onError = ({ message }: ErrorEvent) => faults.push(message);
const onRejection = ({ reason }: PromiseRejectionEvent) => faults.push(String(reason));

/** Errors of the page are the cases' own: the test runner would end a test with the first, without its name. */
export function listenForFaults(): void {
  const { onerror } = globalThis;
  before(() => {
    globalThis.onerror = null;
    addEventListener('error', onError);
    addEventListener('unhandledrejection', onRejection);
  });
  after(() => {
    globalThis.onerror = onerror;
    removeEventListener('error', onError);
    removeEventListener('unhandledrejection', onRejection);
  });
}

/**
 * Shows each case; then what is right, which must be drawn; with `again` then the case once more, over what is right. A widget beside
 * them gets another answer each time, and must show it.
 * @param may.fail an error card is an answer too
 */
export async function troubleOf(cases: readonly Case[], good: Pick<Case, 'widget' | 'data'>, { fail, again }: { fail: boolean; again: boolean }): Promise<string[]> {
  const trouble: string[] = [];
  for (let from = 0; from < cases.length; from += CARDS) {
    const batch = cases.slice(from, from + CARDS);
    const { elements, neighbour } = await together(batch.map(({ widget, data }) => ({ config: widget, data })));
    const look = (when: string, mayFail: boolean) => {
      for (const [index, { name }] of batch.entries()) trouble.push(...troubleWith(elements[index]!, mayFail).map((found) => `${name}, ${when}: ${found}`));
      trouble.push(...faults.splice(0).map((fault) => `${batch[0]!.name} … ${batch.at(-1)!.name}, ${when}: ${fault}`));
    };
    look('at first', fail);
    for (const element of elements) Object.assign(element, { config: good.widget, data: good.data });
    await settled(elements);
    look('right again', false);
    if (again) {
      for (const [index, element] of elements.entries()) Object.assign(element, { config: batch[index]!.widget, data: batch[index]!.data });
      await settled(elements);
      look('after what was right', fail);
    }
    if (!(await neighbour.goesOn())) trouble.push(`${batch[0]!.name} … ${batch.at(-1)!.name}: the neighbour stands still`);
    for (const element of elements) element.remove();
  }
  return trouble;
}

function troubleWith(element: CcmWidget, mayFail: boolean): string[] {
  const trouble = nonsenseIn(element);
  if (element.state === 'failed') return mayFail ? trouble : [...trouble, element.shadowRoot!.querySelector('.body')!.textContent.trim()];
  const view = element.shadowRoot!.querySelector<WidgetView>('.body > :not(ccm-skeleton)');
  try {
    const cells = view !== null && 'asTable' in view ? (view.asTable()?.rows.flat() ?? []) : [];
    if (cells.some((cell) => cell !== null && typeof cell !== 'string' && !Number.isFinite(cell))) trouble.push('its table has what is no value');
  } catch (error) {
    if (!mayFail) trouble.push(`its table throws ${String(error)}`);
  }
  return trouble;
}
