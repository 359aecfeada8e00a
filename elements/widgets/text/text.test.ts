import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import type { TextConfig } from '../../../sdk/contract/display.js';
import type { WidgetDefinition } from '../../../sdk/contract/widget.js';
import { BAD_SHAPES, HOSTILE } from '../../core/test/samples.js';
import { until } from '../../core/test/until.js';
import { CcmText } from './text.js';

CcmText.define('ccm-text');

describe('ccm-text', () => {
  const widget = (textConfig: TextConfig | undefined): WidgetDefinition =>
    ({ id: 'note', title: 'Note', type: 'text', size: 'medium', dataSource: { type: 'static' }, ...(textConfig && { textConfig }) });
  const make = (data: unknown, textConfig?: TextConfig) =>
    fixture<CcmText>(html`<ccm-text .widget=${widget(textConfig)} .data=${data} .display=${{ locale: 'en-US' }}></ccm-text>`);
  const box = (element: CcmText) => element.shadowRoot!.querySelector<HTMLElement>('.text')!;
  const tags = (element: CcmText) => [...box(element).querySelectorAll('*')].map(({ localName }) => localName);

  it('is accessible', async () => {
    await expect(await make('# Title\n\nA [link](/x) and `code`.\n\n- [x] done\n\n| a | b |\n|---|--:|\n| 1 | 2 |')).to.be.accessible();
  });

  it('takes its text from the definition, a field, or the answer', async () => {
    expect(box(await make('other', { content: '**mine**' })).textContent).to.equal('mine\n');
    expect(box(await make({ a: { note: '*it*' } }, { field: 'a.note' })).querySelector('em')!.textContent).to.equal('it');
    expect(box(await make('plain')).querySelector('p')!.textContent).to.equal('plain');
    expect(box(await make(7)).textContent).to.contain('7');
  });

  it('keeps its headings below the title of the card', async () => {
    expect(tags(await make('# a\n## b\n### c\n#### d\n##### e'))).to.deep.equal(['h3', 'h4', 'h5', 'h6', 'h6']);
    expect(tags(await make('### a\n##### b\n### c\n# d\n## e'))).to.deep.equal(['h3', 'h4', 'h3', 'h3', 'h4']);
  });

  it('leads only to http, https and relative addresses, and away from what is read', async () => {
    const element = await make([
      '[a](https://a.example/x)', '[b](/b)', '[c](javascript:alert(1))', '[d](data:text/html,x)', '[e](//evil.example)', '[f](https://bank.example@evil.example)',
      '[g](JaVaScRiPt&colon;alert(1))', '<https://auto.example>', '[h](vbscript:x)', '[i](\u0001javascript:alert(1))',
    ].join(' '));
    const links = [...box(element).querySelectorAll('a')];
    expect(links.filter((link) => link.hasAttribute('href')).map(({ href }) => href)).to.deep.equal([
      'https://a.example/x', new URL('/b', document.baseURI).href, 'https://auto.example/',
    ]);
    expect(links[0]).to.include({ rel: 'noopener noreferrer', target: '_blank' });
    expect(links[1]!.target).to.equal('');
  });

  it('shows pictures of http, https and relative addresses, and of others their words', async () => {
    const element = await make('![one](/__none.png "t") ![two](data:image/png;base64,AAAA) ![three](blob:x) ![four](javascript:x)');
    const images = [...box(element).querySelectorAll('img')];
    expect(images.map(({ alt }) => alt)).to.deep.equal(['one']);
    expect(images[0]).to.include({ loading: 'lazy', referrerPolicy: 'no-referrer' });
    expect(box(element).textContent).to.contain('two').and.contain('three').and.contain('four');
  });

  it('shows HTML as it was typed, but for plain marks', async () => {
    const element = await make('<b onclick=x>a</b> H<sub>2</sub>O <kbd>Ctrl</kbd><br>x\n\n<div id="location" style="position:fixed">\n<form action=x><input name=y></form>\n</div>');
    expect([...new Set(tags(element))].sort()).to.deep.equal(['br', 'kbd', 'p', 'sub']);
    expect(box(element).textContent).to.contain('<b onclick=x>a</b>').and.contain('<div id="location" style="position:fixed">').and.contain('<input name=y>');
    expect(box(element).querySelectorAll('[id], [style], [name], [class], [onclick]')).to.have.length(0);
  });

  it('shows hostile strings as typed', async () => {
    for (const text of HOSTILE) {
      expect(box(await make(text)).textContent.trim(), text).to.equal(text);
      await make({ text }, { field: 'text' });
    }
    expect((window as { pwned?: unknown }).pwned).to.equal(undefined);
  });

  it('says what it lacks for answers of other shapes', async () => {
    for (const data of BAD_SHAPES) {
      const text = (await make(data)).shadowRoot!.textContent;
      expect(text, JSON.stringify(data)).not.to.match(/undefined|\[object|NaN/);
    }
    expect((await make({ b: 1 }, { field: 'a' })).shadowRoot!.textContent).to.contain('“a”');
    expect((await make('  \n')).shadowRoot!.textContent).to.contain('Nothing is written here yet');
  });

  it('takes what is made to break a reader, in good time', async () => {
    const bombs = ['> '.repeat(30_000), '*'.repeat(50_000), '['.repeat(50_000), '[a]('.repeat(20_000), '`'.repeat(49_999), '- '.repeat(25_000), '|'.repeat(50_000), '<'.repeat(50_000), '_a'.repeat(25_000), '#\t'.repeat(20_000), '![]('.repeat(12_000)];
    for (const bomb of bombs) {
      const from = performance.now();
      const element = await make(bomb);
      expect(element.shadowRoot!.textContent.length, bomb.slice(0, 10)).to.be.greaterThan(0);
      expect(performance.now() - from, bomb.slice(0, 10)).to.be.lessThan(3000);
    }
  }).timeout(60_000);

  it('says that there was more of a text without end', async () => {
    const element = await make('word '.repeat(200_000));
    expect(element.shadowRoot!.querySelector('.rest')).not.to.equal(null);
    expect(box(element).textContent.length).to.be.lessThan(16_000);
  });

  it('shows a sign while there is more below', async () => {
    const element = await make('one\n\n'.repeat(20));
    element.style.cssText = 'display: block; height: 76px';
    const sign = () => getComputedStyle(element.shadowRoot!.querySelector('.page')!, '::after').opacity;
    await until('the sign is there', () => sign() === '1');
    const scroll = element.shadowRoot!.querySelector('.scroll')!;
    scroll.scrollTop = scroll.scrollHeight;
    await until('the sign is gone', () => sign() === '0');
    element.data = 'short';
    await element.updateComplete;
    await aTimeout(50);
    expect(sign()).to.equal('0');
  });

  it('keeps the nodes of a text that is the same', async () => {
    const element = await make('a **b**');
    const before = box(element).firstElementChild;
    element.data = 'a **b**';
    element.display = { locale: 'de' };
    await element.updateComplete;
    expect(box(element).firstElementChild).to.equal(before);
    element.data = 'c';
    await element.updateComplete;
    expect(box(element).textContent).to.equal('c\n');
  });

  it('is no table', async () => {
    expect((await make('x')).asTable()).to.equal(undefined);
  });
});
