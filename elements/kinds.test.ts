import { expect, fixture, html } from '@open-wc/testing';
import { WIDGET_TYPES } from '../sdk/contract/widget.js';
import type { WidgetDefinition } from '../sdk/contract/widget.js';
import { validateWidget } from '../sdk/contract/validate.js';
import { faultsOfSchema } from '../sdk/data/schema-faults.js';
import { defineWidget } from '../sdk/define/define-widget.js';
import type { WidgetKind } from '../sdk/define/widget-kind.js';
import { kindOf, kinds } from './core/kinds.js';
import { until } from './core/test/until.js';
import { define } from './tags.js';
import type { CcmWidget } from './widget/ccm-widget.js';

define();

const samplesOf = ({ name, sample, samples = [] }: WidgetKind) => [{ name, ...sample }, ...samples];
const widgetOf = ({ type = 'custom', name }: WidgetKind, options: object): WidgetDefinition =>
  ({ id: 'sample', title: name, type, size: 'medium', dataSource: { type: 'static' }, [`${type}Config`]: options });

describe('the kinds of the built-in types', () => {
  it('are one for each type, and those of the page stand beside them', async () => {
    expect((await kinds()).map(({ type }) => type).sort()).to.deep.equal([...WIDGET_TYPES].sort());
    const mine = defineWidget({ tag: 'test-mine', name: 'Mine', schema: { type: 'object' }, sample: { options: {}, data: 1 } });
    expect((await kinds()).at(-1)).to.equal(mine);
    expect(await kindOf({ type: 'custom', customConfig: { element: 'test-mine' } })).to.equal(mine);
    expect((await kindOf({ type: 'custom', customConfig: { element: 'test-unknown' } }))?.tag).to.equal('ccm-custom');
    expect((await kindOf({ type: 'stat' }))?.tag).to.equal('ccm-stat');
  });

  it('have samples that fit their schema and the contract', async () => {
    for (const kind of (await kinds()).filter(({ tag }) => tag.startsWith('ccm-'))) {
      for (const { name, options } of samplesOf(kind)) {
        expect(faultsOfSchema(kind.schema, options), `${kind.name}: ${name}`).to.deep.equal([]);
        if (kind.type === 'custom') continue;
        const widget = { ...widgetOf(kind, options), dataSource: { type: 'static', data: {} }, permissions: [], roles: [] };
        expect(await validateWidget(widget), `${kind.name}: ${name}`).to.deep.equal([]);
      }
    }
  });

  it('have samples that are drawn', async () => {
    for (const kind of (await kinds()).filter(({ tag }) => tag.startsWith('ccm-'))) {
      for (const { name, options, data } of samplesOf(kind)) {
        const element = await fixture<CcmWidget>(html`<ccm-widget .config=${widgetOf(kind, options)} .data=${data}></ccm-widget>`);
        await until(`${kind.name}: ${name}`, () => element.shadowRoot!.querySelector(kind.tag)?.shadowRoot?.firstElementChild != null);
        expect(element.state, `${kind.name}: ${name}`).to.equal('fresh');
      }
    }
  }).timeout(60_000);
});
