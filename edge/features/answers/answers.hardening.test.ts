/** HAZARDS 4: a small request for much. */
import { expect, it, vi } from 'vitest';
import { entry } from '../../feeds/test/fixture.js';
import { MOST_BYTES } from './lines.js';
import { answersRig } from './test/rig.js';

const MB = 1024 * 1024;
const refs = (count: number) => Array.from({ length: count }, (_, n) => ({ id: 'sales', ref: `r${n}` }));
type Told = { ref: string; data?: unknown; state?: string; error?: { code: string }; tenant?: unknown };
const linesOf = (text: string) => text.trimEnd().split('\n').map((line) => JSON.parse(line) as Told);

it.each([['ready', true], ['late', false]])('one large answer named 200 times, %s, is told as often as 32 MB hold it, then too large', async (_which, ready) => {
  const { post, lines } = answersRig([entry()], () => ({ filler: 'x'.repeat(2 * MB) }));
  if (ready) await lines({ widgets: ['sales'] });
  const text = await (await post({ define: true, widgets: refs(200) })).text();
  expect(text.length).toBeLessThan(MOST_BYTES + MB);
  const told = linesOf(text);
  expect(told.map(({ ref }) => ref)).toEqual(refs(200).map(({ ref }) => ref));
  expect(told.filter(({ data }) => data !== undefined)).toHaveLength(15);
  expect(told.slice(15).every(({ state, error }) => state === 'failed' && error?.code === 'too_large')).toBe(true);
  expect(told.filter(({ tenant }) => tenant !== undefined)).toHaveLength(1);
});

it('a batch above a megabyte is not copied, and leaves as fast as its reader takes it', async () => {
  const { post, lines } = answersRig([entry()], () => ({ filler: 'x'.repeat(2 * MB) }));
  await lines({ widgets: ['sales'] });
  const concat = vi.spyOn(Buffer, 'concat');
  const reader = ((await post({ widgets: refs(15) })).body as ReadableStream<Uint8Array>).getReader();
  const large: Uint8Array[] = [];
  for (let n = 0; n < 4; n += 1) {
    const { value } = await reader.read();
    if (value !== undefined && value.length > MB) large.push(value);
  }
  expect(large.length).toBe(2);
  // One and the same answer, not two copies of it.
  expect(large[0]?.buffer).toBe(large[1]?.buffer);
  expect(concat.mock.calls.every(([parts]) => parts.reduce((sum, { length }) => sum + length, 0) < MB)).toBe(true);
  concat.mockRestore();
  await reader.cancel();
});
