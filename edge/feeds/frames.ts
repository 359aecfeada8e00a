import type { FrameError } from '../../sdk/contract/frames.js';
import type { FeedAnswer } from '../kernel/feed.js';
import { notFound } from '../kernel/problems.js';
import { everyField } from './answer.js';

const hidden = notFound();
/** What a caller may not see and what is not there: one and the same. */
export const REFUSED: FrameError = { code: hidden.code, detail: hidden.message };

/** Fetched again and the same. */
export function freshFrame(widgetId: string, { timestamp, cursor, every }: FeedAnswer): string {
  return `{"widget_id":${JSON.stringify(widgetId)},"state":"fresh","timestamp":"${timestamp}","cursor":"${cursor}"${everyField(every)}}`;
}

/** The source fails, told with the last good answer, for a caller who has it not. */
export function staleFrame(frame: string, error: FrameError): string {
  return withFields(frame, `"state":"stale","error":${JSON.stringify(errorOf(error))}`);
}

/** The source fails and the caller has the last good answer (`stale`), there never was one (`failed`), or they may not see it. */
export function faultFrame(widgetId: string, state: 'stale' | 'failed' | 'refused', error: FrameError): string {
  return JSON.stringify({ widget_id: widgetId, state, error: errorOf(error) });
}

/** The frame with more members at its front: `"ref":"a"`. Costs no parse. */
export function withFields(frame: string, fields: string): string {
  return fields === '' ? frame : `{${fields},${frame.slice(1)}`;
}

/** Member for `withFields`; none where the caller set no mark. */
export function refField(ref: string | undefined): string {
  return ref === undefined ? '' : `"ref":${JSON.stringify(ref)}`;
}

function errorOf({ code, detail }: FrameError): FrameError {
  return { code, detail };
}
