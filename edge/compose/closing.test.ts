import { expect, test } from 'vitest';
import { createClosing } from './closing.js';

test('closes the last that was opened first, each once, and waits for each', async () => {
  const closed: string[] = [];
  const closing = createClosing();
  closing.own({ close: () => closed.push('store') });
  closing.atEnd(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    closed.push('client');
  });
  closing.own({ close: () => closed.push('feeds') });
  const [first, again] = [closing.end(), closing.end()];
  expect(again).toBe(first);
  await first;
  expect(closed).toEqual(['feeds', 'client', 'store']);
});

test('gives back what it will close', () => {
  const part = { close: () => undefined, name: 'x' };
  expect(createClosing().own(part)).toBe(part);
});
