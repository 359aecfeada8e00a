import { z } from 'zod';
import { faultsOf } from '../../../sdk/contract/faults.schema.js';
import type { ClientMessage, WidgetRequest } from '../../../sdk/contract/frames.js';
import { ClientMessageSchema } from '../../../sdk/contract/frames.schema.js';
import { checkRequest, type CheckedRequest } from '../../feeds/widget-request.js';
import { ProblemError } from '../../kernel/problems.js';

/** A message to the edge, its entries checked one by one: a broken one is refused alone. */
export type Message =
  | { readonly action: 'auth'; readonly token: string }
  | { readonly action: 'ping' }
  | { readonly action: 'subscribe' | 'unsubscribe' | 'refresh'; readonly requests: readonly CheckedRequest[] };

/** A list that is read entry by entry later; here only that it is one. */
const ListMessageSchema = z.looseObject({ action: z.enum(['subscribe', 'unsubscribe', 'refresh']), widgets: z.array(z.unknown()) });
const PLACEHOLDER: WidgetRequest = { id: 'x' };

/** Reads a message. Throws `bad_request` for what is no JSON, `invalid` naming the path and the fault for the rest. */
export function parseMessage(text: string): Message {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ProblemError('bad_request', 'The message is not JSON.', { cause: error });
  }
  const list = ListMessageSchema.safeParse(value);
  if (!list.success) {
    const message = checkWhole(value);
    return message.action === 'auth' ? { action: 'auth', token: message.token } : { action: 'ping' };
  }
  // The envelope is held against the contract with entries that are right; those of the message are checked each by itself.
  checkWhole({ ...list.data, widgets: list.data.widgets.map(() => PLACEHOLDER) });
  return { action: list.data.action, requests: list.data.widgets.map((entry, index) => checkRequest(entry, `widgets.${index}`)) };
}

function checkWhole(value: unknown): ClientMessage {
  const parsed = ClientMessageSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = faultsOf(parsed.error);
  const detail = errors.map(({ path, message }) => `${path === '' ? 'message' : path} ${message}`).join('; ');
  throw new ProblemError('invalid', detail.slice(0, 1_000), { errors });
}
