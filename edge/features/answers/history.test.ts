import { expect, it } from 'vitest';
import { entry } from '../../feeds/test/fixture.js';
import type { SamplePoint, SeriesName } from '../../kernel/samples.js';
import { answersRig } from './test/rig.js';

const points: SamplePoint[] = [{ time: 1_000, value: 1 }, { time: 11_000, value: 2.5 }];
const stat = { primaryValue: 'value', sparkline: true };

function rig(...entries: Parameters<typeof answersRig>[0]) {
  const asked: [SeriesName, number][] = [];
  return { asked, ...answersRig(entries, undefined, { last: (series, count) => (asked.push([series, count]), points) }) };
}

it('a stat with a sparkline gets its last samples with its definition', async () => {
  const { lines, asked } = rig(entry({ statConfig: stat }));
  const [line] = await lines({ define: true, widgets: [{ id: 'sales' }] });
  expect(line).toMatchObject({ widget_id: 'sales', data: { value: 1 }, history: [[1_000, 1], [11_000, 2.5]] });
  expect(asked).toEqual([[{ tenant: 'acme', name: 'widget:sales:value' }, 120]]);
});

it('not without the definition, without a sparkline, for one user\'s rows, or for a viewer\'s own question', async () => {
  const { lines, asked } = rig(
    entry({ statConfig: stat, params: { region: { type: 'string' } } }), entry({ id: 'plain' }), entry({ id: 'mine', statConfig: stat, scope: 'user' }),
  );
  const all = [
    ...(await lines({ widgets: [{ id: 'sales' }] })),
    ...(await lines({ define: true, widgets: [{ id: 'plain' }, { id: 'mine' }, { id: 'sales', params: { region: 'EU' } }] })),
  ];
  expect(all).toHaveLength(4);
  for (const line of all) expect(line).not.toHaveProperty('history');
  expect(asked).toEqual([]);
});
