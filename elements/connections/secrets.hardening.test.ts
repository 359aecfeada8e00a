import { expect } from '@open-wc/testing';
import { card, formOf, mountConnections, press, SECRET, startConnections, type, untilClosed, untilOpen } from '../core/test/connections-on-page.js';
import { connector, type StandInConnections } from '../core/test/stand-in-connections.js';
import { until, type StandIn } from '../core/test/stand-in-edge.js';

const MARKER = 'MARKER';

/** Everything that can be reached from a value through its properties: objects, nodes, shadow roots, maps and sets, by path. */
function pathsTo(start: object): string[] {
  const seen = new Set<object>();
  const found: string[] = [];
  const queue: [unknown, string][] = [[start, 'element']];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const [value, path] = next;
    if (typeof value === 'string' && value.includes(MARKER)) found.push(path);
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value) || value === window) continue;
    seen.add(value);
    if (value instanceof Map || value instanceof Set) [...value.entries()].forEach((entry, index) => queue.push([entry, `${path}[${index}]`]));
    if (value instanceof Element) for (const { name, value: attribute } of value.attributes) queue.push([attribute, `${path}@${name}`]);
    if (value instanceof HTMLInputElement || value instanceof HTMLTextAreaElement) queue.push([value.value, `${path}.value`]);
    if (value instanceof Node) [...value.childNodes, (value as Element).shadowRoot].forEach((child, index) => queue.push([child, `${path}/${index}`]));
    if (value instanceof Text) queue.push([value.data, `${path}.data`]);
    for (const key of Reflect.ownKeys(value)) {
      const own = Object.getOwnPropertyDescriptor(value, key);
      if (own && 'value' in own) queue.push([own.value, `${path}.${String(key)}`]);
    }
  }
  return found;
}

describe('Secret shown', () => {
  let edge: StandIn;
  let api: StandInConnections;

  before(async () => {
    ({ edge, api } = await startConnections());
  });
  after(() => edge.close());
  beforeEach(() => api.reset(connector('stripe'), connector('crm', { takes: [{ kind: 'basic' }] })));

  for (const way of ['saved', 'cancelled'] as const) {
    it(`stays in no attribute, property, event, storage or word of the console (${way})`, async () => {
      const told: unknown[] = [];
      const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
      // eslint-disable-next-line no-console
      const before = methods.map((method) => console[method]);
      // eslint-disable-next-line no-console
      for (const method of methods) console[method] = (...words: unknown[]) => void told.push(...words);
      try {
        const element = await mountConnections();
        for (const name of ['ccm-connection-change', 'ccm-error', 'ccm-ready', 'ccm-form-saved', 'ccm-form-closed', 'input', 'change', 'submit']) {
          element.addEventListener(name, (event) => told.push(event));
        }
        await until('the card is there', () => card(element, 'stripe') !== undefined);
        press(card(element, 'stripe'), 'Connect Stripe');
        const root = formOf(element);
        await untilOpen(root);
        type(root, 'apiKey', SECRET);
        const input = root.querySelector<HTMLInputElement>('#apiKey')!;
        expect(input.type).to.equal('password');
        expect(input.autocomplete).to.equal('new-password');
        // While it is typed it is in that one input, and the search finds it there.
        expect(pathsTo(element).every((path) => path.endsWith('.value'))).to.equal(true);
        expect(pathsTo(element)).to.have.length(1);
        press(root, 'Test');
        await until('it was tried', () => api.asked.includes('TEST stripe') && root.querySelector('.outcome .good') !== null);
        expect(pathsTo(element)).to.have.length(1);
        api.refuse = { PUT: { code: 'invalid', errors: [{ path: 'apiKey', message: 'is refused' }] } };
        press(root, 'Save');
        await until('it was refused', () => root.querySelector('.fault') !== null);
        expect(pathsTo(element)).to.have.length(1);
        api.refuse = {};
        press(root, way === 'saved' ? 'Save' : 'Cancel');
        await untilClosed(root);
        expect(pathsTo(element)).to.deep.equal([]);
        expect(pathsTo(told)).to.deep.equal([]);
        expect(input.value).to.equal('');
        expect(input.isConnected).to.equal(false);
        expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, history.state])).not.to.contain(MARKER);
        expect(document.documentElement.outerHTML).not.to.contain(MARKER);
      } finally {
        // eslint-disable-next-line no-console
        methods.forEach((method, index) => (console[method] = before[index]!));
      }
    });
  }
});
