import { createRoute, z } from '@hono/zod-openapi';
import { bearerAuth, problemResponses } from '../../gate/openapi.js';

const time = (description: string) => z.iso.datetime().optional().openapi({ description });

const ExplanationSchema = z.object({
  source: z.object({ type: z.string(), name: z.string().optional() }).openapi({ description: '`name`: where the caller may know it.' }),
  fetchedAt: time('When the data that stands came.'),
  checkedAt: time('When it was last known to be true.'),
  ms: z.number().int().optional().openapi({ description: 'Milliseconds that the source took for its last answer.' }),
  nextAt: time('When the source is asked again; none while nobody watches.'),
  interval: z.number().int().openapi({ description: 'Seconds between two refreshes, as asked for.' }),
  every: z.number().int().optional().openapi({ description: 'Seconds between two refreshes, where the limit of its API makes them more.' }),
  error: z.object({ code: z.string(), detail: z.string() }).optional().openapi({ description: 'Why the last try failed.' }),
  quota: z.object({ used: z.number().int(), limit: z.number().int().optional(), resetAt: z.iso.datetime(), queued: z.number().int() })
    .optional().openapi({ description: "The company's calls to the API in this minute." }),
  watchers: z.number().int().openapi({ description: 'Pages that watch it on this edge.' }),
  tokenEndsAt: time('When the token of this request ends.'),
}).openapi('WidgetExplanation');

/** `GET /widgets/:id/explain`, for the description. */
export const explainRoute = createRoute({
  method: 'get', path: '/widgets/{id}/explain', tags: ['widgets'], security: bearerAuth, summary: 'Why a widget shows what it shows',
  description: 'How its answer is got, for people. The source is not asked for it.',
  request: {
    params: z.object({ id: z.string() }),
    query: z.object({ params: z.string().optional().openapi({ description: 'JSON object of declared params.', example: '{"region":"EU"}' }) }),
  },
  responses: {
    200: { description: 'What is known', content: { 'application/json': { schema: ExplanationSchema } } },
    ...problemResponses('unauthenticated', 'not_found', 'bad_request'),
  },
});
