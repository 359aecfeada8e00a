import { fixture, html } from '@open-wc/testing';
import type { CcmConnections } from '../../connections/ccm-connections.js';
import { CcmConnections as Connections } from '../../connections/ccm-connections.js';
import { define } from '../../tags.js';
import { startStandIn, until, EDGE, type StandIn } from './stand-in-edge.js';
import { StandInConnections } from './stand-in-connections.js';

define();
Connections.define('ccm-connections');

/** What stands for a secret in these tests: it must be found nowhere afterwards. */
export const SECRET = 'sk_test_5ecr3t_MARKER_4242';

export async function startConnections(): Promise<{ edge: StandIn; api: StandInConnections }> {
  const api = new StandInConnections();
  return { api, edge: await startStandIn({}, api.handlers) };
}

export async function mountConnections(given: Partial<CcmConnections> & { width?: number } = {}): Promise<CcmConnections> {
  const { width = 800, ...rest } = given;
  const box = await fixture<HTMLElement>(html`<div style="width: ${width}px"></div>`);
  const element = document.createElement('ccm-connections');
  Object.assign(element, { edge: EDGE, token: `token-${Math.random()}`, ...rest });
  box.append(element);
  await element.updateComplete;
  return element;
}

export const text = (node: Element | null | undefined) => node?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
export const cards = (element: CcmConnections) => [...element.shadowRoot!.querySelectorAll<HTMLElement>('.card')];
export const card = (element: CcmConnections, api: string) => cards(element).find(({ dataset }) => dataset['api'] === api);
export const untilCards = (element: CcmConnections, count: number) => until(`${count} cards are shown`, () => cards(element).length === count);

export function press(root: ParentNode | undefined, words: string): void {
  const found = [...(root?.querySelectorAll<HTMLButtonElement>('button') ?? [])].find((one) => text(one) === words || one.ariaLabel === words);
  if (!found) throw new Error(`There is no button “${words}” in: ${text(root as Element)}`);
  found.click();
}

/** The open form's root: of a credential, or of an API. */
export function formOf(element: HTMLElement, tag: 'ccm-credential-form' | 'ccm-connector-form' = 'ccm-credential-form'): ShadowRoot {
  return element.shadowRoot!.querySelector(tag)!.shadowRoot!;
}
export const isOpen = (root: ShadowRoot) => root.querySelector('dialog')!.open && root.querySelector('form') !== null;
export const untilOpen = (root: ShadowRoot) => until('the form is open', () => isOpen(root));
export const untilClosed = (root: ShadowRoot) => until('the form is closed', () => !root.querySelector('dialog')!.open && root.querySelector('form') === null);

export function type(root: ShadowRoot, name: string, value: string): void {
  const input = root.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (!input) throw new Error(`There is no field ${name}.`);
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
}

/** What is said to be wrong with a field. */
export const faultAt = (root: ShadowRoot, name: string) => text(root.querySelector(`[name="${name}"]`)!.closest('.field')!.querySelector('.fault'));
