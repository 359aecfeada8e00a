import { bytesOfLines, type Line } from './lines.js';

/**
 * The lines that are ready in one chunk, then each late one as it comes. `first` goes into the line that leaves first.
 * Stops when the reader has gone; what is being fetched is finished, for the next one who asks.
 */
export function streamLines(ready: readonly Line[], late: readonly Promise<Line>[], first: string): ReadableStream<Uint8Array> {
  let open = true;
  let begun = ready.length > 0;

  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (begun) controller.enqueue(bytesOfLines(ready, first));
      let missing = late.length;
      for (const promise of late) {
        void promise.then((line) => {
          if (!open) return;
          controller.enqueue(bytesOfLines([line], begun ? '' : first));
          begun = true;
          missing -= 1;
          if (missing === 0) controller.close();
        });
      }
    },
    cancel() {
      open = false;
    },
  });
}
