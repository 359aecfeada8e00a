import type { PushFrame } from '../contract/frames.js';

/** A frame as it came over the wire; undefined where it is none (a newer edge may say more than we know). */
export function parseFrame(text: unknown): PushFrame | undefined {
  try {
    const frame: unknown = JSON.parse(String(text));
    const known = typeof frame === 'object' && frame !== null && ('widget_id' in frame || 'action' in frame || 'alert' in frame);
    return known ? (frame as PushFrame) : undefined;
  } catch {
    return undefined;
  }
}
