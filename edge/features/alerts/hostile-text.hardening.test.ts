/** Texts that are none: in rules, rows and labels. Each is kept and shown as it was typed, or refused by the field's name; and none of them keeps another alert from being told. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertRule, AlertRuleInput } from '../../../sdk/contract/alert.js';
import type { CCMWidget } from '../../../sdk/contract/widget.js';
import { openStore, type Store } from '../../drivers/store/open-store.js';
import { createAccess } from '../../gate/access.js';
import type { AlertInstance } from '../../kernel/alerts.js';
import type { CatalogueEntry } from '../../kernel/catalogue.js';
import { frontDoor, principal, problemOf, recordingBus, testClock, type FrontDoor } from '../test/front-door.js';
import { widget } from '../test/widgets.js';
import { alertRuleRoutes } from './rules/routes.js';
import { createRules } from './rules/rules.js';
import { createRuleStore } from './rules/store.js';
import { createAlertStore } from './store.js';
import { alertInstance } from './test/instance.js';
import { LOW, openEdge, watched, type TestEdge } from './watch/test/rig.js';

/** With what is left of it where it is one line. */
const TEXTS: [what: string, text: string][] = [
  ['NUL', 'a\u0000b'], ['half a character', 'a\ud800b'], ['the other half', '\udfff'], ['halves that stand the wrong way round', '\udc00\ud800'], ['an override of the order', '\u202egpj.exe\u202c'],
  ['isolates', '\u2066abc\u2069'], ['line breaks', 'a\r\nBcc: x@evil.example'], ['separators', 'a\u2028b\u2029c'], ['escapes', 'a\u001b[2Jb\u0007\u0085'], ['emoji', '👩‍👩‍👧‍👦🧨'],
  ['a template that names itself', '{{name}}{{title}}{{rule}}'], ['nested braces', '{{{{name}}}}'], ['markup', '<img src=x onerror=alert(1)>'], ['a prototype', '__proto__'], ['another', 'constructor'],
  ['a byte order mark', '\ufeffa'], ['combining marks', `Z${'\u0301'.repeat(90)}`], ['blanks', ' \t '],
];
const LONG = 'ü'.repeat(10_000);
const SHOWN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

describe('Hostile texts in a rule', () => {
  let store: Store;
  let door: FrontDoor;
  beforeEach(async () => {
    store = await openStore('sqlite::memory:');
    const entries = new Map([['stock', { widget: widget({ id: 'stock' }), version: '1', origin: 'tenant' } satisfies CatalogueEntry]]);
    const { service } = createRules({
      rows: createRuleStore(store), bus: recordingBus(), clock: testClock(), access: createAccess(), tenants: new Map(), settings: { rules: [], mostInstances: 100 },
      catalogue: { of: () => Promise.resolve(entries) }, samples: { read: () => [] },
    });
    door = frontDoor({ ann: principal('acme', 'ann', ['user'], []) }, alertRuleRoutes({ rules: service }));
  });
  afterEach(() => store.close());

  const FIELDS: [field: string, part: (text: string) => Partial<AlertRuleInput>, read: (rule: AlertRule) => unknown][] = [
    ['name', (name) => ({ name }), ({ name }) => name], ['title', (title) => ({ title }), ({ title }) => title], ['text', (text) => ({ text }), ({ text }) => text],
    ['labels.team', (team) => ({ labels: { team } }), ({ labels }) => labels?.team], ['value', (value) => ({ operator: '=', value }), ({ value }) => value],
  ];

  it.each(TEXTS.flatMap(([what, text]) => FIELDS.map((field) => [what, ...field, text] as const)))('%s in %s: as typed, or 422 that names it', async (_what, field, part, read, text) => {
    const ask = door.as('ann');
    const made = await ask('POST', '/alerts/rules', { widgetId: 'stock', field: 'total', operator: '<', value: 5, severity: 'warning', notifications: [], ...part(text) });
    if (made.status === 201) {
      expect(read(made.body as AlertRule)).toBe(text);
      const { items } = (await ask('GET', '/alerts/rules')).body as { items: AlertRule[] };
      expect(items.map(read)).toEqual([text]);
    } else {
      expect(problemOf(made)).toMatchObject({ status: 422, code: 'invalid', errors: [{ path: field }] });
      expect(((await ask('GET', '/alerts/rules')).body as { items: AlertRule[] }).items).toEqual([]);
    }
  });

  it.each(FIELDS)('10,000 characters in %s: 422 that names it', async (field, part) => {
    const made = await door.as('ann')('POST', '/alerts/rules', { widgetId: 'stock', field: 'total', operator: '<', value: 5, severity: 'warning', notifications: [], ...part(LONG) });
    if (field === 'value' && made.status === 201) return;
    expect(problemOf(made)).toMatchObject({ status: 422, code: 'invalid', errors: [{ path: field }] });
  });

  it.each(TEXTS)('%s as the name of a label: as typed, or 422', async (_what, text) => {
    const made = await door.as('ann')('POST', '/alerts/rules', JSON.parse(`{"widgetId":"stock","field":"total","operator":"<","value":5,"severity":"warning","notifications":[],"labels":{${JSON.stringify(text)}:"x"}}`));
    // It is no name of JSON to the validator, and is not there for it.
    if (text === '__proto__') expect(Object.keys((made.body as AlertRule).labels ?? {})).toEqual([]);
    else if (made.status === 201) expect(Object.entries((made.body as AlertRule).labels ?? {})).toEqual([[text, 'x']]);
    else expect(problemOf(made)).toMatchObject({ status: 422, code: 'invalid', errors: [{ path: expect.stringMatching(/^labels/) as string }] });
  });
});

describe('Hostile texts in rows', () => {
  let one: TestEdge | undefined;
  afterEach(async () => {
    await one?.end();
    one = undefined;
  });
  const list = (): CCMWidget => watched([{ ...LOW, title: '{{name}}: {{row.note}}', text: '{{row.note}}\n{{labels.team}}', labels: { team: '{{name}}' } }], { listConfig: { itemKey: 'sku' } as never });

  it('all at once: each row is its own alert, told and kept, and found again at the next answer', async () => {
    const rows = [...TEXTS.map(([, text]) => text), LONG, `${LONG}2`].map((text) => ({ sku: text, name: text, note: text, value: 1 }));
    one = await openEdge({ widgets: [list()], reply: () => rows });
    const fired = one.told();
    expect(fired).toHaveLength(rows.length);
    expect(new Set(fired.map(({ key }) => key)).size).toBe(rows.length);
    const stored = one.alerts.inStates('acme', ['firing']);
    expect(stored.map(({ key }) => key).toSorted()).toEqual(fired.map(({ key }) => key).toSorted());
    for (const alert of fired) {
      expect(one.alerts.find('acme', 'widget:stock:low', alert.key, '')?.id).toBe(alert.id);
      for (const text of [alert.title, alert.name]) expect(text, alert.key).not.toMatch(SHOWN);
      // By its key a page finds the row: it stays as it is, but for what is no character and what breaks lines.
      for (const text of [alert.key, alert.title, alert.name]) expect(text, alert.key).not.toMatch(/[\u0000-\u001f]|\p{Surrogate}/u);
      expect(alert.title.length).toBeLessThanOrEqual(200);
      expect(JSON.parse(JSON.stringify(alert))).toEqual(alert);
    }
    expect(fired.find(({ key }) => key.startsWith('{{name}}'))?.title).toBe('{{name}}{{title}}{{rule}}: {{name}}{{title}}{{rule}}');

    await one.next(() => rows.toReversed());
    await one.next(() => rows.map((row) => ({ ...row, value: 9 })));
    expect(one.stored().filter((text) => text.startsWith('firing'))).toEqual([]);
    expect(one.steps().filter((text) => text.startsWith('>firing'))).toHaveLength(rows.length);
  });

  it('keys that the database would take for one another are two rows, and keep none from being told', async () => {
    const keys = ['\ud800', '\ud801', '\udc00', '\ufffd', 'a\ud800', 'a\ud801', 'a\ufffd', 'é', 'e\u0301', 'A', 'a', 'a\u0000', 'a\u0000b', '#', '##', '#2'];
    one = await openEdge({ widgets: [list()], reply: () => keys.map((sku) => ({ sku, value: 1 })) });
    expect(one.alerts.inStates('acme', ['firing'])).toHaveLength(keys.length);
    await one.next(() => keys.map((sku) => ({ sku, value: 1 })));
    expect(one.changes).toHaveLength(keys.length);
    await one.next(() => keys.map((sku) => ({ sku, value: 9 })));
    expect(one.alerts.inStates('acme', ['firing'])).toEqual([]);
  });
});

describe('Hostile texts in the store', () => {
  let store: Store;
  beforeEach(async () => void (store = await openStore('sqlite::memory:')));
  afterEach(() => store.close());

  it.each([...TEXTS, ['10,000 characters', LONG]])('%s: an alert comes out as it went in', (_what, text) => {
    const rows = createAlertStore(store);
    const instance: AlertInstance = alertInstance({ rule: text, name: text, title: text, text, value: text, threshold: text, labels: JSON.parse(`{${JSON.stringify(text)}:${JSON.stringify(text)}}`) as Record<string, string> });
    rows.save(instance);
    expect(rows.get(instance.tenant, instance.id)).toEqual(instance);
  });
});
