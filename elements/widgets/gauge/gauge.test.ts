import { expect, fixture, html } from '@open-wc/testing';
import type { GaugeConfig } from '../../../sdk/contract/display.js';
import { rtlStyles } from '../../core/rtl.styles.js';
import { BAD_SHAPES, definition, HEALTH, HOSTILE } from '../../core/test/samples.js';
import { until } from '../../core/test/stand-in-edge.js';
import { arc, shareOf } from './arc.js';
import { CcmGauge } from './gauge.js';
import { placed, roundLabels, straightLabels, widthOf, writerOf } from './labels.js';
import type { Label } from './labels.js';
import { scaleOf } from './scale.js';

CcmGauge.define('ccm-gauge');

describe('ccm-gauge', () => {
  const make = async (reading: unknown, config: Partial<GaugeConfig> = {}) => {
    const widget = { ...definition(HEALTH), gaugeConfig: { ...HEALTH.gaugeConfig!, ...config } };
    const element = await fixture<CcmGauge>(html`<ccm-gauge .widget=${widget} .data=${{ health_score: reading }} .display=${{ locale: 'en-US' }}></ccm-gauge>`);
    return element.shadowRoot!.querySelector('.gauge');
  };

  it('is a meter with the reading in words', async () => {
    const meter = (await make(92))!;
    expect(meter.getAttribute('role')).to.equal('meter');
    expect(meter.getAttribute('aria-valuenow')).to.equal('92');
    expect(meter.getAttribute('aria-valuetext')).to.equal('92 Healthy');
    await expect((meter.getRootNode() as ShadowRoot).host).to.be.accessible();
  });

  it('names the range that a reading is in', async () => {
    for (const [reading, word] of [[0, 'Critical'], [49.9, 'Critical'], [50, 'Warning'], [80, 'Healthy'], [1000, 'Healthy']] as const) {
      expect((await make(reading))!.querySelector('.status')!.textContent).to.equal(word);
    }
    expect((await make(-5))!.querySelector('.status')).to.equal(null);
  });

  it('stays on the dial', async () => {
    expect((await make(1000))!.getAttribute('aria-valuenow')).to.equal('100');
    expect((await make(-5))!.getAttribute('aria-valuenow')).to.equal('0');
  });

  it('has no value rather than zero', async () => {
    const meter = (await make(null))!;
    expect(meter.querySelector('.value')!.textContent).to.contain('–');
    expect(meter.getAttribute('aria-valuetext')).to.equal('no value');
    for (const reading of ['high', [], {}, true, Number.NaN, undefined]) expect(await make(reading), String(reading)).to.equal(null);
  });

  it('shows what a mapping says', async () => {
    const mappings = [{ special: 'null' as const, text: 'Off', color: 'gray', icon: 'CloudOff' }, { value: 'broken', text: 'Broken', color: 'red' }, { from: 90, color: 'blue' }];
    const off = (await make(null, { mappings, unit: 'pts' }))!;
    expect(off.querySelector('.value')!.textContent!.trim()).to.equal('Off');
    expect(off.querySelector('.value svg')).not.to.equal(null);
    expect(off.getAttribute('aria-valuetext')).to.equal('Off');
    expect((await make('broken', { mappings }))!.getAttribute('aria-valuetext')).to.equal('Broken');
    const high = (await make(95, { mappings }))!;
    expect(high.getAttribute('aria-valuetext')).to.equal('95');
    expect((high as HTMLElement).style.getPropertyValue('--_tone')).to.equal('var(--_accent)');
  });

  it('keeps its reading where the needle cannot follow', async () => {
    const meter = (await make(1234, { shape: 'bar' }))!;
    expect(meter.querySelector('.value')!.textContent!.trim()).to.equal('1,234');
    expect(meter.querySelector<HTMLElement>('.fill')!.style.inlineSize).to.equal('100%');
    expect(meter.getAttribute('aria-valuenow')).to.equal('100');
  });

  it('shortens what has no room on a dial', async () => {
    expect((await make(12345678, { max: 1e9 }))!.querySelector('.value')!.textContent!.trim()).to.equal('12.3M');
    expect((await make(1e300, { max: 1e301 }))!.querySelector('.value')!.textContent!.trim()).to.equal('1E300');
    expect((await make(45.25, { format: 'percent' }))!.querySelector('.value')!.textContent!.trim()).to.equal('45.3%');
  });

  it('is a bar where that is asked for', async () => {
    const meter = (await make(60, { shape: 'bar' }))!;
    expect(meter.querySelector('svg.arc')).to.equal(null);
    expect(meter.querySelector<HTMLElement>('.fill')!.style.inlineSize).to.equal('60%');
    const ranges = [...meter.querySelectorAll<HTMLElement>('.ranges span')];
    expect(ranges.map(({ style }) => [style.insetInlineStart, style.inlineSize])).to.deep.equal([['0%', '50%'], ['50%', '30%'], ['80%', '20%']]);
    await expect((meter.getRootNode() as ShadowRoot).host).to.be.accessible();
  });

  it('writes its labels beside the scale', async () => {
    for (const shape of ['arc', 'bar'] as const) {
      const meter = (await make(60, { shape, format: { style: 'number', unit: 'ms' } }))! as HTMLElement;
      const host = (meter.getRootNode() as ShadowRoot).host as CcmGauge;
      host.style.cssText = 'width: 500px; height: 220px';
      const shown = () => [...meter.querySelectorAll<HTMLElement>('.labels span')];
      await until('the labels are there', () => shown().length === 7);
      expect(shown().map(({ textContent }) => textContent)).to.deep.equal(['0', '100', '50', '80', 'Critical', 'Warning', 'Healthy']);
      for (const one of shown()) expect(one.scrollWidth, one.textContent!).to.be.at.most(one.clientWidth);
      host.style.width = '90px';
      host.style.height = '130px';
      await until('some have no room', () => shown().length < 7);
    }
  });

  /** As it stands in a card whose body is so large. */
  const inBody = async (width: number, height: number, reading: number, config: Partial<GaugeConfig>, locale = 'en-US', dir: 'ltr' | 'rtl' = 'ltr') => {
    const widget = { ...definition(HEALTH), gaugeConfig: { ...HEALTH.gaugeConfig!, ...config } };
    const body = await fixture<HTMLElement>(html`<div dir=${dir} style="container-type: size; width: ${width}px; height: ${height}px">
      <ccm-gauge .widget=${widget} .data=${{ health_score: reading }} .display=${{ locale, currency: 'USD' }}></ccm-gauge>
    </div>`);
    const element = body.querySelector<CcmGauge>('ccm-gauge')!;
    await until('it is laid out', () => (element.shadowRoot!.querySelector('.gauge')?.clientHeight ?? 0) === height);
    return element.shadowRoot!;
  };
  /** Where the characters stand, not the box around them. */
  const textBox = (node: Node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };

  it('writes a long reading smaller, within its dial or beside it', async () => {
    for (const [reading, config, locale] of [[812345, { max: 1e6, format: 'currency' }, 'ar'], [812345, { max: 1e6, format: 'currency' }, 'de'], [81234.5, { max: 1e5, unit: 'requests/s' }, 'en-US']] as const) {
      for (const [width, height] of [[268, 190], [160, 130], [268, 76], [200, 60]] as const) {
        const root = await inBody(width, height, reading, { ...config, showLabels: false, thresholds: [{ value: 0, color: 'good', label: 'A name that is rather long' }] }, locale);
        const [value, dial] = [textBox(root.querySelector('.value')!), root.querySelector('.dial')!.getBoundingClientRect()];
        const what = `${locale} in ${width} × ${height}`;
        if (height < 120) expect(value.right, what).to.be.below(dial.left);
        else expect(value.width, what).to.be.below(dial.width * 0.74);
        expect(dial.right, what).to.be.at.most(root.host.getBoundingClientRect().right + 0.5);
      }
    }
  });

  it('has its reading in the dial of a high card too', async () => {
    const root = await inBody(200, 600, 92, {});
    const [value, dial] = [root.querySelector('.value')!.getBoundingClientRect(), root.querySelector('.dial')!.getBoundingClientRect()];
    expect(value.top).to.be.above(dial.top);
    expect(value.bottom).to.be.below(dial.bottom);
  });

  it('has the unit after the number, in the direction of the unit', async () => {
    for (const [locale, dir] of [['ar', 'rtl'], ['en', 'ltr']] as const) {
      for (const [unit, side] of [['كغ', -1], ['GB', 1]] as const) {
        const root = await inBody(268, 190, -38, { min: -100, unit }, locale, dir);
        const [number, shown] = [textBox(root.querySelector('.value bdi')!), textBox(root.querySelector('.unit')!)];
        expect(Math.sign(shown.left - number.left), `${unit} in ${locale}`).to.equal(side);
      }
    }
  });

  it('has words in the middle of the dial from either side', async () => {
    const root = await inBody(268, 190, 7, { mappings: [{ value: 7, text: 'Out of service until further notice' }] }, 'ar', 'rtl');
    root.adoptedStyleSheets.unshift(rtlStyles.styleSheet!);
    expect(getComputedStyle(root.querySelector('.words')!).textAlign).to.equal('center');
  });

  it('has the ends of a bar flush with their numbers', async () => {
    for (const dir of ['ltr', 'rtl'] as const) {
      const root = await inBody(268, 190, 60, { shape: 'bar', showLabels: true, format: 'currency', min: -1e6, max: 1e6 }, 'ar', dir);
      await until('the labels are there', () => root.querySelectorAll('.labels span').length > 1);
      const boxes = [...root.querySelectorAll('.labels span')].slice(0, 2).map(textBox);
      const [first, last] = dir === 'ltr' ? boxes : boxes.reverse();
      const bar = root.querySelector('.bar')!.getBoundingClientRect();
      expect(first!.left, dir).to.be.closeTo(bar.left, 1.5);
      expect(last!.right, dir).to.be.closeTo(bar.right, 1.5);
    }
  });

  it('draws something of every answer, and shows what was typed', async () => {
    for (const shape of ['arc', 'bar'] as const) {
      for (const data of BAD_SHAPES) {
        const widget = { ...definition(HEALTH), gaugeConfig: { ...HEALTH.gaugeConfig!, shape } };
        const element = await fixture<CcmGauge>(html`<ccm-gauge .widget=${widget} .data=${data}></ccm-gauge>`);
        expect(element.shadowRoot!.textContent!.trim(), JSON.stringify(data)).to.match(/\S/).and.not.match(/NaN|undefined|\[object/);
      }
      for (const text of HOSTILE) {
        const meter = (await make(60, { shape, unit: text, thresholds: [{ value: 0, color: text, label: text }], mappings: [{ value: 1, text }] }))!;
        expect(meter.querySelector('.unit')!.textContent!.trim()).to.equal(text);
        expect(meter.querySelector('.status')!.textContent).to.equal(text);
        expect(meter.querySelector('img, script, svg[onload]') === null).to.equal(true);
      }
    }
    expect(window).not.to.have.property('pwned');
  });

  it('is a table of its reading', async () => {
    const table = async (reading: unknown, config: Partial<GaugeConfig> = {}) =>
      (((await make(reading, config))?.getRootNode() as ShadowRoot | undefined)?.host as CcmGauge | undefined)?.asTable();
    expect(await table(92.5)).to.deep.equal({ columns: [{ label: 'System Health' }], rows: [[92.5]] });
    expect(await table('92.5', { unit: 'pts' })).to.deep.equal({ columns: [{ label: 'System Health (pts)' }], rows: [['92.5']] });
    expect(await table(null)).to.equal(undefined);
  });

  it('draws with bounds that make no range', async () => {
    for (const config of [{ min: 5, max: 5 }, { min: 9, max: 1 }, { thresholds: [] }, { thresholds: undefined }]) {
      expect(await make(7, config)).not.to.equal(null);
    }
  });
});

describe('the dial', () => {
  it('turns shares into arcs', () => {
    expect(shareOf(50, 0, 100)).to.equal(0.5);
    expect([shareOf(-1, 0, 10), shareOf(11, 0, 10), shareOf(1, 1, 1)]).to.deep.equal([0, 1, 0]);
    // From the lower left over the top to the lower right.
    expect(arc(0, 1, 48)).to.equal('M18.43 84.00A48 48 0 1 1 101.57 84.00');
    expect(arc(0.5, 0.5, 48)).to.equal('M60.00 12.00A48 48 0 0 1 60.00 12.00');
  });
});

describe('the labels', () => {
  const scale = (count: number, config: Partial<GaugeConfig> = {}) =>
    scaleOf({ value: 'x', thresholds: Array.from({ length: count }, (_, index) => ({ value: (index * 100) / count, color: 'red', label: `Range ${index}` })), ...config }, 40);
  const write = (value: number) => String(Math.round(value));
  const overlaps = (labels: Label[]) =>
    labels.some((a, index) => labels.slice(0, index).some((b) => a.x < b.x + b.width && b.x < a.x + a.width && Math.abs(a.y - b.y) < 14));

  it('never meet, and stay inside', () => {
    for (const layout of [roundLabels, straightLabels]) {
      for (const count of [0, 1, 2, 3, 5, 20]) {
        for (const size of [{ width: 60, height: 120 }, { width: 160, height: 150 }, { width: 300, height: 150 }, { width: 800, height: 400 }]) {
          const labels = layout(scale(count), size, write);
          expect(overlaps(labels), `${count} on ${size.width}`).to.equal(false);
          for (const { x, y, width } of labels) {
            expect(x).to.be.at.least(-0.5);
            expect(x + width).to.be.at.most(size.width + 0.5);
            expect(y).to.be.at.least(-0.5);
            expect(y + 14).to.be.at.most(size.height + 0.5);
          }
        }
      }
    }
  });

  it('tell the ends first', () => {
    const texts = (labels: Label[]) => labels.map(({ text }) => text);
    expect(texts(roundLabels(scale(20), { width: 160, height: 150 }, write)).slice(0, 2)).to.deep.equal(['0', '100']);
    expect(texts(straightLabels(scale(20), { width: 160, height: 150 }, write)).slice(0, 2)).to.deep.equal(['0', '100']);
    expect(texts(placed([{ text: 'a', x: 20, y: 20 }, { text: 'b', x: 22, y: 20 }, { text: '', x: 60, y: 20 }], { width: 100, height: 40 }))).to.deep.equal(['a']);
  });

  it('name all ranges of a dial or none', () => {
    const named = scaleOf({ value: 'x', thresholds: ['Critical', 'Warning', 'Healthy'].map((label, index) => ({ value: [0, 50, 80][index]!, color: 'red', label })) }, 40);
    const texts = (width: number, height: number) => roundLabels(named, { width, height }, write, 'Critical').map(({ text }) => text);
    expect(texts(268, 202)).to.deep.equal(['0', '100', '50', '80']);
    expect(texts(324, 202)).to.deep.equal(['0', '100', '50', '80', 'Critical', 'Warning', 'Healthy']);
  });

  it('have room for wide scripts, and none for what is not seen', () => {
    expect(widthOf('危险')).to.be.greaterThan(widthOf('ab'));
    expect(widthOf('\u200f\u200e-5')).to.equal(widthOf('-5'));
  });

  it('are short, and lose no digit where they are', () => {
    const written = (config: Partial<GaugeConfig>, locale = 'en-US') => [0.25, 92.5, 250_000].map(writerOf({ value: 'x', ...config }, { locale, currency: 'USD' }));
    expect(written({})).to.deep.equal(['0.25', '92.5', '250K']);
    expect(written({ format: 'currency' })).to.deep.equal(['$0.3', '$92.5', '$250K']);
    expect(written({ format: 'percent' }, 'ar')[1]).to.contain('%');
  });
});

describe('the scale', () => {
  it('makes ranges of thresholds, within its bounds', () => {
    const { segments, share } = scaleOf({ value: 'x', min: 0, max: 10, thresholds: [{ value: 8, color: 'red' }, { value: -5, color: 'green' }, { value: 5, color: 'url(//x)' }, { value: 20, color: 'blue' }] }, 4);
    expect(share).to.equal(0.4);
    expect(segments.map(({ from, to, color }) => [from, to, color])).to.deep.equal([[0, 0.5, 'var(--_good)'], [0.5, 0.8, undefined], [0.8, 1, 'var(--_critical)']]);
  });

  it('makes a range of bounds that are none', () => {
    expect(scaleOf({ value: 'x', min: 9, max: 1 }, 5)).to.include({ min: 1, max: 9, share: 0.5 });
    expect(scaleOf({ value: 'x', min: 5, max: 5 }, 7)).to.include({ min: 5, max: 6, share: 1 });
    expect(scaleOf({ value: 'x', min: 'x' as unknown as number, max: Number.NaN }, undefined)).to.include({ min: 0, max: 100, share: 0 });
  });
});
