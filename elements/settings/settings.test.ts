import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { CONFIG_SCHEMAS } from '../../sdk/contract/generated/config-schemas.js';
import type { WidgetDefinition, WidgetType } from '../../sdk/contract/widget.js';
import { defineWidget } from '../../sdk/define/define-widget.js';
import type { WidgetKind } from '../../sdk/define/widget-kind.js';
import { provideKinds } from '../core/kinds.js';
import type { SettingsChangeEvent } from '../core/settings-event.js';
import { HOSTILE } from '../core/test/samples.js';
import { until } from '../core/test/stand-in-edge.js';
import { CcmWidgetSettings } from './ccm-widget-settings.js';
import type { CcmSchemaForm } from './form/schema-form.js';

const TYPES = Object.keys(CONFIG_SCHEMAS) as WidgetType[];
const builtIn: WidgetKind[] = TYPES.map((type) => ({ tag: `ccm-${type}`, type, name: type, schema: CONFIG_SCHEMAS[type], sample: { options: {}, data: {} } }));

const definition = (more: Partial<WidgetDefinition> = {}): WidgetDefinition => ({
  id: 'sales', title: 'Sales', type: 'stat', size: 'medium', dataSource: { type: 'module' }, statConfig: { primaryValue: 'total', format: 'number' }, ...more,
});

describe('ccm-widget-settings', () => {
  let element: CcmWidgetSettings;

  before(async () => {
    // It loads with the first check: here it is there already.
    await import('../../sdk/contract/validate.js');
    provideKinds(() => Promise.resolve(builtIn));
    CcmWidgetSettings.define('ccm-widget-settings');
  });

  async function open(more: Partial<CcmWidgetSettings> = {}): Promise<CcmWidgetSettings> {
    element?.remove();
    element = Object.assign(document.createElement('ccm-widget-settings'), { definition: definition(), ...more });
    document.body.append(element);
    await element.open();
    await until('its fields are there', () => field('primaryValue') !== null || forms().length >= 2);
    return element;
  }

  after(() => element.remove());

  const forms = () => [...element.shadowRoot!.querySelectorAll<CcmSchemaForm>('ccm-schema-form')];
  const field = (path: string) => forms().map((form) => form.shadowRoot!.querySelector<HTMLInputElement>(`#field-${path}`)).find((found) => found) ?? null;
  const type = (path: string, text: string) => {
    const input = field(path)!;
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const settled = async () => {
    await element.updateComplete;
    for (const form of forms()) await form.updateComplete;
  };

  async function applied(): Promise<Readonly<Record<string, unknown>> | undefined> {
    let config: Readonly<Record<string, unknown>> | undefined;
    element.addEventListener('ccm-settings-change', (event) => (config = (event as SettingsChangeEvent).config), { once: true });
    (element.shadowRoot!.activeElement as HTMLElement | null)?.blur();
    element.shadowRoot!.querySelector<HTMLButtonElement>('button.primary')!.click();
    // Refused, it goes to the first field that is wrong.
    await until('it is applied, or refused', () => config !== undefined || forms().some((form) => form.shadowRoot!.activeElement !== null));
    return config;
  }

  for (const kind of TYPES) {
    it(`makes the form of a ${kind} from its schema, each field with a label`, async () => {
      await open({ definition: definition({ type: kind, statConfig: undefined, [`${kind}Config`]: {} }) });
      await until('the form of the kind is there', () => forms().length === 2);
      await settled();
      const root = forms()[1]!.shadowRoot!;
      for (const input of root.querySelectorAll<HTMLInputElement>('input, select, textarea')) {
        expect(input.labels?.[0]?.textContent.trim() || input.ariaLabel, input.id).to.be.a('string').and.not.equal('');
      }
      expect(root.querySelectorAll('input, select, textarea, summary').length).to.be.greaterThan(0);
      await expect(element).to.be.accessible();
    });
  }

  it('gives only what differs from the definition', async () => {
    await open();
    type('title', 'Sales today');
    await settled();
    type('primaryLabel', 'Orders');
    await settled();
    expect(await applied()).to.deep.equal({ title: 'Sales today', statConfig: { primaryLabel: 'Orders' } });
    await open({ overrides: { title: 'Mine', statConfig: { primaryLabel: 'X' } } });
    type('title', 'Sales');
    await settled();
    type('primaryLabel', '');
    await settled();
    expect(await applied()).to.deep.equal({});
  });

  it('shows what comes of it at once', async () => {
    await open();
    type('title', 'Sales today');
    await settled();
    const preview = element.shadowRoot!.querySelector<HTMLElement & { overrides?: unknown }>('ccm-widget')!;
    expect(preview.overrides).to.deep.equal({ title: 'Sales today' });
  });

  it('says what is wrong at its field, keeps what was typed, and stays', async () => {
    await open();
    type('refreshInterval', '5');
    await settled();
    expect(await applied()).to.equal(undefined);
    await settled();
    expect(forms()[0]!.shadowRoot!.querySelector('#field-refreshInterval-fault')!.textContent).to.equal('must be 10 or more');
    expect(field('refreshInterval')!.getAttribute('aria-invalid')).to.equal('true');
    type('refreshInterval', 'often');
    await settled();
    expect(field('refreshInterval')!.value).to.equal('often');
    expect(await applied()).to.equal(undefined);
    type('refreshInterval', '30');
    await settled();
    expect(await applied()).to.deep.equal({ refreshInterval: 30 });
  });

  it('goes to the first of those that are wrong, whichever part of it they are in', async () => {
    await open();
    type('refreshInterval', '5');
    await settled();
    type('primaryValue', '__proto__');
    await settled();
    expect(await applied()).to.equal(undefined);
    await settled();
    expect(['refreshInterval', 'primaryValue'].map((path) => field(path)!.getAttribute('aria-invalid'))).to.deep.equal(['true', 'true']);
    const inside = element.shadowRoot!.activeElement?.shadowRoot?.activeElement;
    expect(inside?.id).to.equal('field-refreshInterval');
  });

  it('keeps what cannot be read in every part of it, and says where', async () => {
    await open({ definition: definition({ params: { floor: { type: 'number' } } }) });
    await until('three forms', () => forms().length === 3);
    await settled();
    type('floor', 'second');
    await settled();
    expect(await applied()).to.equal(undefined);
    await settled();
    expect(field('floor')!.value).to.equal('second');
    expect(field('floor')!.getAttribute('aria-invalid')).to.equal('true');
    expect(await applied()).to.equal(undefined);
    type('floor', '2');
    await settled();
    expect(await applied()).to.deep.equal({ params: { floor: 2 } });
  });

  it('asks for a preview only while it is open', async () => {
    await open();
    expect(element.shadowRoot!.querySelector('ccm-widget')).not.to.equal(null);
    element.shadowRoot!.querySelector('dialog')!.close();
    await until('the preview is gone', () => element.shadowRoot!.querySelector('ccm-widget') === null);
  });

  it('hazard: a layout decides no code and no server: an item’s settings offer neither', async () => {
    await open({ definition: definition({ type: 'map', statConfig: undefined, mapConfig: { tiles: 'https://tiles.example/{z}/{x}/{y}.png' } }) });
    await settled();
    expect(field('tiles')).to.equal(null);
    await open({ definition: definition({ type: 'custom', statConfig: undefined, customConfig: { element: 'acme-none', module: 'https://a.example/x.js' } }) });
    await settled();
    for (const name of ['element', 'module', 'integrity']) expect(field(name), name).to.equal(null);
  });

  it('adds, orders and takes away thresholds', async () => {
    await open();
    const root = () => forms()[1]!.shadowRoot!;
    const add = () => [...root().querySelectorAll<HTMLButtonElement>('button.add')].find(({ textContent }) => textContent.includes('Thresholds'))!.click();
    add();
    await settled();
    add();
    await settled();
    type('thresholds-0-value', '10');
    await settled();
    type('thresholds-0-color', 'good');
    await settled();
    type('thresholds-1-color', 'critical');
    await settled();
    root().querySelector<HTMLButtonElement>('[title="Move 2 of Thresholds up"]')!.click();
    await settled();
    await until('the focus moves with it', () => (root().activeElement as HTMLElement | null)?.title === 'Move 1 of Thresholds up');
    (root().activeElement as HTMLElement).click();
    await settled();
    expect(await applied()).to.deep.equal({ statConfig: { thresholds: [{ value: 0, color: 'critical' }, { value: 10, color: 'good' }] } });
  });

  it('writes a format short where it is only a style', async () => {
    await open();
    type('format-style', 'currency');
    await settled();
    expect(await applied()).to.deep.equal({ statConfig: { format: 'currency' } });
    await open({ overrides: { statConfig: { format: 'currency' } } });
    type('format-digits', '2');
    await settled();
    expect(await applied()).to.deep.equal({ statConfig: { format: { style: 'currency', digits: 2 } } });
  });

  it('offers the fields of the answer', async () => {
    await open({ data: { total: 1, trend: { percentage: 2 } } });
    const options = [...forms()[1]!.shadowRoot!.querySelectorAll('#field-primaryValue-offers option')].map((option) => (option as HTMLOptionElement).value);
    expect(options).to.deep.equal(['total', 'trend.percentage']);
  });

  it('has the declared params, and a kind of one’s own its options', async () => {
    defineWidget({ tag: 'acme-gate', name: 'Gate', schema: { type: 'object', properties: { floor: { type: 'integer', title: 'Which floor' } } }, sample: { options: {}, data: [] } });
    await open({
      definition: definition({ type: 'custom', statConfig: undefined, customConfig: { element: 'acme-gate', options: {} }, params: { region: { type: 'string', enum: ['north', 'south'] } } }),
    });
    await until('three forms', () => forms().length === 3);
    await settled();
    type('region', 'south');
    await settled();
    type('floor', '3');
    await settled();
    expect(await applied()).to.deep.equal({ params: { region: 'south' }, customConfig: { options: { floor: 3 } } });
  });

  it('keeps what a button changed, too; not what was only looked at in the preview', async () => {
    await open();
    const dialog = element.shadowRoot!.querySelector('dialog')!;
    const cancel = () => dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
    element.shadowRoot!.querySelector('.shown')!.dispatchEvent(new Event('input', { bubbles: true }));
    expect(cancel(), 'it may close').to.equal(true);
    type('title', 'Another');
    await settled();
    await element.open();
    await settled();
    expect(cancel(), 'opened anew').to.equal(true);
    forms()[0]!.dispatchEvent(Object.assign(new Event('ccm-form-change'), { value: { title: 'Another' } }));
    await settled();
    expect(cancel(), 'changed without a key').to.equal(false);
    [...element.shadowRoot!.querySelectorAll<HTMLButtonElement>('footer button')].find(({ textContent }) => textContent === 'Cancel')!.click();
  });

  it('closes at once where nothing was typed', async () => {
    for (const act of [() => sendKeys({ press: 'Escape' }), () => element.shadowRoot!.querySelector<HTMLButtonElement>('.close')!.click()]) {
      await open();
      await act();
      expect(element.shadowRoot!.querySelector('dialog')!.open).to.equal(false);
      await element.open();
      await settled();
      field('title')!.focus();
      await sendKeys({ type: 'Another' });
      element.shadowRoot!.querySelector<HTMLButtonElement>('.close')!.click();
      expect(element.shadowRoot!.querySelector('dialog')!.open, 'nor where a button says so').to.equal(false);
    }
  });

  it('hazard: stored XSS: hostile words are shown as typed', async () => {
    for (const words of HOSTILE) {
      await open({ definition: definition({ title: words, statConfig: { primaryValue: words, primaryLabel: words } }) });
      await settled();
      expect(element.shadowRoot!.querySelector('h2')!.textContent).to.equal(`Settings of ${words}`);
      expect(element.shadowRoot!.querySelectorAll('script, img, iframe').length).to.equal(0);
    }
  });

  it('Escape, or a press beside it, keeps what was typed and says so; once more closes it, and nothing is applied', async () => {
    await open();
    const dialog = element.shadowRoot!.querySelector('dialog')!;
    const status = () => element.shadowRoot!.querySelector('.status')?.textContent ?? '';
    let told = false;
    element.addEventListener('ccm-settings-change', () => (told = true));
    const pressBeside = () => {
      for (const press of ['pointerdown', 'click']) dialog.dispatchEvent(new MouseEvent(press));
    };
    const ways = { Escape: () => sendKeys({ press: 'Escape' }), beside: pressBeside };
    for (const [way, act] of Object.entries(ways)) {
      field('title')!.focus();
      await sendKeys({ type: 'Another' });
      await act();
      await element.updateComplete;
      expect([dialog.open, status()], way).to.deep.equal([true, 'Not saved yet. Close it once more to discard what you entered.']);
      await sendKeys({ type: '!' });
      await element.updateComplete;
      expect(status(), `${way}: who types on is asked anew`).to.equal('');
    }
    await sendKeys({ press: 'Escape' });
    pressBeside();
    expect([dialog.open, told]).to.deep.equal([false, false]);
    await element.open();
    await settled();
    expect(field('title')!.value).to.equal('Sales');
  });
});
