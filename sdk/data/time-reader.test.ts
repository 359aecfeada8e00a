import { describe, expect, it } from 'vitest';
import { parseTime } from './time.js';
import { timeReader } from './time-reader.js';

describe('reading many times', () => {
  const read = timeReader('Europe/Berlin');

  it('says of each what parsing it alone says, whatever was read before it', () => {
    const day = Date.UTC(2025, 9, 26);
    for (let step = -300; step < 300; step += 1) {
      const time = day + step * 1_234_567;
      const text = new Date(time).toISOString();
      for (const written of [text, text.replace(/\.\d+/, ''), text.replace('Z', '+02:00'), text.replace(/(\.\d\d)\d/, '$1')]) {
        expect(read(written), written).toBe(parseTime(written));
      }
    }
  });

  it.each([
    '2025-10-26T24:00:00Z', '2025-10-26T23:60:00Z', '2025-10-26T23:59:60Z', '2025-10-26T99:00:00Z', '2025-10-26T1a:00:00Z', '2025-10-26T12:00:00.0aZ',
    '2025-10-26T12:00:00', '2025-10-26T12-00-00Z', '2025-10-26t12:00:00z', '2025-10-26 12:00:00Z', '2025-10-26T12:00:00+Z', '2025-10-26', '2025-10-26TZ', '2025-10-26T12:00:00Zxxxx',
    '2025-10-26T12:00:00.1234Z', '2025-10-26T12:00:00,123Z',
  ])('takes %s after another of its day as it takes it alone', (text) => {
    const alone = timeReader('UTC')(text);
    const after = timeReader('UTC');
    after('2025-10-26T08:00:00Z');
    expect(after(text)).toBe(alone);
  });

  it('reads a clock without a zone in its own', () => {
    read('2025-10-26T08:00:00Z');
    expect(read('2025-10-26T01:30:00')).toBe(Date.UTC(2025, 9, 25, 23, 30));
    expect(read('2025-10-26')).toBe(Date.UTC(2025, 9, 25, 22));
  });

  it.each([[1_761_436_800, 1_761_436_800_000], [1_761_436_800_000, 1_761_436_800_000], [null, undefined], [{}, undefined], ['soon', undefined], [12, undefined]])('reads %j as %j', (value, time) => {
    expect(read(value)).toBe(time);
  });
});
