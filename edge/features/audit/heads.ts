/** A row's place in the chain, and its hash; of the trail the newest one's. */
export interface Head {
  seq: number;
  hash: string;
}

/** A JWS (RFC 7515) in its flattened JSON form: the log takes what has the shape of a token for a secret, and this has not. */
export interface FlattenedJws {
  protected: string;
  payload: string;
  signature: string;
}

/** What a checkpoint states. */
export interface SignedHead extends Head {
  /** Epoch milliseconds. */
  time: number;
}

const COMPACT = /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g;

export function flattened(jws: string): FlattenedJws {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  return { protected: header, payload, signature };
}

/** All signed heads in a text, as compact JWS: one by itself, in either form, or lines of the edge's log among others. */
export function headsIn(text: string): string[] {
  const found = text.split('\n').flatMap((line) => {
    const parsed = parsedLine(line);
    return parsed === undefined ? line.match(COMPACT) ?? [] : [`${parsed.protected}.${parsed.payload}.${parsed.signature}`];
  });
  return [...new Set(found)];
}

/** What a head says, whoever signed it; undefined where it says something else. */
export function statedIn(jws: string): SignedHead | undefined {
  try {
    return asHead(JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()));
  } catch {
    return undefined;
  }
}

export function asHead(value: unknown): SignedHead | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { seq, hash, time } = value as Record<string, unknown>;
  return Number.isSafeInteger(seq) && typeof hash === 'string' && typeof time === 'number' ? { seq: seq as number, hash, time } : undefined;
}

function parsedLine(line: string): FlattenedJws | undefined {
  if (!line.includes('"signature"')) return undefined;
  try {
    const { protected: header, payload, signature } = JSON.parse(line.slice(line.indexOf('{'))) as Record<string, unknown>;
    const whole = [header, payload, signature].every((part) => typeof part === 'string' && /^[\w-]+$/.test(part));
    return whole ? { protected: String(header), payload: String(payload), signature: String(signature) } : undefined;
  } catch {
    return undefined;
  }
}
