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

test('one that cannot be closed keeps none of the others open, and is told of at the end', async () => {
  const closed: string[] = [];
  const closing = createClosing();
  closing.own({ close: () => closed.push('store') });
  closing.atEnd(() => Promise.reject(new Error('the bus is gone')));
  closing.atEnd(() => {
    throw new Error('the disk is full');
  });
  closing.own({ close: () => closed.push('feeds') });
  await expect(closing.end()).rejects.toMatchObject({ errors: [{ message: 'the disk is full' }, { message: 'the bus is gone' }] });
  expect(closed).toEqual(['feeds', 'store']);
});
