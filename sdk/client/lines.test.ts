import { describe, expect, it } from 'vitest';
import { createEventReader } from '../live/event-stream.js';
import { createLineCutter, readLines } from './lines.js';

const cut = (pieces: string[]) => {
  const lines: string[] = [];
  const cutter = createLineCutter((line) => lines.push(line));
  for (const piece of pieces) cutter.push(piece);
  cutter.end();
  return lines;
};

const streamOf = (pieces: Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });

describe('lines', () => {
  it('are the same wherever the text is cut', () => {
    const text = 'one\ntwo\r\nthree\rfour\n\n\r\n\r\nfive\r\r\nsix';
    const whole = ['one', 'two', 'three', 'four', '', '', '', 'five', '', 'six'];
    expect(cut([text])).toEqual(whole);
    expect(cut([...text])).toEqual(whole);
    for (let at = 0; at <= text.length; at++) expect(cut([text.slice(0, at), '', text.slice(at)]), `cut at ${at}`).toEqual(whole);
  });

  it('are the same wherever the bytes are cut, in a letter too', async () => {
    const bytes = new TextEncoder().encode('{"name":"Zürich 🚆\u2028東京"}\n{"b":1}');
    for (let at = 0; at <= bytes.length; at++) {
      const lines: string[] = [];
      let pieces = 0;
      await readLines(streamOf([bytes.subarray(0, at), bytes.subarray(at)]), (line) => lines.push(line), () => pieces++);
      expect(lines).toEqual(['{"name":"Zürich 🚆\u2028東京"}', '{"b":1}']);
      expect(pieces).toBe(2);
    }
  });

  it('end with the stream, and a reader that throws ends it', async () => {
    await readLines(null, () => expect.unreachable(), () => expect.unreachable());
    let cancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('a\n')),
      cancel: () => void (cancelled = true),
    });
    await expect(readLines(stream, () => {
      throw new Error('of the reader');
    }, () => {})).rejects.toThrow('of the reader');
    expect(cancelled).toBe(true);
  });
});

describe('events', () => {
  const read = (text: string, step = text.length) => {
    const seen: string[] = [];
    const reader = createEventReader((data) => seen.push(data));
    const cutter = createLineCutter(reader);
    for (let at = 0; at < text.length; at += step) cutter.push(text.slice(at, at + step));
    cutter.end();
    return seen;
  };

  // The cases of the web platform tests (eventsource/format-*), as far as they tell of data.
  it.each([
    ['a value', 'data: x\n\n', ['x']],
    ['no space', 'data:x\n\n', ['x']],
    ['two spaces: one is kept', 'data:  x\n\n', [' x']],
    ['lines', 'data:x\ndata:y\n\n', ['x\ny']],
    ['no colon', 'data\n\ndata\ndata\n\ndata:test\n\n', ['', '\n', 'test']],
    ['CR', 'data:a\r\rdata:b\r\r', ['a', 'b']],
    ['CRLF', 'data:a\r\n\r\ndata:b\r\n\r\n', ['a', 'b']],
    ['a comment', ': ping\n\ndata:x\n\n', ['x']],
    ['other fields', 'id: 1\nevent: e\nretry: 10\nfoo: bar\ndata:x\n\n', ['x']],
    ['a field that begins like it', 'data2:x\ndatax\n data:x\n\n', []],
    ['a colon in the value', 'data:{"a":"b:c"}\n\n', ['{"a":"b:c"}']],
    ['U+2028 and NUL in the value', 'data:a\u2028b\u0000c\n\n', ['a\u2028b\u0000c']],
    ['an end in the middle', 'data:x\n\ndata:y', ['x']],
  ])('are read: %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
    expect(read(text, 1)).toEqual(expected);
  });
});
