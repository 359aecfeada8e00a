import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Context } from 'hono';
import type { GateEnv } from '../../gate/env.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** A file held in memory, with the compressed forms that the build laid beside it. */
export interface Asset {
  readonly contentType: string;
  readonly etag: string;
  readonly plain: Bytes;
  readonly br?: Bytes;
  readonly gzip?: Bytes;
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
};

export function assetOf(plain: Bytes, extension: string, compressed: Pick<Asset, 'br' | 'gzip'> = {}): Asset {
  const etag = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  return { contentType: TYPES[extension] ?? 'application/octet-stream', etag, plain, ...compressed };
}

export function readAsset(file: string): Asset {
  const compressed = (suffix: string): Bytes | undefined => (existsSync(file + suffix) ? new Uint8Array(readFileSync(file + suffix)) : undefined);
  const br = compressed('.br');
  const gzip = compressed('.gz');
  return assetOf(new Uint8Array(readFileSync(file)), file.slice(file.lastIndexOf('.')), { ...(br && { br }), ...(gzip && { gzip }) });
}

/** The smallest form that the caller takes; 304 where they have it. */
export function answerAsset(c: Context<GateEnv>, asset: Asset, headers: Record<string, string>): Response {
  const encoding = chosen(c.req.header('accept-encoding'), asset);
  const etag = `"${asset.etag}${encoding === undefined ? '' : `-${encoding}`}"`;
  const all = { ...headers, ETag: etag, Vary: 'Accept-Encoding' };
  if (matches(c.req.header('if-none-match'), etag)) return c.body(null, 304, all);
  const body = (encoding && asset[encoding]) ?? asset.plain;
  return c.body(body, 200, { ...all, 'Content-Type': asset.contentType, ...(encoding && { 'Content-Encoding': encoding }) });
}

function chosen(accepted: string | undefined, asset: Asset): 'br' | 'gzip' | undefined {
  const takes = (name: string): boolean =>
    (accepted ?? '').split(',').some((part) => {
      const [coding, quality] = part.trim().toLowerCase().split(/\s*;\s*q=/);
      return coding === name && Number(quality ?? 1) > 0;
    });
  if (asset.br !== undefined && takes('br')) return 'br';
  if (asset.gzip !== undefined && takes('gzip')) return 'gzip';
  return undefined;
}

function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch !== undefined && ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
