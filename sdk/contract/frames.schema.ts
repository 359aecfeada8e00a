import { z } from 'zod';
import type { BatchRequest, ClientMessage, WidgetRequest } from './frames.js';
import { anyOf, checked, exactly, flag, list, map, object, oneOf, scalar, text, typeError } from './parts.schema.js';
import { RefreshIntervalSchema } from './widget.schema.js';

const MOST_WIDGETS = 500;
const LONGEST_TOKEN = 16_384;
/** A caller's mark may be the widget's id with its params. */
const LONGEST_REF = 4_000;

/** Any text: an id that no widget can have is refused by itself, and does not take the others of the message with it. */
const widgetId = () => text(200);

export const WidgetRequestSchema = checked<WidgetRequest>()(object({
  id: widgetId(),
  ref: text(LONGEST_REF).optional(),
  params: map('paramName', scalar(), 20).optional(),
  cursor: text(200).optional(),
  refreshInterval: RefreshIntervalSchema.optional(),
}).meta({ id: 'WidgetRequest' }));

export const BatchRequestSchema = checked<BatchRequest>()(object({
  define: flag().optional(),
  widgets: list(WidgetRequestSchema, MOST_WIDGETS, 1),
}).meta({ id: 'BatchRequest' }));

const widgets = () => list(z.union([widgetId(), WidgetRequestSchema], typeError('string', 'object')), MOST_WIDGETS, 1);

export const ClientMessageSchema: z.ZodType<ClientMessage> = anyOf('action', [
  object({ action: exactly('auth'), token: text(LONGEST_TOKEN) }),
  object({ action: exactly('subscribe'), widgets: widgets(), mode: oneOf(['full', 'patch']).optional() }),
  object({ action: exactly('unsubscribe'), widgets: widgets() }),
  object({ action: exactly('refresh'), widgets: widgets() }),
  object({ action: exactly('ping') }),
]).meta({ id: 'ClientMessage' });
