import { http, HttpResponse, type RequestHandler } from 'msw';
import type { CatalogueItem } from '../../../sdk/client/client.js';
import type { DashboardLayout, DashboardPreset, LayoutInput, LayoutPatch, WidgetLayoutItem } from '../../../sdk/contract/layout.js';
import { PROBLEM_STATUS, type ProblemCode } from '../../../sdk/contract/problem.js';
import { EDGE } from './stand-in-edge.js';

const ALL = `${EDGE}/api/v1/dashboards/layouts`;

export function layoutOf(layoutId: string, widgets: WidgetLayoutItem[], more: Partial<DashboardLayout> = {}): DashboardLayout {
  const createdAt = '2026-03-01T08:00:00.000Z';
  return { userId: 'u-1', layoutId, name: `Layout ${layoutId}`, isDefault: false, widgets, createdAt, updatedAt: createdAt, ...more };
}

/** What an edge does with layouts: stores them with an etag, and refuses what was written against an old one. */
export class StandInLayouts {
  catalogue: CatalogueItem[] = [];
  presets: DashboardPreset[] = [];
  /** What was asked, in order: `GET a`, `PATCH default`, … */
  asked: string[] = [];
  writes: { id: string; patch: LayoutPatch; widgets: WidgetLayoutItem[] | undefined; ifMatch: string | null; token: string | null }[] = [];
  /** Refuses requests of a method with this code, while it is set. */
  refuse: Partial<Record<'GET' | 'PATCH', ProblemCode>> = {};
  /** Answers wait for it. */
  gate: Promise<void> = Promise.resolve();
  /** Reads do not. */
  readsPass = false;
  /** Tokens of before: what an element of an earlier test still says is not heard. */
  #past = new Set<string>();
  #present = new Set<string>();
  #stored = new Map<string, { layout: DashboardLayout; version: number }>();

  reset(...layouts: DashboardLayout[]): void {
    this.#stored = new Map(layouts.map((layout) => [layout.layoutId, { layout, version: 1 }]));
    for (const token of this.#present) this.#past.add(token);
    this.#present.clear();
    // What an earlier test chose.
    sessionStorage.clear();
    Object.assign(this, { catalogue: [], presets: [], asked: [], writes: [], refuse: {}, gate: Promise.resolve(), readsPass: false });
  }

  /** Holds all answers back, or only those to writes; returns how to let them go. */
  hold(only?: 'writes'): () => void {
    let open = () => {};
    this.readsPass = only === 'writes';
    this.gate = new Promise((resolve) => (open = resolve));
    return open;
  }

  /** As another page of this user does. */
  save(id: string, widgets: WidgetLayoutItem[], more: Partial<DashboardLayout> = {}): void {
    const at = this.#stored.get(id)!;
    this.#stored.set(id, { layout: { ...at.layout, widgets, ...more, updatedAt: '2026-03-02T09:10:11.000Z' }, version: at.version + 1 });
  }

  remove(id: string): void {
    this.#stored.delete(id);
  }

  stored(id: string): DashboardLayout | undefined {
    return this.#stored.get(id)?.layout;
  }

  etag(id: string): string {
    return `"${id}-${this.#stored.get(id)?.version}"`;
  }

  readonly handlers: RequestHandler[] = [
    http.all(`${EDGE}/api/v1/*`, ({ request }) => {
      const token = request.headers.get('authorization') ?? '';
      if (this.#past.has(token)) return problem('not_found');
      this.#present.add(token);
      return undefined;
    }),
    http.get(ALL, async () => {
      this.asked.push('LIST');
      await this.gate;
      return HttpResponse.json({ items: [...this.#stored.values()].map(({ layout }) => layout) });
    }),
    http.get(`${ALL}/:id`, async ({ params }) => {
      this.asked.push(`GET ${String(params['id'])}`);
      if (!this.readsPass) await this.gate;
      if (this.refuse.GET) return problem(this.refuse.GET);
      const id = this.#idOf(String(params['id']));
      return id === undefined ? problem('not_found') : this.#answer(id, 200);
    }),
    http.patch(`${ALL}/:id`, async ({ params, request }) => {
      const patch = (await request.json()) as LayoutPatch;
      const { widgets } = patch;
      const wanted = String(params['id']);
      const ifMatch = request.headers.get('if-match');
      this.asked.push(`PATCH ${wanted}`);
      this.writes.push({ id: wanted, patch, widgets, ifMatch, token: request.headers.get('authorization') });
      await this.gate;
      if (this.refuse.PATCH) return problem(this.refuse.PATCH);
      const id = this.#idOf(wanted);
      if (id === undefined) return problem('not_found');
      if (ifMatch !== null && ifMatch !== this.etag(id)) return problem('stale_etag');
      const { layout, version } = this.#stored.get(id)!;
      // A preset stays as it is: writing the default makes the user's own copy.
      const { preset, timeRange, ...own } = { ...layout, ...patch, updatedAt: new Date().toISOString() };
      Object.assign(own, timeRange && { timeRange });
      if (patch.isDefault) for (const [other, one] of this.#stored) this.#stored.set(other, { ...one, layout: { ...one.layout, isDefault: false } });
      // Being the default is no content: it counts no version.
      const counts = Object.keys(patch).some((field) => field !== 'isDefault');
      if (preset === undefined) this.#stored.set(id, { layout: own, version: version + Number(counts) });
      else {
        this.#stored.delete(id);
        this.#stored.set('mine', { layout: { ...own, layoutId: 'mine', isDefault: true }, version: 1 });
      }
      return this.#answer(preset === undefined ? id : 'mine', preset === undefined ? 200 : 201);
    }),
    http.post(ALL, async ({ request }) => {
      const { name, widgets, ...more } = (await request.json()) as LayoutInput;
      return this.#made(layoutOf(`made-${this.#stored.size}`, widgets, { name, ...more }));
    }),
    http.post(`${ALL}/:id/duplicate`, ({ params }) => {
      const source = this.stored(this.#idOf(String(params['id'])) ?? '');
      return source ? this.#made({ ...source, layoutId: `made-${this.#stored.size}`, name: `${source.name} (copy)`, isDefault: false }) : problem('not_found');
    }),
    http.delete(`${ALL}/:id`, ({ params }) => {
      const id = String(params['id']);
      this.asked.push(`DELETE ${id}`);
      if (this.stored(id)?.isDefault) return problem('conflict');
      return this.#stored.delete(id) ? new HttpResponse(null, { status: 204 }) : problem('not_found');
    }),
    http.get(`${EDGE}/api/v1/dashboards/presets`, () => (this.refuse.GET ? problem(this.refuse.GET) : HttpResponse.json({ items: this.presets }))),
    http.get(`${EDGE}/api/v1/widgets/:id`, ({ params }) => {
      const found = this.catalogue.find(({ id }) => id === params['id']);
      return found ? HttpResponse.json(found) : problem('not_found');
    }),
    http.get(`${EDGE}/api/v1/widgets`, ({ request }) => {
      if (this.refuse.GET) return problem(this.refuse.GET);
      // What a dashboard asks of its own widgets is answered by the stand-in itself.
      return new URL(request.url).searchParams.has('ids') ? undefined : HttpResponse.json({ items: this.catalogue });
    }),
  ];

  #made(layout: DashboardLayout): Response {
    this.asked.push(`MADE ${layout.layoutId}`);
    this.#stored.set(layout.layoutId, { layout, version: 1 });
    return this.#answer(layout.layoutId, 201);
  }

  #idOf(id: string): string | undefined {
    if (id !== 'default') return this.#stored.has(id) ? id : undefined;
    return [...this.#stored.values()].find(({ layout }) => layout.isDefault)?.layout.layoutId;
  }

  #answer(id: string, status: number): Response {
    return HttpResponse.json(this.#stored.get(id)!.layout, { status, headers: { etag: this.etag(id) } });
  }
}

function problem(code: ProblemCode): Response {
  const status = PROBLEM_STATUS[code];
  return HttpResponse.json(
    { type: 'about:blank', title: code, status, code, detail: `The stand-in says ${code}.`, requestId: 'r-1' },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );
}
