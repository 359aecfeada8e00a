import { fixture, html } from '@open-wc/testing';
import type { Alert } from '../../../sdk/contract/alert.js';
import { CcmAlerts } from '../../alerts/ccm-alerts.js';
import { define } from '../../tags.js';
import { StandInAlerts } from './stand-in-alerts.js';
import { EDGE, startStandIn, until, type StandIn } from './stand-in-edge.js';

define();
CcmAlerts.define('ccm-alerts');

export async function startAlerts(): Promise<{ edge: StandIn; api: StandInAlerts }> {
  const api = new StandInAlerts();
  return { api, edge: await startStandIn({}, api.handlers) };
}

/** A fresh client each time, unless a token is given. */
export async function mountAlerts(given: Partial<CcmAlerts> & { width?: number } = {}): Promise<CcmAlerts> {
  const { width = 900, ...rest } = given;
  const box = await fixture<HTMLElement>(html`<div></div>`);
  box.style.width = `${width}px`;
  const element = Object.assign(document.createElement('ccm-alerts'), { edge: EDGE, token: `token-${Math.random()}`, locale: 'en', ...rest });
  box.append(element);
  await element.updateComplete;
  return element;
}

export const text = (node: Element | null | undefined) => node?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
export const root = (element: CcmAlerts) => element.shadowRoot!;
export const lines = (element: CcmAlerts) => [...root(element).querySelectorAll<HTMLElement>('.alert')];
export const line = (element: CcmAlerts, id: string) => lines(element).find(({ dataset }) => dataset['id'] === id);
export const titles = (element: CcmAlerts) => lines(element).map((one) => text(one.querySelector('.what .about b')));
export const details = (element: CcmAlerts) => root(element).querySelector<HTMLElement>('.details');
export const toasts = (element: CcmAlerts) => [...root(element).querySelectorAll<HTMLElement>('.toast')].map((one) => text(one.querySelector('.plain')));
export const untilLines = (element: CcmAlerts, count: number) => until(`${count} alerts are shown`, () => lines(element).length === count);
/** All live connections are up: frames arrive. */
export const untilLive = (edge: StandIn, before = 0) => until('it is connected', () => edge.sockets > before);

/** The connection is cut and comes back; `meanwhile` is what nobody hears of. */
export async function reconnect(edge: StandIn, meanwhile: () => void): Promise<void> {
  edge.cut(true);
  await new Promise((resolve) => setTimeout(resolve, 80));
  meanwhile();
  edge.cut(false);
  // The network is back: it is not waited for longer than that.
  dispatchEvent(new Event('online'));
}

export function press(within: ParentNode | null | undefined, words: string): void {
  const found = [...(within?.querySelectorAll<HTMLButtonElement>('button') ?? [])].find((one) => [text(one), one.ariaLabel, one.title].includes(words));
  if (!found) throw new Error(`There is no button “${words}” in: ${text(within as Element)}`);
  found.click();
}

/** Collects what a live region says, from now on. */
export function listen(element: CcmAlerts, role: 'alert' | 'status'): string[] {
  const region = root(element).querySelector(`p[role=${role}].visually-hidden`)!;
  const said: string[] = [];
  new MutationObserver(() => text(region) && said.at(-1) !== text(region) && said.push(text(region))).observe(region, { childList: true, subtree: true, characterData: true });
  return said;
}

export const key = (target: Element | null | undefined, name: string, more: KeyboardEventInit = {}) =>
  target?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true, cancelable: true, ...more }));

/** Began to fire now. */
export const justNow = (): Pick<Alert, 'since' | 'firedAt'> => ({ since: new Date().toISOString(), firedAt: new Date().toISOString() });
