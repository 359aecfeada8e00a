import { faultsOf } from '../../sdk/contract/faults.schema.js';
import type { WidgetRequest } from '../../sdk/contract/frames.js';
import { WidgetRequestSchema } from '../../sdk/contract/frames.schema.js';
import { ProblemError } from '../kernel/problems.js';

/** One entry of a batch or of a subscribe, checked by itself: a broken one fails alone. */
export type CheckedRequest =
  | { readonly request: WidgetRequest; readonly problem?: undefined }
  | { readonly request: Pick<WidgetRequest, 'id' | 'ref'>; readonly problem: ProblemError };

/**
 * @param value an id, or a `WidgetRequest`
 * @param path where it stands, for the words of a fault: `widgets.3`
 */
export function checkRequest(value: unknown, path: string): CheckedRequest {
  const parsed = WidgetRequestSchema.safeParse(typeof value === 'string' ? { id: value } : value);
  if (parsed.success) return { request: parsed.data };
  const errors = faultsOf(parsed.error).map((fault) => ({ path: fault.path === '' ? path : `${path}.${fault.path}`, message: fault.message }));
  const detail = errors.map((fault) => `${fault.path} ${fault.message}`).join('; ').slice(0, 1_000);
  return { request: namesOf(value), problem: new ProblemError('invalid', detail, { errors }) };
}

/** What of a broken entry tells its sender which one it was. */
function namesOf(value: unknown): Pick<WidgetRequest, 'id' | 'ref'> {
  const textAt = (name: string): string | undefined => {
    const text: unknown = typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    return typeof text === 'string' ? text.slice(0, 4_000) : undefined;
  };
  const ref = textAt('ref');
  return { id: (typeof value === 'string' ? value : textAt('id') ?? '').slice(0, 200), ...(ref !== undefined && { ref }) };
}
