import { MOST_BYTES, piecesOf, sizeOf, toBytes, tooLargeLine, type Line } from './lines.js';

/** Bytes of a chunk, where lines are smaller; a larger answer is a chunk by itself, and not copied for it. */
const CHUNK = 256 * 1024;

/**
 * The lines that are ready at once, then each late one as it comes, as fast as the reader takes them. `first` goes into
 * the line that leaves first. Lines past `MOST_BYTES` are told to be too large: one small request may name a large answer 200 times.
 * Stops when the reader has gone; what is being fetched is finished, for the next one who asks.
 */
export function streamLines(ready: readonly Line[], late: readonly Promise<Line>[], first: string): ReadableStream<Uint8Array> {
  const pieces: (string | Uint8Array)[] = [];
  let open = true;
  let begun = false;
  let missing = late.length;
  let room = MOST_BYTES;
  let wake: () => void = () => undefined;

  const add = (line: Line): void => {
    const fitting = sizeOf(line) <= room ? line : tooLargeLine(line, room);
    room -= sizeOf(fitting);
    pieces.push(...piecesOf(fitting, begun ? '' : first));
    begun = true;
  };
  for (const line of ready) add(line);
  for (const promise of late) {
    void promise.then((line) => {
      missing -= 1;
      if (open) add(line);
      wake();
    });
  }

  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      while (open && missing > 0 && pieces.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      if (!open) return;
      if (pieces.length > 0) controller.enqueue(nextChunk(pieces));
      if (missing === 0 && pieces.length === 0) controller.close();
    },
    cancel() {
      open = false;
      pieces.length = 0;
      wake();
    },
  });
}

/** Takes the next bytes out of the pieces: text becomes bytes no sooner than it leaves. */
function nextChunk(pieces: (string | Uint8Array)[]): Uint8Array {
  let count = 0;
  let size = 0;
  for (const { length } of pieces) {
    if (count > 0 && size + length > CHUNK) break;
    count += 1;
    size += length;
  }
  const [only, ...more] = pieces.splice(0, count).map(toBytes) as [Uint8Array, ...Uint8Array[]];
  return more.length === 0 ? only : Buffer.concat([only, ...more]);
}
