import { expect, fixture, html } from '@open-wc/testing';
import type { LitElement } from 'lit';
import type { CcmClient } from '../../sdk/client/client.js';
import { define } from '../tags.js';
import { ageText } from './age.js';
import { CcmElement } from './base-element.js';
import { ensure, provideTags } from './ensure.js';
import { registerTranslation, stringsFor, validLocale } from './localize.js';
import { setScriptSettings } from './script-settings.js';
import { chooseSession } from './session-choice.js';
import { english } from './strings.js';
import { BAD_SHAPES, HOSTILE } from './test/samples.js';
import { resolveTheme } from './theme.js';
import { cssColor } from './tone.js';
import { VERSION } from './version.js';

define();

describe('define', () => {
  it('keeps the first definition and warns once, with both versions', () => {
    class One extends CcmElement {}
    class Two extends CcmElement {
      static override readonly version = '9.9.9';
    }
    const warned: string[] = [];
    const warn = console.warn;
    console.warn = (text: string) => warned.push(text);
    One.define('ccm-test-define');
    One.define('ccm-test-define');
    Two.define('ccm-test-define');
    Two.define('ccm-test-define');
    console.warn = warn;
    expect(customElements.get('ccm-test-define')).to.equal(One);
    expect(warned).to.have.length(1);
    expect(warned[0]).to.contain(VERSION).and.to.contain('9.9.9').and.to.contain('<ccm-test-define>');
  });

  it('leaves a stranger’s element of that name alone', () => {
    customElements.define('ccm-test-stranger', class extends HTMLElement {});
    class Ours extends CcmElement {}
    const warn = console.warn;
    console.warn = () => undefined;
    expect(() => Ours.define('ccm-test-stranger')).not.to.throw();
    console.warn = warn;
  });

  it('has the version of the package', async () => {
    const { version } = (await (await fetch('/package.json')).json()) as { version: string };
    expect(VERSION).to.equal(version);
  });
});

describe('a tag that a framework filled before its code was here', () => {
  it('reads “false” as false, and leaves every other attribute as it is', async () => {
    const element = await fixture<HTMLElement & { collapsed: boolean }>(html`<ccm-widget widget="false" collapsed="false"></ccm-widget>`);
    expect([element.collapsed, element.hasAttribute('collapsed'), element.getAttribute('widget')]).to.deep.equal([false, false, 'false']);
    element.setAttribute('collapsed', '');
    expect(element.collapsed).to.equal(true);
  });
});

describe('ensure', () => {
  it('loads once, tries again after a failure, and names what it cannot load', async () => {
    let calls = 0;
    class Late extends CcmElement {}
    provideTags({
      'ccm-test-late': () => {
        calls++;
        return calls === 1 ? Promise.reject(new Error('offline')) : Promise.resolve(Late);
      },
    });
    const first = await ensure('ccm-test-late').catch((error: unknown) => error as Error);
    expect(first).to.be.an('error').with.property('message').that.contains('<ccm-test-late>');
    await Promise.all([ensure('ccm-test-late'), ensure('ccm-test-late')]);
    expect(calls).to.equal(2);
    const unknown = await ensure('ccm-test-unknown').catch((error: unknown) => error as Error);
    expect(unknown).to.have.property('message').that.contains('<ccm-test-unknown>');
  });
});

describe('colours from data', () => {
  it('are tones, names or hex, and nothing else', () => {
    expect(cssColor('red')).to.equal('var(--_critical)');
    expect(cssColor('Green')).to.equal('var(--_good)');
    expect(cssColor('#2f5fd0')).to.equal('#2f5fd0');
    expect(cssColor('rebeccapurple')).to.equal('rebeccapurple');
    const refused = [
      ...HOSTILE, ...BAD_SHAPES, 'red;background:url(//x)', 'url(//x)', 'var(--x)', 'rgb(1,2,3)', '#12', '#12345g', 'expression', 'inherit', 'constructor', '__proto__',
    ];
    for (const value of refused) expect(cssColor(value), String(JSON.stringify(value))).to.equal(undefined);
  });
});

describe('themes', () => {
  it('follow the element, then what is around it, then the page', async () => {
    const outer = await fixture(html`<ccm-provider theme="dark"><div id="inside"></div></ccm-provider>`);
    const inside = outer.querySelector('#inside')!;
    expect(resolveTheme(inside)).to.equal('dark');
    expect(resolveTheme(inside, 'light')).to.equal('light');
    expect(resolveTheme(inside, 'purple')).to.equal('dark');
    expect(resolveTheme(document.body)).to.equal('light');
  });

  it('switch when the provider’s or the page’s does', async () => {
    const outer = await fixture(html`<ccm-provider theme="dark"><ccm-widget></ccm-widget></ccm-provider>`);
    const widget = outer.querySelector('ccm-widget')!;
    const surface = () => getComputedStyle(widget).getPropertyValue('--_surface').trim();
    expect(surface()).to.equal('#171b23');
    (outer as HTMLElementTagNameMap['ccm-provider']).theme = 'light';
    await (outer as LitElement).updateComplete;
    expect(surface()).to.equal('#ffffff');
    (outer as HTMLElementTagNameMap['ccm-provider']).theme = undefined;
    await (outer as LitElement).updateComplete;
    document.documentElement.style.colorScheme = 'dark';
    await new Promise((resolve) => setTimeout(resolve));
    expect(widget.dataset['theme']).to.equal('dark');
    document.documentElement.style.colorScheme = '';
    await new Promise((resolve) => setTimeout(resolve));
    expect(widget.dataset['theme']).to.equal('light');
  });

  it('are those of a page that says it in its head alone', async () => {
    const meta = Object.assign(document.createElement('meta'), { name: 'color-scheme', content: 'dark' });
    document.head.append(meta);
    const widget = await fixture<HTMLElement>(html`<ccm-widget></ccm-widget>`);
    const { classList } = document.documentElement;
    classList.add('looked-at-again');
    await new Promise((resolve) => setTimeout(resolve));
    expect(widget.dataset['theme']).to.equal('dark');
    meta.remove();
    classList.remove('looked-at-again');
    await new Promise((resolve) => setTimeout(resolve));
    expect(widget.dataset['theme']).to.equal('light');
  });

  it('let a page set a token with one line', async () => {
    const widget = await fixture(html`<ccm-widget theme="dark"></ccm-widget>`);
    document.documentElement.style.setProperty('--ccm-surface', 'rgb(1, 2, 3)');
    expect(getComputedStyle(widget.shadowRoot!.querySelector('.frame')!).backgroundColor).to.equal('rgb(1, 2, 3)');
    document.documentElement.style.removeProperty('--ccm-surface');
  });

  it('survive a page that unsets everything', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { all: unset } button { display: none }');
    document.adoptedStyleSheets.push(sheet);
    const widget = await fixture(html`<ccm-widget></ccm-widget>`);
    const frame = widget.shadowRoot!.querySelector('.frame')!;
    expect(frame.getBoundingClientRect().height).to.be.greaterThan(80);
    expect(getComputedStyle(widget.shadowRoot!.querySelector('.menu-button')!).display).to.equal('grid');
    document.adoptedStyleSheets.pop();
  });
});

describe('the choice of a session', () => {
  afterEach(() => setScriptSettings({}));
  const inside = async (provider: Partial<HTMLElementTagNameMap['ccm-provider']>) => {
    const outer = await fixture<HTMLElementTagNameMap['ccm-provider']>(html`<ccm-provider></ccm-provider>`);
    Object.assign(outer, provider);
    const child = document.createElement('div');
    outer.append(child);
    return child;
  };

  it('prefers the element, then the provider, then the script tag', async () => {
    setScriptSettings({ edge: 'https://script.test', token: 's' });
    expect(chooseSession(document.body, {})).to.deep.equal({ edge: 'https://script.test', source: { kind: 'token', token: 's' } });
    const child = await inside({ edge: 'https://provider.test/', token: 'p' });
    expect(chooseSession(child, {})).to.deep.equal({ edge: 'https://provider.test', source: { kind: 'token', token: 'p' } });
    expect(chooseSession(child, { edge: 'https://own.test', token: 'o' })).to.deep.equal({
      edge: 'https://own.test', source: { kind: 'token', token: 'o' },
    });
    expect(chooseSession(child, { token: 'o' })).to.deep.equal({ edge: 'https://provider.test', source: { kind: 'token', token: 'o' } });
  });

  it('never gives a token to an edge that it was not meant for', async () => {
    setScriptSettings({ edge: 'https://script.test', token: 'secret' });
    const child = await inside({ edge: 'https://provider.test', token: 'p' });
    expect(chooseSession(child, { edge: 'https://evil.test' })).to.deep.equal({ edge: 'https://evil.test', source: { kind: 'none' } });
    expect(chooseSession(child, { edge: 'https://provider.test/' })).to.deep.equal({
      edge: 'https://provider.test', source: { kind: 'token', token: 'p' },
    });
    expect(chooseSession(document.body, { edge: 'https://evil.test' })).to.deep.equal({
      edge: 'https://evil.test', source: { kind: 'none' },
    });
  });

  it('takes a provider’s own client', async () => {
    const client = { edge: 'https://made.test' } as unknown as CcmClient;
    const outer = document.createElement('ccm-provider');
    outer.client = client;
    const child = outer.appendChild(document.createElement('div'));
    expect(chooseSession(child, {})).to.deep.equal({ client });
  });

  it('says which address is none', () => {
    for (const edge of ['javascript:alert(1)', 'data:text/html,x', 'http://', 'https://[::']) {
      expect(chooseSession(document.body, { edge })).to.have.property('problem').that.contains(edge);
    }
  });
});

describe('words', () => {
  it('are those of the language, or English', () => {
    registerTranslation('de', { retry: 'Nochmal' });
    expect(stringsFor('de-AT').retry).to.equal('Nochmal');
    expect(stringsFor('de').empty).to.equal(english.empty);
    expect(stringsFor('fr').retry).to.equal(english.retry);
    for (const locale of ['xx-very-wrong-tag-', '<b>', '']) expect(validLocale(locale)).to.equal(undefined);
  });

  it('tell ages coarsely', () => {
    const now = 1_000_000_000_000;
    const told = (seconds: number) => ageText(now - seconds * 1000, english, now);
    expect([-5, 0, 59, 60, 3599, 3600, 90_000].map(told)).to.deep.equal(['now', 'now', 'now', '1 min', '59 min', '1 h', '1 d']);
    expect(ageText(Number.NaN, english, now)).to.equal('now');
  });
});
