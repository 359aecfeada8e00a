/** Definitions that a page made itself and nobody checked: each field of each type with what cannot stand there. */
import { expect } from '@open-wc/testing';
import { WIDGET_TYPES } from '../../sdk/contract/widget.js';
import { define } from '../tags.js';
import { misplaced } from '../widget/misplaced.js';
import { fieldsOf, leastOf, withField } from './test/fields.js';
import { kindOf, listenForFaults, LONG, troubleOf, widgetOf, written } from './test/trouble.js';

define();

const OPTIONS: unknown[] = [null, undefined, '', 'x', LONG, 0, -1, 1e9, -1e308, 0.5, true, {}, [], [null], [{}], { a: {} }, '__proto__', 'a..b'];

describe('options of other shapes', () => {
  listenForFaults();

  for (const type of WIDGET_TYPES) {
    it(`${type}: field by field`, async () => {
      const kind = await kindOf(type);
      const { options, data } = kind.sample;
      const whole = OPTIONS.map((value) => ({ name: `the options: ${written(value)}`, widget: widgetOf(type, value), data }));
      const cases = fieldsOf(kind.schema).flatMap(({ path, schema }) => {
        // JSON has it as 1e400.
        const values = schema.type === 'number' || schema.type === 'integer' ? [...OPTIONS, Infinity] : OPTIONS;
        return values.map((value) => ({ name: `${path.join('.')}: ${written(value)}`, widget: widgetOf(type, withField(kind.schema, options, path, value)), data }));
      });
      expect(await troubleOf([...whole, ...cases], { widget: widgetOf(type, options), data }, { fail: true, again: false })).to.deep.equal([]);
    }).timeout(120_000);
  }

  it('finds nothing wrong with what the schemas allow', async () => {
    for (const type of WIDGET_TYPES) {
      const { schema, sample } = await kindOf(type);
      for (const { path, schema: own } of fieldsOf(schema)) {
        expect(misplaced({ ...widgetOf(type, withField(schema, sample.options, path, leastOf(own))) }), `${type}: ${path.join('.')}`).to.equal(undefined);
      }
    }
  });

  it('says where it is wrong what stands on the card', async () => {
    const { options, data } = (await kindOf('stat')).sample;
    const element = document.createElement('ccm-widget');
    document.body.append(element);
    for (const [more, where] of [
      [{ primaryLabel: {} }, 'statConfig.primaryLabel'], [{ format: { style: 'number', unit: [] } }, 'statConfig.format.unit'],
      [{ secondaryMetrics: ['a'] }, 'statConfig.secondaryMetrics'],
    ] as const) {
      Object.assign(element, { config: widgetOf('stat', { ...(options as object), ...more }), data });
      await element.updateComplete;
      expect(element.shadowRoot!.textContent).to.contain(where);
    }
    element.remove();
  });
});
