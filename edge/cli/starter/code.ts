import type { StarterName } from './name.js';

export const widget = ({ tag, title }: StarterName): string => `// @ts-check
import { defineWidget } from '@a64core/ccm/sdk';
import { barsOf } from './rows.js';

/** Colours and sizes are the theme's: inside a widget these properties are always set. */
const sheet = typeof CSSStyleSheet === 'undefined' ? undefined : new CSSStyleSheet();
sheet?.replaceSync(\`
  ul { display: grid; align-content: start; gap: 10px; height: 100%; margin: 0; padding: 0; overflow: auto; list-style: none; color: var(--ccm-text); font-size: 13px; }
  .line { display: flex; justify-content: space-between; gap: 12px; line-height: 18px; }
  .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .value { font-weight: 600; font-variant-numeric: tabular-nums; }
  .bar { height: 4px; margin-top: 4px; border-radius: 2px; background: color-mix(in srgb, var(--ccm-muted) 14%, var(--ccm-surface)); }
  .bar i { display: block; width: var(--share); height: 100%; border-radius: 2px; background: var(--ccm-accent); }
  p { margin: 0; color: var(--ccm-muted); font-size: 13px; }
\`);

/** As the module's default, a definition need only name the module. */
export default defineWidget({
  tag: '${tag}',
  name: '${title}',
  description: 'What it shows, in one line.',
  icon: 'ChartBar',
  version: '0.1.0',
  // The settings form is made from this, and options that do not fit are told on the card.
  schema: {
    type: 'object',
    properties: {
      label: { type: 'string', title: 'Field of the name', minLength: 1, default: 'name' },
      value: { type: 'string', title: 'Field of the value', minLength: 1, default: 'value' },
    },
    required: ['label', 'value'],
    additionalProperties: false,
  },
  sizes: { default: 'medium', least: { w: 1, h: 1 } },
  // Shown in the gallery, in the marketplace, and beside its settings.
  sample: {
    options: { label: 'name', value: 'value' },
    data: [{ name: 'North', value: 128 }, { name: 'South', value: 96 }, { name: 'East', value: 41 }],
  },
  /** Called with each answer; the box is a shadow root of the widget's own. */
  render(box, { data, options, widget, format }) {
    if (sheet) box.adoptedStyleSheets = [sheet];
    const bars = barsOf(data, options, widget.dataPath);
    if (bars.length === 0) {
      box.replaceChildren(make('p', '', 'There is nothing yet.'));
      return;
    }
    const list = make('ul');
    for (const { name, value, share } of bars) {
      const item = make('li');
      const line = make('div', 'line');
      line.append(make('span', 'name', format(name, 'text')), make('span', 'value', format(value)));
      const bar = make('div', 'bar');
      const part = make('i');
      // By the CSSOM: strict policies let no style attribute in.
      part.style.setProperty('--share', \`\${share * 100}%\`);
      bar.append(part);
      item.append(line, bar);
      list.append(item);
    }
    box.replaceChildren(list);
  },
});

/** Text goes in as text: what is in the data is never read as HTML. */
function make(name, className = '', text = '') {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}
`;

export const rows = (): string => `import { getPath, rowsOf, toNumber } from '@a64core/ccm/sdk';

/** Names, values and shares (of the largest, 0 to 1) of an answer, whatever its shape. */
export function barsOf(data, { label, value }, dataPath) {
  const bars = rowsOf(data, dataPath).map((row) => ({ name: getPath(row, label), value: toNumber(getPath(row, value)) }));
  const largest = Math.max(0, ...bars.map((bar) => bar.value ?? 0));
  return bars.map((bar) => ({ ...bar, share: largest === 0 ? 0 : Math.max(0, bar.value ?? 0) / largest }));
}
`;

export const test = ({ tag }: StarterName): string => `import assert from 'node:assert/strict';
import { test } from 'node:test';
import widget from './${tag}.js';
import { barsOf } from './rows.js';

const options = { label: 'name', value: 'value' };

test('a bar is as long as its share of the largest', () => {
  assert.deepEqual(barsOf([{ name: 'a', value: 4 }, { name: 'b', value: '1' }], options).map(({ share }) => share), [1, 0.25]);
});

test('answers of any shape are no fault', () => {
  for (const data of [null, undefined, 7, 'x', {}, [], { items: null }]) assert.deepEqual(barsOf(data, options), []);
  for (const row of [null, 'x', { value: 'NaN' }, { value: -1 }, { value: 1e400 }]) assert.equal(barsOf([row], options)[0].share, 0);
});

test('its sample can be shown', () => {
  assert.equal(barsOf(widget.sample.data, widget.sample.options).length, 3);
});
`;
