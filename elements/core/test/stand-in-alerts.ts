import { http, HttpResponse, type RequestHandler } from 'msw';
import type { Alert, AlertEvent, AlertRule, Silence, SilenceInput } from '../../../sdk/contract/alert.js';
import type { TenantDisplay } from '../../../sdk/contract/answer.js';
import type { WidgetDefinition } from '../../../sdk/contract/widget.js';
import { PROBLEM_STATUS, type ProblemCode } from '../../../sdk/contract/problem.js';
import { EDGE } from './stand-in-edge.js';

const API = `${EDGE}/api/v1/alerts`;
const PAGE = 200;

let ids = 0;

/** An alert that fires for three minutes, of a widget's row; one that is made later, a moment longer. */
export function firing(title: string, more: Partial<Alert> = {}): Alert {
  const id = more.id ?? `alert-${++ids}`;
  const since = new Date(Date.now() - 180_000 - ++ids).toISOString();
  return {
    id, widgetId: 'stock', rule: 'Low stock', ruleId: 'r1', key: `FUR-${id}`, name: title, state: 'firing', severity: 'warning', value: 3, operator: '<', threshold: 5,
    since, firedAt: since, title, labels: {}, ...more,
  };
}

type Kind = 'LIST' | 'HISTORY' | 'ack' | 'assign' | 'comment' | 'SILENCES' | 'SILENCE' | 'END';

/** What an edge does with alerts: lists them, and takes what people do. */
export class StandInAlerts {
  alerts: Alert[] = [];
  events: AlertEvent[] = [];
  silences: Silence[] = [];
  me: string | undefined = 'anna';
  mayManage: boolean | undefined = true;
  /** How the tenant writes times and numbers. */
  tenant: TenantDisplay | undefined;
  rules: AlertRule[] = [];
  widgets: Partial<WidgetDefinition>[] = [];
  /** What was asked, in order: `LIST`, `ack a1`, … */
  asked: string[] = [];
  bodies: unknown[] = [];
  refuse: Partial<Record<Kind, ProblemCode>> = {};
  gate: Promise<void> = Promise.resolve();

  reset(...alerts: Alert[]): void {
    Object.assign(this, { alerts, events: [], silences: [], me: 'anna', mayManage: true, tenant: undefined, rules: [], widgets: [{ id: 'stock', title: 'Stock levels', type: 'list', size: 'medium' }], asked: [], bodies: [], refuse: {}, gate: Promise.resolve() });
  }

  /** Holds answers back; returns how to let them go. */
  hold(): () => void {
    let open = () => {};
    this.gate = new Promise((resolve) => (open = resolve));
    return open;
  }

  count(what: string): number {
    return this.asked.filter((one) => one === what).length;
  }

  /** An alert is another from now on; returns it as a frame tells it. */
  change(id: string, more: Partial<Alert>): { alert: Alert } {
    const changed = { ...this.alerts.find((one) => one.id === id)!, ...more };
    this.alerts = changed.state === 'resolved' ? this.alerts.filter((one) => one.id !== id) : this.alerts.map((one) => (one.id === id ? changed : one));
    return { alert: changed };
  }

  /** One that was not there before. */
  add(alert: Alert): { alert: Alert } {
    this.alerts = [alert, ...this.alerts];
    return { alert };
  }

  readonly handlers: RequestHandler[] = [
    http.get(API, async ({ request }) => {
      this.asked.push('LIST');
      await this.gate;
      const refused = this.#refused('LIST');
      if (refused) return refused;
      const from = Number(new URL(request.url).searchParams.get('cursor') ?? 0);
      const until = from + PAGE;
      return HttpResponse.json({ items: this.alerts.slice(from, until), ...(until < this.alerts.length && { cursor: String(until) }), me: this.me, mayManage: this.mayManage, tenant: this.tenant });
    }),
    http.get(`${API}/history`, async ({ request }) => {
      this.asked.push('HISTORY');
      await this.gate;
      const refused = this.#refused('HISTORY');
      if (refused) return refused;
      const query = new URL(request.url).searchParams;
      const of = query.get('alert');
      const all = this.events.filter(({ alertId }) => of === null || alertId === of);
      const from = Number(query.get('cursor') ?? 0);
      const until = from + Number(query.get('limit') ?? 50);
      return HttpResponse.json({ items: all.slice(from, until), ...(until < all.length && { cursor: String(until) }) });
    }),
    http.get(`${API}/rules`, () => {
      this.asked.push('RULES');
      return HttpResponse.json({ items: this.rules });
    }),
    http.get(`${API}/silences`, async () => {
      this.asked.push('SILENCES');
      await this.gate;
      return this.#refused('SILENCES') ?? HttpResponse.json({ items: this.silences });
    }),
    http.post(`${API}/silences`, async ({ request }) => {
      this.asked.push('SILENCE');
      const input = (await request.json()) as SilenceInput;
      this.bodies.push(input);
      const refused = this.#refused('SILENCE');
      if (refused) return refused;
      const silence: Silence = { ...input, id: `s${++ids}`, createdBy: this.me ?? '', state: 'active' };
      this.silences = [...this.silences, silence];
      const key = input.matchers.find(({ name }) => name === 'key')?.value;
      this.alerts = this.alerts.map((one) => (key === undefined || one.key === key ? { ...one, silencedBy: silence.id } : one));
      return HttpResponse.json(silence, { status: 201 });
    }),
    http.delete(`${API}/silences/:id`, ({ params }) => {
      const id = String(params['id']);
      this.asked.push(`END ${id}`);
      const refused = this.#refused('END');
      if (refused) return refused;
      this.silences = this.silences.map((one) => (one.id === id ? { ...one, state: 'expired' } : one));
      this.alerts = this.alerts.map(({ silencedBy, ...one }) => (silencedBy === id || silencedBy === undefined ? one : { ...one, silencedBy }));
      return new HttpResponse(null, { status: 204 });
    }),
    http.post(`${API}/:id/:what`, async ({ params, request }) => {
      const id = String(params['id']);
      const what = String(params['what']) as 'ack' | 'assign' | 'comment';
      this.asked.push(`${what} ${id}`);
      const body = (await request.json()) as { comment?: string; assignee?: string | null; text?: string };
      this.bodies.push(body);
      await this.gate;
      const refused = this.#refused(what);
      if (refused) return refused;
      const known = this.alerts.find((one) => one.id === id);
      if (!known) return this.#problem('not_found');
      const at = new Date().toISOString();
      const changes: Record<typeof what, Partial<Alert>> = {
        ack: { ack: { by: this.me ?? '', at, ...(body.comment && { comment: body.comment }) } },
        assign: { assignee: body.assignee ?? undefined },
        comment: { comments: (known.comments ?? 0) + 1 },
      };
      this.events = [{ id: `e${++ids}`, alertId: id, rule: known.rule, key: known.key, name: known.name, severity: known.severity, at, by: this.me,
        what: what === 'ack' ? 'acked' : what === 'assign' ? 'assigned' : 'commented', text: body.comment ?? body.assignee ?? body.text }, ...this.events];
      return HttpResponse.json(this.change(id, changes[what]).alert);
    }),
    http.get(`${EDGE}/api/v1/widgets`, () => HttpResponse.json({ items: this.widgets.map((widget) => ({ dataSource: { type: 'module' }, ...widget })) })),
  ];

  #refused(kind: Kind): Response | undefined {
    const code = this.refuse[kind];
    return code && this.#problem(code);
  }

  #problem(code: ProblemCode): Response {
    const status = PROBLEM_STATUS[code];
    return HttpResponse.json(
      { type: 'about:blank', title: code, status, code, detail: `The stand-in says ${code}.`, requestId: 'r-1' },
      { status, headers: { 'content-type': 'application/problem+json' } },
    ) as Response;
  }
}
