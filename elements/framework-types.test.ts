import { expect } from '@open-wc/testing';
import type { CcmListeners, CcmTags } from './framework-types.js';
import { define } from './tags.js';

type Tag = keyof CcmTags;
type NamesOf<T extends Tag> = Exclude<keyof CcmTags[T], `on${string}`>;

const SESSION = ['edge', 'token', 'tokenEndpoint', 'token-endpoint', 'getToken', 'theme', 'locale'] as const;
/** What the types let be written; what the manifest says is compared with it below. */
const NAMES = {
  'ccm-widget': [...SESSION, 'widget', 'refreshInterval', 'refresh-interval', 'src', 'loading', 'collapsed', 'config', 'data', 'params'],
  'ccm-provider': [...SESSION, 'client'],
  'ccm-dashboard': [...SESSION, 'layout', 'preset', 'editable', 'readonly', 'src', 'from', 'to', 'variables', 'value'],
  'ccm-marketplace': [...SESSION, 'category', 'query', 'htmlFor', 'for'],
  'ccm-connections': SESSION,
  'ccm-alerts': [...SESSION, 'severity', 'compact', 'toasts', 'sound'],
  'ccm-gallery': ['kind', 'states', 'size', 'theme', 'locale'],
} as const satisfies { [T in Tag]: readonly NamesOf<T>[] };

type Unnamed = { [T in Tag]: Exclude<NamesOf<T>, (typeof NAMES)[T][number]> }[Tag];
const allNamed: [Unnamed] extends [never] ? true : Unnamed = true;

const LAYOUT = { userId: 'me', layoutId: 'a', name: 'A', isDefault: false, widgets: [], createdAt: '', updatedAt: '' };

/** As React, Svelte and Vue take them. */
interface Templates extends CcmTags<{ id?: string; children?: unknown }> {
  div: { id?: string };
}
const write = <T extends keyof Templates>(tag: T, written: Templates[T]) => ({ tag, written });

const RIGHT = [
  write('ccm-provider', { edge: 'https://edge.example', 'token-endpoint': '/token', getToken: async () => '', 'onccm-auth-required': ({ detail }) => detail.reason.trim() }),
  write('ccm-widget', { id: 'a', widget: 'sales', params: { days: 7 }, 'onccm-action': ({ detail }) => detail.rowKey.trim(), 'onccm-collapse': (event) => event.collapsed }),
  write('ccm-widget', { loading: 'lazy', theme: 'dark', collapsed: true, refreshInterval: 30, 'refresh-interval': '30', data: { v: 1 } }),
  write('ccm-dashboard', { editable: true, variables: { region: 'north' }, value: LAYOUT, 'onccm-layout-change': ({ detail }) => detail.layout.name.trim() }),
  write('ccm-marketplace', { for: 'dashboard', category: 'sales', 'onccm-widget-add': ({ detail }) => detail.itemId.trim() }),
  write('ccm-alerts', { compact: true, severity: 'warning', toasts: 'off', 'onccm-alert-ack': ({ detail }) => detail.alert }),
  write('ccm-connections', { 'onccm-connection-change': ({ detail }) => detail.name.trim() }),
  write('ccm-gallery', { kind: 'ccm-chart', size: 'large' }),
];

const WRONG = [
  // @ts-expect-error: no such property
  write('ccm-widget', { widgets: 'sales' }),
  // @ts-expect-error: an id is a string
  write('ccm-widget', { widget: 7 }),
  // @ts-expect-error: params are an object
  write('ccm-widget', { params: 'days=7' }),
  // @ts-expect-error: one of two words
  write('ccm-widget', { loading: 'late' }),
  // @ts-expect-error: a number
  write('ccm-widget', { 'refresh-interval': 'often' }),
  // @ts-expect-error: only read
  write('ccm-widget', { state: 'fresh' }),
  // @ts-expect-error: only read
  write('ccm-provider', { currentClient: undefined }),
  // @ts-expect-error: a method
  write('ccm-widget', { refresh: () => undefined }),
  // @ts-expect-error: internal
  write('ccm-widget', { overrides: {} }),
  // @ts-expect-error: no attribute
  write('ccm-widget', { 'get-token': async () => '' }),
  // @ts-expect-error: no such event
  write('ccm-widget', { 'onccm-nothing': () => undefined }),
  // @ts-expect-error: another event's detail
  write('ccm-widget', { 'onccm-action': ({ detail }) => detail.reason }),
  // @ts-expect-error: a layout needs widgets
  write('ccm-dashboard', { value: { name: 'A' } }),
];

interface Declared {
  tagName?: string;
  members: { name: string; kind: string; readonly?: boolean; static?: boolean }[];
  attributes?: { name: string; description: string }[];
  events: { name: string }[];
}

async function elements(): Promise<Declared[]> {
  const manifest = (await (await fetch('/custom-elements.json')).json()) as { modules: { declarations: Declared[] }[] };
  return manifest.modules.flatMap(({ declarations }) => declarations).filter(({ tagName }) => tagName);
}

describe('the types for templates', () => {
  it('let all be written that the manifest has, and no more', async () => {
    expect(allNamed).to.equal(true);
    const said = (await elements()).map(({ tagName = '', members, attributes = [] }) => {
      const properties = members.filter((one) => one.kind === 'field' && !one.readonly && !one.static);
      const written = attributes.filter(({ description }) => !description.startsWith('Read-only'));
      return [tagName, [...new Set([...properties, ...written].map(({ name }) => name))].sort()] as const;
    });
    expect(Object.fromEntries(said)).to.deep.equal(Object.fromEntries(Object.entries(NAMES).map(([tag, names]) => [tag, [...names].sort()])));
  });

  it('know each event that an element tells', async () => {
    const known: Record<keyof CcmListeners, true> = {
      'ccm-action': true, 'ccm-alert-ack': true, 'ccm-alert-open': true, 'ccm-auth-required': true, 'ccm-collapse': true, 'ccm-connection-change': true,
      'ccm-data': true, 'ccm-error': true, 'ccm-layout-change': true, 'ccm-ready': true, 'ccm-widget-add': true, 'ccm-widget-remove': true,
    };
    const told = new Set((await elements()).flatMap(({ events }) => events.map(({ name }) => name)));
    expect([...told].sort()).to.deep.equal(Object.keys(known).sort());
  });

  it('name properties that are there', () => {
    define();
    expect([RIGHT.length, WRONG.length]).to.deep.equal([8, 13]);
    for (const { tag, written } of RIGHT) {
      const element = document.createElement(tag);
      const properties = Object.keys(written).filter((name) => !name.includes('-'));
      if (customElements.get(tag)) expect(properties.filter((name) => !(name in element)), tag).to.deep.equal([]);
    }
  });
});
