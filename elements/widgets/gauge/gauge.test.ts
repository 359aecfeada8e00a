import { expect, fixture, html } from '@open-wc/testing';
import type { GaugeConfig } from '../../../sdk/contract/display.js';
import { definition, HEALTH } from '../../core/test/samples.js';
import { arc, shareOf } from './arc.js';
import { CcmGauge } from './gauge.js';

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
