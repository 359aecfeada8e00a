import type { CCMWidget } from '@a64core/ccm/sdk';
import { Hono } from 'hono';
import { Counter, Registry } from 'prom-client';
import { ZodError } from 'zod';
import { type Calendar, createCalendar } from '../data/calendar.js';
import { problem } from '../problem.js';
import { DEMO_TENANTS, type DemoTenant } from '../tenants.js';
import type { EdgeLink } from './edge-link.js';
import type { Endpoint } from './endpoint.js';

/** A module of the demo platform: its endpoints behind the edge's signed token, and the events that it posts. */
export interface ModuleService {
  readonly name: string;
  readonly app: Hono;
  /** Those in the settings of the edge. */
  readonly widgets: readonly CCMWidget[];
  /** Its numbers of this tenant changed: tells the edge. A fault is counted, and the widgets' own interval makes up for it. */
  changed(tenant: string): Promise<void>;
}

export interface ModuleParts {
  name: string;
  link: EdgeLink;
  endpoints: readonly Endpoint[];
  /** Those in the settings of the edge. */
  widgets: readonly CCMWidget[];
  /** Those that it brings along by its manifest (default: none). */
  contributed?: readonly CCMWidget[];
  now: () => number;
  /** Runs before each answer, for what happens by the clock alone. */
  catchUp?: (now: number) => void;
}

export function createModuleService(parts: ModuleParts): ModuleService {
  const { name, link, endpoints, widgets, contributed = [], now } = parts;
  const app = new Hono();
  const metrics = createModuleMetrics();
  const tenants = new Map<string, { tenant: DemoTenant; calendar: Calendar }>(
    DEMO_TENANTS.map((tenant) => [tenant.id, { tenant, calendar: createCalendar(tenant.timeZone) }]),
  );

  app.get('/health', (c) => c.json({ status: 'ok', module: name }));
  app.get('/.well-known/ccm.json', (c) =>
    c.json({ widgets: contributed, schemas: Object.fromEntries(endpoints.map((endpoint) => [endpoint.path, endpoint.answerSchema])) }));
  app.get('/metrics', async (c) => c.text(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType }));

  for (const endpoint of endpoints) {
    app.get(endpoint.path, async (c) => {
      let books;
      try {
        books = tenants.get(await link.tenantOf(c.req.header('authorization')));
      } catch {
        return problem(c, 401, 'This module answers the edge only: its signed token is missing, expired, or not for this module.');
      }
      if (books === undefined) return problem(c, 403, 'This module serves no such tenant.');
      metrics.calls.inc({ tenant: books.tenant.id, endpoint: endpoint.path });
      const at = now();
      try {
        parts.catchUp?.(at);
        return c.json({ ...endpoint.answer({ ...books, now: at }, c.req.query()), timestamp: new Date(at).toISOString() });
      } catch (error) {
        if (!(error instanceof ZodError)) throw error;
        return problem(c, 400, 'The query is wrong.', error.issues.map(({ path, message }) => ({ path: path.join('.'), message })));
      }
    });
  }
  app.notFound((c) => problem(c, 404, `The module ${name} has no ${c.req.path}.`));

  return {
    name,
    app,
    widgets,
    async changed(tenant) {
      try {
        await link.tellChanged(tenant);
        metrics.events.inc({ tenant, outcome: 'taken' });
      } catch {
        metrics.events.inc({ tenant, outcome: 'lost' });
      }
    },
  };
}

/** `GET /metrics` of a module: how often the edge asked it what, which shows that many viewers cost one call. */
function createModuleMetrics() {
  const registry = new Registry();
  return {
    registry,
    calls: new Counter({
      name: 'erp_module_calls_total',
      help: 'Data calls answered, by tenant and endpoint.',
      labelNames: ['tenant', 'endpoint'],
      registers: [registry],
    }),
    events: new Counter({
      name: 'erp_module_events_total',
      help: 'Events posted to the edge, by tenant and outcome.',
      labelNames: ['tenant', 'outcome'],
      registers: [registry],
    }),
  };
}
