/**
 * Cuts text that arrives in pieces into lines; LF, CR and CRLF end one.
 * `end` gives the last line where nothing ended it.
 */
export function createLineCutter(onLine: (line: string) => void): { push(text: string): void; end(): void } {
  let rest = '';
  let afterReturn = false;
  return {
    push(text) {
      let piece = text;
      // The LF of a CRLF that was cut in two.
      if (afterReturn && piece.startsWith('\n')) piece = piece.slice(1);
      if (text) afterReturn = text.endsWith('\r');
      const lines = piece.split(/\r\n?|\n/);
      lines[0] = rest + (lines[0] ?? '');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    },
    end() {
      if (rest) onLine(rest);
      rest = '';
    },
  };
}

/** Reads a body line by line as it comes. `alive` is called for each piece. */
export async function readLines(body: ReadableStream<Uint8Array> | null, onLine: (line: string) => void, alive: () => void): Promise<void> {
  if (!body) return;
  const decoder = new TextDecoder();
  const cutter = createLineCutter(onLine);
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      alive();
      cutter.push(decoder.decode(value, { stream: true }));
    }
    cutter.push(decoder.decode());
    cutter.end();
  } finally {
    // A listener that threw, or a caller that gave up: nobody reads on.
    reader.cancel().catch(() => undefined);
  }
}
