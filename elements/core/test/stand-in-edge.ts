import { delay, http, HttpResponse, ws, type RequestHandler } from 'msw';
import { setupWorker } from 'msw/browser';
import type { AnswerFrame, BatchRequest, ClientMessage, PushFrame } from '../../../sdk/contract/frames.js';
import type { WidgetExplanation } from '../../../sdk/contract/explanation.js';
import type { WidgetDefinition } from '../../../sdk/contract/widget.js';

/** Where the stand-in answers; nothing listens there. */
export const EDGE = 'https://edge.test';

/** A frame without what every frame has. */
export type Told = { data: unknown; every?: number } | { state: 'failed' | 'refused' | 'stale'; error: { code: string; detail: string }; data?: unknown };

/** An edge made of msw's handlers: the batch, the socket, and what was asked of them. */
export interface StandIn {
  batches: { body: BatchRequest; token: string | null }[];
  /** Ids of the definitions that were asked for by themselves. */
  defined: string[];
  /** How it answers that: not those of them; or never. */
  withheld: Set<string> | 'all';
  sockets: number;
  messages: ClientMessage[];
  tell(id: string, told: Told): void;
  push(id: string, told: Told): void;
  /** What it says of how a widget's answer is got; 404 of the others. */
  explained: Map<string, WidgetExplanation>;
  /** Widgets of which an alert fires, as it says to who subscribes. */
  firing: Set<string>;
  /** Any other frame, to everybody who is connected. */
  send(frame: PushFrame): void;
  /** Ends all sockets, and takes no new ones until told otherwise. */
  cut(away: boolean): void;
  close(): void;
}

let cursors = 0;

function frameOf(id: string, told: Told): AnswerFrame {
  const stamp = { timestamp: new Date().toISOString(), cursor: `c${++cursors}` };
  return { widget_id: id, ...('data' in told ? stamp : {}), ...told } as AnswerFrame;
}

/** Starts the stand-in; `definitions` are the widgets that it knows, `more` what else it answers. */
export async function startStandIn(definitions: Record<string, WidgetDefinition>, more: RequestHandler[] = []): Promise<StandIn> {
  const told = new Map<string, Told>();
  const open = new Set<(text: string) => void>();
  const ends = new Set<() => void>();
  let away = false;
  const link = ws.link(`${EDGE.replace('http', 'ws')}/api/ws/dashboard`);
  const standIn: StandIn = {
    batches: [],
    defined: [],
    withheld: new Set(),
    sockets: 0,
    messages: [],
    explained: new Map(),
    firing: new Set(),
    tell: (id, what) => void told.set(id, what),
    push(id, what) {
      told.set(id, what);
      // Not `link.broadcast`: msw learns of its clients a little later than they come.
      for (const send of open) send(JSON.stringify({ ...frameOf(id, what), ref: id }));
    },
    send(frame) {
      for (const send of open) send(JSON.stringify(frame));
    },
    cut(now) {
      away = now;
      if (away) for (const end of ends) end();
    },
    close: () => worker.stop(),
  };
  const worker = setupWorker(
    ...more,
    http.post(`${EDGE}/api/v1/widgets/data`, async ({ request }) => {
      const body = (await request.json()) as BatchRequest;
      standIn.batches.push({ body, token: request.headers.get('authorization') });
      const lines = body.widgets.map(({ id, ref }, index) =>
        JSON.stringify({
          ...frameOf(id, told.get(id) ?? { state: 'refused', error: { code: 'not_found', detail: 'There is no such widget.' } }),
          ...(ref !== undefined && { ref }),
          ...(body.define && definitions[id] && { widget: definitions[id] }),
          ...(index === 0 && { tenant: { id: 'acme', name: 'Acme', timeZone: 'UTC', currency: 'USD', locale: 'en-US' } }),
        }),
      );
      return new HttpResponse(lines.map((line) => `${line}\n`).join(''), { headers: { 'content-type': 'application/x-ndjson' } });
    }),
    http.get(`${EDGE}/api/v1/widgets`, async ({ request }) => {
      const ids = new URL(request.url).searchParams.get('ids')?.split(',') ?? Object.keys(definitions);
      standIn.defined.push(...ids);
      const { withheld } = standIn;
      if (withheld === 'all') await delay('infinite');
      return HttpResponse.json({ items: ids.flatMap((id) => (withheld !== 'all' && withheld.has(id) ? [] : (definitions[id] ?? []))) });
    }),
    http.get(`${EDGE}/api/v1/widgets/:id/explain`, ({ params }) => {
      const known = standIn.explained.get(String(params['id']));
      return known === undefined ? HttpResponse.json({ code: 'not_found', detail: 'There is nothing here that you may see.' }, { status: 404 }) : HttpResponse.json(known);
    }),
    link.addEventListener('connection', ({ client }) => {
      if (away) return client.close(1013);
      standIn.sockets++;
      const end = () => client.close(1012);
      ends.add(end);
      client.addEventListener('close', () => ends.delete(end));
      const send = (text: string) => client.send(text);
      open.add(send);
      client.addEventListener('close', () => open.delete(send));
      client.addEventListener('message', (event) => {
        const message = JSON.parse(String(event.data)) as ClientMessage;
        standIn.messages.push(message);
        if (message.action === 'ping') client.send('{"action":"pong"}');
        if (message.action !== 'subscribe') return;
        const widgets = message.widgets.map((wanted) => (typeof wanted === 'string' ? wanted : wanted.id));
        const answer: PushFrame = { action: 'subscribed', widgets, refused: [], firing: widgets.filter((id) => standIn.firing.has(id)), definitions: '' };
        client.send(JSON.stringify(answer));
      });
    }),
  );
  await worker.start({ quiet: true, onUnhandledRequest: 'bypass', serviceWorker: { url: '/mockServiceWorker.js' } });
  return standIn;
}

/** Waits until something holds; fails naming it after three seconds. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let left = 300; left > 0; left--) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`Waited in vain until ${what}`);
}
