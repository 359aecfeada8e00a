/** How a language comes to an element that is on the page. */
import { expect, fixture, html } from '@open-wc/testing';
import type { WidgetDefinition } from '../../sdk/contract/widget.js';
import { registerTranslation, stringsFor } from '../core/localize.js';
import { until } from '../core/test/until.js';
import { english } from '../core/strings.js';
import { define } from '../tags.js';
import type { CcmWidget } from '../widget/ccm-widget.js';

define();

const ORDERS = {
  id: 'orders', title: 'Orders', type: 'table', size: 'large', dataSource: { type: 'static' },
  tableConfig: { columns: [{ key: 'id', label: 'Id' }], searchable: true },
} as unknown as WidgetDefinition;

const shown = (locale?: string) => fixture<CcmWidget>(html`<ccm-widget locale=${locale ?? ''} .config=${ORDERS} .data=${[{ id: 1 }]}></ccm-widget>`);
/** What the frame says, and what the widget in it says. */
const menuOf = (element: CcmWidget) => element.shadowRoot!.querySelector('.menu-button')?.getAttribute('aria-label');
const searchOf = (element: CcmWidget) => element.shadowRoot!.querySelector('ccm-table')?.shadowRoot?.querySelector('input')?.getAttribute('aria-label');

describe('languages', () => {
  const { lang } = document.documentElement;
  afterEach(() => {
    document.documentElement.lang = lang;
  });

  it('come when an element is of one, and change what is on the page', async () => {
    expect(stringsFor('es').search, 'not loaded with the elements').to.equal(english.search);
    const element = await shown();
    await until('it is in English', () => searchOf(element) === english.search && menuOf(element) === 'Actions for Orders');
    element.locale = 'es-MX';
    await until('the widget is in Spanish', () => searchOf(element) === 'Buscar');
    expect(menuOf(element)).to.equal('Acciones de Orders');
    element.locale = 'en';
    await until('it is in English again', () => searchOf(element) === english.search && menuOf(element) === 'Actions for Orders');
  });

  it('are that of the page where nothing else is said', async () => {
    expect(stringsFor('fr').search, 'not loaded before').to.equal(english.search);
    document.documentElement.lang = 'fr-CA';
    const element = await shown();
    await until('it is in French', () => searchOf(element) === 'Rechercher' && menuOf(element) === 'Actions pour Orders');
  });

  it('give way to what the page said itself, before they came or after', async () => {
    registerTranslation('de', { search: 'Stöbern', table: { columns: 'Felder' }, why: { failures: { timeout: { what: 'Zu spät.', todo: 'Warten.' } } } });
    const element = await shown('de');
    await until('the rest has come', () => menuOf(element) === 'Aktionen für Orders');
    await until('its own word stays', () => searchOf(element) === 'Stöbern');
    const { retry, table, why } = stringsFor('de-AT');
    expect(retry).to.equal('Erneut versuchen');
    expect(table).to.deep.include({ columns: 'Felder', allColumns: 'Alle zeigen' });
    expect(why?.failures?.['timeout']?.what).to.equal('Zu spät.');
    expect(why?.failures?.['aborted']?.what).to.equal('Die Anfrage wurde abgebrochen.');
    registerTranslation('de-AT', { retry: 'Probier’s noch einmal' });
    expect(stringsFor('de-AT').retry).to.equal('Probier’s noch einmal');
    expect(stringsFor('de-CH').retry, 'of another country').to.equal('Erneut versuchen');
  });
});
