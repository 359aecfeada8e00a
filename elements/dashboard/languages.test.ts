import { expect } from '@open-wc/testing';
import { button, edgeOfSuite, hushResizes, itemAt, openDashboard, text, THREE } from '../core/test/dashboard-on-page.js';
import { until } from '../core/test/stand-in-edge.js';
import { layoutOf } from '../core/test/stand-in-layouts.js';

describe('a dashboard in another language', () => {
  hushResizes();
  edgeOfSuite(() => [layoutOf('main', THREE, { isDefault: true })]);

  it('says all in it once its words have come, in the menus of its widgets too', async () => {
    const element = await openDashboard({ editable: true });
    await until('editing is offered', () => button(element, 'Edit') !== undefined);
    element.locale = 'fr';
    await until('it is so in French', () => button(element, 'Modifier') !== undefined);
    const { shadowRoot: widget } = itemAt(element, 'a')!.querySelector('ccm-widget')!;
    const entries = () => [...(widget!.querySelector('ccm-menu')?.shadowRoot?.querySelectorAll('[role=menuitem]') ?? [])].map(text);
    widget!.querySelector<HTMLElement>('.menu-button')!.click();
    await until('the menu is open', () => entries().length > 0);
    expect(entries()).to.include.members(['Actualiser', 'Réglages…', 'Dupliquer', 'Retirer']);
  });
});
