import { http, HttpResponse, type RequestHandler } from 'msw';
import type { ConnectorInfo, ConnectorInput, ConnectorPage, ConnectorTest } from '../../../sdk/contract/connector.js';
import type { CredentialInfo, CredentialInput } from '../../../sdk/contract/credential.js';
import { PROBLEM_STATUS, type Fault, type ProblemCode } from '../../../sdk/contract/problem.js';
import { EDGE } from './stand-in-edge.js';

const API = `${EDGE}/api/v1`;

export const connector = (name: string, more: Partial<ConnectorInfo> = {}): ConnectorInfo => ({
  name, label: name[0]!.toUpperCase() + name.slice(1), kind: 'ready-made', takes: [{ kind: 'bearer' }], needs: ['credential'],
  limits: { perMinute: 100, cacheSeconds: 60 }, use: { used: 0, resetAt: '2026-03-01T08:01:00.000Z', queued: 0 }, health: { status: 'unknown' }, ...more,
});

/** One of the tenant's own, as the edge tells it to who may change it. */
export function ownConnector(name: string, definition: ConnectorInput): ConnectorInfo {
  const { label = name, baseUrl, auth, takes, paths, post = [], limits, cacheSeconds } = definition;
  return connector(name, {
    kind: 'custom', label, baseUrl, definition, paths: [...paths, ...post],
    takes: auth === undefined ? takes ?? [] : auth.kind === 'none' ? [] : [auth],
    limits: { ...(limits?.perMinute !== undefined && { perMinute: limits.perMinute }), cacheSeconds },
  });
}

/** What an edge does with credentials and connectors: keeps them, without ever giving a secret back. */
export class StandInConnections {
  connectors: ConnectorInfo[] = [];
  credentials: CredentialInfo[] = [];
  rights: Pick<ConnectorPage, 'mayShare' | 'mayManage'> = {};
  /** What was asked, in order: `PUT stripe`, `TEST stripe`, … */
  asked: string[] = [];
  /** Answers the next request of that kind with a problem. */
  refuse: Partial<Record<'LIST' | 'PUT' | 'TEST' | 'DELETE' | 'PUT-API', { code: ProblemCode; errors?: Fault[] }>> = {};
  tested: ConnectorTest = { ok: true, status: 200, ms: 132, detail: 'Stripe answered.' };
  /** Bodies that came, as text. */
  bodies: string[] = [];
  /** Queries of the removals. */
  removed: string[] = [];
  gate: Promise<void> = Promise.resolve();

  reset(...connectors: ConnectorInfo[]): void {
    Object.assign(this, {
      connectors, credentials: [], rights: { mayShare: true, mayManage: true }, asked: [], refuse: {}, bodies: [], removed: [], gate: Promise.resolve(),
      tested: { ok: true, status: 200, ms: 132, detail: 'Stripe answered.' },
    });
  }

  /** Holds answers back; returns how to let them go. */
  hold(): () => void {
    let open = () => {};
    this.gate = new Promise((resolve) => (open = resolve));
    return open;
  }

  readonly handlers: RequestHandler[] = [
    http.get(`${API}/external-api/connectors`, async () => {
      this.asked.push('LIST');
      await this.gate;
      return this.#refused('LIST') ?? HttpResponse.json({ items: this.connectors, ...this.rights });
    }),
    http.get(`${API}/credentials`, async () => {
      await this.gate;
      return HttpResponse.json({ items: this.credentials });
    }),
    http.put(`${API}/credentials/:name`, async ({ params, request }) => {
      const name = String(params['name']);
      this.asked.push(`PUT ${name}`);
      const text = await request.text();
      this.bodies.push(text);
      await this.gate;
      const refused = this.#refused('PUT');
      if (refused) return refused;
      const { apiName, authType, shared = false, ...secret } = JSON.parse(text) as CredentialInput;
      const last4 = String(Object.values(secret).at(-1)).slice(-4);
      const info: CredentialInfo = { name, apiName, authType, last4, createdAt: new Date().toISOString(), shared };
      this.credentials = [...this.credentials.filter((one) => one.name !== name || one.shared !== shared), info];
      return HttpResponse.json(info, { status: 201 });
    }),
    // No widget asks for a credential by a name of its own.
    http.get(`${API}/widgets`, () => HttpResponse.json({ items: [] })),
    http.delete(`${API}/credentials/:name`, ({ params, request }) => {
      const name = String(params['name']);
      const shared = new URL(request.url).searchParams.get('shared') === 'true';
      this.asked.push(`DELETE ${name}`);
      this.removed.push(new URL(request.url).search);
      const refused = this.#refused('DELETE');
      if (refused) return refused;
      this.credentials = this.credentials.filter((one) => one.name !== name || (one.shared ?? false) !== shared);
      return new HttpResponse(null, { status: 204 });
    }),
    http.post(`${API}/external-api/test`, async ({ request }) => {
      const text = await request.text();
      this.bodies.push(text);
      this.asked.push(`TEST ${(JSON.parse(text) as { apiName: string }).apiName}`);
      await this.gate;
      return this.#refused('TEST') ?? HttpResponse.json(this.tested);
    }),
    http.put(`${API}/external-api/connectors/:name`, async ({ params, request }) => {
      const name = String(params['name']);
      this.asked.push(`PUT-API ${name}`);
      const text = await request.text();
      this.bodies.push(text);
      const refused = this.#refused('PUT-API');
      if (refused) return refused;
      const definition = JSON.parse(text) as ConnectorInput;
      const made = ownConnector(name, definition);
      this.connectors = [...this.connectors.filter((one) => one.name !== name), made];
      return HttpResponse.json(made, { status: 201 });
    }),
    http.delete(`${API}/external-api/connectors/:name`, ({ params }) => {
      this.asked.push(`DELETE-API ${String(params['name'])}`);
      this.connectors = this.connectors.filter(({ name }) => name !== params['name']);
      return new HttpResponse(null, { status: 204 });
    }),
  ];

  #refused(kind: keyof StandInConnections['refuse']): Response | undefined {
    const refused = this.refuse[kind];
    if (refused === undefined) return undefined;
    const status = PROBLEM_STATUS[refused.code];
    const { code, errors } = refused;
    return HttpResponse.json(
      { type: 'about:blank', title: code, status, code, detail: `The stand-in says ${code}.`, requestId: 'r-1', ...(errors && { errors }) },
      { status, headers: { 'content-type': 'application/problem+json' } },
    ) as Response;
  }
}
