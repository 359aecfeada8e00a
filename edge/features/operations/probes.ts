import { createRoute, z } from '@hono/zod-openapi';
import { newRouter, problemResponses } from '../../gate/openapi.js';
import type { Metrics } from '../../kernel/metrics.js';
import { ProblemError } from '../../kernel/problems.js';

/** What must be so before traffic may come. */
export interface Readiness {
  /** What is still missing, in words; nothing when ready. */
  missing(): string[];
  /** Whether it goes on without something that it shares with other edges. Traffic may come. */
  degraded?(): boolean;
}

export interface ProbeDeps {
  readiness: Readiness;
  metrics: Metrics;
  version: string;
}

const Healthy = z.object({ status: z.literal('ok'), version: z.string() });
const Ready = z.object({ status: z.enum(['ok', 'degraded']), version: z.string() });
const noStore = { 'Cache-Control': 'no-store' };

const healthRoute = createRoute({
  method: 'get', path: '/healthz', tags: ['operations'], security: [], summary: 'The process answers',
  responses: { 200: { description: 'It does.', content: { 'application/json': { schema: Healthy } } } },
});
const readyRoute = createRoute({
  method: 'get', path: '/readyz', tags: ['operations'], security: [], summary: 'The store is open and each module was checked once',
  responses: {
    200: { description: 'Traffic may come.', content: { 'application/json': { schema: Ready } } },
    ...problemResponses('going_away'),
  },
});
const metricsRoute = createRoute({
  method: 'get', path: '/metrics', tags: ['operations'], security: [], summary: 'Figures in Prometheus\' text form',
  responses: { 200: { description: 'The figures.', content: { 'text/plain': { schema: z.string() } } } },
});

export function probeRoutes({ readiness, metrics, version }: ProbeDeps) {
  return newRouter()
    .openapi(healthRoute, (c) => c.json({ status: 'ok' as const, version }, 200, noStore))
    .openapi(readyRoute, (c) => {
      const missing = readiness.missing();
      if (missing.length > 0) throw new ProblemError('going_away', `Not ready: ${missing.join('; ')}.`, { retryAfter: 1 });
      return c.json({ status: readiness.degraded?.() === true ? 'degraded' as const : 'ok' as const, version }, 200, noStore);
    })
    .openapi(metricsRoute, async (c) => c.text(await metrics.text(), 200, { ...noStore, 'Content-Type': metrics.contentType }));
}
