import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ProblemError } from '../../kernel/problems.js';

const DECODERS: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** What we say we can read, in the form of `Accept-Encoding`. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

function decoded(body: Readable, encoding: string): Readable {
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity') return body;
  const decoder = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  if (decoder === undefined) {
    body.destroy();
    throw new ProblemError('upstream_invalid', 'The source answered in a compression that was not asked for.');
  }
  // A fault of either stream ends the other and comes out of the reading below.
  return pipeline(body, decoder(), () => {});
}

/**
 * Reads a body whole. The cap counts what comes OUT of the decompression, so that a small body that unfolds without end
 * stops there; the connection is dropped with it. Throws `upstream_too_large`, or whatever the streams throw.
 */
export async function readBody(body: Readable, encoding: string, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of decoded(body, encoding) as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection.
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

export function tooLarge(maxBytes: number): ProblemError {
  return new ProblemError('upstream_too_large', `The source answered with more than ${maxBytes} bytes.`);
}
